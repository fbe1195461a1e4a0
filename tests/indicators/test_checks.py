"""The checks of a cell: a table of cases, each with the severity, a part of what is said, and the offer."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.cells import Cell
from indicators.checks import Context, Figure, Severity, blocking, check_cell
from indicators.judging.terms import Accrual, Kind, OutcomeState, Period


def figure(label: str, value: str) -> Figure:
    return Figure(label, Decimal(value))


GDP = Context(
    "地区生产总值增速", "%", Accrual.RATE, Period.FIRST_HALF, 2023, Kind.AT_LEAST, Decimal("6.5"),
    same_period=figure("上年同期", "2.8"),
)  # fmt: skip
TRADE = Context(
    "进出口总额", "亿元", Accrual.CUMULATIVE, Period.FIRST_HALF, 2023, Kind.PLAIN, Decimal(60),
    previous=figure("一季度", "13.4"), last_year=figure("上年全年", "51.9"),
)  # fmt: skip
CAPITAL = Context(
    "实际使用外资", "万美元", Accrual.CUMULATIVE, Period.FIRST_HALF, 2023, Kind.PLAIN, Decimal(1500)
)
DAYS = Context(
    "空气质量优良天数", "天", Accrual.CUMULATIVE, Period.FIRST_HALF, 2023, Kind.AT_LEAST, Decimal(340)
)
PRICES = Context("居民消费价格指数", "%", Accrual.RATE, Period.FIRST_HALF, 2023, Kind.AT_MOST, Decimal(103))
RISE = Context("居民消费价格涨幅", "%", Accrual.RATE, Period.FIRST_HALF, 2022, Kind.AT_MOST, Decimal(3))
WATER = Context("长江干流水质", "", Accrual.GRADE, Period.FIRST_HALF, 2023, Kind.GRADE)
SAVING = Context("节能减排降碳", "", Accrual.ASSIGNED, Period.FULL_YEAR, 2023, Kind.ASSIGNED)
FOREST = Context(
    "森林覆盖率", "%", Accrual.LEVEL, Period.FULL_YEAR, 2023, Kind.PLAIN, Decimal("56.8"),
    last_year=figure("上年全年", "56.5"),
)  # fmt: skip
JOBS = Context("城镇调查失业率", "%", Accrual.RATE, Period.FIRST_HALF, 2023, Kind.AT_MOST, Decimal("5.5"))
FIRMS = Context(
    "高新技术企业数量", "家", Accrual.LEVEL, Period.FULL_YEAR, 2023, Kind.PLAIN, Decimal(110),
    previous=figure("前三季度", "100"),
)  # fmt: skip
DEATHS = Context(
    "每亿元地区生产总值生产安全事故死亡人数", "", Accrual.RATE, Period.FIRST_HALF, 2023, Kind.AT_MOST
)

E, W, O = Severity.ERROR, Severity.WARNING, Severity.OFFER  # noqa: E741
FINE = [
    (GDP, "6"), (GDP, "6.5%"), (GDP, "０"), (GDP, "0"), (GDP, "－3"), (GDP, "5.5以内"), (GDP, "市级暂未反馈"),
    (GDP, "年度指标"), (GDP, ""), (GDP, "下降3.7%"), (GDP, "同比增长6%"), (TRADE, "27.8"), (TRADE, "1至2"),
    (TRADE, "31亿元，同比下降8.4%"), (CAPITAL, "780"), (DAYS, "181"), (PRICES, "101.5"), (RISE, "1.5"),
    (WATER, "Ⅱ类"), (WATER, "II"), (WATER, "稳定保持II类"), (JOBS, "5.5以内"), (FOREST, "56.5"), (FIRMS, "112"),
    (DEATHS, "0.012"),
]  # fmt: skip
SAID = [
    (GDP, "(9.5)", E, "负号", "-9.5"),
    (GDP, "▼9.5", E, "负号", "-9.5"),
    (GDP, "▲9.5", E, "正负号", ""),
    (GDP, "6,5", E, "小数点", "6.5"),
    (GDP, "6。5", E, "小数点", "6.5"),
    (GDP, "6.5.", E, "多了一个点", "6.5"),
    (GDP, "6..5", E, "看不懂", ""),
    (GDP, "abc", E, "看不懂", ""),
    (GDP, "6月5日", E, "看不懂", ""),
    (GDP, "#REF!", E, "看不懂", ""),
    (GDP, "—", E, "不是数据", ""),
    (GDP, "未收录", E, "不是数据", ""),
    (GDP, "2类", E, "不是等级", ""),
    (GDP, "0.5个百分点", E, "个百分点", ""),
    (GDP, "提高0.5个百分点", E, "个百分点", ""),
    (GDP, "27.8亿", E, "单位不符", ""),
    (GDP, "-101", E, "下降不会超过", ""),
    (GDP, "1.1234567", E, "小数最多6位", ""),
    (GDP, "9" * 20, E, "太大", ""),
    (GDP, "增" * 201, E, "太长", ""),
    (GDP, "预计6.5", W, "预计数", ""),
    (GDP, "18", W, "上年同期的2.8相差15.2个百分点", ""),
    (GDP, "0.06", W, "写成了小数", "6"),
    (GDP, "106", W, "像是指数", "6"),
    (GDP, "口径调整", W, "新旧口径", ""),
    (TRADE, "27.8亿", O, "27.8", "27.8"),
    (TRADE, "278000万元", O, "27.8", "27.8"),
    (TRADE, "278000", W, "错了位", "27.8"),
    (TRADE, "278", W, "错了位", "27.8"),
    (TRADE, "70", W, "相差一倍以上", ""),
    (TRADE, "12", W, "不应低于一季度的13.4", ""),
    (TRADE, "-3", E, "不能是负数", ""),
    (TRADE, "增加5亿元", E, "变动的数", ""),
    (TRADE, "27.8%", E, "单位不符", ""),
    (CAPITAL, "1500万元", E, "单位不符", ""),
    (CAPITAL, "0.15亿美元", O, "1500", "1500"),
    (CAPITAL, "0.08", W, "核对单位", "800"),
    (DAYS, "182", E, "只有181天", ""),
    (DAYS, "161.5", W, "整数", ""),
    (PRICES, "1.5", W, "像是涨幅", "101.5"),
    (RISE, "101.5", W, "像是指数", "1.5"),
    (WATER, "2.5", E, "应填等级", ""),
    (WATER, "良好", E, "应填等级", ""),
    (SAVING, "完成", W, "文号", ""),
    (SAVING, "年度指标", E, "须填年度数据", ""),
    (FOREST, "120", E, "应在0与100之间", ""),
    (FIRMS, "10", W, "错了位", "100"),
    (DEATHS, "3.5%", E, "没有单位", ""),
]


@pytest.mark.parametrize(("context", "text"), FINE)
def test_nothing_is_said_of_what_is_fine(context: Context, text: str) -> None:
    assert check_cell(Cell(text), context) == ()


@pytest.mark.parametrize(("context", "text", "severity", "says", "offer"), SAID)
def test_what_is_said(context: Context, text: str, severity: Severity, says: str, offer: str) -> None:
    found = check_cell(Cell(text), context)
    assert any(
        (remark.severity, remark.offer) == (severity, offer) and says in remark.says for remark in found
    ), found


@pytest.mark.parametrize(("context", "text", "severity", "says", "offer"), SAID)
def test_an_offer_that_is_taken_is_no_error(
    context: Context, text: str, severity: Severity, says: str, offer: str
) -> None:
    if offer:
        taken = check_cell(Cell(offer), context)
        assert not [remark for remark in taken if remark.severity is E]


def test_a_leap_year_has_a_day_more() -> None:
    assert not check_cell(Cell("182"), replace(DAYS, year=2024))


def test_a_figure_beside_a_picked_reason() -> None:
    picked = Cell("6", OutcomeState.AWAITING_CITY)
    assert "须留空" in check_cell(picked, GDP)[0].says
    assert check_cell(Cell("", OutcomeState.AWAITING_CITY), GDP) == ()


def test_a_part_is_not_above_its_total() -> None:
    part = replace(CAPITAL, name="其中", total=figure("总额", "700"))
    assert "大于所属" in check_cell(Cell("780"), part)[0].says
    assert check_cell(Cell("700"), part) == ()
    whole = replace(CAPITAL, parts=(figure("其中", "780"),))
    assert "小于其中" in check_cell(Cell("700"), whole)[0].says
    assert check_cell(Cell("780"), whole) == ()
    rate = replace(GDP, total=figure("总额", "3"))
    assert check_cell(Cell("6"), rate) == ()


def test_last_years_whole_is_shared_out_over_the_year() -> None:
    alone = replace(TRADE, previous=None)
    assert check_cell(Cell("26"), alone) == ()
    assert check_cell(Cell("52"), replace(alone, period=Period.FULL_YEAR)) == ()
    assert check_cell(Cell("60"), alone)[0].severity is W


def test_last_years_same_period_comes_before_its_whole() -> None:
    known = replace(TRADE, previous=None, same_period=figure("上年同期", "10"))
    assert check_cell(Cell("15"), known) == ()
    alone = replace(known, last_year=None)
    assert "上年同期（10）" in check_cell(Cell("35"), alone)[0].says


def test_a_small_rate_is_no_slip_where_nothing_says_so() -> None:
    assert check_cell(Cell("0.1"), replace(GDP, target=Decimal(0))) == ()


def test_a_jump_is_measured_against_the_nearest_figure_known() -> None:
    moved = replace(GDP, previous=figure("一季度", "17"))
    assert check_cell(Cell("18"), moved) == ()


def test_a_note_answers_a_warning_and_no_error() -> None:
    warned = check_cell(Cell("18"), GDP)
    wrong = check_cell(Cell("abc"), GDP)
    offered = check_cell(Cell("27.8亿"), TRADE)
    assert blocking(warned, "") == warned
    assert blocking(warned, " ") == warned
    assert blocking(warned, "基数低") == ()
    assert blocking(wrong, "基数低") == wrong
    assert blocking(offered, "") == ()


def test_a_long_note_is_an_error() -> None:
    assert "备注太长" in check_cell(Cell("6", note="长" * 2001), GDP)[0].says


@given(st.text(max_size=60), st.sampled_from([GDP, TRADE, DAYS, PRICES, WATER, SAVING, FOREST, DEATHS]))
def test_checking_never_raises_and_speaks_chinese(text: str, context: Context) -> None:
    for remark in check_cell(Cell(text), context):
        assert remark.says.endswith("。")
        assert remark.severity in Severity
