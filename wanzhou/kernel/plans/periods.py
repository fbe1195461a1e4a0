"""The four reporting periods of a plan year; figures are always year-to-date (累计)."""

from __future__ import annotations

from fractions import Fraction

from wanzhou.kernel.terms import Term


class Period(Term):
    """A cumulative period; the full year's figure is the annual outcome."""

    FIRST_QUARTER = "first_quarter", "一季度"
    FIRST_HALF = "first_half", "上半年"
    FIRST_THREE_QUARTERS = "first_three_quarters", "前三季度"
    FULL_YEAR = "full_year", "全年"

    @property
    def share(self) -> Fraction:
        """The part of the year that has passed at the period's end."""
        return Fraction(self.position, 4)

    @property
    def position(self) -> int:
        """1 for the first quarter … 4 for the full year: the order of time."""
        return list(Period).index(self) + 1
