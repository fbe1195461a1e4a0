"""What the tables of indicators refuse, whoever writes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from indicators.judging.terms import OutcomeState
from indicators.models import (
    AnnualTarget,
    Chase,
    CityRequest,
    Indicator,
    QuarterlyActual,
    ReferenceFigure,
    Replacement,
    Tier,
)
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.plans.actions import open_publication
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.workflow import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(cast: Cast) -> SmallPlan:
    return SmallPlan.of(cast)


def published(small: SmallPlan, target: AnnualTarget, value: str = "6.1") -> QuarterlyActual:
    act = open_publication(plan=small.plan, period=small.period, by=small.cast.publisher, why="测试")
    return actions.publish([small.approved(target, value)], publication=act)[0]


class TestTargets:
    """Table 1 and table 2."""

    def test_one_row_of_an_indicator_in_a_table(self, small: SmallPlan) -> None:
        small.target(code="same")
        with pytest.raises(IntegrityError, match="annualtarget_once"), transaction.atomic():
            small.target(code="same")
        small.target(code="same", tier=Tier.WORK, ordinal=None)

    def test_one_row_of_an_ordinal(self, small: SmallPlan) -> None:
        small.target(ordinal=1)
        with pytest.raises(IntegrityError, match="ordinal_once"), transaction.atomic():
            small.target(ordinal=1)

    def test_a_row_is_numbered_or_a_sub_row(self, small: SmallPlan) -> None:
        parent = small.target()
        for facts in ({"ordinal": None}, {"parent": parent}):
            with pytest.raises(IntegrityError, match="numbered_or_sub"), transaction.atomic():
                small.target(**facts)

    def test_a_sub_row_belongs_to_a_numbered_row_of_the_same_plan(self, small: SmallPlan) -> None:
        foreign = SmallPlan.of(small.cast, year=1998).target()
        sub_row = small.target(parent=small.target(), ordinal=None)
        for parent in (foreign, sub_row):
            with pytest.raises(DatabaseError, match="同在一份计划"), transaction.atomic():
                small.target(parent=parent, ordinal=None)

    def test_an_unknown_wording_is_null_and_never_an_empty_text(self, small: SmallPlan) -> None:
        assert small.target(None).wording is None
        with pytest.raises(IntegrityError, match="wording_or_unknown"), transaction.atomic():
            small.target("")

    def test_an_approved_wording_changes_only_by_an_adjustment(self, small: SmallPlan) -> None:
        target = small.target("6")
        target.wording = "6以上"
        target.save()
        small.approve_plan()
        target.wording = "1"
        with pytest.raises(DatabaseError, match="只能通过目标调整改变"), transaction.atomic():
            target.save()
        target.refresh_from_db()
        target.note = "责任单位等仍可修改"
        target.save()
        assert target.wording == "6以上"

    def test_a_department_sees_its_own_rows(self, small: SmallPlan) -> None:
        mine, others = small.target(), small.target(department=None)
        assert list(AnnualTarget.objects.for_user(small.cast.clerk)) == [mine]
        assert set(AnnualTarget.objects.for_user(small.cast.reviewer)) == {mine, others}
        assert not AnnualTarget.objects.for_user(small.cast.administrator).exists()

    def test_the_table_is_read_in_its_printed_order(self, small: SmallPlan) -> None:
        second, first = small.target(order=12, ordinal=12), small.target(order=11, ordinal=11)
        sub_row = small.target(order=13, ordinal=None, parent=second)
        assert list(small.plan.targets.headline()) == [first, second, sub_row]
        assert list(small.plan.targets.numbered()) == [first, second]

    def test_a_code_of_the_domain_is_spelt_right(self, small: SmallPlan) -> None:
        target = small.target()
        for model, row, facts in (
            (AnnualTarget, target, {"nature": "maybe"}),
            (Indicator, target.indicator, {"accrual": "sideways"}),
            (Indicator, target.indicator, {"favourable": "up"}),
            (Indicator, target.indicator, {"frequency": "daily"}),
        ):
            with pytest.raises(IntegrityError, match="_known"), transaction.atomic():
                model._default_manager.filter(pk=row.pk).update(**facts)


class TestActuals:
    """Figures."""

    @pytest.mark.parametrize(
        "facts",
        [
            {"value": None},
            {"outcome_state": OutcomeState.AWAITING_CITY, "value": "6"},
            {"outcome_state": OutcomeState.REDEFINED, "value": None, "wording": "口径调整"},
            {"outcome_state": OutcomeState.ANNUAL_ONLY, "value": "0"},
        ],
    )
    def test_a_figure_stands_exactly_where_one_was_reported(
        self, small: SmallPlan, facts: dict[str, Any]
    ) -> None:
        target = small.target()
        with pytest.raises(IntegrityError, match="figure_when_reported"), transaction.atomic():
            small.draft(target, **facts)

    @pytest.mark.parametrize("state", [OutcomeState.UNREPORTED, OutcomeState.NOT_COLLECTED, "guessed"])
    def test_what_nobody_said_is_no_row(self, small: SmallPlan, state: str) -> None:
        target = small.target()
        with pytest.raises(IntegrityError), transaction.atomic():
            small.draft(target, None, outcome_state=state)

    def test_zero_is_a_figure(self, small: SmallPlan) -> None:
        assert small.draft(small.target(), "0").value == Decimal(0)

    def test_one_unpublished_figure_for_a_target_and_period(self, small: SmallPlan) -> None:
        target = small.target()
        small.draft(target)
        with pytest.raises(IntegrityError, match="one_unpublished"), transaction.atomic():
            small.draft(target)

    def test_a_second_published_figure_must_replace_the_first(self, small: SmallPlan) -> None:
        target = small.target()
        first = published(small, target)
        with pytest.raises(IntegrityError, match="one_published_root"), transaction.atomic():
            published(small, target)
        replacement = small.draft(target, replaces=first, replaced_because=Replacement.CORRECTION)
        assert first.replaced_by == replacement

    def test_a_replacement_says_why_and_replaces_something_published(self, small: SmallPlan) -> None:
        target = small.target()
        first, other = published(small, target), small.draft(small.target())
        for facts in ({"replaces": first}, {"replaced_because": Replacement.REVISION}):
            with pytest.raises(IntegrityError, match="replacement_explained"), transaction.atomic():
                small.draft(target, **facts)
        with pytest.raises(DatabaseError, match="只能替换同一指标"), transaction.atomic():
            small.draft(target, replaces=other, replaced_because=Replacement.REVISION)

    def test_target_and_period_belong_to_one_plan(self, small: SmallPlan) -> None:
        foreign = SmallPlan.of(small.cast, year=1998).target()
        with pytest.raises(DatabaseError, match="不属于同一份计划"), transaction.atomic():
            small.draft(foreign)

    def test_a_figure_on_another_basis_says_which(self, small: SmallPlan) -> None:
        target = small.target()
        with pytest.raises(IntegrityError, match="basis_explained"), transaction.atomic():
            small.draft(target, basis_value=Decimal(6))
        row = small.draft(target, basis_value=Decimal(6), basis_note="扣除留抵退税因素后")
        assert str(row) == "1999年测试指标1·全年"


class TestBeside:
    """City requests and reference figures."""

    def test_one_request_for_a_target_and_period(self, small: SmallPlan) -> None:
        target = small.target()
        request = CityRequest.objects.create(target=target, period=small.period)
        assert request.since is None
        with pytest.raises(IntegrityError, match="cityrequest_once"), transaction.atomic():
            CityRequest.objects.create(target=target, period=small.period)

    def test_waiting_ends_when_the_city_answers(self, small: SmallPlan) -> None:
        request = CityRequest.objects.create(
            target=small.target(), period=small.period, since=date(1999, 2, 1)
        )
        chase = Chase.objects.create(
            request=request, on=date(1999, 3, 1), channel="公函", by=small.cast.reviewer
        )
        assert list(CityRequest.objects.waiting()) == [request]
        assert (str(request), str(chase)) == ("1999年测试指标1·待市级反馈", "1999-03-01 公函")
        request.closed_on = date(1999, 1, 1)
        with pytest.raises(IntegrityError, match="closed_after_opened"), transaction.atomic():
            request.save()
        request.closed_on = date(1999, 4, 1)
        request.save()
        assert not CityRequest.objects.waiting().exists()

    @pytest.mark.parametrize(
        ("facts", "constraint"),
        [
            ({}, "says_something"),
            ({"rank": 5, "of": 4}, "rank_within"),
            ({"rank": 0, "of": 4}, "rank_within"),
            ({"value": "1", "period": "weekly"}, "period_known"),
        ],
    )
    def test_a_reference_figure_that_must_not_be(
        self, small: SmallPlan, facts: dict[str, Any], constraint: str
    ) -> None:
        defaults = {
            "indicator": small.target().indicator,
            "year": 1999,
            "period": Period.FULL_YEAR,
            "region": "全市",
        }
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            ReferenceFigure.objects.create(**(defaults | facts))
