"""Tables of Word files and of pastes: whatever the order, number and state of their columns."""

from __future__ import annotations

import random

import pytest
from docx import Document
from docx.oxml import OxmlElement

from tests.site.intake.words import (
    CAPTION,
    EXPECTED,
    HEADS,
    NOTE,
    ROWS,
    add_table,
    read,
    read_text,
    told,
    word_file,
)
from wanzhou.site.reports.intake.report import Sure


def test_a_plain_table_of_a_word_file() -> None:
    report = read(word_file([HEADS, *ROWS]))
    assert told(report) == EXPECTED
    assert (report.tables[0].caption, report.tables[0].year) == (CAPTION, 2022)


@pytest.mark.parametrize("seed", range(6))
def test_columns_in_any_order(seed: int) -> None:
    order = random.Random(seed).sample(range(4), 4)
    report = read(word_file([[row[column] for column in order] for row in [HEADS, *ROWS]]))
    assert told(report) == EXPECTED


def test_unit_nature_growth_and_others_in_columns_of_their_own() -> None:
    heads = [
        "序號",
        "指標名稱",
        "計量單位",
        "責任單位",
        "2023年計劃目標",
        "同比增长（%）",
        "指標屬性",
        "备注",
    ]
    rows = [
        ["1", "进出口总额", "亿元", "区商务委", "６０", "15.6", "预期性", ""],
        ["2", "长江干流水质", "", "", "稳定保持Ⅱ类", "", "约束性", "见注"],
    ]
    report = read(word_file([heads, *rows], caption="附表2 2023年国民经济和社会发展计划", note=""))
    assert told(report) == [
        (1, "进出口总额", "亿元", "60", "", "anticipatory", False),
        (2, "长江干流水质", "", "稳定保持Ⅱ类", "", "binding", False),
    ]


def test_two_years_beside_each_other_are_two_tables() -> None:
    heads = ["指标名称", "单位", "2022年目标", "2022年完成", "2023年预期目标"]
    report = read(word_file([heads, ["地区生产总值", "%", "6左右", "3.5", "6.5以上"]], caption="主要指标表"))
    assert [(table.year, told(report, number)[0][3:5]) for number, table in enumerate(report.tables)] == [
        (2022, ("6左右", "3.5")),
        (2023, ("6.5以上", "")),
    ]


def test_heads_over_two_rows() -> None:
    document = Document()
    document.add_paragraph("表1 主要指标")
    table = document.add_table(rows=3, cols=4)
    for column, text in enumerate(["序号", "指标名称", "2022年", ""]):
        table.cell(0, column).text = text
    table.cell(1, 2).text, table.cell(1, 3).text = "目标", "完成情况"
    table.cell(0, 2).merge(table.cell(0, 3))
    for column in (0, 1):
        table.cell(0, column).merge(table.cell(1, column))
    for column, text in enumerate(["1", "地区生产总值增速（%）", "6左右", "3.5"]):
        table.cell(2, column).text = text
    report = read(document)
    assert [row[:5] for row in told(report)] == [(1, "地区生产总值增速", "%", "6左右", "3.5")]


def test_a_table_split_over_pages_is_one_table() -> None:
    document = word_file([HEADS, *ROWS[:2]], note="")
    document.add_paragraph("续表1")
    add_table(document, [HEADS, *ROWS[2:]])
    document.add_paragraph(NOTE)
    report = read(document)
    assert len(report.tables) == 1
    assert told(report) == EXPECTED


def test_a_second_half_without_heads_and_repeated_heads_go_on() -> None:
    document = word_file([HEADS, *ROWS[:3]], note="")
    document.add_paragraph("")
    add_table(document, [*ROWS[3:], HEADS, ["4", "森林覆盖率（%）*", "56.5", "56.5"]])
    document.add_paragraph(NOTE)
    assert told(read(document)) == [*EXPECTED, (4, "森林覆盖率", "%", "56.5", "56.5", "binding", False)]


def test_merged_cells_are_copied_and_never_certain() -> None:
    document = word_file([HEADS, *ROWS])
    table = document.tables[0]
    table.cell(2, 2).text = table.cell(4, 2).text = ""
    table.cell(1, 2).merge(table.cell(2, 2))
    table.cell(4, 2).merge(table.cell(4, 3))
    report = read(document)
    rows = report.tables[0].rows
    assert (rows[0].target, rows[1].target) == ("6左右", "6左右")
    assert rows[1].sure is Sure.LIKELY
    assert rows[1].doubt


def test_a_row_that_is_one_merged_cell_names_a_group() -> None:
    document = word_file([HEADS, ["一、经济发展", "", "", ""], *ROWS])
    table = document.tables[0]
    table.cell(1, 0).merge(table.cell(1, 3))
    assert told(read(document)) == EXPECTED


def test_missing_numbers_are_given_in_order_and_said() -> None:
    report = read(word_file([row[1:] for row in [HEADS, *ROWS]]))
    assert told(report) == EXPECTED
    assert any("没有序号" in problem and "按先后次序编号" in problem for problem in report.problems)


def test_numbers_that_word_itself_counts() -> None:
    document = word_file([HEADS, *[["", *row[1:]] for row in ROWS if row[0]]])
    for row in document.tables[0].rows[1:]:
        properties = row.cells[0].paragraphs[0]._p.get_or_add_pPr()
        properties.append(OxmlElement("w:numPr"))
    assert [row[0] for row in told(read(document))] == [1, 2, 3]


def test_wrapped_cells_and_paragraphs_in_a_cell() -> None:
    document = word_file([HEADS, ["1", "R&D占GDP比重（%）", "较2022年提升\n0.2个百分点", "市级暂未反馈"]])
    document.tables[0].cell(1, 1).add_paragraph("*")
    (row,) = told(read(document))
    assert row[1:6] == ("R&D占GDP比重", "%", "较2022年提升0.2个百分点", "市级暂未反馈", "binding")


def test_deleted_text_and_field_codes_are_not_read() -> None:
    document = word_file([HEADS, *ROWS])
    run = document.tables[0].cell(1, 2).paragraphs[0].runs[0]._r
    for name in ("w:instrText", "w:delText"):
        gone = OxmlElement(name)
        gone.text = "99"
        run.append(gone)
    assert told(read(document)) == EXPECTED


@pytest.mark.parametrize("between", ["\t", "    ", "　　"])
def test_a_pasted_table(between: str) -> None:
    rows = [HEADS, *ROWS]
    if between != "\t":
        rows = [row for row in rows if row[0]]
    text = "\n".join([CAPTION, *(between.join(row) for row in rows), NOTE])
    assert told(read_text(text)) == [row for row in EXPECTED if between == "\t" or row[0]]


def test_a_table_whose_heads_are_not_known_is_said() -> None:
    report = read(word_file([["甲", "乙"], ["一", "二"]], caption="表3  2023年重点项目计划"))
    assert report.tables == ()
    assert any("没有认出表头" in problem for problem in report.problems)


def test_a_sub_row_without_a_sign_and_one_with_words() -> None:
    rows = [
        ["1", "一般公共预算收入增速（%）", "8", "9"],
        ["", "税收收入增速（%）", "15", "16"],
        ["", "其中：非税收入（%）", "1", "2"],
    ]
    told_rows = told(read(word_file([HEADS, *rows], note="")))
    assert [(row[0], row[1], row[6]) for row in told_rows] == [
        (1, "一般公共预算收入增速", False),
        (None, "税收收入增速", True),
        (None, "非税收入", True),
    ]
