"""What awaits the city, year by year: since when, what was done about it, and what hangs on it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
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
    leans,
    numbered_rows,
    waits_at,
)
from wanzhou.kernel.numerals import UNKNOWN
from wanzhou.kernel.pages.pages import SourceLine
from wanzhou.kernel.pages.templating import day
from wanzhou.kernel.pages.visits import Visit
from wanzhou.kernel.plans.periods import Period

from .notes import sources_of
from .rows import Row, row_of
from .tones import Tone

LEDE = "这些指标要等市级核定后反馈到区。数据到位之前，不算达到，也不算未完成。"
MOST_NAMED = 2  # groups that the headline names one by one


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a card."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain of waits: whose figure of which year, and what it waits for."""

    year: int
    name: str
    href: str
    state: str


@dataclass(frozen=True, slots=True)
class Card:
    """A row that waits, with what is known of the wait; a wait for a base comes with its chain."""

    row: Row
    facts: tuple[Fact, ...]
    chain: tuple[Link, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Group:
    """The waiting rows of a year's newest period; `numbered` of them count, out of `of`."""

    title: str
    cards: tuple[Card, ...]
    numbered: int
    binding: int
    of: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A row that once waited and has a verdict now."""

    name: str
    href: str
    place: str
    outcome: str
    tone: Tone
    answered_on: str
    waited: str


@dataclass(frozen=True, slots=True)
class Awaiting:
    """Everything the page shows."""

    phrases: tuple[str, ...]
    lede: str
    groups: tuple[Group, ...]
    answers: tuple[Answer, ...]
    sources: tuple[SourceLine, ...]


def awaiting_of(visit: Visit) -> Awaiting:
    """What waits as of the visit's day; four queries."""
    moment, on = visit.as_of.moment, visit.as_of.day
    waits = waits_at(visit.plans, moment)
    followers = followers_of(waits, moment)
    numbered = numbered_rows(visit.plans, moment)
    groups = tuple(
        _group(list(own), numbered.get(year, 0), _Beside(waits, followers, on))
        for year, own in groupby(waits, key=lambda wait: wait.year)
    )
    return Awaiting(
        phrases=_headline(groups),
        lede=LEDE,
        groups=groups,
        answers=tuple(_answer(one) for one in answered_at(moment)),
        sources=sources_of(wait.row for wait in waits),
    )


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a card looks at: all waits, the targets that may hang on them, and the day that is counted to."""

    waits: Sequence[Wait]
    followers: Sequence[PublishedRow]
    on: datetime.date


def _group(waits: list[Wait], numbered: int, beside: _Beside) -> Group:
    cards = tuple(_card(wait, beside) for wait in waits)
    return Group(
        title=_place(waits[0].year, waits[0].period),
        cards=cards,
        numbered=sum(card.row.counted for card in cards),
        binding=sum(card.row.counted and card.row.binding for card in cards),
        of=numbered,
    )


def _place(year: int, period: Period) -> str:
    return f"{year} 年" if period is Period.FULL_YEAR else f"{year} 年{period.label}"


def _headline(groups: tuple[Group, ...]) -> tuple[str, ...]:
    counted = [group for group in groups if group.numbered]
    if not counted:
        return ("只有分项还在等待市级反馈" if groups else "没有等待市级反馈的指标",)
    if len(counted) > MOST_NAMED:
        total = sum(group.numbered for group in counted)
        return (f"{len(counted)} 个年度共 {total} 项", "等待市级反馈数据")
    named = [f"{group.title}还有 {group.numbered} 项" for group in counted]
    return (*(f"{words}，" for words in named[:-1]), named[-1], "等待市级反馈数据")


def _card(wait: Wait, beside: _Beside) -> Card:
    row = row_of(wait.row)
    chain = chain_to(wait, beside.waits) if wait.waits_for is WaitsFor.BASE else ()
    return Card(
        row=row,
        facts=tuple(_facts(wait, row, beside)),
        chain=tuple(_links(wait, chain)) if chain else (),
        source=row.source,
    )


def _facts(wait: Wait, row: Row, beside: _Beside) -> Iterable[Fact]:
    yield Fact(f"{wait.year} 年目标", row.target_words)
    if wait.waits_for is WaitsFor.BASE:
        yield Fact("等待什么", _base_words(wait))
    yield from _known(wait, beside.on)
    for follower in hanging_on(wait, beside.followers):
        yield Fact(f"对 {follower.publication.plan.year} 年的影响", _hangs(follower, wait))


def _known(wait: Wait, on: datetime.date) -> Iterable[Fact]:
    """What is known of the wait itself, line by line; where nothing is, one line says so."""
    if not (wait.bureau or wait.since or wait.expected or wait.reminders):
        if wait.waits_for is WaitsFor.FIGURE:
            yield Fact("等待情况", f"市级部门、起始日期、预计反馈和催办：{UNKNOWN}，不计天数")
        return
    yield Fact("市级部门", wait.bureau or UNKNOWN)
    yield Fact("等待起始", day(wait.since))
    yield Fact("已等待", _days(wait.days(on)))
    yield Fact("预计反馈", day(wait.expected))
    yield Fact("催办记录", _reminded(wait.reminders))


def _base_words(wait: Wait) -> str:
    base = wait.row.base or {}
    return f"{base.get('year')}年的数字，目标以它为基数；基数未定，目标值无法换算"


def _days(days: int | None) -> str:
    return "起始日期不明，不计天数" if days is None else f"{days} 天"


def _reminded(reminders: tuple[Reminder, ...]) -> str:
    return "；".join(f"{day(one.on)} {one.channel}" for one in reminders) or UNKNOWN


def _hangs(follower: PublishedRow, wait: Wait) -> str:
    """The later target, and whether it leans on what is waited for."""
    row = row_of(follower)
    target = f"“{row.target_words}”" if row.target.text else row.target_words
    name = f"列为“{follower.name}”，" if follower.name != wait.row.name else ""
    number = f"（第 {row.ordinal} 项）" if row.ordinal else ""
    leaning = f"；没有 {wait.year} 年的数字就没有基数" if leans(follower, wait) else ""
    broken = "；与上年不可比" if follower.series_break else ""
    return f"{name}目标 {target}{number}{leaning}{broken}"


def _links(wait: Wait, chain: tuple[Wait, ...]) -> Iterable[Link]:
    """The chain in words; a base that waits nowhere on the page is named as far as it is known."""
    base = chain[0].row.base or {}
    if chain[0].waits_for is WaitsFor.BASE and base.get("code"):
        yield Link(base["year"], f"基数（{base['code']}）", f"/indicators/{base['code']}/", "尚未取得")
    for one in chain:
        state = "待基数" if one.waits_for is WaitsFor.BASE else "待市级反馈"
        yield Link(one.year, one.row.name, f"/indicators/{one.row.code}/", state)


def _answer(answered: Answered) -> Answer:
    row, published = row_of(answered.row), answered.row.publication
    period = published.period
    return Answer(
        name=row.name,
        href=row.href,
        place=_place(published.plan.year, Period(period.period)) if period else f"{published.plan.year} 年",
        outcome=f"{row.outcome.number}{row.unit}{row.outcome.qualifier}"
        if row.outcome.number
        else row.outcome.text,
        tone=row.tone,
        answered_on=day(answered.answered_on),
        waited="" if answered.days is None else f"等待 {answered.days} 天",
    )
