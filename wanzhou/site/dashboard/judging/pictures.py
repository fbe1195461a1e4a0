"""An assessment as a bullet: where the target is met, and where the figure stands. Pure."""

from __future__ import annotations

from decimal import Decimal

from indicators.judging.terms import Accrual, Kind
from indicators.judging.verdicts import Assessment
from wanzhou.site.charts.bullets import Bullet, Gauge, bullet

WITHOUT_PICTURE = {Kind.GRADE, Kind.COMPOSITE}


def picture_of(found: Assessment, accrual: Accrual | None) -> Bullet | None:
    """The bullet of an assessment; None where the target is no number that figures are held against."""
    reading = found.reading
    if not reading.comparable or reading.reference is None or reading.kind in WITHOUT_PICTURE:
        return None
    value = _value(found)
    bounded = found.outcome.low is not None or found.outcome.high is not None
    paced = found.pace is not None and found.expected not in (None, reading.reference)
    return bullet(
        Gauge(
            target=reading.reference,
            low=reading.low,
            high=reading.high,
            value=None if bounded else value,
            bound=value if bounded else None,
            expected=found.expected if paced and accrual in (None, Accrual.CUMULATIVE) else None,
        )
    )


def _value(found: Assessment) -> Decimal | None:
    """The figure in the target's unit: what was due, and the difference from it."""
    return None if found.gap is None or found.expected is None else found.expected + found.gap
