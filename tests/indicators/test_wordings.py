"""Which wording judges which period (DOMAIN §7)."""

from __future__ import annotations

from datetime import date

import pytest

from indicators.models import AnnualTarget, TargetAdjustment
from indicators.wordings import describe_adjustment, period_end, wording_in_force
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.plans.periods import Period

pytestmark = pytest.mark.django_db

MEETING = "测试会议"


@pytest.fixture
def target(cast: Cast) -> AnnualTarget:
    return SmallPlan.of(cast).target("6")


def adjusted(target: AnnualTarget, wording: str, on: date | None) -> TargetAdjustment:
    return TargetAdjustment(target=target, wording=wording, approved_by=MEETING, approved_on=on)


def test_without_an_adjustment_the_first_wording_judges(target: AnnualTarget) -> None:
    assert wording_in_force(target, [], Period.FIRST_HALF).wording == "6"


@pytest.mark.parametrize(
    ("period", "wording"),
    [
        (Period.FIRST_QUARTER, "6"),
        (Period.FIRST_HALF, "5"),
        (Period.FIRST_THREE_QUARTERS, "4"),
        (Period.FULL_YEAR, "4"),
        (None, "4"),
    ],
)
def test_the_wording_in_force_at_the_periods_end(
    target: AnnualTarget, period: Period | None, wording: str
) -> None:
    steps = [adjusted(target, "5", date(1999, 6, 30)), adjusted(target, "4", date(1999, 9, 1))]
    assert wording_in_force(target, steps, period).wording == wording


@pytest.mark.parametrize("period", [p for p in Period if p is not Period.FULL_YEAR])
def test_an_adjustment_of_unknown_date_judges_the_full_year_only(
    target: AnnualTarget, period: Period
) -> None:
    steps = [adjusted(target, "0", None)]
    before = wording_in_force(target, steps, period)
    assert before.wording is None
    assert "调整日期报告未载" in before.unjudged_because
    assert wording_in_force(target, steps, Period.FULL_YEAR).wording == "0"


def test_what_is_unknown_reads_unknown(target: AnnualTarget) -> None:
    unknown = describe_adjustment(AnnualTarget(wording=None), adjusted(target, "0", None))
    assert unknown == "目标经测试会议批准调整为“0”；调整前的目标：报告未载；批准日期：报告未载。"
    known = describe_adjustment(target, adjusted(target, "0", date(1999, 7, 1)))
    assert known == "目标经测试会议批准调整为“0”；调整前的目标：“6”；批准日期：1999-07-01。"


def test_the_last_day_of_each_period() -> None:
    ends = [period_end(2024, period) for period in Period]
    assert ends == [date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31)]
