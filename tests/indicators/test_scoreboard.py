"""From facts to judging: bases, rulings, what is missing, and a fixed number of queries."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from indicators.judging.terms import Accrual, OutcomeState, Pace, Verdict
from indicators.models import QuarterlyActual, ReferenceFigure, Ruling, TargetAdjustment
from indicators.scoreboard import Basis, Scoreboard, ScoreRow
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.plans.models import Origin, RuleSet
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.workflow import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(cast: Cast) -> SmallPlan:
    return SmallPlan.of(cast)


def only_row(small: SmallPlan, basis: Basis = Basis.APPROVED, **options: Any) -> ScoreRow:
    (row,) = Scoreboard.for_period(small.period, basis=basis, **options).rows
    return row


@pytest.mark.parametrize(
    ("value", "verdict"), [("6.0", Verdict.MET), ("5.96", Verdict.MISSED), ("0", Verdict.MISSED)]
)
def test_a_figure_is_judged_exactly(small: SmallPlan, value: str, verdict: Verdict) -> None:
    small.approved(small.target("6以上"), value)
    assert only_row(small).verdict is verdict


def test_zero_is_a_figure_and_blank_is_not(small: SmallPlan) -> None:
    small.approved(small.target("0"), "0")
    small.target("0")
    zero, blank = Scoreboard.for_period(small.period, basis=Basis.APPROVED).rows
    assert (zero.verdict, zero.assessment.gap) == (Verdict.MET, Decimal(0))
    assert blank.verdict is Verdict.NOT_COLLECTED


@pytest.mark.parametrize(
    ("basis", "seen"), [(Basis.PUBLISHED, False), (Basis.APPROVED, False), (Basis.SUBMITTED, True)]
)
def test_a_basis_sees_what_has_come_so_far(small: SmallPlan, basis: Basis, seen: bool) -> None:
    actions.submit([small.draft(small.target())], by=small.cast.clerk)
    assert (only_row(small, basis).actual is not None) is seen


def test_drafts_are_on_no_basis(small: SmallPlan) -> None:
    small.draft(small.target())
    assert all(only_row(small, basis).actual is None for basis in Basis)


@pytest.mark.parametrize(
    ("opened", "due", "origin", "verdict"),
    [
        (True, date(2000, 1, 5), Origin.REPORTED, Verdict.UNREPORTED),
        (True, date(2000, 1, 31), Origin.REPORTED, Verdict.NOT_COLLECTED),
        (True, None, Origin.REPORTED, Verdict.NOT_COLLECTED),
        (False, date(2000, 1, 5), Origin.REPORTED, Verdict.NOT_COLLECTED),
        (True, None, Origin.PUBLIC_SOURCES, Verdict.NOT_COLLECTED),
    ],
)
def test_nobody_is_accused_of_what_he_does_not_owe(
    small: SmallPlan, opened: bool, due: date | None, origin: Origin, verdict: Verdict
) -> None:
    small.target()
    small.period.origin, small.period.due_on = origin, due
    if opened:
        small.period.opened_by, small.period.opened_at = small.cast.publisher, timezone.now()
    small.period.save()
    board = Scoreboard.for_period(small.period, today=date(2000, 1, 20))
    assert [row.verdict for row in board.rows] == [verdict]


def test_a_relative_target_waits_for_its_base_and_then_has_it(small: SmallPlan) -> None:
    later = SmallPlan.of(small.cast, year=2000)
    later.approved(later.target("较1999年提升0.2个百分点", code="shared"), "1.9")
    assert only_row(later).verdict is Verdict.AWAITING_CITY
    small.approved(small.target("1.7左右", code="shared"), "1.6")
    assert only_row(later).verdict is Verdict.MET


def test_no_base_is_taken_across_a_series_break(small: SmallPlan) -> None:
    later = SmallPlan.of(small.cast, year=2000)
    later.approved(later.target("比上年提高0.2个百分点", code="shared", series_break=True), "1.9")
    small.approved(small.target("1.7左右", code="shared"), "1.6")
    assert only_row(later).verdict is Verdict.AWAITING_CITY


def test_a_target_relative_to_a_region_takes_the_regions_figure(small: SmallPlan) -> None:
    target = small.target("高于全市平均水平")
    small.approved(target, "4.7")
    assert only_row(small).verdict is Verdict.AWAITING_CITY
    ReferenceFigure.objects.create(
        indicator=target.indicator, year=1999, period=Period.FULL_YEAR, region="全市", value="4.6"
    )
    assert only_row(small).verdict is Verdict.MET


def test_a_target_relative_to_an_indicator_takes_that_indicators_figure(small: SmallPlan) -> None:
    growth = small.target("6", code="growth")
    growth.indicator.aliases = "经济增长；GDP"
    growth.indicator.save()
    small.approved(small.target("高于经济增长"), "6.2")
    assert Scoreboard.for_period(small.period, basis=Basis.APPROVED).rows[1].verdict is Verdict.AWAITING_CITY
    small.approved(growth, "6.3")
    assert Scoreboard.for_period(small.period, basis=Basis.APPROVED).rows[1].verdict is Verdict.MISSED


def test_a_target_relative_to_an_unknown_indicator_waits(small: SmallPlan) -> None:
    small.approved(small.target("快于城镇居民收入增速"), "6.2")
    assert only_row(small).verdict is Verdict.AWAITING_CITY


def test_an_adjusted_target_judges_by_its_new_wording(small: SmallPlan) -> None:
    target = small.target(None)
    TargetAdjustment.objects.create(
        target=target, wording="0", approved_by="测试会议", entered_by=small.cast.publisher
    )
    small.approved(target, "0.1")
    assert only_row(small).verdict is Verdict.MET


def test_before_the_year_is_over_an_undated_adjustment_is_not_judged(cast: Cast) -> None:
    small = SmallPlan.of(cast, period=Period.FIRST_HALF)
    target = small.target(None)
    TargetAdjustment.objects.create(
        target=target, wording="0", approved_by="测试会议", entered_by=cast.publisher
    )
    small.approved(target, "-8.4")
    row = only_row(small)
    assert row.assessment.pace is Pace.NOT_JUDGED
    assert "测试会议" in row.assessment.reason


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({"outcome_state": OutcomeState.AWAITING_CITY}, Verdict.AWAITING_CITY),
        ({"outcome_state": OutcomeState.REDEFINED}, Verdict.REDEFINED),
        ({"outcome_state": OutcomeState.DECLARED, "wording": "完成"}, Verdict.REVIEW),
        ({"wording": "5.5以内"}, Verdict.MISSED),
        ({"wording": "6.5以内"}, Verdict.REVIEW),
        ({"outcome_state": OutcomeState.ESTIMATED, "value": "6.4"}, Verdict.MET),
        ({"value": "6.4", "version": "flash"}, Verdict.MET),
        ({"outcome_state": OutcomeState.ESTIMATED, "wording": "预计6.4"}, Verdict.MET),
    ],
)
def test_what_an_entry_says(small: SmallPlan, facts: dict[str, Any], verdict: Verdict) -> None:
    small.approved(small.target("6以上"), **{"value": None, **facts})
    assert only_row(small).verdict is verdict


class TestRulings:
    """A ruling holds for one figure, one wording, one rule version, and only in review."""

    @pytest.fixture
    def actual(self, small: SmallPlan) -> QuarterlyActual:
        return small.approved(small.target("6左右"), "5.7")

    def ruled(self, small: SmallPlan, actual: QuarterlyActual, wording: str = "6左右") -> Ruling:
        draft = Ruling.objects.create(
            actual=actual,
            wording=wording,
            rule_set=small.plan.rule_set,
            verdict=Verdict.MET,
            reason="测试理由",
            entered_by=small.cast.reviewer,
        )
        submitted = actions.submit([draft], by=small.cast.reviewer)
        return actions.approve(submitted, by=small.cast.publisher)[0]

    def test_without_one_the_row_is_in_review(self, small: SmallPlan, actual: QuarterlyActual) -> None:
        assert only_row(small).verdict is Verdict.REVIEW

    def test_the_effective_verdict_is_the_rulings(self, small: SmallPlan, actual: QuarterlyActual) -> None:
        self.ruled(small, actual)
        row = only_row(small)
        assert (row.verdict, row.assessment.verdict) == (Verdict.MET, Verdict.REVIEW)
        assert Scoreboard.for_period(small.period, basis=Basis.APPROVED).tally().met == 1

    def test_another_wording_puts_the_row_in_review_again(
        self, small: SmallPlan, actual: QuarterlyActual
    ) -> None:
        self.ruled(small, actual, wording="6")
        assert only_row(small).verdict is Verdict.REVIEW

    def test_another_rule_version_puts_the_row_in_review_again(
        self, small: SmallPlan, actual: QuarterlyActual
    ) -> None:
        self.ruled(small, actual)
        rules = RuleSet.objects.create(version=2, by=small.cast.publisher, reason="测试")
        assert only_row(small, rule_set=rules).verdict is Verdict.REVIEW

    def test_a_clear_verdict_is_not_overruled(self, small: SmallPlan, actual: QuarterlyActual) -> None:
        self.ruled(small, actual)
        rules = RuleSet.objects.create(
            version=2,
            by=small.cast.publisher,
            reason="测试",
            rate_firm=Decimal("0.1"),
            rate_wide=Decimal("0.1"),
        )
        assert only_row(small, rule_set=rules).verdict is Verdict.MISSED


def test_a_board_takes_as_many_queries_for_many_rows_as_for_one(
    small: SmallPlan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    small.approved(small.target("6以上"))
    with django_assert_num_queries(5):
        Scoreboard.for_period(small.period, basis=Basis.APPROVED)
    for _ in range(20):
        small.cause(small.approved(small.target("6以上")).target)
    with django_assert_num_queries(5):
        board = Scoreboard.for_period(small.period, basis=Basis.APPROVED)
    assert len(board.rows) == 21


def test_a_running_year_is_tallied_by_pace(cast: Cast) -> None:
    small = SmallPlan.of(cast, period=Period.FIRST_HALF)
    small.approved(small.target("6以上"), "5")
    small.approved(small.target("60", accrual=Accrual.CUMULATIVE, unit="亿元"), "31")
    paces = Scoreboard.for_period(small.period, basis=Basis.APPROVED).pace_tally()
    assert (paces.behind, paces.on_pace, paces.numbered) == (1, 1, 2)
