"""The tasks of a year's boxes as data, filled from publications only."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

from projects.models import PublishedTask
from wanzhou.kernel.plans.shown import NotPublished, published_plans, shown

router = Router(tags=["重点项目"])


class TaskOut(Schema):
    """An entry of a box, as printed."""

    box: int
    section: str
    name: str
    slug: str
    planned_stage: str | None
    reached_stage: str | None
    wording: str
    group: bool
    quantity: str | None


class YearTasks(Schema):
    """All published entries of a year, in the order of the boxes."""

    year: int
    tasks: list[TaskOut]


@router.get("/{int:year}/projects.json", response=YearTasks, url_name="projects")
def year_tasks(request: HttpRequest, year: int) -> YearTasks:
    """The year's tasks; 404 where nothing of the year was published."""
    try:
        plan = shown(published_plans(), year).plan
    except NotPublished as missing:
        raise HttpError(404, str(missing)) from missing
    return YearTasks(year=year, tasks=[_task(task) for task in PublishedTask.objects.current(plan)])


def _task(task: PublishedTask) -> TaskOut:
    return TaskOut(
        box=task.box,
        section=task.section,
        name=task.name,
        slug=task.slug,
        planned_stage=task.planned_stage or None,
        reached_stage=task.reached_stage or None,
        wording=task.wording,
        group=task.group,
        quantity=task.quantity or None,
    )
