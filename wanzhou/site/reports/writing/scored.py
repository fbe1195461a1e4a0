"""The facts of a document as far as they have come inside: published, approved or only submitted.

Rows are put together as publishing would put them together, so that an internal document says what the public one
would say that day.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from indicators.judging.terms import Accrual, Favourable, Tolerances
from indicators.models import AnnualTarget, Nature
from indicators.publishing import published_row
from indicators.scoreboard import Basis, Scoreboard, demands_explanations
from indicators.surroundings import Surroundings
from projects.models import AnnualTask, StatusUpdate
from wanzhou.kernel.plans.models import Origin, Plan, Publication, ReportingPeriod
from wanzhou.kernel.plans.periods import Period

from .facts import Row, Task, Year
from .told import row_told


def year_scored(period: ReportingPeriod, basis: Basis, moment: datetime.datetime, day: datetime.date) -> Year:
    """A plan year at a period, on a basis, as of now; a fixed number of queries."""
    board = Scoreboard.for_period(period, basis=basis, today=day)
    act = Publication(plan=period.plan, period=period, rule_set=board.rule_set)
    around = Surroundings.gather(period)
    rules = {board.rule_set.pk: board.rule_set}
    plan = period.plan
    return Year(
        year=plan.year,
        title=plan.title,
        approved_by=plan.approved_by,
        period=Period(period.period),
        rows=tuple(row_told(published_row(act, row, around), rules) for row in board.rows),
        tasks=tasks_of(plan, basis),
        moment=moment,
        explained=demands_explanations(period),
        asked=period.origin == Origin.REPORTED,
    )


def plan_scored(plan: Plan, basis: Basis, moment: datetime.datetime) -> Year:
    """A plan as it stands, whether it was published or not."""
    targets = AnnualTarget.objects.filter(plan=plan).headline().select_related("indicator", "department")
    return Year(
        year=plan.year,
        title=plan.title,
        approved_by=plan.approved_by,
        period=None,
        rows=tuple(_row(target) for target in targets),
        tasks=tasks_of(plan, basis),
        moment=moment,
    )


def tasks_of(plan: Plan, basis: Basis) -> tuple[Task, ...]:
    """The tasks of a plan with the stage that the newest update on this basis reports; two queries."""
    updates = StatusUpdate.objects.filter(task__plan=plan, state__in=basis.states).order_by("pk")
    reached = dict(updates.values_list("task_id", "reached_stage"))
    tasks = AnnualTask.objects.filter(plan=plan).select_related("box").order_by("box__number", "order")
    return tuple(_tasks(tasks, reached))


def _tasks(tasks: Iterable[AnnualTask], reached: dict[int, str]) -> Iterable[Task]:
    for task in tasks:
        yield Task(
            box=task.box.number,
            box_title=task.box.title,
            section=task.section,
            name=task.name,
            wording=task.wording,
            planned=task.planned_stage,
            reached=reached.get(task.pk, ""),
            quantity=task.quantity,
        )


def _row(target: AnnualTarget) -> Row:
    """A target that was only asked for yet."""
    return Row(
        ordinal=target.ordinal,
        code=target.indicator.code,
        name=target.name,
        unit=target.unit,
        binding=target.nature == Nature.BINDING,
        wording=target.wording or "",
        outcome="",
        figure="",
        state=None,
        verdict=None,
        pace=None,
        accrual=Accrual(target.indicator.accrual),
        favourable=Favourable(target.indicator.favourable),
        tolerances=Tolerances(),
        department=target.department.name if target.department else "",
    )
