"""Publishing is an act: what it touches, what it refuses, and that nothing changes what was published."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from indicators.judging.terms import OutcomeState, Verdict
from indicators.models import PublishedRow, QuarterlyActual, Replacement, TargetAdjustment
from projects.models import AnnualTask, Box, Project, PublishedTask, StatusUpdate
from projects.stages import Stage
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.plans.models import Publication, RuleSet
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.workflow import actions
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.kernel.workflow.moves import State
from wanzhou.site.reports.publishing import PublicationRefused, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(cast: Cast) -> SmallPlan:
    return SmallPlan.of(cast)


def act(small: SmallPlan, **options: Any) -> Publication | None:
    facts: dict[str, Any] = {
        "plan": small.plan,
        "period": small.period,
        "by": small.cast.publisher,
        "why": "测试",
    }
    return publish(**(facts | options))


def public(small: SmallPlan) -> list[PublishedRow]:
    return list(PublishedRow.objects.current(small.plan, small.period))


def test_a_row_is_complete_in_itself(small: SmallPlan) -> None:
    small.approved(small.target("6左右"), "6.1", place="测试处")
    publication = act(small)
    (row,) = public(small)
    assert row.publication == publication
    assert (row.name, row.unit, row.department, row.wording) == ("测试指标1", "%", "测试单位", "6左右")
    assert (row.outcome_state, row.outcome_value, row.outcome_wording) == ("reported", Decimal("6.1"), "6.1")
    assert (row.verdict, row.computed, row.gap, row.pace) == ("met", "met", Decimal("0.1"), "")
    assert "6左右" in row.sentence
    assert row.reading["low"] == "5.9"
    assert row.counted


def test_the_first_publication_of_a_period_shows_every_row(small: SmallPlan) -> None:
    small.approved(small.target())
    small.target()
    act(small)
    assert [row.verdict for row in public(small)] == ["met", "not_collected"]


def test_later_ones_touch_only_what_is_new(small: SmallPlan) -> None:
    small.approved(small.target())
    waiting = small.target()
    first = act(small)
    small.approved(waiting)
    second = act(small)
    assert second is not None
    assert first is not None
    assert [row.publication_id for row in public(small)] == [first.pk, second.pk]
    assert act(small) is None
    assert Publication.objects.count() == 2


def test_drafts_and_unapproved_figures_stay_inside(small: SmallPlan) -> None:
    small.draft(small.target(), "123456")
    actions.submit([small.draft(small.target(), "234567")], by=small.cast.clerk)
    act(small)
    assert [row.outcome_value for row in public(small)] == [None, None]


def test_only_the_given_entries_are_published(small: SmallPlan) -> None:
    mine, other = small.approved(small.target()), small.approved(small.target())
    act(small, entries=[mine])
    other.refresh_from_db()
    assert other.state == State.APPROVED
    assert [row.verdict for row in public(small)] == ["met", "not_collected"]


def test_a_full_year_is_not_published_while_a_miss_lacks_its_cause(small: SmallPlan) -> None:
    target = small.target("6以上")
    actual = small.approved(target, "3.5")
    with pytest.raises(PublicationRefused, match="第1项“测试指标1”未完成，尚无原因说明"):
        act(small)
    actual.refresh_from_db()
    assert (actual.state, Publication.objects.count(), PublishedRow.objects.count()) == (State.APPROVED, 0, 0)
    small.cause(target)
    act(small)
    (row,) = public(small)
    assert (row.verdict, row.cause) == (Verdict.MISSED, "测试原因")


def test_a_missed_sub_row_needs_no_cause(small: SmallPlan) -> None:
    parent = small.target("6")
    small.approved(parent, "7")
    small.approved(small.target("8", parent=parent, ordinal=None), "7.6")
    act(small)
    assert [(row.verdict, row.counted) for row in public(small)] == [("met", True), ("missed", False)]
    assert public(small)[1].parent_code == parent.indicator.code


def test_a_running_period_needs_no_causes(cast: Cast) -> None:
    small = SmallPlan.of(cast, period=Period.FIRST_HALF)
    small.approved(small.target("6以上"), "5")
    act(small)
    assert [(row.pace, row.verdict) for row in public(small)] == [("behind", "")]


def test_a_replacement_is_a_new_row_and_the_old_one_stays(small: SmallPlan) -> None:
    target = small.target("6以上")
    first = small.approved(target, None, outcome_state=OutcomeState.AWAITING_CITY)
    act(small)
    assert [row.verdict for row in public(small)] == ["awaiting_city"]
    small.approved(target, "6.2", replaces=first, replaced_because=Replacement.ARRIVAL)
    act(small, why="市级反馈")
    assert [row.verdict for row in public(small)] == ["met"]
    assert [row.verdict for row in PublishedRow.objects.order_by("id")] == ["awaiting_city", "met"]
    assert QuarterlyActual.objects.published().get().value == Decimal("6.2")
    assert QuarterlyActual.objects.awaiting_city().get() == first
    assert not QuarterlyActual.objects.unpublished().exists()


def test_an_adjustment_touches_its_row(small: SmallPlan) -> None:
    target = small.target("6以上")
    small.approved(target, "6.1")
    act(small)
    TargetAdjustment.objects.create(
        target=target, wording="5以上", approved_by="测试会议", entered_by=small.cast.publisher
    )
    act(small)
    (row,) = public(small)
    assert (row.wording, row.first_wording) == ("5以上", "6以上")
    assert "测试会议" in row.adjustment


def test_a_plan_can_be_published_before_any_figure(small: SmallPlan) -> None:
    small.target("6以上")
    small.target(None)
    publication = act(small, period=None)
    assert publication is not None
    rows = PublishedRow.objects.current(small.plan, None)
    assert [(row.wording, row.verdict, row.pace, row.outcome_state) for row in rows] == [
        ("6以上", "", "", ""),
        ("", "", "", ""),
    ]
    assert act(small, period=None) is None


def test_the_past_can_be_read(small: SmallPlan) -> None:
    target = small.target("6以上")
    small.approved(target)
    first = act(small)
    assert first is not None
    TargetAdjustment.objects.create(
        target=target, wording="5以上", approved_by="测试会议", entered_by=small.cast.publisher
    )
    act(small)
    (row,) = PublishedRow.objects.current(small.plan, small.period, as_of=first.at)
    assert row.wording == "6以上"


@pytest.mark.parametrize("role", ["clerk", "head", "reviewer", "administrator", "auditor"])
def test_only_the_publisher_publishes(small: SmallPlan, role: str) -> None:
    small.approved(small.target())
    with pytest.raises(MoveRefused, match="没有发布的权限"):
        act(small, by=getattr(small.cast, role))
    assert not Publication.objects.exists()


def test_published_rows_are_only_added_to(small: SmallPlan) -> None:
    small.approved(small.target())
    act(small)
    for sql in ("UPDATE indicators_publishedrow SET sentence = ''", "DELETE FROM indicators_publishedrow"):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            connection.cursor().execute(sql)


def test_a_ruling_shows_only_where_the_computed_verdict_is_review(small: SmallPlan) -> None:
    small.approved(small.target("6以上"))
    act(small)
    (row,) = public(small)
    row.pk, row.verdict = None, Verdict.MISSED.value
    row.publication = Publication.objects.create(
        plan=small.plan, period=small.period, by=small.cast.publisher, why="x", rule_set=small.plan.rule_set
    )
    with pytest.raises(IntegrityError, match="ruled_only_in_review"), transaction.atomic():
        row.save(force_insert=True)


class TestRejudging:
    """A change of rules changes no page; `rejudge` lists what would differ."""

    @pytest.fixture
    def strict(self, small: SmallPlan) -> RuleSet:
        small.approved(small.target("6左右"), "5.9")
        act(small)
        nothing = Decimal(0)
        return RuleSet.objects.create(
            version=2, by=small.cast.publisher, reason="不留余地", rate_firm=nothing, rate_wide=nothing
        )

    def test_new_rules_change_no_published_row(self, small: SmallPlan, strict: RuleSet) -> None:
        small.plan.rule_set = strict
        small.plan.save()
        assert [row.verdict for row in public(small)] == ["met"]

    def test_what_would_differ_is_listed(
        self, small: SmallPlan, strict: RuleSet, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call_command("rejudge")
        assert capsys.readouterr().out == "没有不同。\n"
        call_command("rejudge", "1999", "--rule-set", "2")
        said = capsys.readouterr().out
        assert "1999年全年 测试指标1：结论 已发布“met”，现判“missed”" in said
        assert "公开页面未改动" in said
        assert [row.verdict for row in public(small)] == ["met"]

    @pytest.mark.parametrize(
        ("arguments", "says"),
        [(["1900"], "没有1900年的计划"), (["--rule-set", "9"], "没有第9版判定规则，现有版本：")],
    )
    def test_a_wrong_question_is_answered(
        self, small: SmallPlan, strict: RuleSet, arguments: list[str], says: str
    ) -> None:
        with pytest.raises(CommandError, match=says):
            call_command("rejudge", *arguments)


class TestTasks:
    """Tasks are published with their plan, and again with each update."""

    @pytest.fixture
    def task(self, small: SmallPlan) -> AnnualTask:
        return self.task_in(small, "planned", Stage.STARTED)

    def task_in(self, small: SmallPlan, slug: str, planned: str) -> AnnualTask:
        box, _ = Box.objects.get_or_create(plan=small.plan, number=1, defaults={"title": "测试专栏"})
        return AnnualTask.objects.create(
            project=Project.objects.create(slug=slug, name=slug),
            plan=small.plan,
            box=box,
            section="测试",
            order=box.tasks.count() + 1,
            name=slug,
            wording="测试",
            planned_stage=planned,
            department=small.cast.department,
        )

    def update(self, small: SmallPlan, task: AnnualTask, **facts: Any) -> StatusUpdate:
        draft = StatusUpdate.objects.create(
            task=task,
            entered_by=small.cast.clerk,
            difficulty="内部困难",
            needs="内部协调",
            **({"reached_stage": Stage.COMPLETED, "progress": "已完工"} | facts),
        )
        return actions.approve(actions.submit([draft], by=small.cast.clerk), by=small.cast.reviewer)[0]

    def test_a_planned_task_is_published_with_its_plan(self, small: SmallPlan, task: AnnualTask) -> None:
        self.task_in(small, "only-reached", "")
        act(small, period=None)
        (row,) = PublishedTask.objects.current(small.plan)
        assert (row.slug, row.planned_stage, row.reached_stage) == ("planned", Stage.STARTED, "")
        assert act(small, period=None) is None

    def test_an_update_is_public_as_far_as_it_is_meant_to_be(
        self, small: SmallPlan, task: AnnualTask
    ) -> None:
        act(small, period=None)
        self.update(small, task)
        act(small)
        (row,) = PublishedTask.objects.current(small.plan)
        assert (row.planned_stage, row.reached_stage, row.progress) == (
            Stage.STARTED,
            Stage.COMPLETED,
            "已完工",
        )
        assert not {"内部困难", "内部协调"} & {str(value) for value in vars(row).values()}

    def test_a_task_that_no_plan_named_is_published_with_its_update(self, small: SmallPlan) -> None:
        update = self.update(small, self.task_in(small, "only-reached", ""))
        act(small, entries=[update])
        (row,) = PublishedTask.objects.current(small.plan)
        assert (row.planned_stage, row.update) == ("", update)

    def test_a_replaced_update_stays(self, small: SmallPlan, task: AnnualTask) -> None:
        first = self.update(small, task)
        act(small)
        self.update(small, task, replaces=first, reached_stage=Stage.UNDERWAY)
        act(small)
        assert [row.reached_stage for row in PublishedTask.objects.current(small.plan)] == [Stage.UNDERWAY]
        assert PublishedTask.objects.count() == 2

    def test_an_update_replaces_only_a_published_one_of_its_task(
        self, small: SmallPlan, task: AnnualTask
    ) -> None:
        other = self.update(small, self.task_in(small, "other", Stage.STARTED))
        act(small)
        with pytest.raises(DatabaseError, match="只能替换同一任务已发布的更新"), transaction.atomic():
            self.update(small, task, replaces=other)
