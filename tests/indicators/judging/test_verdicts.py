"""Verdicts and paces: the report itself, and DOMAIN §4 and §5 as tables of cases."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

import pytest

from indicators.judging.intervals import plain
from indicators.judging.outcomes import Outcome, read_outcome
from indicators.judging.tallies import pace_tally, tally
from indicators.judging.terms import Accrual, Favourable, OutcomeState, Pace, Period, Tolerances, Verdict
from indicators.judging.verdicts import Assessment, assess

HIGHER, LOWER = Favourable.HIGHER, Favourable.LOWER
RATE, CUMULATIVE, LEVEL = Accrual.RATE, Accrual.CUMULATIVE, Accrual.LEVEL


def standing(assessment: Assessment) -> str:
    """Verdict or pace, and the gap."""
    word = assessment.verdict or assessment.pace
    assert word is not None
    assert (assessment.verdict is None) != (assessment.pace is None)
    return f"{word.value} {'-' if assessment.gap is None else plain(assessment.gap)}"


# ordinal (empty for a sub-row), wording, outcome, unit, direction → verdict and gap
REPORT_2022 = [
    ("1", "6左右", "3.5", "%", HIGHER, "missed -2.5"),
    ("2", "10", "市级暂未反馈", "%", HIGHER, "awaiting_city -"),
    ("3", "29", "29", "万元/人", HIGHER, "met 0"),
    ("4", "12", "13", "%", HIGHER, "met 1"),
    ("5", "4", "市级暂未反馈", "%", HIGHER, "awaiting_city -"),
    ("6", "6左右", "3.1", "%", HIGHER, "missed -2.9"),
    ("7", "7", "-0.9", "%", HIGHER, "missed -7.9"),
    ("8", "0", "0.1", "%", HIGHER, "met 0.1"),
    ("", "-9.5", "-9.4", "%", HIGHER, "met 0.1"),
    ("9", "1.7左右", "市级暂未反馈", "%", HIGHER, "awaiting_city -"),
    ("10", "3", "3.5", "件", HIGHER, "met 0.5"),
    ("11", "330以上", "347", "天", HIGHER, "met 17"),
    ("12", "总体保持II类", "稳定保持II类", "", LOWER, "met -"),
    ("13", "56.5", "56.5", "%", HIGHER, "met 0"),
    ("14", "上级下达任务", "市级暂未反馈", "", HIGHER, "awaiting_city -"),
    ("15", "50", "51.9", "亿元", HIGHER, "met 1.9"),
    ("16", "1.6", "口径调整", "亿美元", HIGHER, "redefined -"),
    ("17", "7.5", "7.7", "%", HIGHER, "met 0.2"),
    ("", "8", "7.6", "%", HIGHER, "missed -0.4"),
    ("18", "3.5以下", "1.6", "%", LOWER, "met -1.9"),
    ("19", "69以上", "70", "%", HIGHER, "met 1"),
    ("20", "2.5以上", "3", "万人", HIGHER, "met 0.5"),
    ("21", "5.5以内", "5.5以内", "%", LOWER, "met 0"),
    ("22", "3以内", "2.1", "%", LOWER, "met -0.9"),
]


@pytest.mark.parametrize(("ordinal", "wording", "outcome", "unit", "favourable", "expected"), REPORT_2022)
def test_table_1(
    ordinal: str, wording: str, outcome: str, unit: str, favourable: Favourable, expected: str
) -> None:
    judged = assess(wording, read_outcome(outcome, unit=unit), unit=unit, favourable=favourable)
    assert standing(judged) == expected


def test_table_1_adds_up_to_the_report() -> None:
    rows: list[tuple[bool, Verdict]] = []
    for ordinal, wording, outcome, unit, favourable, _ in REPORT_2022:
        verdict = assess(wording, read_outcome(outcome, unit=unit), unit=unit, favourable=favourable).verdict
        assert verdict is not None
        rows.append((bool(ordinal), verdict))
    counted = tally(rows)
    assert counted.adds_up()
    assert (counted.numbered, counted.met, counted.missed, counted.awaiting_city, counted.redefined) == (
        22, 14, 3, 4, 1,
    )  # fmt: skip
    assert counted.judged == 17


# ordinal, wording, half-year outcome (None: not collected), unit, direction, accrual → pace and gap
HALF_YEAR_2023 = [
    ("1", "6.5以上", "同比增长6%", "%", HIGHER, RATE, "behind -0.5"),
    ("2", "7.4", None, "万元", HIGHER, LEVEL, "in_progress -"),
    ("3", "10", None, "%", HIGHER, RATE, "not_collected -"),
    ("4", "15以上", None, "%", HIGHER, RATE, "not_collected -"),
    ("5", "29", None, "万元/人", HIGHER, CUMULATIVE, "not_collected -"),
    ("6", "11", "同比增长7.3%", "%", HIGHER, RATE, "behind -3.7"),
    ("7", "6", None, "%", HIGHER, RATE, "not_collected -"),
    ("8", "7", "同比增长6.1%", "%", HIGHER, RATE, "behind -0.9"),
    ("9", "10", None, "%", HIGHER, RATE, "not_collected -"),
    ("10", "8", "同比增长8.4%", "%", HIGHER, RATE, "on_pace 0.4"),
    ("", "15", "同比增长18.4%", "%", HIGHER, RATE, "on_pace 3.4"),
    ("11", "较2022年提升\n\n0.2个百分点", None, "%", HIGHER, LEVEL, "awaiting_city -"),
    ("12", "3.8", None, "件", HIGHER, LEVEL, "in_progress -"),
    ("13", "110", None, "家", HIGHER, LEVEL, "in_progress -"),
    ("14", "70.4", None, "%", HIGHER, LEVEL, "in_progress -"),
    ("15", "340以上", "空气质量优良天数为161天", "天", HIGHER, CUMULATIVE, "behind -9"),
    ("16", "稳定保持II类", "长江干流万州段水质保持Ⅱ类", "", LOWER, Accrual.GRADE, "on_pace -"),
    ("17", "56.8", "全区森林覆盖率达56.5%", "%", HIGHER, LEVEL, "in_progress -"),
    ("18", "上级下达任务", None, "", HIGHER, Accrual.ASSIGNED, "not_judged -"),
    ("19", "60", None, "亿元", HIGHER, CUMULATIVE, "not_collected -"),
    ("20", "1500", None, "万美元", HIGHER, CUMULATIVE, "not_collected -"),
    ("21", "6.5以上", "增速5.0%", "%", HIGHER, RATE, "behind -1.5"),
    ("", "8左右", None, "%", HIGHER, RATE, "not_collected -"),
    ("22", "0.035以下", None, "", LOWER, RATE, "not_collected -"),
    ("23", "103以内", None, "%", LOWER, RATE, "not_collected -"),
    ("24", "2.5以上", None, "万人", HIGHER, CUMULATIVE, "not_collected -"),
    ("25", "5.5以内", "城镇调查失业率控制在5.5%以内", "%", LOWER, RATE, "on_pace 0"),
]


def half_year(
    wording: str, printed: str | None, unit: str, favourable: Favourable, accrual: Accrual
) -> Assessment:
    missing = Outcome.of_state(OutcomeState.NOT_COLLECTED)
    outcome = missing if printed is None else read_outcome(printed, unit=unit)
    return assess(
        wording, outcome, unit=unit, favourable=favourable, accrual=accrual, period=Period.FIRST_HALF
    )


@pytest.mark.parametrize(
    ("ordinal", "wording", "printed", "unit", "favourable", "accrual", "expected"), HALF_YEAR_2023
)
def test_the_real_half_year_of_2023(
    ordinal: str,
    wording: str,
    printed: str | None,
    unit: str,
    favourable: Favourable,
    accrual: Accrual,
    expected: str,
) -> None:
    assert standing(half_year(wording, printed, unit, favourable, accrual)) == expected


def test_the_half_year_adds_up() -> None:
    rows: list[tuple[bool, Pace]] = []
    for ordinal, wording, printed, unit, favourable, accrual, _ in HALF_YEAR_2023:
        pace = half_year(wording, printed, unit, favourable, accrual).pace
        assert pace is not None
        rows.append((bool(ordinal), pace))
    counted = pace_tally(rows)
    assert counted.as_dict() == {
        "on_pace": 3,
        "behind": 5,
        "in_progress": 5,
        "awaiting_city": 1,
        "redefined": 0,
        "not_judged": 1,
        "unreported": 0,
        "not_collected": 10,
    }
    assert counted.numbered == 25


@dataclass(frozen=True)
class Case:
    """A target, an outcome, what else the row says, and the verdict or pace with its gap."""

    target: str
    outcome: str
    expected: str
    unit: str = ""
    favourable: Favourable | None = None
    accrual: Accrual | None = None
    period: Period = Period.FULL_YEAR
    month: int | None = None
    share: Fraction | None = None
    baseline: str | None = None
    says: str = field(default="")

    def judged(self) -> Assessment:
        return assess(
            self.target,
            read_outcome(self.outcome, unit=self.unit),
            unit=self.unit,
            favourable=self.favourable,
            accrual=self.accrual,
            period=self.period,
            month=self.month,
            share=self.share,
            baseline=None if self.baseline is None else Decimal(self.baseline),
        )


H1, Q1, Q3 = Period.FIRST_HALF, Period.FIRST_QUARTER, Period.FIRST_THREE_QUARTERS

CASES = [
    # 左右, both bands inclusive, nothing rounded
    Case("6左右", "5.9", "met -0.1", "%"),
    Case("6左右", "5.89", "review -0.11", "%", says="在待认定幅度内"),
    Case("6左右", "5.5", "review -0.5", "%"),
    Case("6左右", "5.49", "missed -0.51", "%"),
    Case("6左右", "7", "met 1", "%"),
    Case("6", "5.96", "missed -0.04", "%"),
    Case("6左右", "6.05", "met 0.05", "%", LOWER),
    Case("6左右", "0", "met -6", "%", LOWER),
    Case("6左右", "6.3", "review 0.3", "%", LOWER),
    Case("6左右", "5.5", "behind -0.5", "%", period=H1),
    Case("1.7左右", "1.6", "met -0.1", "%"),
    Case("1.7左右", "1.2", "review -0.5", "%"),
    Case("340左右", "336.6", "met -3.4", "天"),
    Case("340左右", "333.2", "review -6.8", "天"),
    Case("340左右", "333", "missed -7", "天"),
    Case("6左右", "5.9%", "met -0.1"),
    # the outcome as an interval
    Case("5.5以内", "5.4以内", "met -0.1", "%"),
    Case("5.5以内", "5.6以内", "review 0.1", "%", says="跨过目标界限"),
    Case("6%至6.5%", "6.1%-6.3%", "met 0.1"),
    Case("6.2%以上", "6%-6.5%", "review -0.2"),
    Case("5以内", "4.5-5.5", "review 0.5", "%"),
    Case("7以上", "6%-6.5%", "missed -1", "%"),
    Case("5以下", "5以上", "review 0", "%"),
    Case("低于5", "5以上", "missed 0", "%"),
    Case("6左右", "6左右", "met 0", "%"),
    Case("6以上", "6左右", "review 0", "%"),
    Case("330以上", "约347天", "met 17", "天"),
    Case("5以上", "6%-6.5%左右", "met 1", "%", says="5.9至6.6"),
    Case("超过6%", "6%", "missed 0"),
    Case("超过6%", "超6%", "met 0"),
    Case("低于5%", "低于5%", "met 0"),
    # decreases
    Case("下降3%以上", "下降3.2%", "met -0.2"),
    Case("下降3%以上", "-2.9", "missed 0.1"),
    Case("下降3%左右", "下降2.5%", "review 0.5"),
    Case("下降10%以内", "下降8%", "met 2"),
    Case("降低0.5个百分点", "降低0.6个百分点", "met -0.1", "%"),
    Case("降低0.5个百分点", "-0.4", "missed 0.1", "%"),
    # units
    Case("1100万人以上", "1206", "met 106"),
    Case("1100万人以上", "1206万人", "met 106", "万人"),
    Case("1100万人以上", "12060000", "met 106", "人"),
    Case("1.6", "15000万美元", "missed -0.1", "亿美元"),
    Case("1500", "0.2亿美元", "met 500", "万美元"),
    Case("27.8亿", "278000", "met 0", "万元"),
    Case("1.3万亿斤以上", "6.9亿吨", "met 0.08"),
    Case("10万亩", "0.6万公顷", "missed -1", "万亩"),
    Case("1公顷", "16亩", "met 0.066667"),
    Case("3.5‰", "0.34%", "met -0.1", "‰", LOWER, says="个千分点"),
    Case("110家", "112户", "met 2"),
    Case("110个", "112家", "met 2"),
    Case("110座", "112所", "review -", says="以座计"),
    Case("29", "29.5万元", "review -", "万元/人", says="不能直接比较"),
    Case("50", "51.9亿元", "review -", says="以无单位计"),
    Case("50亿元", "增长5%", "review -"),
    Case("增长7%", "31", "review -", "亿元"),
    Case("增长7%", "31亿元，同比下降8.4%", "missed -15.4", "亿元"),
    Case("5吨/公顷", "5吨/公顷", "met 0"),
    Case("5吨/亩", "6吨/公顷", "review -"),
    Case("80万元/人", "800000元/人", "met 0"),
    Case("2.36:1", "2.38:1", "missed 0.02", favourable=LOWER, says="高0.02，"),
    # changes against levels
    Case("56.8", "提高0.3个百分点", "review -", "%", says="变动的百分点"),
    Case("340以上", "增加5天", "review -", "天", says="变动的数量"),
    Case("城镇新增就业2.5万人以上", "城镇新增就业3万人", "met 0.5"),
    Case("2.5以上", "新增3万人", "met 0.5", "万人"),
    Case("压减10亿元", "压减12亿元", "met -2"),
    Case("减少农村贫困人口1000万人以上", "减少1386万人", "review -"),
    Case("与上年持平", "增加5天", "met 5", "天"),
    # what was said not to be reached
    Case("6以上", "未达到6%", "missed 0", "%", says="完成低于6，未完成"),
    Case("总体保持II类", "未达到Ⅱ类", "review -"),
    Case("压减一般性支出10%以上", "压减8%", "missed 2"),
    # relations
    Case("较2022年提升0.2个百分点", "1.6", "awaiting_city -", "%", says="待基数"),
    Case("较2022年提升0.2个百分点", "1.6", "met 0.01", "%", baseline="1.39", says="按基数折算"),
    Case("较2022年提升0.2个百分点", "1.58", "missed -0.01", "%", baseline="1.39"),
    Case("较2022年提升0.2个百分点", "提高0.3个百分点", "met 0.1", "%"),
    Case("较2022年提升0.2个百分点", "口径调整", "redefined -", "%"),
    Case("与上年持平", "提高0.3个百分点", "met 0.3", "%"),
    Case("比2020年下降18%", "下降18.2%", "met -0.2", "%"),
    Case("比2020年下降18%", "同比下降3%", "awaiting_city -", "%"),
    Case("比上年增加5亿元", "增加6亿元", "met 1", "亿元"),
    Case("比上年增加5亿元", "提高1个百分点", "awaiting_city -", "亿元"),
    Case("较2022年提升0.2个百分点", "", "unreported -", "%", baseline="1.39"),
    Case("较2022年提升0.2个百分点", "增长5亿元", "awaiting_city -", "%"),
    Case("翻番", "200", "met 0", "亿元", baseline="100"),
    Case("翻番", "90", "behind -10", "亿元", baseline="100", period=H1),
    Case("翻番", "90", "review -", "亿元", baseline="-100"),
    Case("与经济增长基本同步", "5.4", "met -0.1", "%", baseline="5.5"),
    Case("与经济增长基本同步", "5.3", "review -0.2", "%", baseline="5.5"),
    Case("高于经济增长", "5.5", "missed 0", "%", baseline="5.5"),
    Case("高于全市平均", "5", "awaiting_city -", "%"),
    Case("增长7%", "31", "met 1.04", "亿元", baseline="28"),
    # grades
    Case("II类", "I类", "on_pace -", period=Q1),
    Case("II类", "Ⅲ类", "missed -"),
    Case("II类", "Ⅱ-Ⅲ类", "missed -", says="Ⅱ至Ⅲ类"),
    Case("优于Ⅲ类", "Ⅱ类", "met -", says="优于Ⅲ类"),
    Case("II类", "100", "review -"),
    Case("II类", "增长5%、6%", "review -", says="没有能够确定"),
    Case("6左右", "II类", "review -", "%", says="没有能够确定"),
    # assigned, none, deferred, what a person decides
    Case("上级下达任务", "完成", "not_judged -", says="尚未录入"),
    Case("上级下达任务", "", "not_judged -"),
    Case("控制在国家下达目标之内", "3.1", "met -0.1", "%", baseline="3.2"),
    Case("", "5", "not_judged -", says="没有提出具体目标"),
    Case("在“十四五”规划期内统筹考核", "5", "not_judged -", says="不在本年度考核"),
    Case("居全市前列", "第3位", "review -", says="由人认定"),
    Case("居全市前列", "第3位", "in_progress -", period=H1),
    Case("持续改善", "", "unreported -"),
    Case("详见附件", "5", "review -"),
    # states
    Case("6左右", "完成", "review -", "%", says="文字说明"),
    Case("6左右", "完成", "in_progress -", "%", period=H1),
    Case("6左右", "年末核算", "unreported -", "%"),
    Case("6左右", "年末核算", "in_progress -", "%", period=H1, says="年末一次核算"),
    Case("6左右", "未收录", "not_collected -", "%", says="公开资料"),
    Case("6左右", "", "unreported -", "%", period=H1, says="上半年完成情况未填报"),
    Case("6左右", "预计6.1", "met 0.1", "%", says="预计完成6.1"),
    Case("6左右", "增长5%、6%", "review -", "%"),
    Case("增长6.5%", "口径调整", "redefined -", period=H1),
    # pace
    Case("60", "29.5", "behind -15.5", "亿元", period=Q3, says="（3/4）应达45"),
    Case("60", "29.5", "behind -5.5", "亿元", month=7, says="1至7月29.5"),
    Case("50", "10", "on_pace 5.833333", "亿元", month=1, says="1月10"),
    Case("50", "4", "behind -0.166667", "亿元", month=1),
    Case("60", "60", "met 0", "亿元", month=12, period=Q1),
    Case("60", "20", "on_pace 2", "亿元", period=H1, share=Fraction(3, 10)),
    Case("340以上", "150", "behind -20", "天", period=H1, says="全年目标已无法达到"),
    Case("340以上", "161", "behind -9", "天", period=H1, says="剩余184天中需179天"),
    Case("340以上", "341", "on_pace 86", "天", period=Q3, says="已达到全年目标"),
    Case("超过340天", "340", "on_pace 85", "天", period=Q3, says="剩余92天中需0天"),
    Case("340以上", "30", "on_pace 1.666667", "天", month=1, says="还差310天"),
    Case("340左右", "161", "behind -9", "天", period=H1, says="（按不低于168.3判定）"),
    Case("100以内", "60", "behind 10", "起", LOWER, period=H1, says="距全年上限还有40起"),
    Case("100以内", "120", "behind 70", "起", LOWER, period=H1, says="已超过全年上限"),
    Case("100以内", "40-60", "in_progress 10", "起", LOWER, period=H1),
    Case("50", "5元", "in_progress -", "亿美元", period=H1),
    Case("100", "60%", "on_pace 10", "%", accrual=CUMULATIVE, period=H1),
    Case("增长7%", "7.2%", "on_pace 0.2", "亿元", period=H1),
    Case("103以内", "101.5", "on_pace -1.5", "%", LOWER, period=H1),
    Case("下降10%", "-6%", "on_pace -1", accrual=CUMULATIVE, period=H1, says="低1个百分点，序时达标。"),
    Case("56.8", "56.5", "in_progress -", "%", accrual=LEVEL, period=H1),
    Case("56.8", "56.5", "missed -0.3", "%", accrual=LEVEL),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.target}|{case.outcome}|{case.expected}")
def test_judges(case: Case) -> None:
    judged = case.judged()
    assert standing(judged) == case.expected
    assert case.says in judged.reason
    assert judged.reason.endswith("。")


COMPOSITES = [
    Case("分别增长7%、8%左右", "分别增长7.2%、8.1%", "met -"),
    Case("分别增长7%、8%左右", "7.2、7.8", "review -"),
    Case("分别增长7%、8%左右", "7.2%、6%", "missed -"),
    Case("分别增长7%、8%左右", "7.2%、6%", "behind -", period=H1),
    Case("分别增长7%、8%左右", "7.5%", "review -", says="没有能够确定"),
    Case("分别增长7%、8%左右", "7.5", "review -", "%"),
    Case("分别增长7%、8%左右", "完成", "review -"),
    Case("增长5%左右，总量力争突破3000亿元", "增长5.2%，总量2900亿元", "met 0.2"),
    Case("增长5%左右，总量力争突破3000亿元", "5.2", "met 0.2", "%"),
    Case("达到20亿元、增幅12%以上", "21亿元，增长11%", "missed -"),
    Case("达到20亿元、增幅12%以上", "21亿元", "review -"),
    Case("6%以上、力争6.5%", "6.2", "met 0.2", "%"),
    Case("6%以上、力争6.5%", "6.2%", "met 0.2"),
    Case("6%以上、力争6.5%", "5.2%", "missed -0.8"),
    Case("6%以上、力争6.5%", "增长6.2%、5%", "met 0.2"),
    Case("力争增长6%、力争总量50亿元", "增长6.2%、总量40亿元", "missed -"),
    Case("不低于6%且不高于8%", "7%", "met -"),
    Case("不低于6%且不高于8%", "8.5", "missed -", "%"),
    Case("增长6%，完成市定目标", "6.5%", "review -", says="由上级下达，尚未录入"),
    Case("增长6%，比上年提高1个百分点", "6.5%", "review -", says="待基数"),
    Case("增长6%，生态环境质量持续改善", "6.5%", "review -", says="由人认定"),
    Case("增长6%，水质达到Ⅱ类", "6.5%", "review -"),
    Case("水质保持稳定，达到Ⅱ类", "Ⅱ类", "review -"),
    Case("达到100家，增加20家", "完成130家", "review -"),
    Case("增长6%，完成50亿元", "市级暂未反馈", "awaiting_city -"),
    Case("增长6%，完成50亿元", "6.5%、51亿元", "on_pace -", period=H1),
]


@pytest.mark.parametrize("case", COMPOSITES, ids=lambda case: f"{case.target}|{case.outcome}")
def test_judges_a_composite_part_by_part(case: Case) -> None:
    judged = case.judged()
    assert standing(judged) == case.expected
    assert case.says in judged.reason


SENTENCES = [
    (Case("6左右", "3.5", "", "%"), "目标“6左右”按不低于5.9判定；完成3.5，低2.5个百分点，未完成。"),
    (Case("7", "-0.9", "", "%"), "目标“7”按不低于7判定；完成−0.9，低7.9个百分点，未完成。"),
    (Case("29", "29", "", "万元/人"), "目标“29”按不低于29判定；完成29，与目标持平，达到或超过。"),
    (
        Case("340以上", "161", "", "天", period=H1),
        "全年目标“340以上”，按序时进度（1/2）应达170；上半年161，低9天，滞后。剩余184天中需179天。",
    ),
    (
        Case("6.5以上", "6", "", "%", period=H1),
        "全年目标“6.5以上”按不低于6.5判定；上半年6，低0.5个百分点，滞后。",
    ),
    (
        Case("下降10%", "-6%", "", accrual=CUMULATIVE, period=H1),
        "全年目标“下降10%”，按序时进度（1/2）应不高于−5；上半年−6，低1个百分点，序时达标。",
    ),
    (
        Case("在“十四五”规划期内统筹考核", "5", ""),
        "目标“在‘十四五’规划期内统筹考核”不在本年度考核，不考核。",
    ),
    (Case("1.6", "口径调整", "", "亿美元"), "目标“1.6”所依的统计口径已调整，完成情况不可比，口径调整。"),
    (Case("10", "市级暂未反馈", "", "%"), "目标“10”的完成情况市级暂未反馈，待市级反馈。"),
    (
        Case("分别增长7%、8%左右", "7.2%、7.5%", ""),
        (
            "目标“分别增长7%、8%左右”分项判定：（1）不低于6.9：完成7.2，高0.2个百分点，达到或超过；"
            "（2）不低于7.9：完成7.5，低0.5个百分点，在待认定幅度内，由人认定，待认定。合计待认定。"
        ),
    ),
]


@pytest.mark.parametrize(("case", "sentence"), SENTENCES, ids=lambda part: getattr(part, "target", ""))
def test_every_verdict_has_its_sentence(case: Case, sentence: str) -> None:
    assert case.judged().reason == sentence


def test_a_long_wording_is_quoted_in_part() -> None:
    assert "…”" in assess("说明" * 100, read_outcome("5")).reason


def test_a_missing_target_is_not_judged() -> None:
    assert assess(None, read_outcome("5")).verdict is Verdict.NOT_JUDGED


def test_what_is_due_is_told() -> None:
    judged = Case("60", "20", "", "亿元", period=H1).judged()
    assert judged.expected == Decimal(30)
    assert judged.reachability == "距全年目标还差40亿元。"


def test_other_bands_judge_otherwise() -> None:
    wide = Tolerances(rate_firm=Decimal("2.5"))
    assert assess("6左右", read_outcome("3.5"), unit="%", tolerances=wide).verdict is Verdict.MET
