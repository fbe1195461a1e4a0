"""What a table's cell says of an outcome; pure."""

from __future__ import annotations

from decimal import Decimal

from indicators.judging.terms import OutcomeState

_WORDLESS = {OutcomeState.REPORTED, OutcomeState.DECLARED}
ESTIMATED = "（预计）"


def outcome_cell(wording: str, value: Decimal | None, state: str) -> str:
    """The wording as it was reported, else the figure, else why there is none: 市级暂未反馈."""
    said = wording or ("" if value is None else _digits(value))
    if said:
        return f"{said}{ESTIMATED}" if state == OutcomeState.ESTIMATED and "预计" not in said else said
    if not state or state in _WORDLESS:
        return ""
    return OutcomeState(state).label


def _digits(value: Decimal) -> str:
    """The shortest exact notation, as a cell is typed: -9.400000 reads -9.4."""
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
