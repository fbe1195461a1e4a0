"""When an outcome was taken, and what of the target is due by then."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

from .readings import Reading
from .terms import Accrual, Kind, Pace, Period, Verdict
from .units import is_ratio

_DAYS_AFTER: Final = {2: 306, 3: 275, 4: 245, 5: 214, 6: 184, 7: 153, 8: 122, 9: 92, 10: 61, 11: 31}
"""Days left after each month's end; January is left out, since a leap year decides it."""

_WHOLE: Final = Fraction(1)
_OF_ANOTHER_SERIES: Final = frozenset(
    {Kind.RELATIVE_INDICATOR, Kind.RELATIVE_REGION, Kind.NO_NEGATIVE_GROWTH}
)


@dataclass(frozen=True, slots=True)
class Moment:
    """The end of a period or month, and the elapsed share of the year."""

    share: Fraction
    label: str
    month: int

    @property
    def year_is_over(self) -> bool:
        return self.month == 12

    @property
    def days_left(self) -> int | None:
        """Days from here to the year's end, None where a leap year decides."""
        return _DAYS_AFTER.get(self.month)


@lru_cache(maxsize=64)
def moment_of(period: Period, month: int | None = None, share: Fraction | None = None) -> Moment:
    """The moment of `period`, or of `month` (1–12), which overrides it; `share` is the indicator's own profile."""
    ends = int(period.share * 12) if month is None else month
    if ends == 12:
        return Moment(_WHOLE, Period.FULL_YEAR.label, 12)
    elapsed = Fraction(ends, 12) if share is None else share
    if month is None:
        return Moment(elapsed, period.label, ends)
    return Moment(elapsed, f"1至{month}月" if month > 1 else "1月", month)


def accrual_of(given: Accrual | None, reading: Reading, row_unit: str) -> Accrual:
    """How the figure grows: as given, else grade for grades, rate for %, ‰ and points, else cumulative."""
    if given is not None:
        return given
    if reading.kind is Kind.GRADE:
        return Accrual.GRADE
    unit = row_unit or reading.measured_in
    return Accrual.RATE if is_ratio(unit) else Accrual.CUMULATIVE


def share_due(reading: Reading, moment: Moment, accrual: Accrual, row_unit: str) -> Fraction:
    """The share of the target that is due: the elapsed share for what accumulates, else all of it."""
    if moment.year_is_over or accrual is not Accrual.CUMULATIVE or reading.kind in _OF_ANOTHER_SERIES:
        return _WHOLE
    is_growth_of_an_amount = is_ratio(reading.measured_in) and not is_ratio(row_unit)
    return _WHOLE if is_growth_of_an_amount else moment.share


_PACE: Final = {
    Verdict.MET: Pace.ON_PACE,
    Verdict.MISSED: Pace.BEHIND,
    Verdict.REVIEW: Pace.IN_PROGRESS,
    Verdict.AWAITING_CITY: Pace.AWAITING_CITY,
    Verdict.REDEFINED: Pace.REDEFINED,
    Verdict.NOT_JUDGED: Pace.NOT_JUDGED,
    Verdict.UNREPORTED: Pace.UNREPORTED,
    Verdict.NOT_COLLECTED: Pace.NOT_COLLECTED,
}


def pace_of(standing: Verdict) -> Pace:
    """The word before the year's end: what would be met is on pace, what would be missed is behind, what a person
    would decide is in progress; the other states keep their name."""
    return _PACE[standing]
