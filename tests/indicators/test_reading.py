"""What a sheet says of its rows: found by headings in whatever form, and nothing is taken that is not certain."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pytest
from openpyxl import Workbook

from indicators.judging.terms import Period
from indicators.workbooks.headings import Asked
from indicators.workbooks.reading import Told, Untold, lines_told
from wanzhou.kernel.workbooks.opening import open_sheets

ASKED = Asked(2023, Period.FIRST_HALF, "上半年累计")


def read(*lines: tuple[Any, ...], merged: tuple[str, ...] = (), hidden: bool = False) -> list[Told | Untold]:
    book = Workbook()
    sheet = book.active
    sheet.title = "表"
    if hidden:
        book.create_sheet("空")
        sheet.sheet_state = "hidden"
    for line in lines:
        sheet.append(line)
    for area in merged:
        sheet.merge_cells(area)
    file = io.BytesIO()
    book.save(file)
    return list(lines_told("a.xlsx", open_sheets("a.xlsx", file.getvalue()), asked=ASKED))


def told(*lines: tuple[Any, ...], **more: Any) -> list[tuple[str, str]]:
    return [(one.name, one.text) for one in read(*lines, **more) if isinstance(one, Told)]


def untold(*lines: tuple[Any, ...], **more: Any) -> dict[str, str]:
    return {
        one.place.removeprefix("《a.xlsx》“表”"): one.why
        for one in read(*lines, **more)
        if isinstance(one, Untold)
    }


@pytest.mark.parametrize(
    "heading",
    [
        "上半年累计", "完成情况", "上半年", "2023年上半年", "2023年1-6月完成情况", "1—6月累计", "上半年完成数",
        "本期累计",         "上半年\n累计（%）", "2023年完成情况", "实际完成",
    ],
)  # fmt: skip
def test_the_many_names_of_a_column_of_figures(heading: str) -> None:
    assert told(("指标名称", heading), ("固投", 6.5)) == [("固投", "6.5")]


@pytest.mark.parametrize(
    "heading",
    [
        "2022年完成情况", "一季度累计", "前三季度", "1-9月完成情况", "全年累计", "上年同期", "年度目标", "2023年目标",
        "上半年目标", "二季度", "6月当月", "同比增速", "完成情况（2022年）", "上半年排名",
    ],
)  # fmt: skip
def test_columns_of_another_time_or_meaning_are_not_taken(heading: str) -> None:
    (only,) = read(("指标名称", heading), ("固投", 6.5))
    assert isinstance(only, Untold)
    assert "没有2023年上半年的完成情况" in only.why


def test_the_period_s_own_column_wins() -> None:
    lines = ("指标", "一季度累计", "上半年累计", "完成情况"), ("固投", 1, 2, 3)
    assert told(*lines) == [("固投", "2")]


def test_two_columns_that_could_both_be_meant_are_left_to_the_person() -> None:
    said = untold(("指标", "完成情况", "实际完成"), ("固投", 1, 2), ("社零", None, None))
    assert said == {"A2": "“固投”：“完成情况”、“实际完成”几列都像是要填的数，没有读取，请只留一列。"}


def test_tables_side_by_side() -> None:
    lines = (
        ("序号", "指标", "完成情况", "序号", "指标", "完成情况"),
        (1, "固投", 6.5, 2, "社零", 7),
        (3, "GDP", 6),
    )
    assert told(*lines) == [("固投", "6.5"), ("社零", "7"), ("GDP", "6")]


def test_headings_over_two_lines_with_the_years_merged() -> None:
    lines = (
        ("指标名称", "2022年", None, "2023年", None),
        (None, "目标", "完成情况", "目标", "上半年"),
        ("固投", 1, 2, 3, 4),
    )
    assert told(*lines, merged=("A1:A2", "B1:C1", "D1:E1")) == [("固投", "4")]


def test_years_over_a_line_that_alone_would_be_ambiguous() -> None:
    lines = (None, "2022年", "2023年"), ("指标", "完成情况", "完成情况"), ("固投", 1, 2)
    assert told(*lines) == [("固投", "2")]


def test_a_heading_that_comes_again_is_no_row() -> None:
    lines = ("指标", "完成情况"), ("固投", 6.5), ("指标", "完成情况"), ("社零", 7)
    assert told(*lines) == [("固投", "6.5"), ("社零", "7")]
    assert untold(*lines) == {}


def test_names_merged_over_two_rows_are_told() -> None:
    said = untold(("指标", "完成情况"), ("固投", 6.5), (None, 7.5), merged=("A2:A3",))
    assert said == {"B3": "“7.5”这一行没有指标名称，没有读取：每一行都要写上名称（合并的单元格请拆开）。"}


def test_titles_sections_notes_and_wraps_say_nothing() -> None:
    lines = (
        ("表1  2023年上半年主要指标",), (), ("序号", "指标名称", "完成情况", "指标属性"), ("一、经济发展",),
        (1, "固定资产\n投资增速（%）", "同比\n增长6.5", "预期性"), ("注：加*为约束性指标。",),
    )  # fmt: skip
    assert [one for one in read(*lines) if isinstance(one, Untold)] == []
    (only,) = read(*lines)
    assert isinstance(only, Told)
    assert (only.name, only.text, only.unit, only.note) == ("固定资产投资增速（%）", "同比增长6.5", "%", None)


@pytest.mark.parametrize(
    ("title", "is_read"),
    [
        ("2023年上半年报表", True), ("2023年报表", True), ("报表", True), ("2022年和2023年上半年对比", True),
        ("填报时间：2024年1月5日", True), ("2022年上半年报表", False),
        ("2023年前三季度报表", False), ("2022年报表", False),
    ],
)  # fmt: skip
def test_a_title_about_another_time_stops_the_sheet(title: str, is_read: bool) -> None:
    assert bool(told((title,), ("指标", "完成情况"), ("固投", 6.5))) == is_read
    if not is_read:
        (why,) = untold((title,), ("指标", "完成情况"), ("固投", 6.5)).values()
        assert f"标题写的是“{title}”，这里填的是2023年上半年" in why


def test_a_figure_and_a_word_picked_beside_it_contradict_each_other() -> None:
    lines = (
        ("指标", "完成情况", "填报情况"),
        ("固投", 6.5, "市级暂未反馈"),
        ("社零", 7, "正常填报"),
        ("GDP", None, "口径调整"),
    )
    assert told(*lines) == [("社零", "7"), ("GDP", "口径调整")]
    assert untold(*lines) == {"B2": "“固投”填了“6.5”，又选了“市级暂未反馈”，没有读取：请只留一个。"}


def test_notes_are_kept_apart_from_silence() -> None:
    lines = (
        ("指标", "完成情况", "备注"),
        ("固投", 1, "快报\n初步"),
        ("社零", 2, None),
        ("GDP", 3, datetime.date(2023, 7, 5)),
    )
    notes = [one.note for one in read(*lines) if isinstance(one, Told)]
    assert notes == ["快报 初步", None, "2023-07-05"]


def test_what_is_no_figure_says_what_would_be_accepted() -> None:
    said = untold(
        ("指标", "完成情况", "备注"), ("甲", datetime.date(2023, 6, 5), None), ("乙", "#REF!", None),
        ("丙", True, None),         ("丁", "=1+1", None), ("戊", 1, "#N/A"),
    )  # fmt: skip
    assert said == {
        "B2": "“甲”的数据是日期（2023-06-05），没有读取：6.5、6-5 这样的数常被自动变成日期。"
        "请把这一格设为“文本”，重新填数后再上传。",
        "B3": "“乙”的数据是错误值 #REF!，没有读取：应填数字，或“市级暂未反馈”“口径调整”“年度指标”。",
        "B4": "“丙”的数据是 TRUE，没有读取：应填数字，或“市级暂未反馈”“口径调整”“年度指标”。",
        "B5": "“丁”的数据是公式，文件里没有存下算出的数，没有读取：请复制这一格，“选择性粘贴”为“数值”后再上传，"
        "或直接填数。",
        "C6": "“戊”的备注是#N/A，没有读取。",
    }


def test_a_hidden_sheet_is_told_where_it_would_have_been_read() -> None:
    lines = ("指标", "完成情况"), ("固投", 6.5)
    assert untold(*lines, hidden=True) == {
        "": "这张工作表是隐藏的，没有读取。要用里面的数，请取消隐藏后再上传。"
    }


def test_what_stands_beyond_is_told() -> None:
    far = ("指标", "完成情况", *[None] * 99, "更远")
    assert untold(far, ("固投", 6.5)) == {
        "": "第1行第102列起有1格有内容，没有读取：只读前100列、前100000行。请删去多余的，或挪到前面。"
    }
