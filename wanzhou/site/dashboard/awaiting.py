"""What waits for the city: every row with its wait, what hangs on it, chains of waits, and what was answered."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from indicators.models import PublishedRow
from indicators.waiting.waits import (
    Answered,
    Reminder,
    Wait,
    WaitsFor,
    answered_at,
    chain_to,
    followers_of,
    hanging_on,
    numbered_rows,
    waits_at,
)
from wanzhou.kernel.numerals import UNKNOWN
from wanzhou.kernel.pages.pages import Link, SourceLine
from wanzhou.kernel.pages.templating import day
from wanzhou.kernel.pages.visits import Visit

from .notes import sources_of
from .rows import Row, row_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """A card: the row, the facts of its wait in words, and the targets that hang on it."""

    row: Row
    facts: tuple[tuple[str, str], ...]
    reminders: tuple[Reminder, ...]
    hanging: tuple[Link, ...]
    chain: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """The waits of a year's newest period."""

    title: str
    count: int
    of: int
    binding: int
    waits: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """A row that once waited, as it is now."""

    row: Row
    when: str
    words: str


@dataclass(frozen=True, slots=True)
class Awaiting:
    """Everything the page shows."""

    headline: str
    lede: str
    years: tuple[Year, ...]
    replies: tuple[Reply, ...]
    sources: tuple[SourceLine, ...]


def awaiting_of(visit: Visit) -> Awaiting:
    """The waits at the visit's moment, aged to its day; four queries at the most."""
    moment, today = visit.as_of.moment, visit.as_of.day
    waits = waits_at(visit.plans, moment)
    followers = followers_of(waits, moment) if waits else []
    numbered = numbered_rows(visit.plans, moment)
    years = tuple(
        _year(list(group), waits, followers, numbered.get(year, 0), today)
        for year, group in groupby(waits, key=lambda wait: wait.year)
    )
    return Awaiting(
        headline=_headline(years),
        lede="这些指标要等市级核定后反馈到区。数据到位之前，不算达到，也不算未完成。",
        years=years,
        replies=tuple(_reply(one) for one in answered_at(moment)),
        sources=sources_of(wait.row for wait in waits),
    )


def _headline(years: tuple[Year, ...]) -> str:
    if not years:
        return "没有等待市级反馈的指标"
    return "，".join(f"{year.title}还有 {year.count} 项等待市级反馈" for year in years if year.count) or (
        "只有分项还在等待市级反馈"
    )


def _year(
    own: Sequence[Wait],
    waits: Sequence[Wait],
    followers: Sequence[PublishedRow],
    numbered: int,
    today: datetime.date,
) -> Year:
    first = own[0]
    counted = [wait for wait in own if wait.row.counted]
    rows = [_waiting(wait, waits, followers, today) for wait in own]
    return Year(
        title=f"{first.year} 年{first.period.label if first.period.share != 1 else ''}",
        count=len(counted),
        of=numbered,
        binding=sum(waiting.row.binding for waiting in rows if waiting.row.counted),
        waits=tuple(rows),
    )


def _waiting(
    wait: Wait, waits: Sequence[Wait], followers: Sequence[PublishedRow], today: datetime.date
) -> Waiting:
    chain = chain_to(wait, waits)
    return Waiting(
        row=row_of(wait.row),
        facts=tuple(_facts(wait, today)),
        reminders=wait.reminders,
        hanging=tuple(_hanging(row) for row in hanging_on(wait, followers)),
        chain=tuple(_link(one.row, one.year) for one in chain) if len(chain) > 1 else (),
    )


def _facts(wait: Wait, today: datetime.date) -> list[tuple[str, str]]:
    """The facts of a wait; what nobody stated reads 报告未载, and nothing is counted from it."""
    waited = wait.days(today)
    facts = [("等待什么", wait.waits_for.label)]
    if wait.waits_for is WaitsFor.BASE:
        return facts
    return [
        *facts,
        ("市级部门", wait.bureau or UNKNOWN),
        ("自何日等待", day(wait.since)),
        ("已等待", f"{waited} 天" if waited is not None else f"起始日期{UNKNOWN}，不计天数"),
        ("预计反馈", day(wait.expected)),
    ]


def _hanging(row: PublishedRow) -> Link:
    leans = f"，以 {row.base['year']} 年数为基数" if row.base else ""
    shown = row_of(row)
    words = f"{row.publication.plan.year} 年{_place(row)}：目标 {shown.target_words}{leans}"
    return Link(words, shown.href)


def _link(row: PublishedRow, year: int) -> Link:
    return Link(f"{year} 年 {row.name}", f"/indicators/{row.code}/")


def _place(row: PublishedRow) -> str:
    return f"第 {row.ordinal} 项" if row.ordinal is not None else "其中行"


def _reply(answered: Answered) -> Reply:
    row = answered.row
    waited = f"，等待 {answered.days} 天" if answered.days is not None else ""
    return Reply(
        row=row_of(row),
        when=day(answered.answered_on),
        words=f"{row.publication.plan.year} 年{row.name}{waited}",
    )
