"""The report out: what is written from our data stands in the printed report, clause by clause and cell by cell."""

from __future__ import annotations

import io
import re
from itertools import groupby
from typing import Any

import docx
import pytest
from django.utils import timezone

from tests.acceptance.printed_report import REPORT, printed_passages, printed_table, read
from wanzhou.kernel.plans.shown import published_plans
from wanzhou.site.reports.writing.annual import annual_report
from wanzhou.site.reports.writing.documents import Document, Table
from wanzhou.site.reports.writing.forms import Form, written
from wanzhou.site.reports.writing.told import district_names, plan_told, year_told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_plans")]

# Clauses of the printed paragraphs that hold what the system does not: what they say, and why it is not written.
NOT_HELD = {
    "2023年国民经济和社会发展计划指标总体上继续沿用2022年指标体系": "that two systems are on the whole the same "
    "is an opinion; what changed is counted at /compare/2022/2023/",
    "按照区委六届二次全会和区委经济工作会议精神作了进一步优化完善": "meetings of the party are no facts of the plan",
    "主要预期目标是统筹考虑全区发展基础条件和增长支撑因素": "reasons for the targets are not among our facts",
    "充分衔接平衡“十四五”发展目标和经济发展客观需要": "reasons for the targets",
    "兼顾短期与长期、速度与质量、总量与结构、使命与担当": "reasons for the targets",
    "按照“跳一跳、够得着”、“咬咬牙、更进一步”的要求和期望确定的": "reasons for the targets",
}
# What a printed clause says besides the fact that we hold.
BESIDE_THE_FACT = "、争取实现更好的结果"
# The only sign of the boxes that we do not keep: clauses are kept whole, what parts them is not.
COMMAS = {"石笋沟水库、枫木水库等项目主体完工，青龙水库": "石笋沟水库、枫木水库等项目主体完工。青龙水库"}


@pytest.fixture
def report() -> Document:
    moment = timezone.now()
    plans = published_plans(moment)
    return annual_report(year_told(plans, 2022, moment), plan_told(plans, 2023, moment), district_names())


def clauses(text: str) -> list[str]:
    return [clause for clause in re.split("[，；。]", text) if clause]


def cells_of(table: Table) -> list[list[str]]:
    return [list(table.heads), *(list(line.cells) for line in table.lines)]


def test_title_and_byline_are_those_of_the_report(report: Document) -> None:
    assert f"{report.title}{report.byline}" in REPORT.replace("\n", "")


def test_the_tally_paragraph_is_the_reports_word_for_word(report: Document) -> None:
    tally = report.paragraphs[0]

    assert tally.startswith("区六届人大一次会议审查批准的22项年度目标中")
    assert f"\n{tally}\n" in REPORT
    assert len(clauses(tally)) == 20


def test_the_goals_paragraph_holds_every_clause_that_is_a_fact(report: Document) -> None:
    goals = report.paragraphs[1]
    [printed] = [line for line in REPORT.split("\n") if "共25项指标" in line]
    printed = printed.replace(BESIDE_THE_FACT, "")
    missing = [clause for clause in clauses(printed) if clause not in goals]
    assert missing == list(NOT_HELD)
    said = [clause.removeprefix("2023年国民经济和社会发展计划") for clause in clauses(goals)]
    assert [clause for clause in said if clause not in printed] == []


@pytest.mark.parametrize(("number", "place"), [(1, 0), (2, 1)])
def test_the_tables_are_the_reports_cell_by_cell(report: Document, number: int, place: int) -> None:
    table = report.tables[place]
    assert cells_of(table) == printed_table(number)
    assert f"\n{table.caption}\n" in REPORT
    assert all(f"\n{note}\n" in REPORT for note in table.notes)
    assert len(table.notes) == (1 if number == 1 else 0)


def test_sub_rows_are_marked(report: Document) -> None:
    for table in report.tables:
        assert [line.cells[1] for line in table.lines if line.sub] == [
            "#税收收入增速（%）",
            "#农村居民人均可支配收入增速（%）",
        ]


@pytest.mark.parametrize("number", ["1", "2", "3", "4", "5"])
def test_the_boxes_are_the_reports_passage_by_passage(report: Document, number: str) -> None:
    box = report.boxes[int(number) - 1]
    assert f"\n{box.caption}\n" in REPORT
    printed = REPORT
    for as_printed, as_written in COMMAS.items():
        printed = printed.replace(as_printed, as_written)
    for passage in box.passages:
        assert passage.heading + passage.text in printed
    sections = [section for section, _ in groupby(printed_passages(number), key=lambda one: one.section)]
    assert len(box.passages) == len({section.partition("·")[0] for section in sections})


def test_every_entry_of_the_boxes_is_there_and_no_other(report: Document) -> None:
    listed = [
        (entry.section, entry.name, entry.clause, entry.quantity)
        for box in report.boxes
        for entry in box.entries
    ]
    tasks = [
        (task["section"], task["name"], task["wording"], task["quantity"])
        for year in ("2022", "2023")
        for task in read(f"{year}/tasks.csv")
    ]
    assert listed == tasks
    assert len(listed) == 208


def test_the_plain_text_reads_back_like_the_printed_one(report: Document) -> None:
    """By the same reading of tabs and lines as the source's."""
    text = written(report, Form.TXT).decode()
    for number, place in ((1, 0), (2, 1)):
        table = text[text.index(f"\n表{number}  ") :]
        cells = table[: table.index("\n\n\n")].split("\n\t")[1:]
        rows = [[cell.strip("\n") for cell in cells[start : start + 4]] for start in range(0, len(cells), 4)]
        assert rows == cells_of(report.tables[place])
    assert all(paragraph in text for paragraph in report.paragraphs)


def test_the_word_file_reads_back_cell_by_cell(report: Document) -> None:
    file = docx.Document(io.BytesIO(written(report, Form.DOCX)))
    found = [[[cell.text for cell in row.cells] for row in table.rows] for table in file.tables]
    assert found == [cells_of(table) for table in report.tables]
    said = [paragraph.text for paragraph in file.paragraphs]
    assert [*report.paragraphs] == [text for text in said if text in report.paragraphs]
    for box in report.boxes:
        start = said.index(box.caption)
        passages = [passage.heading + passage.text for passage in box.passages]
        assert said[start + 1 : start + 1 + len(passages)] == passages


def test_the_workbook_reads_back_cell_by_cell(report: Document) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(written(report, Form.XLSX)))
    assert book.sheetnames == ["正文", "表1", "表2", "专栏1", "专栏2", "专栏3", "专栏4", "专栏5"]
    for name, table in zip(("表1", "表2"), report.tables, strict=True):
        rows = [[as_text(cell) for cell in row] for row in book[name].iter_rows(min_row=2)]
        assert rows[: 1 + len(table.lines)] == cells_of(table)
        assert book[name]["A1"].value == table.caption
    for box in report.boxes:
        rows = [[as_text(cell) for cell in row] for row in book[box.caption.split()[0]].iter_rows(min_row=3)]
        assert [row[1:] for row in rows] == [
            [entry.section, entry.name, entry.quantity, entry.clause] for entry in box.entries
        ]


def as_text(cell: Any) -> str:
    """A cell as it shows: a number with its own decimals."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, str):
        return cell.value
    decimals = len(cell.number_format.partition(".")[2])
    return f"{cell.value:.{decimals}f}"
