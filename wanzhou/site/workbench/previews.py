"""Before it is published: what the public page says now, and what it would say, row by row.

Both sides are the public page's own object. The second is built inside the act of publication itself, which is then
taken back; so the preview cannot say anything else than publishing does.
"""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass

from django.utils import timezone

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import Plan, PlanKind, ReportingPeriod
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.plans.shown import Shown, published_plans
from wanzhou.kernel.workflow.models import Submission
from wanzhou.kernel.workflow.moves import State
from wanzhou.site.dashboard.overview import Overview, overview_of
from wanzhou.site.dashboard.tones import TONES, Tone
from wanzhou.site.links.models import PublishedContribution
from wanzhou.site.reports.publishing import Act, propose

from . import places
from .keys import entries_of
from .preview_changes import Change, changes, task_changes


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows stand in a state, before and after."""

    tone: Tone
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Preview:
    """The page: what publishing would change, and what stands against it."""

    title: str
    address: str
    digest: str
    changes: tuple[Change, ...]
    unchanged: int
    tasks: tuple[Change, ...]
    contributions: tuple[PublishedContribution, ...]
    prose: tuple[int, int]
    counts: tuple[Count, ...]
    headline_before: str
    headline: str
    lede: str
    problems: tuple[str, ...]
    entries: tuple[Submission, ...]
    empty: bool


def preview_for(
    plan: Plan,
    period: ReportingPeriod | None,
    reader: User,
    not_before: datetime.datetime | None = None,
) -> Preview:
    """What publishing now would do; raises MoveRefused when the person may not publish."""
    before = _page(plan, period)

    def look(act: Act) -> Preview:
        # What waits for its moment is looked at as of that moment.
        after = _page(plan, period, not_before or timezone.now())
        return _preview(plan, period, before, after, act)

    return propose(plan=plan, period=period, by=reader, look=look, not_before=not_before)


def _page(
    plan: Plan, period: ReportingPeriod | None, moment: datetime.datetime | None = None
) -> Overview | None:
    """The public page at the moment (or now); None while it shows nothing of this plan or period."""
    plans = published_plans(moment or timezone.now())
    public = next((each for each in plans if each.plan == plan), None)
    if public is None or (period is not None and period not in public.periods):
        return None
    return overview_of(Shown(plan, period), plans, moment or timezone.now())


def _preview(
    plan: Plan, period: ReportingPeriod | None, before: Overview | None, after: Overview | None, act: Act
) -> Preview:
    told = tuple(changes(before, after, act)) if after else ()
    return Preview(
        title=str(period) if period else f"{plan.year}年计划本身",
        address=places.publish(plan, period),
        digest=act.digest,
        changes=told,
        unchanged=len(after.rows) - len(told) if after else 0,
        tasks=tuple(task_changes(act)),
        contributions=act.contributions,
        prose=(len(act.prose.targets), len(act.prose.facts)),
        counts=_counts(before, after),
        headline_before="".join(before.headline.phrases) if before else "",
        headline="".join(after.headline.phrases) if after else "",
        lede=after.headline.lede if after else "",
        problems=act.problems,
        entries=act.entries,
        empty=act.is_empty,
    )


def _counts(before: Overview | None, after: Overview | None) -> tuple[Count, ...]:
    """The numbered rows by state, as the strip of tiles groups them."""
    was, now = _tally(before), _tally(after)
    return tuple(
        Count(tone, was[state], now[state]) for state, tone in TONES.items() if was[state] or now[state]
    )


def _tally(page: Overview | None) -> Counter[str]:
    return Counter(row.state for row in page.rows if row.counted and row.state) if page else Counter()


@dataclass(frozen=True, slots=True)
class Ready:
    """A plan and period, with what is approved there and not yet published."""

    label: str
    href: str
    approved: int
    submitted: int


def ready_to_publish(reader: User) -> tuple[Ready, ...]:
    """Every annual plan and period that could be published, newest first; a fixed number of queries."""
    counts: Counter[tuple[int, str]] = Counter()
    for kind, path in (("figure", "period"), ("cause", "period"), ("ruling", "actual__period")):
        rows = entries_of(kind, reader).filter(state__in=[State.APPROVED, State.SUBMITTED]).order_by()
        for period_id, state in rows.values_list(path, "state"):
            counts[period_id, state] += 1
    periods = ReportingPeriod.objects.filter(plan__kind=PlanKind.ANNUAL).select_related("plan")
    ordered = sorted(periods, key=lambda p: (p.plan.year, Period(p.period).position), reverse=True)
    of_periods = tuple(
        Ready(
            str(period),
            places.publish(period.plan, period),
            counts[period.pk, State.APPROVED],
            counts[period.pk, State.SUBMITTED],
        )
        for period in ordered
    )
    plans = Plan.objects.filter(kind=PlanKind.ANNUAL)
    return (
        *of_periods,
        *(Ready(f"{plan.year}年计划本身", places.publish(plan, None), 0, 0) for plan in plans),
    )
