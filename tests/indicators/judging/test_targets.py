"""What a target's wording means: DOMAIN §2 as a table of cases."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from indicators.judging.intervals import plain
from indicators.judging.readings import Reading
from indicators.judging.sentences import describe
from indicators.judging.targets import read_target
from indicators.judging.terms import Favourable, Kind, Tolerances

HIGHER, LOWER = Favourable.HIGHER, Favourable.LOWER


def interval(reading: Reading) -> str:
    """``[5.9,`` · ``(0,`` · ``,3]``: the acceptance interval in short."""
    low = "" if reading.low is None else ("(" if reading.low_open else "[") + plain(reading.low)
    high = "" if reading.high is None else plain(reading.high) + (")" if reading.high_open else "]")
    return f"{low},{high}"


def short(reading: Reading) -> str:
    """Kind, number, interval and unit of a reading in one line."""
    number = "-" if reading.number is None else plain(reading.number)
    flag = " 力争" if reading.aspiration else ""
    return f"{reading.kind.value} {number} {interval(reading)} {reading.unit}".rstrip() + flag


# wording, unit of the row → kind, number, interval, unit; no direction given
BY_ITSELF = [
    # the two tables of the report
    ("6左右", "%", "about 6 [5.9, %"),
    ("10", "%", "plain 10 [10, %"),
    ("29", "万元/人", "plain 29 [29, 万元/人"),
    ("0", "%", "plain 0 [0, %"),
    ("-9.5", "%", "plain -9.5 [-9.5, %"),
    ("1.7左右", "%", "about 1.7 [1.6, %"),
    ("330以上", "天", "at_least 330 [330, 天"),
    ("总体保持II类", "", "grade 2 ,2] 类"),
    ("上级下达任务", "", "assigned - ,"),
    ("3.5以下", "%", "at_most 3.5 ,3.5] %"),
    ("5.5以内", "%", "at_most 5.5 ,5.5] %"),
    ("103以内", "%", "at_most 103 ,103] %"),
    ("较2022年提升\n\n0.2个百分点", "%", "relative_year 0.2 , 个百分点"),
    ("0.035以下", "", "at_most 0.035 ,0.035]"),
    # at least
    ("6.5%及以上", "", "at_least 6.5 [6.5, %"),
    ("不低于6.5%", "", "at_least 6.5 [6.5, %"),
    ("不少于100个", "", "at_least 100 [100, 个"),
    ("≥6.5%", "", "at_least 6.5 [6.5, %"),
    (">=6.5", "", "at_least 6.5 [6.5,"),
    ("大于等于5", "", "at_least 5 [5,"),
    ("至少5家", "", "at_least 5 [5, 家"),
    ("确保达到340天以上", "", "at_least 340 [340, 天"),
    ("稳定保持在95%以上", "", "at_least 95 [95, %"),
    ("超过6%以上", "", "at_least 6 [6, %"),
    ("约6%以上", "", "at_least 6 [6, %"),
    ("300多家", "", "at_least 300 [300, 家"),
    ("二十五以上", "家", "at_least 25 [25, 家"),
    # a cell that is one numeral
    ("零", "%", "plain 0 [0, %"),
    ("〇", "%", "plain 0 [0, %"),
    ("一百二十", "天", "plain 120 [120, 天"),
    ("六点五", "%", "plain 6.5 [6.5, %"),
    ("负三", "%", "plain -3 [-3, %"),
    ("三百五", "家", "narrative - , 家"),
    ("6.5%以上（含）", "", "at_least 6.5 [6.5, %"),
    # at most
    ("不高于3%", "", "at_most 3 ,3] %"),
    ("不超过3%", "", "at_most 3 ,3] %"),
    ("≤3", "", "at_most 3 ,3]"),
    ("降至3%以下", "", "at_most 3 ,3] %"),
    ("控制在3%", "", "at_most 3 ,3] %"),
    ("控制在5%以内", "", "at_most 5 ,5] %"),
    ("低于5%以下", "", "at_most 5 ,5] %"),
    ("3起以内", "", "at_most 3 ,3] 起"),
    ("孕产妇死亡率控制在10/10万以内", "", "at_most 10 ,10] /10万"),
    # strict
    ("超过6%", "", "above 6 (6, %"),
    ("突破3000亿元", "", "above 3000 (3000, 亿元"),
    ("＞6", "", "above 6 (6,"),
    ("<5", "", "below 5 ,5)"),
    ("低于5‰", "", "below 5 ,5) ‰"),
    ("5%以上（不含）", "", "above 5 (5, %"),
    ("5%以下（不含本数）", "", "below 5 ,5) %"),
    # about
    ("约6%", "", "about 6 [5.9, %"),
    ("≈6", "%", "about 6 [5.9, %"),
    ("近3000亿元", "", "about 3000 [2970, 亿元"),
    ("340天左右", "", "about 340 [336.6, 天"),
    ("6左右", "", "about 6 [5.9,"),
    ("100左右", "", "about 100 [99,"),
    ("27亿左右", "", "about 27 [26.73, 亿"),
    ("控制在3%左右", "", "about 3 ,3.1] %"),
    ("不低于6%左右", "", "about 6 [5.9, %"),
    ("赤字率拟按2.8%左右安排", "", "about 2.8 [2.7, %"),
    # range
    ("6%至6.5%", "", "range 6 [6, %"),
    ("6%-6.5%", "", "range 6 [6, %"),
    ("6%—6.5%", "", "range 6 [6, %"),
    ("6～6.5%", "", "range 6 [6, %"),
    ("保持在6%-7%的合理区间", "", "range 6 [6, %"),
    ("6%-6.5%左右", "", "range 6 [5.9, %"),
    ("约6%-6.5%", "", "range 6 [5.9, %"),
    ("7%-6%", "", "range 6 [6, %"),
    ("5-6万人", "", "range 5 [5, 万人"),
    ("5万-6万人", "", "range 5 [5, 万人"),
    ("9000-1万人", "", "range 0.9 [0.9, 万人"),
    ("9000人-1万人", "", "range 0.9 [0.9, 万人"),
    ("5%-6", "", "range 5 [5, %"),
    ("-9.5至-9", "%", "range -9.5 [-9.5, %"),
    ("-3--1", "%", "narrative - , %"),
    ("5人-6亩", "", "narrative - ,"),
    # decrease
    ("下降3%以上", "", "at_most -3 ,-3] %"),
    ("下降10%以内", "", "at_least -10 [-10, %"),
    ("降幅控制在3%以内", "", "at_least -3 [-3, %"),
    ("降幅控制到3%以内", "", "at_least -3 [-3, %"),
    ("负增长3%以内", "", "at_least -3 [-3, %"),
    ("下降超过3%", "", "below -3 ,-3) %"),
    ("下降不低于3%", "", "at_most -3 ,-3] %"),
    ("压减10%", "", "plain -10 ,-10] %"),
    ("降低0.5个百分点", "", "plain -0.5 ,-0.5] 个百分点"),
    ("下降3%左右", "", "about -3 ,-2.9] %"),
    ("下降2-3%", "", "range -2 ,-2] %"),
    ("增长-3%", "", "plain -3 [-3, %"),
    ("下降-3%", "", "narrative - ,"),
    ("压减一般性支出10%以上", "", "at_most -10 ,-10] %"),
    ("全年力争压减三公经费5%", "", "plain -5 ,-5] % 力争"),
    ("减少碳排放5%左右", "", "about -5 ,-4.9] %"),
    ("降碳3%", "", "plain -3 ,-3] %"),
    ("降低物流成本占GDP比重至14%", "", "plain 14 ,14] %"),
    ("减少农村贫困人口1000万人以上", "", "at_least 1000 [1000, 万人"),
    ("下降到30.5微克/立方米", "", "plain 30.5 ,30.5] 微克/立方米"),
    ("增速提高到8%以上", "", "at_least 8 [8, %"),
    ("增速回落至5%以内", "", "at_most 5 ,5] %"),
    ("降幅收窄至3%以内", "", "at_least -3 [-3, %"),
    ("压减至100万吨以内", "", "at_most 100 ,100] 万吨"),
    # growth floors
    ("实现正增长", "", "no_negative_growth 0 (0, %"),
    ("力争实现正增长", "亿元", "no_negative_growth 0 (0, %"),
    ("由负转正", "%", "no_negative_growth 0 (0, %"),
    ("不出现负增长", "%", "no_negative_growth 0 [0, %"),
    ("无负增长", "%", "no_negative_growth 0 [0, %"),
    ("持平", "%", "no_negative_growth 0 [0, %"),
    ("基本持平", "%", "no_negative_growth 0 [-0.1, %"),
    ("零增长", "%", "plain 0 [0, %"),
    # relative to a year
    ("较2022年提升0.2个百分点左右", "%", "relative_year 0.2 , 个百分点"),
    ("比上年提高1个百分点以上", "%", "relative_year 1 , 个百分点"),
    ("较上年下降0.5个百分点", "%", "relative_year -0.5 , 个百分点"),
    ("提高1个百分点", "%", "relative_year 1 , 个百分点"),
    ("在2022年基础上提升0.5个百分点", "%", "relative_year 0.5 , 个百分点"),
    ("高于上年2个百分点", "%", "relative_year 2 , 个百分点"),
    ("比2020年下降18%", "%", "relative_year -18 , %"),
    ("比上年增加5亿元", "亿元", "relative_year 5 , 亿元"),
    ("同比增加10天", "天", "relative_year 10 , 天"),
    ("比上年增长7%", "亿元", "relative_year 7 , %"),
    ("与上年持平", "%", "relative_year - , %"),
    ("与上年基本持平", "%", "relative_year - , %"),
    ("不低于上年水平", "%", "relative_year - , %"),
    ("保持上年水平", "%", "relative_year - , %"),
    ("翻番", "亿元", "relative_year 2 , 倍"),
    ("翻两番", "亿元", "relative_year 4 , 倍"),
    ("增长1倍以上", "亿元", "relative_year 1 , 倍"),
    ("达到上年的1.5倍", "亿元", "relative_year 1.5 , 倍"),
    ("达到上年的105%", "亿元", "relative_year 105 , %"),
    ("比上年增长7%", "%", "plain 7 [7, %"),
    ("较上年增长7%左右", "", "about 7 [6.9, %"),
    ("同比增长7%", "亿元", "plain 7 [7, %"),
    # relative to an indicator, to a region
    ("与经济增长同步", "%", "relative_indicator - , %"),
    ("与经济增长（基本）同步", "%", "relative_indicator - , %"),
    ("高于经济增长", "%", "relative_indicator - , %"),
    ("快于城镇居民", "%", "relative_indicator - , %"),
    ("不高于经济增速", "%", "relative_indicator - , %"),
    ("低于财政收入增速", "%", "relative_indicator - , %"),
    ("高于GDP增速1个百分点", "%", "relative_indicator 1 , 个百分点"),
    ("居民收入增长和经济增长基本同步", "", "relative_indicator - ,"),
    ("高于全市平均", "%", "relative_region - , %"),
    ("与全市持平", "%", "relative_region - , %"),
    ("达到全国平均水平以上", "%", "relative_region - , %"),
    ("达到全国平均水平左右", "%", "relative_region - , %"),
    ("比全市高1个百分点", "%", "relative_region 1 , 个百分点"),
    ("高出全市1个百分点", "%", "relative_region 1 , 个百分点"),
    ("低于全国1个百分点以上", "%", "relative_region -1 , 个百分点"),
    ("不高于全市平均0.5个百分点", "%", "relative_region 0.5 , 个百分点"),
    ("不低于全市平均0.5个百分点以上", "%", "relative_region 0.5 , 个百分点"),
    ("高于预期1个百分点", "%", "narrative - , %"),
    ("高于那里1个百分点", "%", "narrative - , %"),
    ("高于那个东西", "", "narrative - ,"),
    ("占全国的5%以上", "", "at_least 5 [5, %"),
    ("全国的5个以上", "", "at_least 5 [5, 个"),
    # grade
    ("稳定保持Ⅱ类", "", "grade 2 ,2] 类"),
    ("保持或优于Ⅱ类", "", "grade 2 ,2] 类"),
    ("达到或优于III类", "", "grade 3 ,3] 类"),
    ("优于Ⅲ类", "", "grade 3 ,3) 类"),
    ("二类", "", "grade 2 ,2] 类"),
    ("2类", "", "grade 2 ,2] 类"),
    ("ＩＩ", "", "grade 2 ,2] 类"),
    ("水质达到劣Ⅴ类", "", "grade 6 ,6] 类"),
    ("长江干流水质Ⅱ类及以上", "", "grade 2 ,2] 类"),
    ("100%达到Ⅲ类", "", "plain 100 [100, %"),
    ("不得低于Ⅲ类", "", "grade 3 ,3] 类"),
    ("劣于Ⅲ类", "", "narrative - ,"),
    # rank, trend, quality
    ("居全市前列", "", "rank - ,"),
    ("前三位", "", "rank - ,"),
    ("进入全市前5名", "", "rank - ,"),
    ("继续下降", "", "trend - ,"),
    ("持续改善", "", "trend - ,"),
    ("细颗粒物（PM2.5）浓度继续下降", "", "trend - ,"),
    ("PM2.5浓度继续下降", "", "trend - ,"),
    ("单位国内生产总值能耗和主要污染物排放量继续下降", "", "trend - ,"),
    ("只降不升", "", "trend - ,"),
    ("两位数增长", "", "trend - ,"),
    ("稳中提质", "", "qualitative - ,"),
    ("保稳提质", "", "qualitative - ,"),
    ("基本平衡", "", "qualitative - ,"),
    ("保持基本稳定", "", "qualitative - ,"),
    ("进出口促稳提质，国际收支基本平衡", "", "qualitative - ,"),
    ("持续改善，稳中提质", "", "qualitative - ,"),
    # assigned, deferred, none, narrative
    ("完成市定目标", "", "assigned - ,"),
    ("控制在国家下达目标之内", "", "assigned - ,"),
    ("完成上级下达目标任务", "", "assigned - ,"),
    ("由市统一下达", "", "assigned - ,"),
    ("完成市级下达任务的100%", "", "assigned - ,"),
    ("单位GDP二氧化碳排放降低（%）：完成市下达目标", "", "assigned - ,"),
    ("在“十四五”规划期内统筹考核", "", "deferred - ,"),
    ("能耗强度目标在“十四五”规划期内统筹考核，并留有适当弹性", "", "deferred - ,"),
    ("不作年度考核", "", "deferred - ,"),
    ("—", "%", "none - ,"),
    ("/", "", "none - ,"),
    ("", "", "none - ,"),
    ("无", "", "none - ,"),
    ("没有提出具体目标", "", "none - ,"),
    ("不设目标", "", "none - ,"),
    ("abc", "", "narrative - ,"),
    ("详见附件", "%", "narrative - , %"),
    ("6%±0.5", "", "narrative - ,"),
    ("1e5", "", "narrative - ,"),
    ("6.5.3", "", "narrative - ,"),
    ("6,5", "%", "narrative - , %"),
    ("6。5", "%", "narrative - , %"),
    ("6·5", "%", "narrative - , %"),
    ("↓6%", "", "narrative - ,"),
    ("保6争7", "%", "narrative - , %"),
    ("见表2", "", "narrative - ,"),
    ("附件2", "", "narrative - ,"),
    ("2021-2025", "", "narrative - ,"),
    ("5%6%", "", "narrative - ,"),
    ("不低于5%以内", "", "narrative - ,"),
    ("3千5百人", "", "narrative - ,"),
    (":", "", "narrative - ,"),
    ("5 7 9" * 700, "", "narrative - ,"),
    ("1" * 100, "", "narrative - ,"),
    # clauses of sentences: the digits of a name are never the target
    ("城镇新增就业1100万人以上", "", "at_least 1100 [1100, 万人"),
    ("城镇登记失业率控制在百分之四点五以内", "", "at_most 4.5 ,4.5] %"),
    ("单位生产总值能耗下降3%左右", "", "about -3 ,-2.9] %"),
    ("粮食产量1.3万亿斤以上", "", "at_least 1.3 [1.3, 万亿斤"),
    ("居民消费价格涨幅3%左右", "", "about 3 [2.9, %"),
    ("R&D占GDP比重1.7左右", "%", "about 1.7 [1.6, %"),
    ("万人发明专利拥有量3.8件", "", "plain 3.8 [3.8, 件"),
    ("5G基站达到2000个以上", "", "at_least 2000 [2000, 个"),
    ("PM2.5浓度下降到30.5微克/立方米左右", "", "about 30.5 ,30.805] 微克/立方米"),
    ("全年空气质量优良天数330天以上", "", "at_least 330 [330, 天"),
    ("3A级景区5个以上", "", "at_least 5 [5, 个"),
    ("“四上”企业新增20家", "", "plain 20 [20, 家"),
    ("广义货币M2增长12%左右", "", "about 12 [11.9, %"),
    ("2023年达到60%", "", "plain 60 [60, %"),
    ("1-6月增长5%", "", "plain 5 [5, %"),
    ("第3批培育5家", "", "plain 5 [5, 家"),
    ("60岁以上老年人疫苗接种率达到95%以上", "", "at_least 95 [95, %"),
    ("农村集体经济经营性收入不低于15万元的村达到38%", "", "plain 38 [38, %"),
    ("城乡居民收入比缩小至2.36:1", "", "plain 2.36 ,2.36] :1"),
    ("在岗职工平均工资增长6%", "", "plain 6 [6, %"),
    ("培育10家以上国家级专精特新企业", "", "at_least 10 [10, 家"),
    ("新建10万亩以上高标准农田", "", "at_least 10 [10, 万亩"),
    ("建设100万吨饲料项目", "", "narrative - ,"),
    ("年产50万吨饲料等项目", "", "narrative - ,"),
    ("4个“千人聚居点”污水处理站", "", "narrative - ,"),
    ("17个农村供水保障项目开工建设", "", "narrative - ,"),
    ("增长5%总量3000亿元", "", "narrative - ,"),
    ("增长5扩大3000亿元", "", "narrative - ,"),
    ("G42沪蓉高速", "", "narrative - ,"),
    ("5人20人", "", "narrative - ,"),
    ("按可比价格计算，增长6%左右", "", "about 6 [5.9, %"),
    ("6.5%以上、争取实现更好的结果", "", "at_least 6.5 [6.5, %"),
    ("国内生产总值增长5%左右，在实际工作中争取更好结果", "", "about 5 [4.9, %"),
    ("二氧化硫、氮氧化物排放量要分别下降3%", "", "plain -3 ,-3] %"),
    # a cell's own unit in its row
    ("27.8亿", "亿元", "plain 27.8 [27.8, 亿元"),
    ("3万", "人", "plain 3 [3, 万人"),
    ("1.6亿美元", "万美元", "plain 1.6 [1.6, 亿美元"),
    ("29万", "元/人", "plain 29 [29, 万元/人"),
    ("3万", "指数点", "plain 3 [3, 万"),
    ("（5.5）", "%", "plain 5.5 [5.5, %"),
    # aspiration
    ("力争增长7%左右", "", "about 7 [6.9, % 力争"),
    ("力争固定资产投资同比增长11%", "", "plain 11 [11, % 力争"),
]


@pytest.mark.parametrize(("wording", "unit", "meaning"), BY_ITSELF)
def test_reads(wording: str, unit: str, meaning: str) -> None:
    assert short(read_target(wording, unit=unit)) == meaning


COMPOSITES = [
    ("分别增长7%、8%左右", ["about 7 [6.9, %", "about 8 [7.9, %"]),
    ("增长7%和8%左右", ["about 7 [6.9, %", "about 8 [7.9, %"]),
    ("分别增长7、8%", ["plain 7 [7, %", "plain 8 [8, %"]),
    ("分别下降2%、3%以上", ["at_most -2 ,-2] %", "at_most -3 ,-3] %"]),
    ("分别下降2%、3%-4%", ["plain -2 ,-2] %", "range -3 ,-3] %"]),
    ("分别超过20亿元、30亿元", ["above 20 (20, 亿元", "above 30 (30, 亿元"]),
    ("城乡居民人均可支配收入分别增长7%、8%左右", ["about 7 [6.9, %", "about 8 [7.9, %"]),
    ("粮食播种面积和产量稳定在150万亩、50万吨左右", ["about 150 [148.5, 万亩", "about 50 [49.5, 万吨"]),
    ("增长5%左右，总量力争突破3000亿元", ["about 5 [4.9, %", "above 3000 (3000, 亿元 力争"]),
    ("达到20亿元、增幅12%以上", ["plain 20 [20, 亿元", "at_least 12 [12, %"]),
    ("6%以上、力争6.5%", ["at_least 6 [6, %", "plain 6.5 [6.5, % 力争"]),
    ("增长10%，奋斗目标12%", ["plain 10 [10, %", "plain 12 [12, % 力争"]),
    ("6%左右（力争6.5%）", ["about 6 [5.9, %", "plain 6.5 [6.5, % 力争"]),
    ("不低于6%且不高于8%", ["at_least 6 [6, %", "at_most 8 ,8] %"]),
    ("6%以上7%以下", ["at_least 6 [6, %", "at_most 7 ,7] %"]),
    ("粮食产量1.3万亿斤以上，生态环境质量持续改善", ["at_least 1.3 [1.3, 万亿斤", "trend - ,"]),
    ("增长6%，另有安排若干", ["plain 6 [6, %", "narrative - ,"]),
    ("增长6%，完成市定目标", ["plain 6 [6, %", "assigned - ,"]),
]


@pytest.mark.parametrize(("wording", "parts"), COMPOSITES)
def test_reads_the_parts_of_a_composite(wording: str, parts: list[str]) -> None:
    reading = read_target(wording)
    assert reading.kind is Kind.COMPOSITE
    assert [short(part) for part in reading.parts] == parts


DIRECTED = [
    ("29", LOWER, "plain 29 ,29]"),
    ("29", HIGHER, "plain 29 [29,"),
    ("6左右", LOWER, "about 6 ,6.1]"),
    ("下降9%左右", HIGHER, "about -9 [-9.1, %"),
    ("下降9.5%", HIGHER, "plain -9.5 [-9.5, %"),
    ("PM2.5达到30.5左右", LOWER, "about 30.5 ,30.805]"),
    ("3%-4%", LOWER, "range 4 ,4] %"),
    ("3%-4%左右", LOWER, "range 4 ,4.1] %"),
    ("下降3%以上", HIGHER, "at_most -3 ,-3] %"),
    ("零增长", LOWER, "plain 0 ,0] %"),
]


@pytest.mark.parametrize(("wording", "favourable", "meaning"), DIRECTED)
def test_the_direction_belongs_to_the_indicator(wording: str, favourable: Favourable, meaning: str) -> None:
    assert short(read_target(wording, favourable=favourable)) == meaning


@dataclass(frozen=True)
class Based:
    """A relation, its row's unit and base, and the interval that follows."""

    wording: str
    unit: str
    base: str
    interval: str
    resolved: str | None


BASED = [
    Based("较2022年提升0.2个百分点", "%", "1.39", "[1.59,", "1.59"),
    Based("较2022年提升0.2个百分点", "", "1.39", "[1.59,", "1.59"),
    Based("提升1个百分点", "‰", "4", "[14,", "14"),
    Based("与上年持平", "%", "56.5", "[56.5,", "56.5"),
    Based("与上年基本持平", "%", "56.5", "[56.4,", "56.5"),
    Based("高于上年", "%", "5", "(5,", "5"),
    Based("翻番", "亿元", "100", "[200,", "200"),
    Based("翻番", "亿元", "-100", ",", None),
    Based("增长1倍以上", "亿元", "100", "[200,", "200"),
    Based("达到上年的1.5倍", "亿元", "100", "[150,", "150"),
    Based("达到上年的105%", "亿元", "100", "[105,", "105"),
    Based("比上年增长7%", "亿元", "100", "[107,", "107"),
    Based("增长7%左右", "亿元", "100", "[106.9,", "107"),
    Based("比上年增加5亿元", "万元", "100000", "[150000,", "150000"),
    Based("实现正增长", "亿元", "100", "(100,", "100"),
    Based("高于全市平均1个百分点", "%", "5.5", "[6.5,", "6.5"),
    Based("低于全国1个百分点以上", "%", "5.5", ",4.5]", "4.5"),
    Based("与经济增长基本同步", "%", "5.5", "[5.4,", "5.5"),
    Based("高于经济增长", "%", "5.5", "(5.5,", "5.5"),
    Based("上级下达任务", "%", "3", "[3,", "3"),
    Based("控制在国家下达目标之内", "%", "3", ",3]", "3"),
    Based("不低于市级下达目标", "%", "3", "[3,", "3"),
]


@pytest.mark.parametrize("case", BASED, ids=lambda case: case.wording)
def test_a_relation_resolves_when_its_base_arrives(case: Based) -> None:
    reading = read_target(case.wording, unit=case.unit, baseline=Decimal(case.base))
    assert interval(reading) == case.interval
    assert reading.resolved == (None if case.resolved is None else Decimal(case.resolved))
    assert not reading.waits_for_base


def test_a_relation_to_a_year_waits_without_its_base() -> None:
    assert read_target("较2022年提升0.2个百分点").waits_for_base
    assert not read_target("6左右").waits_for_base


def test_the_bands_are_a_parameter() -> None:
    wide = Tolerances(rate_firm=Decimal("0.3"), share_firm=Decimal("0.05"))
    assert interval(read_target("6左右", unit="%", tolerances=wide)) == "[5.7,"
    assert interval(read_target("340左右", unit="天", tolerances=wide)) == "[323,"


def test_no_wording_is_no_target() -> None:
    assert read_target(None).kind is Kind.NONE


DESCRIBED = [
    ("6.5以上", "%", "≥ 6.5"),
    ("6左右", "%", "6 左右（≥ 5.9）"),
    ("340左右", "天", "340 左右（≥ 336.6） 天"),
    ("5.5以内", "%", "≤ 5.5"),
    ("超过6%", "", "> 6"),
    ("低于5‰", "", "< 5 ‰"),
    ("-9.5", "%", "≥ −9.5"),
    ("6%-6.5%", "", "区间（≥ 6）"),
    ("力争增长7%", "", "≥ 7（力争）"),
    ("稳定保持II类", "", "不差于Ⅱ类"),
    ("优于Ⅲ类", "", "优于Ⅲ类"),
    ("稳中提质", "", "由人认定"),
    ("上级下达任务", "", "由上级下达，待录入"),
    ("—", "", "不考核"),
    ("实现正增长", "%", "> 0"),
    ("较2022年提升0.2个百分点", "%", "基年 +0.2个百分点（待基数）"),
    ("比2020年下降18%", "%", "基年 −18%（待基数）"),
    ("翻番", "亿元", "基年 2倍（待基数）"),
    ("与全市持平", "%", "与所比地区相比（待基数）"),
    ("6%以上、力争6.5%", "", "≥ 6；≥ 6.5（力争）"),
]


@pytest.mark.parametrize(("wording", "unit", "text"), DESCRIBED)
def test_describes_for_the_staff(wording: str, unit: str, text: str) -> None:
    assert describe(read_target(wording, unit=unit)) == text


def test_describes_a_resolved_relation() -> None:
    reading = read_target("较2022年提升0.2个百分点", unit="%", baseline=Decimal("1.4"))
    assert describe(reading) == "≥ 1.6（按基年数折算）"


def test_as_a_json_object() -> None:
    assert read_target("力争下降3%以上").as_dict() == {
        "kind": "at_most",
        "number": "-3",
        "low": None,
        "high": "-3",
        "low_open": False,
        "high_open": False,
        "unit": "%",
        "aspiration": True,
        "parts": [],
    }
