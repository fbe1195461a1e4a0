"""What stands around a published row, as the public reads it: the wait for the city, the base, other regions.

Every function answers in plain JSON: dates as ISO text, figures as decimal text, the unknown as null. Who chased, and
what was noted about it, stays inside.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from wanzhou.kernel.plans.models import ReportingPeriod

from .bases import Base
from .evidence import Fact, PublicEvidence
from .models import AnnualTarget, CityRequest, ReferenceFigure


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The city requests of a period by target id, the figures of other regions by indicator id, and public files."""

    requests: dict[int, CityRequest] = field(default_factory=dict)
    figures: dict[int, list[ReferenceFigure]] = field(default_factory=dict)
    evidence: PublicEvidence = field(default_factory=PublicEvidence)

    @classmethod
    def gather(cls, period: ReportingPeriod) -> Surroundings:
        """Look all up for a period; eight queries."""
        requests = CityRequest.objects.filter(period=period).prefetch_related("chases")
        figures: dict[int, list[ReferenceFigure]] = {}
        for figure in (
            ReferenceFigure.objects.filter(year=period.plan.year, period=period.period)
            .select_related("source")
            .order_by("region")
        ):
            figures.setdefault(figure.indicator_id, []).append(figure)
        by_target = {request.target_id: request for request in requests}
        return cls(by_target, figures, PublicEvidence.of_period(period))

    def waiting(self, target: AnnualTarget) -> dict[str, Any]:
        """Of a row that awaits the city: which bureau, since when, expected when, and every reminder."""
        request = self.requests.get(target.pk)
        if request is None:
            return {"bureau": None, "since": None, "expected": None, "chases": []}
        return {
            "bureau": request.bureau or None,
            "since": _day(request.since),
            "expected": _day(request.expected),
            "chases": [
                {"on": chase.on.isoformat(), "channel": chase.channel} for chase in request.chases.all()
            ],
        }

    def references(self, target: AnnualTarget) -> list[dict[str, Any]]:
        """The same indicator elsewhere, region by region."""
        return [_reference(figure) for figure in self.figures.get(target.indicator_id, [])]

    def documents(self, target: AnnualTarget, *facts: Fact | None) -> list[dict[str, Any]]:
        """The public files of a row: of its own facts, and of the figures of other regions beside it."""
        return self.evidence.documents(*facts, *self.figures.get(target.indicator_id, []))


def told_base(base: Base | None) -> dict[str, Any] | None:
    """Which figure the target leans on, and what is known of it; None where it leans on none."""
    if base is None:
        return None
    return {
        "code": base.code,
        "year": base.year,
        "period": base.period.value if base.period else None,
        "value": digits(base.value),
        "state": base.state.value if base.state else None,
    }


def reads_otherwise(published: Iterable[Any], now: Iterable[Any]) -> bool:
    """Whether one of the columns differs from what was published.

    Where only one side has something, the verdict or the reading has changed. Facts that change those touch the row
    by themselves; a new rule or a new release of the code must not.
    """
    pairs = zip(published, now, strict=True)
    return any(before != after for before, after in pairs if before is not None and after is not None)


def digits(value: Decimal | None) -> str | None:
    """The shortest exact notation: 5.500000 reads 5.5."""
    return None if value is None else f"{value.normalize() + Decimal(0):f}"


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _reference(figure: ReferenceFigure) -> dict[str, Any]:
    source = figure.source
    return {
        "region": figure.region,
        "value": digits(figure.value),
        "rank": figure.rank,
        "of": figure.of,
        "wording": figure.wording,
        "source_title": source.title if source else "",
        "source_url": source.url if source else "",
        "source_published_on": _day(source.published_on) if source else None,
    }
