"""What the database refuses of the register, however it arrives."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from projects.models import Finding, Likeness, Problem, Project, PublishedTask, Question, Quotation, Round
from projects.stages import Stage
from tests.cast import Cast, SmallPlan
from tests.projects.places import task_of, told_of
from wanzhou.kernel.plans.actions import open_publication
from wanzhou.kernel.plans.models import RuleSet, Source

pytestmark = pytest.mark.django_db
DAY = datetime.date(1999, 6, 30)


class Rows:
    """A row of every kind as it should be, and as it should not."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.small = cast, SmallPlan.of(cast, year=1999)
        self.first, self.second = (task_of(self.small, f"项目{n}") for n in range(2))
        self.question = Question.objects.create(code="invented", text="测试")

    def likeness(self, **facts: Any) -> None:
        usual = {"first": self.first.project, "second": self.second.project, "ruled": "apart"}
        said = {"likeness": "相似", "reason": "测试", "by": self.cast.reviewer}
        Likeness.objects.create(**(usual | said | facts))

    def round(self, **facts: Any) -> None:
        usual = {"plan": self.small.plan, "rhythm": "monthly", "as_of": DAY, "due_on": DAY}
        Round.objects.create(**(usual | {"opened_by": self.cast.publisher} | facts))

    def problem(self, **facts: Any) -> None:
        usual = {"task": self.first, "text": "测试", "raised_by": self.cast.reviewer}
        Problem.objects.create(**(usual | facts))

    def finding(self, **facts: Any) -> None:
        Finding.objects.create(
            **({"question": self.question, "text": "测试", "by": self.cast.reviewer} | facts)
        )

    def quotation(self, **facts: Any) -> None:
        source, _ = Source.objects.get_or_create(code="invented", defaults={"title": "测试"})
        usual = {"question": self.question, "order": 1, "wording": "测试", "source": source, "place": "测试"}
        Quotation.objects.create(**(usual | facts))

    def project(self, **facts: Any) -> None:
        Project.objects.create(**({"slug": "more", "name": "更多"} | facts))

    def rules(self, **facts: Any) -> None:
        RuleSet.objects.create(**({"version": 9, "by": self.cast.publisher, "reason": "测试"} | facts))

    def published(self, **facts: Any) -> None:
        act = open_publication(plan=self.small.plan, period=None, by=self.cast.publisher, why="测试")
        usual = {
            "box": 1,
            "order": 1,
            "name": "测试",
            "slug": "invented",
            "wording": "测试",
            "task": self.first,
        }
        PublishedTask.objects.create(**(usual | {"publication": act, "planned_stage": Stage.STARTED} | facts))


@pytest.mark.parametrize(
    ("row", "facts", "constraint"),
    [
        ("likeness", {"ruled": "perhaps"}, "ruled_known"),
        ("likeness", {"reason": ""}, "likeness_reasoned"),
        ("round", {"rhythm": "daily"}, "rhythm_known"),
        ("round", {"due_on": datetime.date(1999, 6, 29)}, "round_due_after_its_day"),
        ("problem", {"text": ""}, "problem_said"),
        ("finding", {"text": ""}, "finding_said"),
        ("project", {"start_year": 2023, "end_year": 2022}, "project_years_in_order"),
        ("project", {"total_investment": -1}, "project_investment_not_negative"),
        ("rules", {"start_yellow_month": 0}, "start_months_ordered"),
        ("rules", {"start_yellow_month": 12}, "start_months_ordered"),
        ("rules", {"start_red_month": 13}, "start_months_ordered"),
        ("rules", {"investment_red": -10}, "lights_ordered"),
        ("published", {"light": "blue", "light_reason": "测试"}, "light"),
        ("published", {"light": "green", "light_reason": "没有更新为据"}, "light_explained"),
        ("published", {"light_reason": "没有灯"}, "light_explained"),
    ],
)
def test_refused(row: str, facts: dict[str, Any], constraint: str, cast: Cast) -> None:
    make = getattr(Rows(cast), row)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(**facts)
    make()


@pytest.mark.parametrize("row", ["likeness", "round", "quotation", "project", "rules"])
def test_once_is_enough(row: str, cast: Cast) -> None:
    make = getattr(Rows(cast), row)
    make()
    with pytest.raises(IntegrityError, match="duplicate key"), transaction.atomic():
        make()


def test_two_projects_stand_in_order(cast: Cast) -> None:
    rows = Rows(cast)
    with pytest.raises(IntegrityError, match="likeness_in_order"), transaction.atomic():
        rows.likeness(first=rows.second.project, second=rows.first.project)
    Project.objects.filter(pk=rows.first.project_id).update(joined_into=rows.second.project)
    with pytest.raises(IntegrityError, match="joined_into_another"), transaction.atomic():
        Project.objects.filter(pk=rows.first.project_id).update(joined_into=rows.first.project)


def test_settled_says_how(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="problem_solved_how"), transaction.atomic():
        Rows(cast).problem(solved_by=cast.reviewer, solved_at=timezone.now())


def test_a_light_names_its_rules(cast: Cast) -> None:
    rows = Rows(cast)
    update = told_of(rows.small, rows.first)
    lit = {"update": update, "light": "green", "light_reason": "测试"}
    with pytest.raises(IntegrityError, match="light_explained"), transaction.atomic():
        rows.published(**lit)
    rows.published(**lit, light_rules=rows.small.plan.rule_set)
