"""What lists of the site share: columns that can be sorted, and pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django_tables2 import Table

from wanzhou.kernel.pages.pages import Link
from wanzhou.kernel.pages.refusals import BadQuestion, NoSuchPage
from wanzhou.kernel.pages.visits import Visit

LONGEST_PAGE_NUMBER = 6
# Pages named beside the one that is open; the first and the last are always named.
BESIDE = 2


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: how it is called, where it sorts, and how it is sorted now (aria-sort)."""

    name: str
    label: str
    sort: str
    sorted: str


def heads_of(table: Table, visit: Visit) -> tuple[Head, ...]:
    """The heads of a table; in an exported page nothing can be sorted."""
    return tuple(_head(column, visit) for column in table.columns)


def _head(column: Any, visit: Visit) -> Head:
    sorts = column.orderable and not visit.exported
    turned = {"ascending": "descending", "descending": "ascending"}
    now = _direction(column)
    code = column.name if turned.get(now) != "descending" else f"-{column.name}"
    return Head(column.name, str(column.header), visit.again(sort=code, page=None) if sorts else "", now)


def _direction(column: Any) -> str:
    if not column.is_ordered:
        return ""
    return "descending" if column.order_by_alias.is_descending else "ascending"


def order(table: Table, visit: Visit) -> None:
    """Sort a table as the visit asks; raises BadQuestion where no column is called so."""
    asked = visit.said("sort")
    if not asked:
        return
    known = {column.name: str(column.header) for column in table.columns if column.orderable}
    if asked.removeprefix("-") not in known:
        accepted = "、".join(f"{name}（{label}）" for name, label in known.items())
        raise BadQuestion(f"不能按“{asked[:30]}”排序；可选：{accepted}，前面加 - 为倒序")
    table.order_by = asked


@dataclass(frozen=True, slots=True)
class Pages:
    """One page of a list: which entries of how many, and the ways to the others (None is a gap)."""

    first: int
    last: int
    count: int
    links: tuple[Link | None, ...]
    before: str
    after: str


def page_of(entries: Sequence[Any], visit: Visit, *, size: int) -> tuple[list[Any], Pages]:
    """The entries of the page that is asked for; an exported page holds the whole list."""
    if visit.exported:
        whole = list(entries)
        return whole, Pages(min(1, len(whole)), len(whole), len(whole), (), "", "")
    paginator = Paginator(entries, size)
    number = _number(visit.said("page"), paginator.num_pages)
    page = paginator.page(number)
    return list(page.object_list), Pages(
        page.start_index(),
        page.end_index(),
        paginator.count,
        _links(number, paginator.num_pages, visit),
        visit.again(page=number - 1 if number > 2 else None) if number > 1 else "",
        visit.again(page=number + 1) if number < paginator.num_pages else "",
    )


def _number(asked: str, pages: int) -> int:
    if not asked:
        return 1
    if not asked.isdecimal() or len(asked) > LONGEST_PAGE_NUMBER or int(asked) == 0:
        raise BadQuestion(f"页码“{asked[:20]}”不是页数；请写 1 至 {pages}")
    if int(asked) > pages:
        raise NoSuchPage(f"没有第 {int(asked)} 页；一共 {pages} 页")
    return int(asked)


def _links(number: int, pages: int, visit: Visit) -> tuple[Link | None, ...]:
    if pages == 1:
        return ()
    near = range(number - BESIDE, number + BESIDE + 1)
    named = [page for page in range(1, pages + 1) if page in {1, pages} or page in near]
    links: list[Link | None] = []
    for before, page in zip([0, *named], named, strict=False):
        if page - before > 1:
            links.append(None)
        links.append(Link(str(page), visit.again(page=page if page > 1 else None), page == number))
    return tuple(links)
