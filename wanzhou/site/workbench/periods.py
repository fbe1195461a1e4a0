"""The periods of every annual plan: open, closed, due, complete, and what may be done with them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from wanzhou.kernel.plans.models import Origin, Plan, PlanKind, ReportingPeriod
from wanzhou.kernel.plans.periods import Period

from .forms import DueForm, ReopenForm


@dataclass(frozen=True, slots=True)
class Reopening:
    """Who opened a period again, when and why."""

    by: str
    at: datetime.datetime
    reason: str


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """One period, opened or not yet, with the steps that it can take now."""

    plan: Plan
    term: Period
    row: ReportingPeriod | None
    state: str
    style: str
    reopenings: tuple[Reopening, ...]
    steps: tuple[str, ...]
    due: DueForm
    reopen: ReopenForm

    @property
    def name(self) -> str:
        """The year and the period."""
        return f"{self.plan.year}年{self.term.label}"

    @property
    def key(self) -> str:
        """Its place on the page and in forms."""
        return f"{self.plan.year}-{self.term}"


def period_lines() -> tuple[PeriodLine, ...]:
    """Every period of every annual plan, newest year first; a fixed number of queries."""
    rows = ReportingPeriod.objects.select_related(
        "plan", "opened_by", "closed_by", "complete_by", "reopened_by"
    ).prefetch_related("publications")
    known = {(row.plan_id, row.period): row for row in rows}
    reopened = _reopenings()
    return tuple(
        _line(plan, term, known.get((plan.pk, term)), reopened)
        for plan in Plan.objects.filter(kind=PlanKind.ANNUAL)
        for term in Period
    )


def _line(
    plan: Plan, term: Period, row: ReportingPeriod | None, reopened: dict[int, list[Reopening]]
) -> PeriodLine:
    state, style = _state(row)
    due = row.due_on if row else None
    prefix = f"{plan.year}-{term}"
    return PeriodLine(
        plan=plan,
        term=term,
        row=row,
        state=state,
        style=style,
        reopenings=tuple(reopened[row.pk]) if row else (),
        steps=_steps(row),
        due=DueForm(initial={"due_on": due}, prefix=prefix),
        reopen=ReopenForm(prefix=prefix),
    )


def _state(row: ReportingPeriod | None) -> tuple[str, str]:
    if row is not None and row.origin == Origin.PUBLIC_SOURCES:
        return Origin.PUBLIC_SOURCES.label, "is-published"
    if row is None or row.opened_at is None:
        return "未开启", "is-draft"
    return ("已关闭", "is-returned") if row.is_closed else ("填报中", "is-submitted")


def _steps(row: ReportingPeriod | None) -> tuple[str, ...]:
    if row is None:
        return ("open",)
    complete = ("complete",) if row.complete_at is None and row.publications.all() else ()
    if row.origin == Origin.PUBLIC_SOURCES:
        return complete
    if row.opened_at is None:
        return complete if row.complete_at else ("open", *complete)
    return ("reopen", *complete) if row.is_closed else ("due", "close", *complete)


def _reopenings() -> dict[int, list[Reopening]]:
    """Every reopening by period, the newest first, from the record of changes, which keeps all of them."""
    event: Any = apps.get_model("plans", "ReportingPeriodEvent")
    rows: Iterable[Any] = (
        event.objects.filter(reopened_at__isnull=False)
        .order_by("pgh_obj_id", "-reopened_at", "pgh_id")
        .distinct("pgh_obj_id", "reopened_at")
        .select_related("reopened_by")
    )
    kept: dict[int, list[Reopening]] = defaultdict(list)
    for row in rows:
        kept[row.pgh_obj_id].append(Reopening(str(row.reopened_by), row.reopened_at, row.reopened_reason))
    return kept
