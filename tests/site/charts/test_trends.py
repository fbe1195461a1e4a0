"""An indicator across years: what is drawn, what is a word, and what is never joined."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.judging.terms import Accrual, Period
from wanzhou.site.charts.series import Aim, Entry, Figure, OtherBasis, Series, Year
from wanzhou.site.charts.sheets import Sheet
from wanzhou.site.charts.trends import NOT_COMPARED, NOT_JOINED, Panel, Trend, trend_of

from .shapes import (
    BUDGET,
    FOREIGN_CAPITAL,
    FULL,
    GDP,
    GOOD_AIR,
    HALF,
    PRICES,
    QUARTER,
    D,
    cap,
    drawn,
    figures,
    floor,
)


def words(sheet: Sheet, style: str | None = None) -> list[str]:
    return [text.words for text in sheet.texts if style is None or text.style == style]


def styles(sheet: Sheet) -> list[str]:
    boxes, lines = [box.style for box in sheet.boxes], [line.style for line in sheet.lines]
    return [*boxes, *lines, *(dot.style for dot in sheet.dots)]


def only(panel: Panel) -> Sheet:
    (sheet,) = panel.sheets
    return sheet


def test_years_of_a_rate_share_a_scale_and_are_not_joined() -> None:
    trend = drawn(Accrual.RATE, *GDP)
    (panel,) = trend.panels
    assert panel.title == "地区生产总值增速（%）"
    first, second = panel.sheets
    assert first.ticks == second.ticks
    assert [tick.words for tick in first.ticks] == ["0", "2", "4", "6", "8"]
    assert "ln" not in styles(first) + styles(second), "no two neighbouring periods are known"
    assert trend.notes == (NOT_JOINED,)


def test_the_wording_stands_at_the_line_as_it_was_printed() -> None:
    first, second = drawn(Accrual.RATE, *GDP).panels[0].sheets
    assert "目标 6左右" in words(first)
    assert "目标 6.5以上" in words(second)


def test_the_band_starts_at_the_firm_end_and_the_line_at_the_number() -> None:
    first = drawn(Accrual.RATE, *GDP).panels[0].sheets[0]
    (band,) = [box for box in first.boxes if box.style == "z"]
    (line,) = [line for line in first.lines if line.style == "tg"]
    bottom = D(band.y) + D(band.height)
    assert bottom == pytest.approx(D(line.y1) + D("2.1"), abs=D("0.2")), "5.9 lies a little below 6"
    assert D(band.y) == D(first.ticks[-1].y), "open above"


def test_a_missing_figure_is_a_word_and_no_mark() -> None:
    first = drawn(Accrual.RATE, *GDP).panels[0].sheets[0]
    assert words(first, "gap") == ["未收录", "未收录"]
    assert [dot.x for dot in first.dots] == ["37.5", "87.5"]


def test_neighbouring_periods_are_joined_within_the_year() -> None:
    year = replace(GDP[0], figures=figures("4.8", "3.6", "4.1", "3.5"))
    sheet = only(drawn(Accrual.RATE, year).panels[0])
    assert [(line.x1, line.x2) for line in sheet.lines if line.style == "ln"] == [
        ("12.5", "37.5"),
        ("37.5", "62.5"),
        ("62.5", "87.5"),
    ]


def test_zero_is_drawn_as_a_figure() -> None:
    sheet = only(drawn(Accrual.RATE, replace(GDP[0], figures=(Figure(FULL, D(0)),))).panels[0])
    assert len(sheet.dots) == 1
    assert "0" in words(sheet, "b")


def test_a_figure_that_is_not_final_is_hollow_and_the_key_says_why() -> None:
    trend = drawn(Accrual.RATE, replace(GDP[1], figures=(Figure(HALF, D(6), version="快报"),)))
    assert [dot.style for dot in only(trend.panels[0]).dots] == ["hol"]
    assert [(key.style, key.words) for key in trend.keys] == [
        ("hol", "快报"),
        ("tg", "年度目标"),
        ("z", "达标区间"),
    ]


def test_a_target_for_the_full_year_only_is_drawn_there_only() -> None:
    sheet = drawn(Accrual.RATE, *BUDGET).panels[0].sheets[0]
    assert {(line.x1, line.x2) for line in sheet.lines if line.style == "tg"} == {("75", "100")}
    assert [box.x for box in sheet.boxes] == ["75"]
    assert words(sheet).count("−8.4") == 1


def test_a_figure_on_another_basis_is_a_diamond_beside_the_judged_one() -> None:
    trend = drawn(Accrual.RATE, *BUDGET)
    sheet = trend.panels[0].sheets[0]
    assert [(dot.diamond, dot.style) for dot in sheet.dots if dot.x == "87.5"] == [
        (False, "sol"),
        (True, "alt"),
    ]
    assert words(sheet, "alt") == ["6"]
    assert "另一口径（扣除留抵退税因素后），不作比较" in [key.words for key in trend.keys]


def test_a_change_of_unit_begins_a_panel_and_the_other_basis_stands_on_its_own_side() -> None:
    old, new = drawn(Accrual.CUMULATIVE, *FOREIGN_CAPITAL).panels
    assert (old.title, old.break_word) == ("实际利用外资（亿美元）", "")
    assert (new.title, new.break_word) == ("实际使用外资（万美元）", "单位改变")
    assert [tick.words for tick in only(old).ticks] == ["0", "0.5", "1", "1.5", "2"]
    assert "780" not in words(only(old))
    assert words(only(new), "b") == ["2022", "2023"]
    assert [(dot.diamond, dot.x) for dot in only(new).dots] == [(True, "25")]
    assert "另一口径" in words(only(new), "p")


def test_a_year_that_cannot_be_compared_has_no_band_and_says_so() -> None:
    old = only(drawn(Accrual.CUMULATIVE, *FOREIGN_CAPITAL).panels[0])
    assert "z" not in styles(old)
    assert words(old, "cal") == ["不作比较", "口径调整"]


def test_a_series_break_keeps_rise_and_index_apart() -> None:
    trend = drawn(Accrual.RATE, *PRICES)
    rise, index = trend.panels
    assert index.break_word == "口径调整"
    assert [tick.words for tick in only(rise).ticks] == ["0", "1", "2", "3"]
    assert [tick.words for tick in only(index).ticks] == ["100", "101", "102", "103"]
    assert trend.notes == (NOT_JOINED, NOT_COMPARED)


def test_an_amount_is_a_bar_and_a_year_under_way_a_lighter_one() -> None:
    trend = drawn(Accrual.CUMULATIVE, *GOOD_AIR)
    sheet = only(trend.panels[0])
    assert [box.style for box in sheet.boxes if box.style != "z"] == ["bar", "part"]
    assert words(sheet, "p") == ["上半年"]
    assert [(key.style, key.words) for key in trend.keys][:2] == [("bar", "全年数"), ("part", "年内累计数")]
    assert trend.path is not None


def test_bars_start_at_zero_and_run_down_for_a_loss() -> None:
    year = replace(GOOD_AIR[0], figures=(Figure(FULL, D(-40)),))
    sheet = only(drawn(Accrual.CUMULATIVE, year).panels[0])
    (bar,) = [box for box in sheet.boxes if box.style == "bar"]
    (zero,) = [tick for tick in sheet.ticks if tick.origin]
    assert (bar.y, zero.words) == (zero.y, "0")
    assert "−40" in words(sheet)


def test_where_a_bar_ends_just_below_its_target_the_figure_stands_inside() -> None:
    year = replace(GOOD_AIR[0], figures=(Figure(FULL, D(318)),))
    assert words(only(drawn(Accrual.CUMULATIVE, year).panels[0]), "in") == ["318"]


def test_an_estimate_for_the_full_year_is_an_outline() -> None:
    year = replace(GOOD_AIR[0], figures=(Figure(FULL, D(331), version="预计"),))
    trend = drawn(Accrual.CUMULATIVE, year)
    assert "barh" in styles(only(trend.panels[0]))
    assert ("barh", "预计") in [(key.style, key.words) for key in trend.keys]


def test_levels_are_dots_without_a_line() -> None:
    years = [
        Year(2022, "森林覆盖率", "%", (Figure(FULL, D("56.5")),), floor("56.5", "56.5")),
        Year(2023, "森林覆盖率", "%", (Figure(HALF, D("56.5")),), floor("56.5以上", "56.5")),
    ]
    trend = drawn(Accrual.LEVEL, *years)
    sheet = only(trend.panels[0])
    assert [dot.style for dot in sheet.dots] == ["sol", "hol"]
    assert "ln" not in styles(sheet)
    assert not any(tick.origin for tick in sheet.ticks)
    assert [key.words for key in trend.keys][:2] == ["年末数", "年内数"]
    assert trend.path is None


def test_a_relative_target_without_its_base_is_only_in_words() -> None:
    years = [
        Year(2022, "研发经费", "%", (Figure(FULL, missing="待市级反馈"),), floor("1.7左右", "1.7")),
        Year(2023, "研发经费", "%", (Figure(FULL, missing="待基数"),), Aim("较2022年提升0.2个百分点")),
    ]
    trend = drawn(Accrual.LEVEL, *years)
    sheet = only(trend.panels[0])
    assert "目标见下表" in words(sheet)
    assert words(sheet, "wait") == ["反馈", "待市级", "待基数"]
    assert "较2022年提升0.2个百分点" in trend.words


def test_a_panel_without_a_number_says_what_it_has_in_words() -> None:
    after = Year(2023, "新率", "人", (), Aim("继续下降"))
    plain = drawn(Accrual.LEVEL, GOOD_AIR[0], after).panels[1]
    assert plain.sheets == ()
    assert plain.plain == "新率（人），2023 年目标 继续下降，尚无数据。"


def test_many_years_take_as_many_sheets_as_a_small_phone_needs() -> None:
    years = [replace(GOOD_AIR[0], year=year) for year in range(2021, 2026)]
    panel = drawn(Accrual.CUMULATIVE, *years).panels[0]
    assert [sheet.slots for sheet in panel.sheets] == [3, 2]
    assert len({sheet.ticks for sheet in panel.sheets}) == 1


def test_a_range_has_two_lines_and_one_wording() -> None:
    year = replace(GDP[0], aim=Aim("6%至6.5%", low=D(6), high=D("6.5")))
    sheet = only(drawn(Accrual.RATE, year).panels[0])
    assert len([line for line in sheet.lines if line.style == "tg"]) == 2
    assert words(sheet).count("目标 6%至6.5%") == 1


def test_a_wording_too_long_for_its_line_is_replaced_by_its_number() -> None:
    year = replace(GDP[0], aim=floor("增长5%以上并且在全市继续保持前列", "5"))
    assert "目标 5，全文见下表" in words(only(drawn(Accrual.RATE, year).panels[0]))
    assert Aim("增长5%以上并且在全市继续保持前列").label == "目标 见下表"


def test_a_rate_with_a_target_in_words_keeps_its_points() -> None:
    sheet = only(drawn(Accrual.RATE, replace(GDP[0], aim=Aim("高于全市平均"))).panels[0])
    assert "目标见下表" in words(sheet)
    assert len(sheet.dots) == 2


def test_a_year_without_any_target_still_shows_its_figures() -> None:
    for accrual in (Accrual.RATE, Accrual.CUMULATIVE):
        trend = drawn(accrual, replace(GDP[0], aim=None))
        assert "未载目标" in trend.words
        assert trend.figures[0].target == "—"


@pytest.mark.parametrize(
    "series",
    [
        Series(Accrual.GRADE, GDP),
        Series(Accrual.ASSIGNED, GDP),
        Series(Accrual.RATE, (Year(2023, "水质", "", (), Aim("总体保持II类")),)),
        Series(Accrual.RATE, ()),
    ],
)
def test_what_has_no_number_has_no_chart(series: Series) -> None:
    assert trend_of(series) is None


def test_the_words_say_every_number() -> None:
    assert drawn(Accrual.RATE, *GDP).words == (
        "地区生产总值增速（%），2022 年目标 6左右，一季度 未收录，上半年 2.8，前三季度 未收录，全年 3.5；"
        "2023 年目标 6.5以上，一季度 未收录，上半年 6。"
    )
    assert drawn(Accrual.CUMULATIVE, *FOREIGN_CAPITAL).words == (
        "实际利用外资（亿美元），2022 年目标 1.6，全年 口径调整（另一口径 新口径 780万美元）；"
        "实际使用外资（万美元），2023 年与上年不作比较（单位改变），目标 1500，上半年 未收录。"
    )


def test_the_table_says_the_same_as_the_chart() -> None:
    assert drawn(Accrual.RATE, *BUDGET).figures == (
        Entry("2022", "上半年", "−8.4", "0（%）", "目标年中调整，半年不判定"),
        Entry("2022", "全年", "0.1", "0（%）", "另一口径 扣除留抵退税因素后 6%"),
        Entry("2023", "上半年", "8.4", "8（%）", ""),
    )
    after = drawn(Accrual.LEVEL, GOOD_AIR[0], Year(2023, "新率", "人", (), Aim("继续下降"))).figures[-1]
    assert after == Entry("2023", "—", "—", "继续下降（人）", "与上年不作比较（单位改变）")


def test_a_figure_missing_without_a_word_reads_as_unknown() -> None:
    assert "全年 未载" in drawn(Accrual.RATE, replace(GDP[0], figures=(Figure(FULL),))).words


NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=6)


@st.composite
def years(draw: st.DrawFn) -> Year:
    given_figures = tuple(
        Figure(
            period,
            draw(st.none() | NUMBERS),
            missing="待市级反馈",
            version=draw(st.sampled_from(["", "快报"])),
            basis=draw(
                st.none() | st.builds(OtherBasis, NUMBERS, st.sampled_from(["%", "天"]), st.just("另计"))
            ),
        )
        for period in draw(st.lists(st.sampled_from(list(Period)), unique=True))
    )
    number = draw(NUMBERS)
    aims = [
        None,
        floor("以上", str(number)),
        cap("以内", str(number)),
        Aim("左右", number, full_year_only=True),
    ]
    unit = draw(st.sampled_from(["%", "天"]))
    return Year(2022, "名称", unit, given_figures, draw(st.sampled_from(aims)), draw(st.booleans()))


@settings(max_examples=150, deadline=None)
@given(
    accrual=st.sampled_from([Accrual.RATE, Accrual.CUMULATIVE, Accrual.LEVEL]),
    several=st.lists(years(), min_size=1, max_size=4),
)
def test_everything_stays_on_its_sheet(accrual: Accrual, several: list[Year]) -> None:
    trend = trend_of(Series(accrual, tuple(several)))
    for sheet in sheets(trend):
        places = [(box.x, box.y) for box in sheet.boxes] + [(dot.x, dot.y) for dot in sheet.dots]
        places += [place for line in sheet.lines for place in ((line.x1, line.y1), (line.x2, line.y2))]
        assert all(0 <= Decimal(x) <= 100 and 0 <= Decimal(y) <= sheet.height for x, y in places)
        assert all(Decimal(box.width) >= 0 and Decimal(box.height) >= 0 for box in sheet.boxes)
        assert len([line for line in sheet.lines if line.style == "ln"]) <= 4


def sheets(trend: Trend | None) -> list[Sheet]:
    if trend is None:
        return []
    paths = [trend.path.sheet] if trend.path else []
    return [*paths, *(sheet for panel in trend.panels for sheet in panel.sheets)]


def test_the_first_quarter_may_stand_alone() -> None:
    sheet = only(drawn(Accrual.RATE, replace(GDP[0], figures=(Figure(QUARTER, D(5)),))).panels[0])
    assert [dot.x for dot in sheet.dots] == ["12.5"]
