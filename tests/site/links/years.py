"""A small plan whose tasks may serve its target. Everything here is invented and says so."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.models import AnnualTarget
from projects.models import AnnualTask, Box, Project
from projects.stages import Stage
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.plans.models import Publication
from wanzhou.site.links.contributing import contribute, standing_words
from wanzhou.site.reports.publishing import publish


@dataclass(frozen=True)
class Year:
    """A plan with one target and two tasks."""

    small: SmallPlan
    target: AnnualTarget
    bridge: AnnualTask
    road: AnnualTask

    @classmethod
    def of(cls, cast: Cast) -> Year:
        small = SmallPlan.of(cast)
        return cls(small, small.target("6"), task_of(small, "虚构大桥", 1), task_of(small, "虚构道路", 2))

    @property
    def desk(self) -> str:
        return f"/admin/links/target/{self.target.pk}/"

    def link(self, words: dict[AnnualTask, str]) -> None:
        said = {task.pk: text for task, text in words.items()}
        contribute(self.target, words=said, seen=standing_words(self.target), by=self.small.cast.publisher)

    def publish(self, *, period: bool = False) -> Publication | None:
        asked = self.small.period if period else None
        return publish(plan=self.small.plan, period=asked, by=self.small.cast.publisher, why="测试")


def task_of(small: SmallPlan, name: str, order: int) -> AnnualTask:
    box, _ = Box.objects.get_or_create(plan=small.plan, number=2, defaults={"title": "测试专栏"})
    project = Project.objects.create(slug=f"invented-{small.plan.year}-{order}", name=name)
    return AnnualTask.objects.create(
        project=project, plan=small.plan, box=box, section="交通", order=order, name=name,
        planned_stage=Stage.STARTED, wording=f"开工{name}",
    )  # fmt: skip
