"""Planted slips: a report that contradicts itself says so, line by line."""

from __future__ import annotations

import pytest

from tests.acceptance.printed_report import REPORT
from tests.site.intake.words import read_text

SLIPS = {
    "a class that does not sum": ("其余17项", "其余16项", "其余却写 16 项"),
    "met and missed do not sum": (
        "其余17项指标中14项",
        "其余17项指标中15项",
        "其余 17 项，15 项达到、3 项未完成",
    ),
    "met against the table": (
        "其余17项指标中14项",
        "其余17项指标中15项",
        "报告说 15 项达到或超过目标，按表中的数判定是 14 项",
    ),
    "the number of the table": ("审查批准的22项年度目标中", "审查批准的23项年度目标中", "报告说 23 项"),
    "named but met": (
        "固定资产投资增速、社会消费品零售总额增速3项",
        "进出口总额、社会消费品零售总额增速3项",
        "报告说“进出口总额”未完成，按表中的数不是这样",
    ),
    "missed but not named": (
        "固定资产投资增速、社会消费品零售总额增速3项",
        "进出口总额、社会消费品零售总额增速3项",
        "“固定资产投资增速”是未完成，报告的文字没有点到",
    ),
    "fewer named than counted": (
        "社会消费品零售总额增速3项指标未完成",
        "社会消费品零售总额增速4项指标未完成",
        "未完成的有 4 项，点名的却是 3 项",
    ),
    "a figure of the table": (
        "\t-0.9\n",
        "\t7.9\n",
        "报告说“社会消费品零售总额增速”未完成，按表中的数不是这样",
    ),
    "binding count": ("约束性指标4项", "约束性指标5项", "约束性 5 项、预期性 21 项，合不拢"),
    "binding against the table": (
        "\t340以上\n\t约束性",
        "\t340以上\n\t预期性",
        "报告说约束性指标 4 项，“表2  2023年国民经济和社会发展计划”里是 3 项",
    ),
    "a number left out": (
        "\t9\n\t新登记市场主体增速（%）\n\t10",
        "\t10\n\t新登记市场主体增速（%）\n\t10",
        "序号不是从 1 起连续的",
    ),
    "a box left out": ("专栏3  ", "专栏6  ", "专栏的编号不连续"),
    "a stage that nobody knows": (
        "郑万高铁、南环高速、新田港铁路集疏运中心建成通车",
        "郑万高铁、南环高速很好",
        "没有认出阶段",
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_said(old: str, new: str, said: str) -> None:
    assert old in REPORT
    problems = read_text(REPORT.replace(old, new)).problems
    assert any(said in problem for problem in problems), problems


def test_a_sub_row_that_missed_is_no_contradiction() -> None:
    """农村居民收入 7.6 against 8 is a miss by its figures; the headline counts numbered rows only."""
    assert not any("农村居民" in problem for problem in read_text(REPORT).problems)
