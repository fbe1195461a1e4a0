"""What today's code or another rule version would say of published rows; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wanzhou.kernel.plans.models import Plan, Publication, ReportingPeriod, RuleSet

from .models import PublishedRow
from .publishing import published_row
from .scoreboard import Scoreboard

# What judging decides; the rest of a published row is copied from facts.
JUDGED = ("reading", "computed", "verdict", "pace", "gap", "expected", "sentence", "reachability")


@dataclass(frozen=True, slots=True)
class Difference:
    """One judged column of one published row that would read otherwise."""

    period: ReportingPeriod
    row: PublishedRow
    column: str
    published: Any
    now: Any


def rejudge(plan: Plan, *, rule_set: RuleSet | None = None) -> Iterator[Difference]:
    """Judge the published facts of every published period again and yield what would differ from the pages."""
    published = Publication.objects.filter(plan=plan, period__isnull=False).values("period")
    for period in plan.periods.filter(pk__in=published).select_related("plan__rule_set"):
        rows = {row.target_id: row for row in PublishedRow.objects.current(plan, period)}
        for judged in Scoreboard.for_period(period, rule_set=rule_set).rows:
            row = rows.get(judged.target.pk)
            if row is not None:
                yield from _differences(period, row, published_row(row.publication, judged))


def _differences(period: ReportingPeriod, row: PublishedRow, now: PublishedRow) -> Iterator[Difference]:
    for column in JUDGED:
        before, after = getattr(row, column), getattr(now, column)
        if before != after:
            yield Difference(period, row, column, before, after)
