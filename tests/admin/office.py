"""A small office for the tests of the administration: two departments, and rows of every model for each."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db.models import Model
from django.urls import reverse

from indicators import models as tables
from indicators.judging.targets import read_target
from indicators.judging.terms import Verdict
from projects.models import (
    AnnualTask,
    Box,
    Finding,
    Likeness,
    Milestone,
    Problem,
    Project,
    Question,
    Quotation,
    Round,
    StatusUpdate,
)
from projects.stages import Stage
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.accounts.models import Department, SignIn, User
from wanzhou.kernel.plans.models import Edition, RuleSet, Source
from wanzhou.kernel.workflow import actions
from wanzhou.site.reports.publishing import publish

DESKS: dict[str, type[Model]] = {model._meta.label_lower: model for model in admin.site._registry}


def address(model: type[Model], page: str, *args: Any) -> str:
    """The address of a desk's page."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@dataclass
class Office:
    """The cast's own department and another one, with a plan for every year that was furnished."""

    cast: Cast
    other: Department
    other_clerk: User
    years: int = 0
    own: dict[type[Model], Any] = field(default_factory=dict)
    theirs: dict[type[Model], Any] = field(default_factory=dict)

    @classmethod
    def of(cls, cast: Cast) -> Office:
        other = Department.objects.create(code="elsewhere", name="另一单位")
        clerk = User.objects.create_user("test-other", last_name="另一", is_staff=True, department=other)
        clerk.groups.set(cast.clerk.groups.all())
        office = cls(cast, other, clerk)
        office.furnish()
        return office

    def furnish(self) -> None:
        """One more year: for both departments a row of every model, and one published row of each half."""
        small = SmallPlan.of(self.cast, year=1990 + self.years)
        self.years += 1
        Box.objects.create(plan=small.plan, number=1, title="测试专栏")
        self._published(small)
        self.own = self._rows(small, self.cast.department, self.cast.clerk)
        self.theirs = self._rows(small, self.other, self.other_clerk)
        self._at_large(small)

    def _published(self, small: SmallPlan) -> None:
        small.approved(small.target("6左右"))
        self._task(small, self.cast.department)
        publish(plan=small.plan, period=None, by=self.cast.publisher, why="测试计划")
        publish(plan=small.plan, period=small.period, by=self.cast.publisher, why="测试")

    def _task(self, small: SmallPlan, department: Department) -> AnnualTask:
        number = Project.objects.count() + 1
        project = Project.objects.create(slug=f"invented-{number}", name=f"测试项目{number}")
        return AnnualTask.objects.create(
            project=project, plan=small.plan, box=small.plan.boxes.get(), section="测试", order=number,
            name=project.name, planned_stage=Stage.STARTED, wording="开工测试项目", department=department,
        )  # fmt: skip

    def _rows(self, small: SmallPlan, department: Department, clerk: User) -> dict[type[Model], Any]:
        target = small.target("6.5以上", department=department)
        about = {"target": target, "period": small.period}
        draft = small.draft(target, entered_by=clerk)
        task = self._task(small, department)
        asked = tables.CityRequest.objects.create(**about)
        made = (
            target,
            draft,
            tables.Cause.objects.create(**about, text="测试原因", entered_by=clerk),
            tables.Ruling.objects.create(
                actual=draft, wording="6.5以上", rule_set=small.plan.rule_set, verdict=Verdict.MET,
                reason="测试", entered_by=self.cast.reviewer,
            ),
            tables.TargetAdjustment.objects.create(
                target=target, wording="6以上", approved_by="测试会议", entered_by=self.cast.publisher
            ),
            asked,
            tables.Chase.objects.create(
                request=asked, on=datetime.date(1999, 7, 1), channel="电话", by=self.cast.reviewer
            ),
            task,
            StatusUpdate.objects.create(task=task, reached_stage=Stage.STARTED, entered_by=clerk),
            Milestone.objects.create(task=task, name="开工"),
            Problem.objects.create(task=task, text="测试事项", raised_by=self.cast.reviewer),
        )  # fmt: skip
        return {type(row): row for row in made}

    def _at_large(self, small: SmallPlan) -> None:
        """Rows that belong to no department."""
        number = self.years
        Source.objects.create(code=f"invented-{number}", title=f"测试文件{number}")
        RuleSet.objects.create(version=number + 1, by=self.cast.publisher, reason="测试")
        Edition.objects.create(publication=small.plan.publications.earliest("id"), title=f"测试版本{number}")
        tables.ReferenceFigure.objects.create(
            indicator=self.own[tables.AnnualTarget].indicator, year=1999, period="full_year", region="测试市",
            value=5,
        )  # fmt: skip
        self._register(small)
        self._prose(small, Source.objects.get(code=f"invented-{number}"))
        person = User.objects.create_user(f"test-more-{number}", department=self.other)
        person.groups.add(*Group.objects.all())
        Department.objects.create(code=f"more-{number}", name=f"更多单位{number}")
        SignIn.objects.create(step="refused", reason="wrong-password", username=person.username, user=person)
        LogEntry.objects.log_actions(
            self.cast.administrator.pk, Department.objects.filter(code=f"more-{number}"), 1, ""
        )

    def _register(self, small: SmallPlan) -> None:
        """A round, a question with its places and its finding, and two projects that are two."""
        day, number, project = datetime.date(small.plan.year, 3, 31), self.years, self.own[AnnualTask].project
        Round.objects.create(
            plan=small.plan, rhythm="quarterly", as_of=day, due_on=day, opened_by=self.cast.publisher
        )
        question = Question.objects.create(code=f"invented-{number}", text=f"测试问题{number}")
        Quotation.objects.create(
            question=question, order=1, wording="测试原文", source=Source.objects.latest("pk"), place="测试处",
            project=project,
        )  # fmt: skip
        Finding.objects.create(question=question, text="测试结论", by=self.cast.reviewer)
        Likeness.objects.create(
            first=project, second=self.theirs[AnnualTask].project, ruled="apart", likeness="测试", reason="测试",
            by=self.cast.reviewer,
        )  # fmt: skip

    def _prose(self, small: SmallPlan, source: Source) -> None:
        """What the report's prose promised and stated, as the public was told."""
        told = small.plan.publications.earliest("id")
        facts = {"tier": tables.Tier.WORK, "ordinal": None, "department": None, "in_grid": False}
        promised = small.target("25家以上", name="测试重点工作", quoted="新增25家以上。", **facts)
        tables.PublishedWorkTarget.objects.create(
            publication=told, target=promised, order=1, code=promised.indicator.code, name=promised.name,
            wording="25家以上", quoted=promised.quoted,
            reading=read_target("25家以上", unit="家").as_dict(),
        )  # fmt: skip
        tables.CitedFact.objects.create(
            plan=small.plan, order=1, name="测试成绩", wording="同比增长10.7%", sentence="测试成绩同比增长10.7%。",
            source=source, publication=told,
        )  # fmt: skip

    def submitted(self, model: type[Model], *, theirs: bool = False) -> Any:
        """An entry of this model after its clerk submitted it."""
        entry = (self.theirs if theirs else self.own)[model]
        return actions.submit([entry], by=self.other_clerk if theirs else self.cast.clerk)[0]
