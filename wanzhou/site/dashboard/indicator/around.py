"""What stands around the figures: adjusted targets, other bases, other regions, waits, bases, causes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from indicators.judging.terms import OutcomeState, Period
from indicators.models import PublishedRow
from wanzhou.kernel.numerals import UNKNOWN, plain
from wanzhou.kernel.pages.pages import SourceLine
from wanzhou.kernel.pages.templating import day
from wanzhou.site.reports.gaps import POINTS

from .years import PlanYear, Told

BASE_STATES = {
    OutcomeState.AWAITING_CITY: "市级暂未反馈",
    OutcomeState.REDEFINED: "口径调整，不能作基数",
}


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A target that was changed in its year. `told` is the published sentence: by whom, and when."""

    year: int
    first: str
    in_force: str
    told: str


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure on another basis, beside the judged one."""

    when: str
    judged: str
    figure: str
    note: str


@dataclass(frozen=True, slots=True)
class Quote:
    """What the source says; `implied` where it prints the difference and not the figure itself."""

    wording: str
    implied: bool
    source: SourceLine | None


@dataclass(frozen=True, slots=True)
class Reference:
    """The same indicator elsewhere. `difference` is empty where the two cannot be compared."""

    region: str
    figure: str
    rank: str
    difference: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class References:
    """What is known of other regions for one period."""

    when: str
    own: str
    regions: tuple[Reference, ...]

    @property
    def quotes(self) -> tuple[tuple[Quote, str], ...]:
        """Each quote once, with the regions that it is about."""
        about: dict[Quote, list[str]] = {}
        for one in self.regions:
            about.setdefault(one.quote, []).append(one.region)
        return tuple((quote, "、".join(regions)) for quote, regions in about.items())


@dataclass(frozen=True, slots=True)
class Wait:
    """A figure that only the city can give."""

    when: str
    bureau: str
    since: str
    days: int | None
    expected: str
    chases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaning:
    """A target that leans on another figure: whose, of when, and what is known of it."""

    when: str
    target: str
    base: str
    href: str
    known: str
    waits: bool


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a target was not reached, in the words of the source, and what is to be done."""

    when: str
    text: str
    source: str
    measures: str


@dataclass(frozen=True, slots=True)
class Around:
    """All of it; what there is nothing of is empty."""

    adjustments: tuple[Adjustment, ...]
    beside: tuple[Beside, ...]
    references: tuple[References, ...]
    waits: tuple[Wait, ...]
    leanings: tuple[Leaning, ...]
    causes: tuple[Cause, ...]


def around_of(years: tuple[PlanYear, ...], names: dict[str, str], today: datetime.date) -> Around:
    """What stands around the years' newest rows; `names` are other indicators' by code, `today` counts the days."""
    newest = [year.newest for year in years]
    every = [told for year in years for told in year.periods]
    return Around(
        adjustments=tuple(_adjustment(told) for told in newest if told.row.adjustment),
        beside=tuple(_beside(told) for told in every if told.row.basis_value is not None),
        references=tuple(_references(told) for told in every if told.row.references),
        waits=tuple(
            _wait(told, told.row.waiting, today)
            for told in newest
            if told.row.waiting and not told.awaits_base
        ),
        leanings=tuple(_leaning(told, told.row.base, years, names) for told in newest if told.row.base),
        causes=tuple(_causes(every)),
    )


def _adjustment(told: Told) -> Adjustment:
    row = told.row
    return Adjustment(told.year, row.first_wording or UNKNOWN, row.wording or UNKNOWN, row.adjustment)


def _beside(told: Told) -> Beside:
    row = told.row
    assert row.basis_value is not None
    outcome = told.shown.outcome
    judged = f"{outcome.number}{row.unit}{outcome.qualifier}" if outcome.number else told.shown.tone.word
    return Beside(told.when, judged, f"{plain(row.basis_value)}{row.basis_unit or row.unit}", row.basis_note)


def _references(told: Told) -> References:
    outcome = told.shown.outcome
    own = f"{outcome.number}{told.row.unit}{outcome.qualifier}" if outcome.number else outcome.text
    return References(told.when, own, tuple(_reference(told.row, one) for one in told.row.references))


def _reference(row: PublishedRow, one: dict[str, Any]) -> Reference:
    value = Decimal(one["value"]) if one.get("value") is not None else None
    wording = one.get("wording") or ""
    implied = value is not None and bool(wording) and plain(abs(value)) not in wording
    return Reference(
        region=one["region"],
        figure=f"{plain(value)}{row.unit}" if value is not None else "",
        rank=_rank(one),
        difference=_difference(row, value),
        quote=Quote(wording, implied, _source(one)),
    )


def _rank(one: dict[str, Any]) -> str:
    if one.get("rank") is None:
        return ""
    return f"第 {one['rank']} 位" + (f"（共 {one['of']}）" if one.get("of") else "")


def _difference(row: PublishedRow, value: Decimal | None) -> str:
    """Stated in points, and only where both are rates on one calibre."""
    if value is None or row.outcome_value is None or row.unit not in POINTS:
        return ""
    if row.series_break or row.outcome_state == OutcomeState.REDEFINED:
        return ""
    gap = row.outcome_value - value
    return f"{'高' if gap > 0 else '低'} {plain(abs(gap))} {POINTS[row.unit]}" if gap else "持平"


def _source(one: dict[str, Any]) -> SourceLine | None:
    if not one.get("source_title"):
        return None
    published_on = _date(one.get("source_published_on"))
    return SourceLine(
        one["source_title"], one.get("source_url") or "", day(published_on) if published_on else ""
    )


def _wait(told: Told, waiting: dict[str, Any], today: datetime.date) -> Wait:
    since = _date(waiting.get("since"))
    return Wait(
        when=told.when,
        bureau=waiting.get("bureau") or UNKNOWN,
        since=day(since),
        days=(today - since).days if since and since <= today else None,
        expected=day(_date(waiting.get("expected"))),
        chases=tuple(f"{day(_date(one['on']))}（{one['channel']}）" for one in waiting.get("chases") or ()),
    )


def _leaning(told: Told, base: dict[str, Any], years: tuple[PlanYear, ...], names: dict[str, str]) -> Leaning:
    code, year = base.get("code"), base.get("year")
    period = f"{year} 年{Period(base['period']).label}" if base.get("period") else f"{year} 年"
    own = code == told.row.code
    name = told.row.name if own else names.get(code or "", code or "所比的指标")
    waits = base.get("value") is None
    return Leaning(
        when=told.when,
        target=told.row.wording,
        base=f"{period}“{name}”",
        href=_base_address(base, own, years),
        known=_base_known(base, told),
        waits=waits,
    )


def _base_address(base: dict[str, Any], own: bool, years: tuple[PlanYear, ...]) -> str:
    if own:
        there = [year.anchor for year in years if year.year == base.get("year")]
        return f"#{there[0]}" if there else ""
    return f"/indicators/{base['code']}/" if base.get("code") else ""


def _base_known(base: dict[str, Any], told: Told) -> str:
    if base.get("value") is not None:
        own = base.get("code") == told.row.code
        return f"{plain(Decimal(base['value']))}{told.row.unit if own else ''}"
    state = base.get("state")
    return BASE_STATES.get(OutcomeState(state), OutcomeState(state).label) if state else "尚未取得"


def _causes(every: Iterable[Told]) -> Iterator[Cause]:
    for told in every:
        row = told.row
        if row.cause or row.measures:
            yield Cause(told.when, row.cause, row.cause_source, row.measures)


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
