"""About the site: who runs it, what it shows and since when, from which documents."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Max, Min

from indicators.models import PublishedRow
from projects.models import PublishedTask
from wanzhou.kernel.pages.pages import SourceLine
from wanzhou.kernel.pages.templating import day
from wanzhou.kernel.plans.models import PlanState, Publication
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.plans.shown import PublishedPlan

from .judging.standings import Standing, standings


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A published plan: where it stands in the congress, and which of its periods can be read."""

    year: int
    title: str
    state: str
    periods: str

    @property
    def href(self) -> str:
        """Its overview."""
        return f"/{self.year}/"


@dataclass(frozen=True, slots=True)
class About:
    """What the page says of this very site; everything else in it is true of every site."""

    plans: tuple[PlanLine, ...]
    publications: int
    first_at: datetime.datetime | None
    newest_at: datetime.datetime | None
    standings: tuple[Standing, ...]
    sources: tuple[SourceLine, ...]


def about_page(plans: tuple[PublishedPlan, ...], moment: datetime.datetime) -> About:
    """The page at a moment; three queries."""
    acts = Publication.objects.visible(moment).aggregate(Count("pk"), Min("at"), Max("at"))
    return About(
        plans=tuple(_line(plan) for plan in plans),
        publications=acts["pk__count"],
        first_at=acts["at__min"],
        newest_at=acts["at__max"],
        standings=standings(),
        sources=_sources(moment),
    )


def _line(published: PublishedPlan) -> PlanLine:
    plan = published.plan
    periods = "、".join(Period(period.period).label for period in published.periods)
    return PlanLine(plan.year, plan.title, PlanState(plan.state).label, periods)


def _sources(moment: datetime.datetime) -> tuple[SourceLine, ...]:
    """Every document that something published names as its source, the newest first, the undated last."""
    rows = set(
        PublishedRow.objects.visible(moment)
        .exclude(source_title="")
        .order_by()
        .values_list("source_title", "source_url", "source_published_on")
        .distinct()
    )
    known = {title for title, _, _ in rows}
    tasks = set(
        PublishedTask.objects.visible(moment)
        .exclude(source_title="")
        .order_by()
        .values_list("source_title", "source_url")
        .distinct()
    )
    rows |= {(title, url, None) for title, url in tasks if title not in known}
    ordered = sorted(
        rows, key=lambda one: (one[2] is None, -(one[2] or datetime.date.min).toordinal(), one[0])
    )
    return tuple(SourceLine(title, url, day(on) if on else "") for title, url, on in ordered)
