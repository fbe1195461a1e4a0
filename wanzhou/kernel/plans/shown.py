"""Which published plan and period a page shows. Only what was published exists here."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from .models import Plan, PlanKind, Publication, ReportingPeriod
from .periods import Period


class NotPublished(LookupError):
    """The asked-for year or period was never published; the text says so in Chinese."""


@dataclass(frozen=True)
class Shown:
    """A plan and the period that is shown of it; without a period only its targets are known."""

    plan: Plan
    period: ReportingPeriod | None

    @property
    def term(self) -> Period | None:
        """The period as a term of the calendar."""
        return Period(self.period.period) if self.period else None

    @property
    def year(self) -> int:
        """The plan year."""
        return self.plan.year


@dataclass(frozen=True)
class PublishedPlan:
    """An annual plan of which something was public at the moment, with its public periods in the order of time."""

    plan: Plan
    periods: tuple[ReportingPeriod, ...]
    moment: datetime.datetime

    @property
    def newest(self) -> Shown:
        """The plan at its newest published period."""
        return Shown(self.plan, self.periods[-1] if self.periods else None)

    @property
    def complete(self) -> Shown | None:
        """The plan at its newest period that had been declared complete at the moment."""
        for period in reversed(self.periods):
            if period.complete_at is not None and period.complete_at <= self.moment:
                return Shown(self.plan, period)
        return None

    def at(self, code: str) -> Shown:
        """The plan at the period with this code; raises NotPublished."""
        for period in self.periods:
            if period.period == code:
                return Shown(self.plan, period)
        raise NotPublished(f"{self.plan.year}年没有已发布的这一期：{code[:30]}")


def published_plans(moment: datetime.datetime | None = None) -> tuple[PublishedPlan, ...]:
    """Every annual plan of which something was public at the moment (or is now), newest year first; two queries."""
    moment = moment or timezone.now()
    visible = Publication.objects.visible(moment).order_by()
    periods = defaultdict(list)
    for period in ReportingPeriod.objects.filter(pk__in=visible.values("period")).order_by():
        periods[period.plan_id].append(period)
    plans = Plan.objects.filter(kind=PlanKind.ANNUAL, pk__in=visible.values("plan"))
    return tuple(
        PublishedPlan(plan, tuple(sorted(periods[plan.pk], key=_position)), moment)
        for plan in plans.order_by("-last_year")
    )


def _position(period: ReportingPeriod) -> int:
    return Period(period.period).position


def opening(plans: tuple[PublishedPlan, ...]) -> Shown | None:
    """What the front page opens: the newest period declared complete, else the newest that was published."""
    for published in plans:
        if published.complete is not None:
            return published.complete
    return plans[0].newest if plans else None


def shown(plans: tuple[PublishedPlan, ...], year: int, period: str = "") -> Shown:
    """The plan of the year, at the period with this code or at its newest; raises NotPublished."""
    for published in plans:
        if published.plan.year == year:
            return published.at(period) if period else published.newest
    raise NotPublished(f"没有已发布的{year}年年度计划")
