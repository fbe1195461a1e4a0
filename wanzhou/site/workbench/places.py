"""Where on the desks a piece of work is done: every address that the workbench sends people to."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse

from wanzhou.kernel.plans.models import Plan, ReportingPeriod

PLAN_ITSELF = "plan"


def desk(model: type[Model], page: str = "changelist", *args: Any, **query: Any) -> str:
    """A page of a model's desk, with what a new row is already known to be about."""
    place = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)
    return f"{place}?{urlencode(query)}" if query else place


def row_of(entry: Model) -> str:
    """The page of one row."""
    return desk(type(entry), "change", entry.pk)


def entry() -> str:
    """The periods of quarterly entry."""
    return reverse("admin:entry_periods")


def figure(target_id: int, period: ReportingPeriod) -> str:
    """The cell of the quarterly grid in which a target's figure of a period is entered."""
    grid = reverse("admin:entry_grid", args=[period.plan.year, period.period.replace("_", "-")])
    return f"{grid}#c-{target_id}"


def updates() -> str:
    """The list of a department's projects, what is due first."""
    return reverse("admin:updates_newest")


def update(year: int, task_id: int) -> str:
    """Where a department reports on one of its projects."""
    return reverse("admin:updates_one", args=[year, task_id])


def cause(target_id: int, period_id: int) -> str:
    """Where it is said why a target was missed or is behind."""
    return reverse("workbench:cause", args=[target_id, period_id])


def ruling(figure_id: int) -> str:
    """Where a figure in review is ruled upon."""
    return reverse("workbench:rule", args=[figure_id])


def adjustment(target_id: int) -> str:
    """Where it is written down that a target was adjusted."""
    return reverse("workbench:adjust", args=[target_id])


def calibre(target_id: int, period_id: int) -> str:
    """Where a figure is said to have another calibre than its target."""
    return reverse("workbench:calibre", args=[target_id, period_id])


def replacement(figure_id: int) -> str:
    """Where a published figure is replaced."""
    return reverse("workbench:replace", args=[figure_id])


def decisions(period: ReportingPeriod) -> str:
    """Every row of a period with what may be decided about it."""
    return reverse("workbench:decisions", args=[period.plan.year, period.period])


def city_line(target_id: int, period_id: int) -> str:
    """The city log's page of one awaited figure."""
    return reverse("workbench:city_line", args=[target_id, period_id])


def references(period: ReportingPeriod) -> str:
    """Where the figures of other regions for a period are entered."""
    return reverse("workbench:references", args=[period.plan.year, period.period])


def contributions(year: int) -> str:
    """Which projects serve which targets of a year's plan."""
    return reverse("workbench:contributions", args=[year])


def review(period: ReportingPeriod | int | str | None = None, department: int | None = None) -> str:
    """The review desk, at a period and a department."""
    key = period.pk if isinstance(period, ReportingPeriod) else period
    query = {name: value for name, value in (("period", key), ("department", department)) if value}
    place = reverse("workbench:review")
    return f"{place}?{urlencode(query)}" if query else place


def publish(plan: Plan, period: ReportingPeriod | None) -> str:
    """The preview of what publishing would tell."""
    return reverse("workbench:preview", args=[plan.year, period.period if period else PLAN_ITSELF])
