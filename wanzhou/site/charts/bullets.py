"""The bullet: what was reached against what was asked, as plain geometry for an SVG. Pure.

x is a share of the width in percent, so that the picture stretches without distortion.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Gauge:
    """What a bullet shows: the target with its acceptable interval, and the figure if there is one.

    `expected` is what a cumulative figure should have reached by now. `origin` is where bars start: 0, or
    100 for a price index. `bound` is a figure known only as a limit (5.5以内).
    """

    target: Decimal
    low: Decimal | None = None
    high: Decimal | None = None
    value: Decimal | None = None
    bound: Decimal | None = None
    expected: Decimal | None = None
    origin: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the axis: start and width in percent."""

    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Bullet:
    """Positions in percent of the width; None is not drawn. `wait` is the dotted line of a missing figure."""

    target: str
    origin: str
    zone: Span | None
    bar: Span | None
    bound: Span | None
    expected: str | None
    wait: Span | None


@dataclass(frozen=True, slots=True)
class _Axis:
    start: Decimal
    end: Decimal

    def at(self, value: Decimal) -> Decimal:
        """The place of a value in percent, within the axis."""
        inside = min(max(value, self.start), self.end)
        return (inside - self.start) * 100 / (self.end - self.start)

    def span(self, one: Decimal, other: Decimal) -> Span:
        left, right = sorted((self.at(one), self.at(other)))
        return Span(_percent(left), _percent(right - left))


def _percent(share: Decimal) -> str:
    return f"{share:.1f}"


def _known(gauge: Gauge) -> Iterator[Decimal]:
    yield from (gauge.origin, gauge.target)
    yield from (number for number in (gauge.value, gauge.bound, gauge.expected) if number is not None)


def _axis(gauge: Gauge) -> _Axis:
    """Each bullet has its own scale, with the target near three quarters of the way."""
    low, high = min(_known(gauge)), max(_known(gauge))
    if gauge.target == gauge.origin:
        # Nothing to scale by but the figure: at least one unit to either side keeps a small one small.
        reach = max(2 * (high - gauge.origin), 2 * (gauge.origin - low), Decimal(1))
        return _Axis(gauge.origin - reach, gauge.origin + reach)
    room = (high - low) / 20
    start = low if low == gauge.origin else low - 2 * room
    return _Axis(start, max(gauge.target + (gauge.target - low) / 3, high + room))


def bullet(gauge: Gauge, *, comparable: bool = True) -> Bullet:
    """The geometry of a gauge; where the outcome is not `comparable` there is no zone to stand in."""
    axis = _axis(gauge)
    reached = gauge.value if gauge.value is not None else gauge.bound
    return Bullet(
        target=_percent(axis.at(gauge.target)),
        origin=_percent(axis.at(gauge.origin)),
        zone=_zone(gauge, axis) if comparable else None,
        bar=axis.span(gauge.origin, gauge.value) if gauge.value is not None else None,
        bound=axis.span(gauge.origin, gauge.bound)
        if gauge.value is None and gauge.bound is not None
        else None,
        expected=_percent(axis.at(gauge.expected)) if gauge.expected is not None else None,
        wait=axis.span(gauge.origin, gauge.target) if reached is None else None,
    )


def _zone(gauge: Gauge, axis: _Axis) -> Span | None:
    """Where the target is met; an open side runs to the end of the axis."""
    if gauge.low is None and gauge.high is None:
        return None
    low = axis.start if gauge.low is None else gauge.low
    return axis.span(low, axis.end if gauge.high is None else gauge.high)
