"""Axes that people can read: steps of 1, 2 or 5, in exact decimals. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import count

ZERO = Decimal(0)
STEPS = (Decimal(1), Decimal(2), Decimal(5))
# More intervals than these make an axis crowded.
MOST_INTERVALS = 5


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from `low` to `high`, both of them multiples of `step`."""

    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def ticks(self) -> tuple[Decimal, ...]:
        """The values that the axis names, from below."""
        intervals = int((self.high - self.low) / self.step)
        return tuple(self.low + self.step * number for number in range(intervals + 1))

    def at(self, value: Decimal, *, top: int, bottom: int) -> Decimal:
        """The height of a value in pixels from above, kept within the axis."""
        inside = min(max(value, self.low), self.high)
        return bottom - (inside - self.low) * (bottom - top) / (self.high - self.low)


def scale_of(values: Iterable[Decimal], *, origin: Decimal | None = None) -> Scale:
    """The axis of some values; it includes the `origin` where bars start. Needs at least one number."""
    known = [*values, *([] if origin is None else [origin])]
    low, high = min(known), max(known)
    if low == high:
        low, high = _around(low)
    step = _step(low, high)
    return Scale(_down(low, step), _up(high, step), step)


def position(place: Decimal) -> str:
    """A place in pixels or percent with at most one decimal: `75.0` → `75`."""
    rounded = f"{place:.1f}".removesuffix(".0")
    return "0" if rounded == "-0" else rounded


def _around(value: Decimal) -> tuple[Decimal, Decimal]:
    """Room for a single value: a tenth of its magnitude to either side, or 0 to 1 for zero itself."""
    if value == ZERO:
        return ZERO, Decimal(1)
    room = Decimal(1).scaleb(value.adjusted() - 1)
    return value - room, value + room


def _step(low: Decimal, high: Decimal) -> Decimal:
    """The smallest step with which the axis is not crowded."""
    smallest = (high - low).adjusted() - 1
    steps = (step.scaleb(exponent) for exponent in count(smallest) for step in STEPS)
    return next(step for step in steps if _up(high, step) - _down(low, step) <= step * MOST_INTERVALS)


def _down(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).to_integral_value(ROUND_FLOOR) * step


def _up(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).to_integral_value(ROUND_CEILING) * step
