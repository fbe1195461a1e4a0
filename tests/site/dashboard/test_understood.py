"""How a target is read, in words: read by the real reader, told by the page."""

from __future__ import annotations

from decimal import Decimal

import pytest

from indicators.judging.targets import read_target
from indicators.judging.terms import Favourable
from wanzhou.site.dashboard.indicator.understood import read_as

HIGHER, LOWER = Favourable
WAITS = "这个数尚未取得（待基数）"


@pytest.mark.parametrize(
    ("wording", "unit", "favourable", "words"),
    [
        ("6左右", "%", HIGHER, "不低于 5.9%（6左右，幅度 0.1）"),
        ("6左右", "%", LOWER, "不高于 6.1%（6左右，幅度 0.1）"),
        ("6.5以上", "%", HIGHER, "不低于 6.5%"),
        ("-9.5", "%", HIGHER, "不低于 −9.5%"),
        ("0", "%", HIGHER, "不低于 0%"),
        ("5.5以内", "%", LOWER, "不高于 5.5%"),
        ("超过50", "亿元", HIGHER, "高于 50 亿元"),
        ("低于3", "", LOWER, "低于 3"),
        ("330以上", "天", HIGHER, "不低于 330 天"),
        ("29", "万元/人", HIGHER, "不低于 29 万元/人"),
        ("6%至6.5%", "%", HIGHER, "不低于 6%"),
        ("不出现负增长", "%", HIGHER, "不低于 0%（不出现负增长）"),
        ("总体保持II类", "", LOWER, "不差于Ⅱ类（Ⅰ类最好）"),
        ("优于Ⅲ类", "", LOWER, "优于Ⅲ类（Ⅰ类最好）"),
        ("上级下达任务", "", LOWER, "数值由上级下达，尚未录入"),
        ("在“十四五”规划期内统筹考核", "%", HIGHER, "在规划期内统筹考核，本年度不考核"),
        ("没有提出具体目标", "%", HIGHER, "没有提出具体目标，不考核"),
        ("居全市前列", "", HIGHER, "没有可比的数，由人认定"),
        ("稳中提质", "", HIGHER, "没有可比的数，由人认定"),
        ("力争7", "%", HIGHER, "力争不低于 7%；达不到不算未完成"),
        ("", "%", HIGHER, "目标报告未载，不判定"),
    ],
)
def test_a_target_in_words(wording: str, unit: str, favourable: Favourable, words: str) -> None:
    reading = read_target(wording, unit=unit, favourable=favourable).as_dict()
    assert read_as(reading, wording, unit=unit) == words


@pytest.mark.parametrize(
    ("wording", "base_year", "words"),
    [
        ("较2022年提升0.2个百分点", 2022, f"比 2022 年的数高 0.2 个百分点；{WAITS}"),
        ("与上年持平", 2022, f"与 2022 年的数相比；{WAITS}"),
        ("与经济增长同步", None, f"与所比指标的数相比；{WAITS}"),
        ("高于全市平均1个百分点", None, f"比所比地区的数高 1 个百分点；{WAITS}"),
    ],
)
def test_a_target_that_waits_for_its_base(wording: str, base_year: int | None, words: str) -> None:
    reading = read_target(wording, unit="%", favourable=HIGHER).as_dict()
    assert read_as(reading, wording, unit="%", base_year=base_year) == words


def test_a_base_that_is_known_gives_a_number() -> None:
    wording = "较2022年提升0.2个百分点"
    reading = read_target(wording, unit="%", favourable=HIGHER, baseline=Decimal("1.7")).as_dict()
    assert read_as(reading, wording, unit="%", base_year=2022) == "不低于 1.9%（按 2022 年的数折算）"


def test_a_target_of_several_parts_says_each() -> None:
    wording = "增长5%左右，力争达到3000亿元"
    reading = read_target(wording, unit="%", favourable=HIGHER).as_dict()
    words = read_as(reading, wording, unit="%")
    assert words.startswith("不低于 4.9%（5左右，幅度 0.1）；")
    assert words.endswith("力争不低于 3000 亿元；达不到不算未完成")
