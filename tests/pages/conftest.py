"""Two invented years: one that is over, one under way, with what the public may read of them."""

from __future__ import annotations

import pytest

from indicators.judging.terms import Accrual, OutcomeState, Pace, Verdict
from indicators.models import Nature
from projects.stages import Stage
from wanzhou.kernel.plans.models import Origin
from wanzhou.kernel.plans.periods import Period

from .plans import figure, publish, row, task


@pytest.fixture
def year_over(db: None) -> int:
    """2031 is over: one row of every verdict, a sub-row below its target, and a box of what was reached."""
    act = publish(2031, Period.FULL_YEAR, complete=True)
    row(act, 1, "6", verdict=Verdict.MET, gap="0.5", **figure("6.5"))
    row(
        act,
        2,
        "7",
        verdict=Verdict.MISSED,
        gap="-2.5",
        cause="虚构的原因。",
        cause_source="虚构的出处",
        **figure("4.5"),
    )
    row(
        act,
        3,
        "8",
        verdict=Verdict.MISSED,
        gap="-1",
        cause="虚构的原因。",
        cause_source="虚构的出处",
        **figure("7"),
    )
    row(
        act,
        None,
        "9",
        code="invented-below",
        name="虚构分项",
        parent_code="invented-3",
        verdict=Verdict.MISSED,
        gap="-0.4",
        **figure("8.6"),
    )
    row(
        act, 4, verdict=Verdict.AWAITING_CITY, outcome_state=OutcomeState.AWAITING_CITY, nature=Nature.BINDING
    )
    row(
        act,
        5,
        "1.6",
        unit="亿美元",
        verdict=Verdict.REDEFINED,
        outcome_state=OutcomeState.REDEFINED,
        basis_value="780",
        basis_unit="万美元",
        basis_note="另一口径",
    )
    row(act, 6, verdict=Verdict.REVIEW, gap="-0.3", **figure("5.7"))
    row(act, 7, verdict=Verdict.NOT_JUDGED, outcome_state=OutcomeState.UNREPORTED)
    row(act, 8, verdict=Verdict.UNREPORTED, outcome_state=OutcomeState.UNREPORTED)
    task(act, 1, "虚构分类", "虚构竣工项目", reached_stage=Stage.COMPLETED, source_title="虚构报告")
    task(act, 1, "虚构分类", "虚构停工项目", reached_stage=Stage.SUSPENDED)
    return 2031


@pytest.fixture
def year_under_way(db: None) -> int:
    """2032 is under way, filled from public sources: one row of every pace, two boxes of what is planned."""
    plan = publish(2032)
    task(plan, 2, "虚构分类", "虚构年内竣工项目", planned_stage=Stage.COMPLETED)
    task(
        plan,
        3,
        "虚构分类",
        "虚构成组项目20个以上",
        planned_stage=Stage.STARTED,
        group=True,
        quantity="20个以上",
    )
    act = publish(2032, Period.FIRST_HALF, origin=Origin.PUBLIC_SOURCES)
    row(act, 1, pace=Pace.ON_PACE, gap="1", **figure("7"))
    row(
        act,
        2,
        "340",
        unit="天",
        pace=Pace.BEHIND,
        accrual=Accrual.CUMULATIVE,
        gap="-9",
        expected="170",
        **figure("161"),
    )
    row(act, 3, pace=Pace.IN_PROGRESS, outcome_state=OutcomeState.NOT_COLLECTED)
    row(act, 4, pace=Pace.AWAITING_CITY, outcome_state=OutcomeState.NOT_COLLECTED)
    row(act, 5, pace=Pace.REDEFINED, outcome_state=OutcomeState.REDEFINED)
    row(act, 6, pace=Pace.NOT_JUDGED, outcome_state=OutcomeState.NOT_COLLECTED)
    row(act, 7, pace=Pace.UNREPORTED, outcome_state=OutcomeState.UNREPORTED)
    row(act, 8, pace=Pace.NOT_COLLECTED, outcome_state=OutcomeState.NOT_COLLECTED)
    return 2032
