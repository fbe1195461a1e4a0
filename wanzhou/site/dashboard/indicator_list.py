"""The list of a year's indicators: filtered and sorted, sub-rows always below their parents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import django_tables2 as tables
from django_tables2.data import TableListData

from indicators.filters import found_rows
from indicators.models import PublishedRow
from wanzhou.kernel.pages.filtering import FilterForm
from wanzhou.kernel.pages.pages import Link, SourceLine
from wanzhou.kernel.pages.visits import Visit
from wanzhou.kernel.plans.shown import PublishedPlan, Shown

from .lists import Head, heads_of, order
from .notes import notes_of, sources_of
from .overview import Words, newest, period_choices, words_of
from .rows import Row, row_of
from .tones import TONES

_STATES = list(TONES)


@dataclass(frozen=True, slots=True)
class Family:
    """A row with its sub-rows, and the keys that the whole family is sorted by."""

    rows: tuple[Row, ...]
    ordinal: int
    name: str
    department: str
    state: int


class Families(TableListData):  # type: ignore[misc]
    """Families as data of a table: sorted by their keys, the unknown always last."""

    data: list[Family]

    def order_by(self, aliases: Iterable[Any]) -> None:
        for alias in reversed(list(aliases)):
            key = attrgetter(alias.bare)
            known = [family for family in self.data if key(family) != ""]
            unknown = [family for family in self.data if key(family) == ""]
            self.data = sorted(known, key=key, reverse=alias.is_descending) + unknown


class IndicatorTable(tables.Table):  # type: ignore[misc]
    """The columns; those that pictures stand in cannot be sorted."""

    ordinal = tables.Column(verbose_name="序号")
    name = tables.Column(verbose_name="指标")
    target = tables.Column(verbose_name="目标", orderable=False, empty_values=())
    outcome = tables.Column(verbose_name="完成情况", orderable=False, empty_values=())
    bullet = tables.Column(verbose_name="实际与目标", orderable=False, empty_values=())
    gap = tables.Column(verbose_name="与目标比", orderable=False, empty_values=())
    state = tables.Column(verbose_name="结论")
    department = tables.Column(verbose_name="责任单位")


@dataclass(frozen=True, slots=True)
class IndicatorList:
    """Everything the list shows."""

    shown: Shown
    words: Words
    years: tuple[Link, ...]
    periods: tuple[Link, ...]
    form: FilterForm
    heads: tuple[Head, ...]
    families: tuple[Family, ...]
    numbered: int
    found: int
    notes: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    published_on: str

    @property
    def year(self) -> int:
        return self.shown.year

    @property
    def filtered(self) -> bool:
        """Whether some rows are left out."""
        return bool(self.form.chips)


def indicator_list_of(asked: Shown, plans: tuple[PublishedPlan, ...], visit: Visit) -> IndicatorList:
    """The list of a plan's indicators at a period, as the visit filters and sorts it; two queries."""
    published, chosen = found_rows(asked, visit.query, visit.as_of.moment)
    table = IndicatorTable(Families(_families(published)))
    order(table, visit)
    families = tuple(row.record for row in table.rows)
    return IndicatorList(
        shown=asked,
        words=words_of(asked.term),
        years=tuple(_year(plan, asked) for plan in reversed(plans)),
        periods=period_choices(asked, plans, f"/{asked.year}/indicators/"),
        form=FilterForm.of(chosen, visit),
        heads=heads_of(table, visit),
        families=families,
        numbered=sum(row.counted for row in published),
        found=len(published),
        notes=notes_of(published),
        sources=sources_of(published),
        published_on=newest(published),
    )


def _families(published: list[PublishedRow]) -> list[Family]:
    """Sub-rows go with their parent; one whose parent was filtered out stands for itself."""
    groups: dict[str, list[PublishedRow]] = {}
    for row in published:
        home = row.parent_code if row.parent_code in groups else row.code
        groups.setdefault(home, []).append(row)
    return [_family(group) for group in groups.values()]


def _family(group: list[PublishedRow]) -> Family:
    head = group[0]
    state = head.verdict or head.pace
    return Family(
        rows=tuple(row_of(row) for row in group),
        ordinal=head.order,
        name=_pronounced(head),
        department=head.department,
        state=_STATES.index(state) if state else len(_STATES),
    )


def _pronounced(row: PublishedRow) -> str:
    """The name as it is sorted: by its pinyin, the second word of the key."""
    return " ".join(row.search_key.split()[1:2]) or row.name


def _year(published: PublishedPlan, asked: Shown) -> Link:
    year = published.plan.year
    return Link(f"{year} 年", f"/{year}/indicators/", published.plan == asked.plan)
