"""Figures are submitted with their causes; published ones are replaced and never changed; a forecast stays inside."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client

from indicators.judging.terms import OutcomeState
from indicators.models import AnnualTarget, Cause, PublishedRow, QuarterlyActual, Replacement
from indicators.submitting import Figure, replace_published, submit
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.plans import actions as periods
from wanzhou.kernel.plans.models import Origin
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.plans.public import PUBLIC_TABLES
from wanzhou.kernel.workflow import actions as steps
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.kernel.workflow.moves import State
from wanzhou.site.reports.publishing import PublicationRefused, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(cast: Cast) -> SmallPlan:
    """A half-year that departments are asked for."""
    small = SmallPlan.of(cast, period=Period.FIRST_HALF)
    periods.open_period(plan=small.plan, period=Period.FIRST_HALF, due_on=None, by=cast.publisher)
    small.period.refresh_from_db()
    return small


def cause(small: SmallPlan, target: AnnualTarget, **facts: Any) -> Cause:
    said = {"text": "测试原因", "measures": "测试措施", "entered_by": small.cast.clerk}
    return Cause.objects.create(target=target, period=small.period, **(said | facts))


class TestSubmitting:
    def test_a_row_on_pace_needs_nothing_more(self, small: SmallPlan) -> None:
        (row,) = submit([small.draft(small.target("6"), "6.1")], by=small.cast.clerk)
        assert row.state == State.SUBMITTED

    def test_a_row_behind_its_pace_names_what_it_lacks(self, small: SmallPlan) -> None:
        target = small.target("6")
        draft, fine = small.draft(target, "5.1"), small.draft(small.target("6"), "6.1")
        with pytest.raises(MoveRefused, match="“测试指标1”滞后于序时进度，报送前须填写原因和下一步措施"):
            submit([draft, fine], by=small.cast.clerk)
        cause(small, target, measures="  ")
        with pytest.raises(MoveRefused, match="“测试指标1”"):
            submit([draft, fine], by=small.cast.clerk)
        fine.refresh_from_db()
        assert fine.state == State.DRAFT, "all or none"

    def test_its_cause_goes_along(self, small: SmallPlan) -> None:
        target = small.target("6")
        why, other = cause(small, target), cause(small, small.target("7"))
        submitted = submit([small.draft(target, "5.1")], by=small.cast.clerk)
        assert {type(entry) for entry in submitted} == {QuarterlyActual, Cause}
        why.refresh_from_db()
        other.refresh_from_db()
        assert (why.state, other.state) == (State.SUBMITTED, State.DRAFT)

    @pytest.mark.parametrize("asked", ["not opened", "public sources", "full year"])
    def test_nobody_owes_a_cause_where_nobody_was_asked(self, cast: Cast, asked: str) -> None:
        period = Period.FULL_YEAR if asked == "full year" else Period.FIRST_HALF
        other = SmallPlan.of(cast, year=1998, period=period)
        if asked == "public sources":
            other.period.origin = Origin.PUBLIC_SOURCES
            other.period.save()
        if asked == "full year":
            periods.open_period(plan=other.plan, period=period, due_on=None, by=cast.publisher)
        assert submit([other.draft(other.target("6"), "5.1")], by=cast.clerk)

    def test_a_closed_period_is_refused_by_name(self, small: SmallPlan) -> None:
        target = small.target("6")
        draft, why = small.draft(target, "5.1"), cause(small, target)
        periods.close_period(small.period, by=small.cast.publisher)
        small.period.refresh_from_db()
        with pytest.raises(MoveRefused) as refused:
            submit([*QuarterlyActual.objects.filter(pk=draft.pk), *Cause.objects.all()], by=small.cast.clerk)
        assert [str(entry) in said for entry, said in zip((draft, why), refused.value.problems, strict=True)]
        assert all("已于" in said and "重新开启" in said for said in refused.value.problems)

    def test_it_is_not_published_without_explanation_either(self, small: SmallPlan) -> None:
        target = small.target("6")
        draft = small.draft(target, "5.1")
        steps.approve(steps.submit([draft], by=small.cast.clerk), by=small.cast.reviewer)
        facts: dict[str, Any] = {"plan": small.plan, "period": small.period, "by": small.cast.publisher}
        with pytest.raises(PublicationRefused, match="“测试指标1”滞后于序时进度"):
            publish(**facts, why="测试")
        steps.approve(submit([cause(small, target)], by=small.cast.clerk), by=small.cast.reviewer)
        assert publish(**facts, why="测试")


class TestReplacing:
    @pytest.fixture
    def published(self, small: SmallPlan) -> QuarterlyActual:
        row = small.approved(small.target("6"), "6.1")
        publish(plan=small.plan, period=small.period, by=small.cast.publisher, why="测试")
        row.refresh_from_db()
        return row

    def by(self, small: SmallPlan, published: QuarterlyActual, **said: Any) -> QuarterlyActual:
        figure = Figure(OutcomeState.REPORTED, Decimal("6.4"), "6.4")
        facts: dict[str, Any] = {
            "because": Replacement.REVISION,
            "reason": "统计核定",
            "by": small.cast.publisher,
        }
        return replace_published(published, figure, **(facts | said))

    def test_both_stand_in_the_log(self, small: SmallPlan, published: QuarterlyActual) -> None:
        new = self.by(small, published)
        assert (new.state, new.replaces, new.note) == (State.SUBMITTED, published, "统计核定")
        with pytest.raises(MoveRefused, match="须由另一人审核"):
            steps.approve([new], by=small.cast.publisher)
        steps.approve([new], by=small.cast.reviewer)
        publish(plan=small.plan, period=small.period, by=small.cast.publisher, why="更新")
        told = PublishedRow.objects.history(published.target.indicator.code)
        assert [(row.outcome_value, row.replaced_because) for row in told] == [
            (Decimal("6.1"), ""),
            (Decimal("6.4"), "revision"),
        ]
        with pytest.raises(MoveRefused, match="不是现在公布的数据"):
            self.by(small, published)

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            (lambda small: {"by": small.cast.reviewer}, "没有替换已发布数据的权限"),
            (lambda _: {"reason": " "}, "须写明理由"),
        ],
    )
    def test_who_and_why(
        self, small: SmallPlan, published: QuarterlyActual, change: Callable[[SmallPlan], Any], says: str
    ) -> None:
        with pytest.raises(MoveRefused, match=says):
            self.by(small, published, **change(small))

    def test_one_at_a_time(self, small: SmallPlan, published: QuarterlyActual) -> None:
        self.by(small, published)
        with pytest.raises(MoveRefused, match="已有一条尚未发布的替换（已报送，测试发改发布录入）"):
            self.by(small, published)

    def test_only_what_is_published(self, small: SmallPlan) -> None:
        with pytest.raises(MoveRefused, match="不是现在公布的数据"):
            self.by(small, small.approved(small.target("6")))


def test_a_forecast_never_leaves(small: SmallPlan, client: Client) -> None:
    secret = "4321.987654"
    target = small.target("6")
    cause(small, target, forecast=Decimal(secret))
    entries = submit([small.draft(target, "5.1")], by=small.cast.clerk)
    for kind in (QuarterlyActual, Cause):
        steps.approve([entry for entry in entries if isinstance(entry, kind)], by=small.cast.reviewer)
    assert publish(plan=small.plan, period=small.period, by=small.cast.publisher, why="测试")
    rows = list(PublishedRow.objects.values())
    assert rows[0]["cause"] == "测试原因"
    assert "4321" not in json.dumps(rows, cls=DjangoJSONEncoder)
    assert not any("forecast" in field.name for field in PublishedRow._meta.fields)
    assert "indicators_cause" not in PUBLIC_TABLES
    for place in ("/1999/", "/1999/indicators/", "/1999/indicators.json", "/1999/indicators.csv"):
        response = client.get(place)
        assert response.status_code == 200
        said = b"".join(response) if response.streaming else response.content
        assert b"4321" not in said
