"""What is said of an outcome: DOMAIN §3 as a table of cases."""

from decimal import Decimal

import pytest

from indicators.judging.intervals import plain
from indicators.judging.outcomes import Outcome, read_outcome
from indicators.judging.terms import OutcomeState, Version


def short(outcome: Outcome) -> str:
    """State, value, bounds and unit of an outcome in one line."""
    value = "-" if outcome.value is None else plain(outcome.value)
    low = "" if outcome.low is None else ("(" if outcome.low_open else "[") + plain(outcome.low)
    high = "" if outcome.high is None else plain(outcome.high) + (")" if outcome.high_open else "]")
    bounds = f" {low},{high}" if low or high else ""
    grade = f" {outcome.grade}" if outcome.grade else ""
    return f"{outcome.state.value} {value}{bounds}{grade} {outcome.unit}".rstrip()


CASES = [
    # figures
    ("3.5", "%", "reported 3.5 %"),
    ("-0.9", "%", "reported -0.9 %"),
    ("−0.9", "%", "reported -0.9 %"),
    ("—0.9", "%", "reported -0.9 %"),
    ("0", "%", "reported 0 %"),
    ("0.0%", "", "reported 0 %"),
    ("同比增长2.8%", "%", "reported 2.8 %"),
    ("同比下降8.4%", "%", "reported -8.4 %"),
    ("较去年同期下降0.9%", "%", "reported -0.9 %"),
    ("增速5.0%", "%", "reported 5 %"),
    ("持平", "%", "reported 0 %"),
    ("同比持平", "%", "reported 0 %"),
    ("百分之六点一", "%", "reported 6.1 %"),
    ("6.1*", "%", "reported 6.1 %"),
    ("零", "%", "reported 0 %"),
    ("六点一", "%", "reported 6.1 %"),
    ("全区森林覆盖率达56.5%", "%", "reported 56.5 %"),
    ("空气质量优良天数为161天", "天", "reported 161 天"),
    ("居民消费价格指数101.5", "%", "reported 101.5 %"),
    ("2023年上半年增长6.0%", "%", "reported 6 %"),
    ("1-6月增长5%", "%", "reported 5 %"),
    ("1.5万", "户", "reported 1.5 万户"),
    ("780万美元", "万美元", "reported 780 万美元"),
    ("已达6.2%，提前完成", "%", "reported 6.2 %"),
    # bounds and ranges
    ("5.5以内", "%", "reported 5.5 ,5.5] %"),
    ("控制在5.5%以内", "%", "reported 5.5 ,5.5] %"),
    ("低于5%", "%", "reported 5 ,5) %"),
    ("未达到6%", "%", "reported 6 ,6) %"),
    ("没有达到6%", "%", "reported 6 ,6) %"),
    ("不及6%", "%", "reported 6 ,6) %"),
    ("未超过6%", "%", "reported 6 ,6] %"),
    ("未低于6%", "%", "reported 6 [6, %"),
    ("6%以上", "%", "reported 6 [6, %"),
    ("超6%", "%", "reported 6 (6, %"),
    ("1300余件", "件", "reported 1300 [1300, 件"),
    ("6-6.5", "%", "reported - [6,6.5] %"),
    ("约46亿元", "亿元", "reported 46 亿元"),
    # the part in the row's unit
    ("31亿元，同比下降8.4%", "%", "reported -8.4 %"),
    ("31亿元，同比下降8.4%", "亿元", "reported 31 亿元"),
    ("1118.4亿元、同比增长3.5%", "%", "reported 3.5 %"),
    ("增长5.2%，比上年提高0.3个百分点", "%", "reported 5.2 %"),
    ("提高0.3个百分点", "%", "reported 0.3 个百分点"),
    ("347天，同比增加5天", "天", "reported 347 天"),
    ("增长6.5%，其中工业增长7%", "%", "reported 6.5 %"),
    ("增长5%、6%", "%", "reported -"),
    # figures about something else
    ("3.5%，低于目标2.5个百分点", "%", "reported 3.5 %"),
    ("增长6%，高于全市1.4个百分点", "%", "reported 6 %"),
    ("比全国、全市分别高0.5个、1.4个百分点", "%", "declared -"),
    ("0.1，扣除留抵退税因素后同口径增长6%", "%", "reported 0.1 %"),
    ("完成年度目标的51.3%", "%", "declared -"),
    ("居全市第3位", "", "declared -"),
    ("差1个百分点", "%", "declared -"),
    ("贸易逆差5亿元", "亿元", "reported 5 亿元"),
    ("完成率98%", "%", "declared -"),
    ("力争6.5%", "%", "declared -"),
    ("拟6.5%", "%", "declared -"),
    ("↓6.5%", "%", "declared -"),
    ("▲6.5", "%", "declared -"),
    (".5", "%", "declared -"),
    # grades
    ("稳定保持II类", "", "reported - II 类"),
    ("长江干流万州段水质保持Ⅱ类", "", "reported - II 类"),
    ("二类", "", "reported - II 类"),
    ("Ⅱ—Ⅲ类", "", "reported - III 类"),
    ("Ⅱ类、Ⅲ类", "", "reported - III 类"),
    ("劣Ⅴ类", "", "reported - 劣V 类"),
    ("预计达到Ⅱ类", "", "estimated - II 类"),
    ("不低于Ⅱ类", "", "reported - II 类"),
    ("未达到Ⅱ类", "", "declared -"),
    ("劣于Ⅱ类", "", "declared -"),
    ("低于Ⅱ类", "", "declared -"),
    # states
    ("市级暂未反馈", "%", "awaiting_city -"),
    ("待反馈", "%", "awaiting_city -"),
    ("暂未反馈", "%", "awaiting_city -"),
    ("以市级反馈为准", "%", "awaiting_city -"),
    ("待市级核定", "%", "awaiting_city -"),
    ("尚未公布", "%", "awaiting_city -"),
    ("等待市级数据", "%", "awaiting_city -"),
    ("接待市级代表10万人次", "万人次", "reported 10 万人次"),
    ("口径调整", "%", "redefined -"),
    ("统计口径变化", "%", "redefined -"),
    ("不再统计", "%", "redefined -"),
    ("口径调整，780万美元", "亿美元", "redefined -"),
    ("年度指标", "%", "annual_only -"),
    ("年末核算", "%", "annual_only -"),
    ("未收录", "%", "not_collected -"),
    ("未填报", "%", "unreported -"),
    ("—", "%", "unreported -"),
    ("", "%", "unreported -"),
    ("  ", "%", "unreported -"),
    ("暂无数据", "%", "unreported -"),
    ("完成", "%", "declared -"),
    ("未完成", "%", "declared -"),
    ("正常推进", "%", "declared -"),
    ("1.2.3", "%", "declared -"),
    ("1/3", "", "declared -"),
    ("9" * 3000, "", "declared -"),
    ("6" + " " * 3000, "%", "reported 6 %"),
    # estimates
    ("预计6.1", "%", "estimated 6.1 %"),
    ("6.1（预计）", "%", "estimated 6.1 %"),
    ("有望达到6.1%", "%", "estimated 6.1 %"),
]


@pytest.mark.parametrize(("wording", "unit", "meaning"), CASES)
def test_reads(wording: str, unit: str, meaning: str) -> None:
    assert short(read_outcome(wording, unit=unit)) == meaning


@pytest.mark.parametrize(
    ("wording", "version"),
    [
        ("快报数6.1%", Version.FLASH),
        ("初步核算，增长6.1%", Version.PRELIMINARY),
        ("6.1%（最终核实）", Version.FINAL),
        ("6.1%", None),
    ],
)
def test_the_version_of_a_figure(wording: str, version: Version | None) -> None:
    assert read_outcome(wording, unit="%").version is version


def test_no_wording_is_unreported() -> None:
    assert read_outcome(None).state is OutcomeState.UNREPORTED


def test_a_stored_figure() -> None:
    figure = Outcome.figure(Decimal("3.50"), unit="（%）", version=Version.FINAL)
    assert figure.as_dict() == {
        "state": "reported",
        "value": "3.5",
        "low": None,
        "high": None,
        "grade": None,
        "unit": "%",
        "version": "final",
    }
    assert Outcome.figure(Decimal(1), estimated=True).state is OutcomeState.ESTIMATED
    assert Outcome.of_state(OutcomeState.REDEFINED).known is None


def test_a_bound_as_a_json_object() -> None:
    assert read_outcome("6-6.5").as_dict()["low"] == "6"
    assert read_outcome("5.5以内").as_dict()["high"] == "5.5"
