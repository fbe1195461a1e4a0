"""What a table's cell says of an outcome; pure."""

from __future__ import annotations

from decimal import Decimal

from indicators.judging.outcomes import read_outcome
from indicators.judging.terms import OutcomeState

ESTIMATED = "（预计）"
LONGEST = 12  # characters of a cell that is quoted as it was reported; what is longer is a sentence
_WORDLESS = {OutcomeState.REPORTED, OutcomeState.DECLARED}


def outcome_cell(wording: str, value: Decimal | None, state: str, unit: str = "") -> str:
    """The wording as it was reported, the figure where that is a sentence, or why there is none: 市级暂未反馈."""
    if wording and len(wording) <= LONGEST:
        return _marked(wording, state)
    return figure_cell(wording, value, state, unit)


def figure_cell(wording: str, value: Decimal | None, state: str, unit: str = "") -> str:
    """The bare figure, bound or class: 同比增长6% is 6, 控制在5.5%以内 is 5.5以内, 水质保持Ⅱ类 is Ⅱ类."""
    if value is not None:
        return _marked(_digits(value), state)
    if wording:
        return _marked(_bare(wording, unit), state)
    if not state or state in _WORDLESS:
        return ""
    return OutcomeState(state).label


def _bare(wording: str, unit: str) -> str:
    read = read_outcome(wording, unit=unit)
    if read.grade is not None:
        return f"{read.grade}类"
    if read.high is not None and read.low is None:
        return f"{_digits(read.high)}以内"
    if read.low is not None and read.high is None:
        return f"{_digits(read.low)}以上"
    return wording


def _marked(said: str, state: str) -> str:
    return f"{said}{ESTIMATED}" if state == OutcomeState.ESTIMATED and "预计" not in said else said


def _digits(value: Decimal) -> str:
    """The shortest exact notation, as a cell is typed: -9.400000 reads -9.4."""
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
