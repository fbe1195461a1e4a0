"""One cell of entry as typed, and what it is stored as. Pure; the grid and the import read cells alike."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from indicators.judging.intervals import EXACT, plain
from indicators.judging.outcomes import Outcome, read_outcome
from indicators.judging.terms import OutcomeState
from indicators.judging.units import POINTS, is_ratio, measure, tidy
from wanzhou.kernel.wording import fold

WITHOUT_FIGURE: Final = frozenset(
    {OutcomeState.AWAITING_CITY, OutcomeState.REDEFINED, OutcomeState.ANNUAL_ONLY}
)
"""What may be picked, or said in the cell, instead of a figure."""

LONGEST_TEXT: Final = 200
LONGEST_NOTE: Final = 2000
PLACES: Final = 6
_LARGEST: Final = Decimal(10) ** 18
_PLAIN: Final = re.compile(r"(?P<number>-?[0-9]+(?:\.[0-9]+)?)(?P<percent>%?)")
_LABELS: Final = frozenset(
    {"市级暂未反馈", "待市级反馈", "暂未反馈", "待反馈", "口径调整", "年度指标", "年末核算"}
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a person typed or picked: the text, what stands instead of a figure, a note."""

    text: str = ""
    state: OutcomeState = OutcomeState.REPORTED
    note: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is said; a note alone says nothing. 0 is a figure."""
        return not self.text.strip() and self.state not in WITHOUT_FIGURE


@dataclass(frozen=True, slots=True)
class Understood:
    """A cell as it is stored: `value` in the row's unit where the text is one exact figure."""

    outcome: Outcome
    state: OutcomeState
    value: Decimal | None
    wording: str
    note: str


def understand(cell: Cell, *, unit: str) -> Understood:
    """Read a cell in a row measured in `unit`. A text wins over what was picked beside it. Never raises."""
    text, note = cell.text.strip(), cell.note.strip()
    if not text:
        silent = cell.state if cell.state in WITHOUT_FIGURE else OutcomeState.UNREPORTED
        return Understood(Outcome.of_state(silent), silent, None, "", note)
    outcome = read_outcome(text, unit=unit)
    if outcome.state in WITHOUT_FIGURE:
        spoken = "" if fold(text) in _LABELS else text
        return Understood(outcome, outcome.state, None, "", note or spoken)
    known = outcome.state in (OutcomeState.REPORTED, OutcomeState.ESTIMATED)
    state = outcome.state if known else OutcomeState.DECLARED
    return Understood(outcome, state, figure_in(outcome, unit), _tidied(text, unit), note)


def figure_in(outcome: Outcome, unit: str) -> Decimal | None:
    """The one exact figure of an outcome in the row's unit; None for bounds, grades, changes and other units."""
    exact = outcome.low is None and outcome.high is None and not outcome.rough
    if outcome.value is None or not exact or outcome.is_change or not storable(outcome.value):
        return None
    row_unit = tidy(unit)
    if (outcome.unit in POINTS and row_unit not in POINTS) or not fits_row(outcome.unit, row_unit):
        return None
    own, row = measure(outcome.unit), measure(row_unit)
    if own == row:
        return outcome.value
    value = EXACT.divide(EXACT.multiply(outcome.value, own.worth), row.worth)
    return value if storable(value) else None


def fits_row(own: str, row: str) -> bool:
    """Whether a figure printed in the unit `own` can stand in a row measured in `row` (both tidied)."""
    if not own or own == row:
        return True
    if is_ratio(row) and own[0] in "十百千万亿":
        return False
    dimension = measure(own).dimension
    return measure(own).fits(measure(row)) if row and dimension else not dimension


def storable(value: Decimal) -> bool:
    """Whether the database keeps the figure to the last digit: 18 places before the point, 6 behind it."""
    exponent = value.normalize(EXACT).as_tuple().exponent
    return abs(value) < _LARGEST and isinstance(exponent, int) and exponent >= -PLACES


def _tidied(text: str, unit: str) -> str:
    """A plain number in its one form (``６．５`` and ``六点五`` are 6.5); any other text as it was typed."""
    match = _PLAIN.fullmatch(fold(text))
    if match is None or (match["percent"] and tidy(unit) != "%"):
        return text
    number = Decimal(match["number"])
    return plain(number) if number == 0 else match["number"]
