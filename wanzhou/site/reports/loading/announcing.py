"""Telling the public: new entries are approved by a second hand, then published year by year, period by period."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from wanzhou.kernel.plans.models import Plan, Publication, ReportingPeriod
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.workflow.actions import approve, submit
from wanzhou.kernel.workflow.models import Submission
from wanzhou.site.reports.publishing import publish

from .inserting import Loading
from .rows import Row

WHY = "载入公开报告"


def announce(loading: Loading, plans: list[Row], periods: list[Row]) -> list[Publication]:
    """Publish what this loading made, and only that; then declare its complete periods complete."""
    entries = _approved(loading)
    publications: list[Publication] = []
    for plan in sorted(plans, key=lambda row: row["year"]):
        own = [period for period in periods if period["year"] == plan["year"]]
        own.sort(key=lambda period: period["period"].position)
        publications += _of_year(loading, plan, own, entries)
    return publications


def _approved(loading: Loading) -> dict[int, list[Submission]]:
    """The entries that this loading made, submitted and approved, by the id of the period they go out with."""
    entries: dict[int, list[Submission]] = {}
    for name in ("figures", "causes", "updates"):
        drafts = loading.made[name]
        periods = {draft.pk: _period_of(draft, loading) for draft in drafts}
        for entry in approve(submit(drafts, by=loading.hands.loader), by=loading.hands.checker):
            entries.setdefault(periods[entry.pk], []).append(entry)
    return entries


def _period_of(draft: Any, loading: Loading) -> int:
    """A figure and a cause name their period; what a box says was reached goes out with the full year."""
    if hasattr(draft, "period_id"):
        return int(draft.period_id)
    full_year: Any = loading.holdings.find("periods", (draft.task.plan.year, Period.FULL_YEAR))
    return int(full_year.pk)


def _of_year(
    loading: Loading, plan_row: Row, period_rows: list[Row], entries: dict[int, list[Submission]]
) -> Iterator[Publication]:
    plan: Any = loading.holdings.find("plans", (plan_row["year"],))
    asked = _asks_anew(loading, plan)
    if asked or any(task.plan_id == plan.pk for task in loading.made["tasks"]):
        yield from _publish(loading, plan, None, [])
    for row in period_rows:
        period: Any = loading.holdings.find("periods", (row["year"], row["period"]))
        fresh = entries.get(period.pk, [])
        told_anew = asked or _surrounded_anew(loading, period)
        if fresh or (told_anew and period.publications.exists()):
            yield from _publish(loading, plan, period, fresh)
        if row["complete"] and period in loading.made["periods"]:
            _declare_complete(loading, period)


def _asks_anew(loading: Loading, plan: Plan) -> bool:
    """Whether this loading made a target or a cited fact of the plan, or adjusted a target."""
    targets = [
        *loading.made["targets"],
        *loading.made["work targets"],
        *loading.made["cited facts"],
        *(each.target for each in loading.made["adjustments"]),
    ]
    return any(target.plan_id == plan.pk for target in targets)


def _surrounded_anew(loading: Loading, period: ReportingPeriod) -> bool:
    """Whether this loading made a request to the city or a figure of another region for the period."""
    requests, figures = loading.made["city requests"], loading.made["reference figures"]
    then = (period.plan.year, period.period)
    return any(request.period_id == period.pk for request in requests) or any(
        (figure.year, figure.period) == then for figure in figures
    )


def _publish(
    loading: Loading, plan: Plan, period: ReportingPeriod | None, entries: list[Submission]
) -> Iterator[Publication]:
    publication = publish(plan=plan, period=period, by=loading.hands.checker, why=WHY, entries=entries)
    if publication is not None:
        yield publication


def _declare_complete(loading: Loading, period: ReportingPeriod) -> None:
    period.complete_by, period.complete_at = loading.hands.checker, timezone.now()
    period.save(update_fields=["complete_by", "complete_at"])
