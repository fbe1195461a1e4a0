"""The department whose projects are reported on in these tests: a small plan of a year long past, and its tasks."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.test import Client

from projects.cells import Cells
from projects.ledger import Footing, footings_of
from projects.models import AnnualTask, Box, Project, StatusUpdate
from projects.stages import Stage
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.accounts.models import Department, User
from wanzhou.kernel.plans.models import Plan
from wanzhou.kernel.workflow import actions as steps
from wanzhou.site.reports.publishing import publish

ROOT = "/admin/projects/statusupdate/entry/"
LAST_DAY = datetime.date(1999, 5, 30)


@dataclass
class UpdatesDesk:
    """Three tasks of the cast's department, one of another that this one assists, one that is not its business."""

    small: SmallPlan
    other: Department
    other_clerk: User
    own: list[AnnualTask]
    assisted: AnnualTask
    theirs: AnnualTask

    @classmethod
    def of(cls, cast: Cast) -> UpdatesDesk:
        small = SmallPlan.of(cast)
        other = Department.objects.create(code="elsewhere", name="另一单位")
        clerk = User.objects.create_user("test-other", last_name="另一", is_staff=True, department=other)
        clerk.groups.set(cast.clerk.groups.all())
        Box.objects.create(plan=small.plan, number=2, title="测试专栏")
        own = [task_in(small, name, cast.department) for name in ("测试大桥", "测试医院", "测试水厂")]
        assisted = task_in(small, "别家园区", other)
        assisted.assisting.add(cast.department)
        return cls(small, other, clerk, own, assisted, task_in(small, "别家道路", other))

    @property
    def cast(self) -> Cast:
        return self.small.cast

    @property
    def plan(self) -> Plan:
        return self.small.plan

    def tasks(self, number: int) -> list[AnnualTask]:
        """As many more of the own department."""
        return [task_in(self.small, f"测试项目{n + 1}", self.cast.department) for n in range(number)]

    def draft(self, task: AnnualTask, by: User | None = None, **facts: Any) -> StatusUpdate:
        said = {"reached_stage": Stage.UNDERWAY, "percent": 60, "as_of": LAST_DAY, "progress": "主体施工"}
        return StatusUpdate.objects.create(task=task, entered_by=by or self.cast.clerk, **(said | facts))

    def submitted(self, task: AnnualTask, by: User | None = None, **facts: Any) -> StatusUpdate:
        return steps.submit([self.draft(task, by, **facts)], by=by or self.cast.clerk)[0]

    def published(self, *tasks: AnnualTask, **facts: Any) -> None:
        """The last word on these tasks, as the public has it."""
        drafts = [self.draft(task, **facts) for task in tasks]
        steps.approve(steps.submit(drafts, by=self.cast.clerk), by=self.cast.reviewer)
        publish(plan=self.plan, period=self.small.period, by=self.cast.publisher, why="测试")

    def url(self, page: str = "") -> str:
        return f"{ROOT}{self.plan.year}/{page}"

    def one(self, task: AnnualTask) -> str:
        return self.url(f"{task.pk}/")


def task_in(small: SmallPlan, name: str, department: Department | None, **facts: Any) -> AnnualTask:
    number = AnnualTask.objects.count() + 1
    said: dict[str, Any] = {
        "project": Project.objects.create(slug=f"invented-{number}", name=name), "box": small.plan.boxes.get(),
        "section": "测试", "order": number, "name": name, "planned_stage": Stage.COMPLETED,
        "wording": f"竣工{name}", "department": department,
    }  # fmt: skip
    return AnnualTask.objects.create(plan=small.plan, **(said | facts))


def signed_in(person: User, **more: Any) -> Client:
    client = Client(**more)
    client.force_login(person)
    return client


def footing(task: AnnualTask) -> Footing:
    tasks = AnnualTask.objects.select_related("plan__rule_set", "project", "department", "box")
    return footings_of([tasks.get(pk=task.pk)])[0]


def newest(task: AnnualTask) -> StatusUpdate:
    return StatusUpdate.objects.filter(task=task).select_related("repeats").latest("pk")


def unpublished(*tasks: AnnualTask) -> int:
    return StatusUpdate.objects.filter(task__in=tasks).exclude(state="published").count()


def seen(*tasks: AnnualTask) -> str:
    return " ".join(f"{task.pk}:{footing(task).stamp}" for task in tasks)


def form(
    reader: User, *tasks: AnnualTask, do: str = "save", provider: str = "", **typed: str
) -> dict[str, str]:
    """The form as a page that was opened just now would send it, with what was typed anew in the first task."""
    sent = {"reader": str(reader.pk), "seen": seen(*tasks), "do": do, "provider": provider}
    for task in tasks:
        cells = footing(task).cells
        sent |= {f"{name}-{task.pk}": getattr(cells, name) for name in Cells.__slots__}
    return sent | {f"{name}-{tasks[0].pk}": text for name, text in typed.items()}
