"""The published rows as a picture: a series to draw, or their words where there is no number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.judging.outcomes import read_outcome
from indicators.judging.readings import RELATIVE
from indicators.judging.terms import Accrual, Kind, OutcomeState, Pace
from indicators.judging.units import tidy
from indicators.models import PublishedRow
from wanzhou.kernel.numerals import UNKNOWN, plain
from wanzhou.site.charts.series import ZERO, Aim, Figure, OtherBasis, Series, Year
from wanzhou.site.charts.trends import Trend, trend_of
from wanzhou.site.dashboard.rows import DRAWN, PRICE_INDEX_ORIGIN

from .years import PlanYear, Told

BREAK = "口径调整"
MISSING = {
    OutcomeState.AWAITING_CITY: "待市级反馈",
    OutcomeState.REDEFINED: BREAK,
    OutcomeState.ANNUAL_ONLY: "年末核算",
}
TITLES = {
    Accrual.RATE: ("逐季走势与目标", "年初至今"),
    Accrual.CUMULATIVE: ("历年完成与目标", "年初至今累计"),
    Accrual.LEVEL: ("历年水平与目标", "年末数"),
}
# A longer wording has no room where a figure would stand.
LONGEST_WORD = 8


@dataclass(frozen=True, slots=True)
class Picture:
    """The chart under its heading; without one, `phrases` are what was said of each period."""

    title: str
    note: str
    chart: Trend | None
    phrases: tuple[Told, ...]


def picture_of(years: tuple[PlanYear, ...]) -> Picture:
    """The chart of the years, or else their words."""
    chart = trend_of(series_of(years))
    if chart is None:
        phrases = tuple(told for year in years for told in (year.periods or year.told))
        return Picture("各期目标与完成情况", "没有可画的数，列出原文", None, phrases)
    if len(chart.panels) > 1:
        return Picture("口径不同，各画各的", "每段各用各的纵轴", chart, ())
    return Picture(*TITLES[Accrual(years[-1].newest.row.accrual)], chart, ())


def series_of(years: tuple[PlanYear, ...]) -> Series:
    """The years as the charts want them."""
    return Series(Accrual(years[-1].newest.row.accrual), tuple(_year(year) for year in years))


def _year(year: PlanYear) -> Year:
    row = year.newest.row
    aim = _aim(year)
    return Year(
        year.year,
        row.name,
        row.unit,
        figures=tuple(_figure(told) for told in year.periods),
        aim=aim,
        comparable=row.outcome_state != OutcomeState.REDEFINED,
        break_word=BREAK if row.series_break else "",
        origin=_origin(row, aim),
    )


def _origin(row: PublishedRow, aim: Aim | None) -> Decimal:
    index = "指数" in row.name and aim is not None and (aim.number or ZERO) >= PRICE_INDEX_ORIGIN
    return PRICE_INDEX_ORIGIN if index else ZERO


def _aim(year: PlanYear) -> Aim | None:
    """The target in force last; before it was known which one was, the year's own."""
    known = [told.row for told in year.told if told.row.wording]
    if not known:
        return None
    aim = _drawn(known[-1])
    return replace(aim, full_year_only=True) if _unknown_day(year) else aim


def _drawn(row: PublishedRow) -> Aim:
    """A number on the row's own scale makes a line and a band; a class, a rank or another unit only words."""
    reading = row.reading
    number, low, high = (_decimal(reading.get(end)) for end in ("number", "low", "high"))
    kind = reading.get("kind")
    if kind in RELATIVE or kind == Kind.RANGE:
        return Aim(row.wording, None, low, high)
    if kind not in DRAWN or (reading.get("unit") or "") not in {"", tidy(row.unit)}:
        return Aim(row.wording)
    return Aim(row.wording, number, low, high)


def _unknown_day(year: PlanYear) -> bool:
    """Whether the target was adjusted on a day that nobody states, so that it judges the full year only."""
    adjusted = [told.row for told in year.told if told.row.adjustment]
    return any(not row.wording or f"批准日期：{UNKNOWN}" in row.adjustment for row in adjusted)


def _figure(told: Told) -> Figure:
    row = told.row
    assert told.term is not None
    value = None if row.outcome_state == OutcomeState.REDEFINED else row.outcome_value
    return Figure(
        told.term,
        value,
        missing="" if value is not None else _missing(told),
        version=told.shown.outcome.qualifier if value is not None else "",
        basis=_basis(row),
        expected=_profile(told),
        note=_note(told),
    )


def _missing(told: Told) -> str:
    """The word in the place of a figure."""
    row = told.row
    state = OutcomeState(row.outcome_state)
    if state in MISSING:
        return MISSING[state]
    if told.awaits_base:
        return "待基数"
    if told.state == Pace.IN_PROGRESS and row.accrual == Accrual.LEVEL:
        return MISSING[OutcomeState.ANNUAL_ONLY]
    return _bound(row) or state.label


def _bound(row: PublishedRow) -> str:
    """An outcome that is known only as a limit, short enough for a chart: 5.5以内."""
    if not row.outcome_wording or len(row.outcome_wording) <= LONGEST_WORD:
        return row.outcome_wording
    outcome = read_outcome(row.outcome_wording, unit=row.unit)
    if outcome.high is not None:
        return f"不高于 {plain(outcome.high)}"
    return f"不低于 {plain(outcome.low)}" if outcome.low is not None else ""


def _basis(row: PublishedRow) -> OtherBasis | None:
    if row.basis_value is None:
        return None
    return OtherBasis(row.basis_value, row.basis_unit or row.unit, row.basis_note)


def _profile(told: Told) -> Decimal | None:
    """What was due by the period's end, where that is not the even share of the year's target."""
    row, number = told.row, _decimal(told.row.reading.get("number"))
    if row.expected is None or number is None or told.term is None or row.accrual != Accrual.CUMULATIVE:
        return None
    return None if row.expected == number * told.term.position / 4 else row.expected


def _note(told: Told) -> str:
    """What the figures' table says beside: the words of the source, and a period that is not judged."""
    row = told.row
    said = row.outcome_wording
    printed = said and (row.outcome_value is None or said != plain(row.outcome_value))
    words = [f"原文“{said}”" if printed else "", "" if row.wording else "本期适用哪个目标不明，不判定"]
    return "；".join(filter(None, words))


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None
