"""The difference between a figure and what was asked, in words: 低 2.5 个百分点."""

from __future__ import annotations

from decimal import Decimal

from indicators.judging.terms import Accrual, Kind, OutcomeState, Pace, Verdict
from indicators.models import PublishedRow
from wanzhou.kernel.numerals import plain

NOTHING = "—"
# A rate differs in points, never in percent.
POINTS = {"%": "个百分点", "‰": "个千分点", "个百分点": "个百分点"}
CEILINGS = {Kind.AT_MOST, Kind.BELOW}


def gap_words(row: PublishedRow) -> str:
    """How far the row is from its target, or from its pace; a dash where there is nothing to compare."""
    state = row.verdict or row.pace
    if state == Pace.IN_PROGRESS:
        return "年末核算"
    if state == Verdict.AWAITING_CITY:
        return NOTHING if row.outcome_state == OutcomeState.AWAITING_CITY else "待基数"
    if state in {Verdict.MET, Verdict.MISSED, Verdict.REVIEW, Pace.ON_PACE, Pace.BEHIND}:
        return _fits(row) if row.gap is None or row.outcome_value is None else _compared(row, row.gap)
    return NOTHING


def _fits(row: PublishedRow) -> str:
    """A judgement without a difference in numbers."""
    if row.verdict not in {Verdict.MET, ""} or row.pace not in {Pace.ON_PACE, ""}:
        return NOTHING
    bound = row.reading.get("number") is not None and row.reading.get("kind") != Kind.GRADE
    return "在限内" if bound else "符合表述"


def _compared(row: PublishedRow, gap: Decimal) -> str:
    words = _difference(gap, row)
    if row.pace and row.expected is not None and row.accrual == Accrual.CUMULATIVE:
        return f"应达 {plain(row.expected)}，{words}"
    return words


def _difference(gap: Decimal, row: PublishedRow) -> str:
    if gap == 0:
        return "持平"
    amount = f"{plain(abs(gap))} {POINTS.get(row.unit, row.unit)}".rstrip()
    number = row.reading.get("number")
    if row.reading.get("kind") in CEILINGS and number is not None and Decimal(number) > 0:
        return f"{'低于' if gap < 0 else '超出'}上限 {amount}"
    return f"{'低' if gap < 0 else '高'} {amount}"
