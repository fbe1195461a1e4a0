"""How each year's conclusion came about: the target as printed, how it is read, the figure, the comparison."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from indicators.judging.readings import RELATIVE
from indicators.judging.terms import Accrual, Pace, Verdict
from indicators.judging.units import tidy
from indicators.models import PublishedRow
from wanzhou.kernel.numerals import UNKNOWN, plain
from wanzhou.site.dashboard.tones import Tone
from wanzhou.site.reports.gaps import NOTHING

from .lede import COMPARED
from .understood import read_as
from .years import PlanYear, Told

UNCOMPARED = {
    Pace.IN_PROGRESS: "年末再比对",
    Verdict.REDEFINED: "口径不同，不比对",
    "": "尚无完成情况",
}


@dataclass(frozen=True, slots=True)
class Conclusion:
    """One period's conclusion. `anchor` is set on the newest row of a year."""

    anchor: str
    when: str
    target: str
    read_as: str
    outcome: str
    compared: str
    tone: Tone
    sentence: str
    ruling: str
    source: str
    newest: bool


def conclusions_of(years: tuple[PlanYear, ...]) -> tuple[Conclusion, ...]:
    """Every year's newest state, and the periods before it of which something is known; in the order of time."""
    return tuple(_conclusion(year, told) for year in years for told in _worth_telling(year))


def _worth_telling(year: PlanYear) -> Iterator[Told]:
    for told in year.told:
        if told is year.newest or (told.term and told.row.outcome_wording):
            yield told


def _conclusion(year: PlanYear, told: Told) -> Conclusion:
    row, newest = told.row, told is year.newest
    return Conclusion(
        anchor=year.anchor if newest else "",
        when=told.when,
        target=row.wording or UNKNOWN,
        read_as=_understood(told),
        outcome=outcome_of(told),
        compared=compared(told),
        tone=told.shown.tone,
        sentence=row.sentence,
        ruling=ruling_of(told),
        source=_source(told),
        newest=newest,
    )


def _source(told: Told) -> str:
    source = told.shown.source
    if not source:
        return ""
    return f"来源：{source}" if told.stated else f"目标的来源：{source}"


def outcome_of(told: Told) -> str:
    """The outcome as printed, with its unit where it is a number."""
    outcome = told.shown.outcome
    if outcome.text:
        return outcome.text
    return f"{outcome.number}{told.row.unit}{outcome.qualifier}"


def ruling_of(told: Told) -> str:
    """What a person decided, and why."""
    row = told.row
    if not row.ruling_reason:
        return ""
    ruled, computed = Verdict(row.verdict).label, Verdict(row.computed).label
    return f"人工认定为“{ruled}”，自动判定为“{computed}”。理由：{row.ruling_reason}"


def _understood(told: Told) -> str:
    row = told.row
    if not row.wording:
        return row.adjustment or f"目标{UNKNOWN}，不判定"
    text = read_as(row.reading, row.wording, unit=row.unit, base_year=(row.base or {}).get("year"))
    return "；".join(filter(None, [text, _in_the_year(told)]))


def _in_the_year(told: Told) -> str:
    """What of the target is due before the year is over."""
    row = told.row
    if not row.pace or row.pace not in COMPARED or told.term is None:
        return ""
    if row.accrual == Accrual.CUMULATIVE and row.expected is not None:
        return f"累计量，{told.term.label}应达 {plain(row.expected)}"
    return "每期直接对全年目标"


def compared(told: Told) -> str:
    """The figure and the bound it was held against: 3.5 < 5.9."""
    row = told.row
    if told.state not in COMPARED:
        return "待基数" if told.awaits_base else UNCOMPARED.get(told.state, "不比对")
    bound = _bound(row)
    if row.outcome_value is None or bound is None:
        return told.shown.gap if told.shown.gap != NOTHING else "按表述比对"
    value = row.outcome_value
    sign = "=" if value == bound else "<" if value < bound else ">"
    return f"{plain(value)} {sign} {plain(bound)}"


def _bound(row: PublishedRow) -> Decimal | None:
    """The bound that decided, in the row's unit; None where the wording has another one."""
    if row.pace and row.accrual == Accrual.CUMULATIVE and row.expected is not None:
        return row.expected
    reading = row.reading
    if reading.get("kind") not in RELATIVE and (reading.get("unit") or "") not in {"", tidy(row.unit)}:
        return None
    low, high = (Decimal(end) if end else None for end in (reading.get("low"), reading.get("high")))
    if low is None or high is None:
        return high if low is None else low
    return low if row.outcome_value is not None and row.outcome_value < low else high
