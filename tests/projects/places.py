"""Projects of a small plan, for the tests of this half."""

from __future__ import annotations

import datetime
from typing import Any

from projects.models import AnnualTask, Box, Project, StatusUpdate
from projects.stages import Stage
from tests.cast import SmallPlan
from wanzhou.kernel.workflow import actions


def task_of(small: SmallPlan, name: str = "测试项目", **facts: Any) -> AnnualTask:
    """A task of a project of its own, or of the `project` that is given."""
    box, _ = Box.objects.get_or_create(plan=small.plan, number=1, defaults={"title": "测试专栏"})
    number = AnnualTask.objects.count() + 1
    project = facts.pop("project", None) or Project.objects.create(slug=f"invented-{number}", name=name)
    usual = {"planned_stage": Stage.STARTED, "department": small.cast.department, "wording": f"开工{name}"}
    return AnnualTask.objects.create(
        project=project, plan=small.plan, box=box, section="测试", order=number, name=name, **(usual | facts)
    )


def told_of(small: SmallPlan, task: AnnualTask, stage: Stage = Stage.UNDERWAY, **facts: Any) -> StatusUpdate:
    """An update that the clerk handed in."""
    usual = {"as_of": datetime.date(small.plan.year, 6, 30)}
    draft = StatusUpdate.objects.create(
        task=task, reached_stage=stage, entered_by=small.cast.clerk, **(usual | facts)
    )
    return actions.submit([draft], by=small.cast.clerk)[0]


def approved_of(
    small: SmallPlan, task: AnnualTask, stage: Stage = Stage.UNDERWAY, **facts: Any
) -> StatusUpdate:
    """... that the commission approved."""
    return actions.approve([told_of(small, task, stage, **facts)], by=small.cast.reviewer)[0]
