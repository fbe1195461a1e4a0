"""The sentences: one table of cases for each pattern."""

from __future__ import annotations

import pytest

from indicators.judging.terms import OutcomeState, Verdict
from wanzhou.site.reports.writing.facts import Row
from wanzhou.site.reports.writing.sentences import (
    adjustment_notes,
    chinese,
    goals_paragraph,
    tally_paragraph,
    with_unit,
)

from .years import NAMES, apart, basis, missed, row, year

OPENING = "虚构会议审查批准的{}项年度目标中，"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([row(1), row(2)], OPENING.format(2) + "2项指标均达到或超过年度目标。"),
        (
            [row(1), missed(2, "甲")],
            OPENING.format(2) + "1项达到或超过年度目标。“甲”指标未完成年度目标，主要原因：虚构的原因。",
        ),
        (
            [missed(1, "甲"), missed(2, "乙")],
            OPENING.format(2) + "没有指标达到或超过年度目标。甲、乙2项指标未完成年度目标，主要原因：虚构的原因。",
        ),
        (
            [row(1), missed(2, "甲"), missed(3, "乙", cause="主要原因：另一个")],
            OPENING.format(3) + "1项达到或超过年度目标。甲、乙2项指标未完成年度目标。"
            "甲指标未完成的主要原因：虚构的原因。乙指标未完成的主要原因：另一个。",
        ),
        (
            [row(1), apart(2, Verdict.REDEFINED, "甲"), apart(3, Verdict.AWAITING_CITY, "乙")],
            OPENING.format(3)
            + "“甲”指标口径调整，“乙”指标市级暂未反馈数据；其余1项指标均达到或超过年度目标。",
        ),
        (
            [apart(1, Verdict.AWAITING_CITY, "甲"), apart(2, Verdict.AWAITING_CITY, "乙"), row(3), missed(4, "丙")],
            OPENING.format(4) + "甲、乙2项指标市级暂未反馈数据；其余2项指标中1项达到或超过年度目标。"
            "“丙”指标未完成年度目标，主要原因：虚构的原因。",
        ),
        (
            [apart(1, Verdict.REVIEW, "甲"), apart(2, Verdict.NOT_JUDGED, "乙")],
            OPENING.format(2) + "“甲”指标待认定，“乙”指标不作考核。",
        ),
        ([missed(1, "甲", cause="")], OPENING.format(1) + "没有指标达到或超过年度目标。"
         "“甲”指标未完成年度目标，主要原因：（尚无原因说明）。"),
        (
            [
                row(1, "甲增速", basis=basis("6")),
                row(None, "乙增速", basis=basis("-0.7")),
                missed(2, "丙", basis=basis("0")),
            ],
            OPENING.format(2) + "1项达到或超过年度目标，其中，扣除虚构因素后甲同比增长6%，乙同比下降0.7%。"
            "“丙”指标未完成年度目标，主要原因：虚构的原因。扣除虚构因素后丙0%。",
        ),
        (
            [row(1), apart(2, Verdict.REDEFINED, "甲", basis=basis("780"))],
            OPENING.format(2) + "“甲”指标口径调整；其余1项指标均达到或超过年度目标。",
        ),
    ],
)  # fmt: skip
def test_the_tally(rows: list[Row], said: str) -> None:
    assert tally_paragraph(year(*rows)) == said


def test_sub_rows_are_not_counted() -> None:
    below = row(None, "分项", outcome="1", verdict=Verdict.MISSED)
    assert tally_paragraph(year(row(1), below)) == OPENING.format(1) + "1项指标均达到或超过年度目标。"


def test_a_plan_whose_approval_is_unknown_says_nothing_of_it() -> None:
    assert tally_paragraph(year(row(1), approved_by="")).startswith("1项年度目标中，")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [row(1, "甲"), row(2, binding=True)],
            "其中约束性指标1项、预期性指标1项，具体情况详见表2。2030年全县甲预期目标为6%左右。",
        ),
        ([row(1, "甲", wording="保持稳定")], "均为预期性指标，具体情况详见表2。2030年全县甲预期目标为保持稳定。"),
        ([row(1, "甲", wording="")], "均为预期性指标，具体情况详见表2。"),
    ],
)  # fmt: skip
def test_the_goals(rows: list[Row], said: str) -> None:
    paragraph = goals_paragraph(year(*rows), NAMES, "表2")
    assert paragraph == f"2030年国民经济和社会发展计划共{len(rows)}项指标，{said}"


@pytest.mark.parametrize(
    ("wording", "unit", "said"),
    [
        ("6.5以上", "%", "6.5%以上"),
        ("-9.4", "%", "−9.4%"),
        ("340以上", "天", "340天以上"),
        ("稳定保持II类", "", "稳定保持II类"),
    ],
)
def test_the_unit_stands_in_its_place(wording: str, unit: str, said: str) -> None:
    assert with_unit(wording, unit) == said


def test_adjustments_are_told_by_who_approved_them() -> None:
    rows = [row(1, "甲增速", adjusted_by="某会"), row(2, "乙", adjusted_by="某会"), row(3, "丙")]
    assert adjustment_notes(rows) == "甲、乙预期目标经某会批准进行了调整。"


@pytest.mark.parametrize(
    ("number", "said"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一")]
)
def test_chinese_numbers(number: int, said: str) -> None:
    assert chinese(number) == said


def test_a_figure_of_unknown_state_is_no_other_basis() -> None:
    told = tally_paragraph(year(row(1, "甲增速", basis=basis("6"), state=OutcomeState.REDEFINED)))
    assert "扣除" not in told
