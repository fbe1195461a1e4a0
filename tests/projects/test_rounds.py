"""Rounds: who is asked, what counts as an answer, and a sheet that stays once the round is over."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, transaction

from projects.lights import Light
from projects.models import AnnualTask, Finding, Question, Rhythm, Round, StatusUpdate
from projects.rounds import answered_by, close_round, last_closed, open_round, open_round_of, sheet_of
from projects.settling import Matter, find_out, open_problems, register, settle, unregistered_needs
from projects.stages import Stage
from tests.cast import Cast, SmallPlan
from tests.projects.places import approved_of, task_of, told_of
from wanzhou.kernel.accounts.models import Department
from wanzhou.kernel.plans.actions import open_publication
from wanzhou.kernel.plans.models import Publication, RuleSet
from wanzhou.kernel.workflow import actions
from wanzhou.kernel.workflow.actions import MoveRefused

pytestmark = pytest.mark.django_db
DAY = datetime.date(1999, 6, 30)


@pytest.fixture
def small(cast: Cast) -> SmallPlan:
    return SmallPlan.of(cast, year=1999)


def opened(small: SmallPlan, as_of: datetime.date = DAY) -> Round:
    due = as_of + datetime.timedelta(days=10)
    return open_round(
        plan=small.plan, rhythm=Rhythm.QUARTERLY, as_of=as_of, due_on=due, note="", by=small.cast.publisher
    )


def test_a_round_is_answered_task_by_task(small: SmallPlan) -> None:
    other = Department.objects.create(code="elsewhere", name="另一单位")
    early, told, back, drafted = (task_of(small, f"项目{n}") for n in range(4))
    task_of(small, "别家项目", department=other)
    told_of(small, early)
    asked = opened(small)
    assert open_round_of(small.plan) == asked
    told_of(small, told)
    actions.send_back([told_of(small, back)], by=small.cast.reviewer, note="不清楚")
    StatusUpdate.objects.create(task=drafted, reached_stage=Stage.STARTED, entered_by=small.cast.clerk)
    shares = [(share.department, share.asked, share.answered) for share in answered_by(asked)]
    assert sorted(shares) == sorted([(small.cast.department.name, 4, 1), ("另一单位", 1, 0)])
    # What was told before is in the sheet, and is no answer.
    rows = {row.task.name: (row.answered, row.update is not None) for row in sheet_of(asked)}
    assert rows == {
        "项目0": (False, True), "项目1": (True, True), "项目2": (False, False), "项目3": (False, False),
        "别家项目": (False, False),
    }  # fmt: skip


def test_the_sheet_of_a_closed_round_stays(small: SmallPlan) -> None:
    task = task_of(small, planned_investment=1000, invested_before=500, planned_stage=Stage.UNDERWAY)
    asked = opened(small)
    update = approved_of(small, task, invested_this_year=Decimal(450))
    closed = close_round(asked, by=small.cast.publisher)
    assert last_closed(small.plan) == closed
    assert open_round_of(small.plan) is None
    (row,) = sheet_of(closed)
    assert [row.update, row.due, row.rate, row.rate_of_due] == [update, 500, 45, 90]
    assert [row.signal.light, row.invested_in_all] == [Light.GREEN, 950]
    actions.publish([update], publication=_act(small))
    told_of(small, task, Stage.COMPLETED)
    RuleSet.objects.create(version=9, investment_yellow=0, by=small.cast.publisher, reason="测试")
    (later,) = sheet_of(closed)
    assert (later.update, later.signal.light) == (update, Light.GREEN)
    (now,) = sheet_of(opened(small, datetime.date(1999, 9, 30)))
    assert now.update is not None
    assert now.update.reached_stage == Stage.COMPLETED


def _act(small: SmallPlan) -> Publication:
    return open_publication(plan=small.plan, period=small.period, by=small.cast.publisher, why="测试")


def test_refusals(small: SmallPlan) -> None:
    asked = opened(small)
    with pytest.raises(MoveRefused, match="还有一次调度没有结束"):
        opened(small, datetime.date(1999, 9, 30))
    with pytest.raises(MoveRefused, match="没有结束调度的权限"):
        close_round(asked, by=small.cast.head)
    close_round(asked, by=small.cast.reviewer)
    with pytest.raises(MoveRefused, match="已经结束"):
        close_round(asked, by=small.cast.reviewer)
    with pytest.raises(MoveRefused, match="截至这一天的调度已经有了"):
        opened(small)
    with pytest.raises(MoveRefused, match="没有发起调度的权限"):
        open_round(
            plan=small.plan, rhythm=Rhythm.MONTHLY, as_of=DAY, due_on=DAY, note="", by=small.cast.clerk
        )


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"planned_investment": -1}, "projects_annualtask_investment_not_negative"),
        ({"invested_before": -1}, "projects_annualtask_investment_not_negative"),
        ({"planned_first_quarter": 1}, "projects_annualtask_quarters_rise"),
        (
            {"planned_first_quarter": 5, "planned_first_half": 4, "planned_three_quarters": 6,
             "planned_investment": 9},
            "projects_annualtask_quarters_rise",
        ),
        (
            {"planned_first_quarter": 1, "planned_first_half": 2, "planned_three_quarters": 3},
            "projects_annualtask_quarters_rise",
        ),
        (
            {"planned_first_quarter": 1, "planned_first_half": 2, "planned_three_quarters": 10,
             "planned_investment": 9},
            "projects_annualtask_quarters_rise",
        ),
    ],
)  # fmt: skip
def test_the_database_refuses_plans_that_make_no_sense(
    facts: dict[str, Any], constraint: str, small: SmallPlan
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        task_of(small, **facts)
    assert not AnnualTask.objects.exists()


def test_only_a_group_is_counted(small: SmallPlan) -> None:
    group = task_of(small, group=True, quantity="20个以上")
    assert told_of(small, group, reached_count=12).reached_count == 12
    with pytest.raises(IntegrityError, match="只有成组项目才能填写已完成个数"), transaction.atomic():
        told_of(small, task_of(small), reached_count=1)


def test_a_need_becomes_a_problem_until_it_is_settled(small: SmallPlan) -> None:
    task, reviewer = task_of(small), small.cast.reviewer
    update = told_of(small, task, needs="用地指标")
    assert list(unregistered_needs()) == [update]
    matter = Matter("用地指标", small.cast.department, DAY)
    problem = register(task, matter, update=update, by=reviewer)
    assert not unregistered_needs().exists()
    noted = settle(problem, answer="已报市里", solved=False, by=reviewer)
    assert (list(open_problems()), noted.answer, noted.solved_at) == ([problem], "已报市里", None)
    with pytest.raises(MoveRefused, match="须写明办理情况"):
        settle(problem, answer=" ", solved=True, by=reviewer)
    with pytest.raises(MoveRefused, match="没有办理需协调事项的权限"):
        settle(problem, answer="好", solved=True, by=small.cast.head)
    solved = settle(problem, answer="已落实", solved=True, by=reviewer)
    assert (solved.solved_by, open_problems().exists()) == (reviewer, False)
    with pytest.raises(MoveRefused, match="已经办结"):
        settle(problem, answer="再改", solved=True, by=reviewer)
    with pytest.raises(MoveRefused, match="没有登记需协调事项的权限"):
        register(task, matter, update=None, by=small.cast.clerk)


def test_a_need_that_is_being_settled_is_not_proposed_again(small: SmallPlan) -> None:
    task = task_of(small)
    first = told_of(small, task, needs="用地指标")
    problem = register(task, Matter("用地指标", None, None), update=first, by=small.cast.reviewer)
    actions.publish(actions.approve([first], by=small.cast.reviewer), publication=_act(small))
    again = told_of(small, task, needs="用地指标")
    assert not unregistered_needs().exists()
    settle(problem, answer="已落实", solved=True, by=small.cast.reviewer)
    assert list(unregistered_needs()) == [again]


def test_findings_stand_beside_the_question(loaded_plans: None, cast: Cast) -> None:
    question = Question.objects.get(code="new-energy-in-two-boxes")
    with pytest.raises(MoveRefused, match="没有填写核实结论的权限"):
        find_out(question, text="两个项目", by=cast.clerk)
    find_out(question, text="两个项目", by=cast.reviewer)
    newer = find_out(question, text="确是两个项目", by=cast.publisher)
    assert question.findings.first() == newer
    assert question.findings.count() == 2
    with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
        Finding.objects.update(text="改写")
    places = [quotation.place[:3] for quotation in question.quotations.all()]
    assert places == ["专栏3", "专栏4"]
    assert Question.objects.count() == 4
