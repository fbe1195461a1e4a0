"""Intervals of exact decimals with open and closed ends: the one idea that carries the judging."""

from collections.abc import Callable
from decimal import Context, Decimal
from fractions import Fraction
from typing import Final, NamedTuple

EXACT: Final = Context(prec=1000)
"""Wide enough that no sum or product of figures accepted here is ever rounded."""

ZERO: Final = Decimal(0)
_SHOWN_PLACES: Final = 6


class Interval(NamedTuple):
    """The numbers between two ends; an end that is None is unbounded."""

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def exactly(cls, value: Decimal) -> "Interval":
        return cls(value, value)

    def contains(self, other: "Interval") -> bool:
        """Whether every number of `other` lies in this interval."""
        return self._reaches_down_to(other) and self._reaches_up_to(other)

    def _reaches_down_to(self, other: "Interval") -> bool:
        if self.low is None:
            return True
        if other.low is None or other.low < self.low:
            return False
        return other.low > self.low or not self.low_open or other.low_open

    def _reaches_up_to(self, other: "Interval") -> bool:
        if self.high is None:
            return True
        if other.high is None or other.high > self.high:
            return False
        return other.high < self.high or not self.high_open or other.high_open

    def disjoint(self, other: "Interval") -> bool:
        """Whether no number lies in both intervals."""
        return self._wholly_below(other) or other._wholly_below(self)

    def _wholly_below(self, other: "Interval") -> bool:
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or (self.high == other.low and (self.high_open or other.low_open))

    def mapped(self, change: Callable[[Decimal], Decimal]) -> "Interval":
        """Both ends changed by a rising function."""
        low = None if self.low is None else change(self.low)
        high = None if self.high is None else change(self.high)
        return Interval(low, high, self.low_open, self.high_open)

    def times(self, factor: Decimal) -> "Interval":
        """Both ends times a positive factor, exactly."""
        return self if factor == 1 else self.mapped(lambda end: EXACT.multiply(end, factor))


def decimal_of(value: Fraction) -> Decimal:
    """The exact decimal, or, where it does not end, six places rounded half to even."""
    denominator, places = value.denominator, 0
    while denominator % 10 == 0:
        denominator, places = denominator // 10, places + 1
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator, places = denominator // prime, places + 1
    if denominator != 1:
        places = _SHOWN_PLACES
    return Decimal(round(value * 10**places)).scaleb(-places, EXACT)


def plain(value: Decimal) -> str:
    """The shortest decimal string: no exponent, no trailing zeros, no ``-0``, no plus sign."""
    if not value:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
