"""Tables of a workbook, whatever stands around them."""

from __future__ import annotations

import io

from openpyxl import Workbook

from tests.site.intake.words import CAPTION, EXPECTED, HEADS, NOTE, ROWS, add_table, read, told, word_file
from wanzhou.site.reports.intake import Report, open_report, read_report
from wanzhou.site.reports.intake.passages import Place
from wanzhou.site.reports.intake.report import Sure


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def book(*, left: int = 0) -> Workbook:
    """A sheet with a caption, an empty row, the table from some column on, a group's heading, and the note."""
    made = Workbook()
    sheet = made.active
    sheet.title = "完成情况"
    sheet.append([""] * left + [CAPTION])
    sheet.append([])
    sheet.append([""] * left + HEADS)
    sheet.append([""] * left + ["一、经济发展"])
    for row in ROWS:
        figures = [float(cell) if cell.replace(".", "").lstrip("-").isdigit() else cell for cell in row]
        sheet.append([""] * left + [int(one) if one == 347 or one == 50 else one for one in figures])
    sheet.append([])
    sheet.append([""] * left + [NOTE])
    return made


def test_a_sheet_is_read_like_a_table_of_a_word_file() -> None:
    manuscript = open_report("报告.xlsx", saved(book()))
    report = read_report(manuscript)
    assert told(report) == EXPECTED
    assert (report.tables[0].caption, report.tables[0].year) == (CAPTION, 2022)
    row = report.tables[0].rows[0]
    assert row.place == Place(5, 2, 2 + len(ROWS[0][1]))


def test_a_table_may_begin_in_any_column_and_on_any_sheet() -> None:
    made = book(left=2)
    made.create_sheet("空表", 0)
    assert told(read_report(open_report("报告.docx", saved(made)))) == EXPECTED


LISTED: list[list[str | None]] = [
    ["序号", "分类", "项目", "数量", "原文"],
    ["1", "交通", "郑万高铁", None, "郑万高铁、南环高速建成通车"],
    ["2", "", "南环高速", None, "郑万高铁、南环高速建成通车"],
    ["3", "水利", "17个农村供水保障项目", "17个", "17个农村供水保障项目开工建设"],
    ["4", "水利", "别的名称", None, "大滩口水库扩建前期工作加快推进"],
]
ENTRIES = [
    ("交通", "郑万高铁", "completed", "建成通车", False, "", Sure.CERTAIN),
    ("交通", "南环高速", "completed", "建成通车", False, "", Sure.CERTAIN),
    ("水利", "17个农村供水保障项目", "started", "开工建设", True, "17个", Sure.CERTAIN),
    ("水利", "别的名称", "preparatory", "前期工作加快推进", False, "", Sure.LIKELY),
]


def entries(report: Report) -> list[tuple[object, ...]]:
    (box,) = report.boxes
    assert (box.number, box.title, box.year) == (1, "2022年重点项目推进情况", 2022)
    return [
        (one.section, one.name, one.stage, one.stage_wording, one.group, one.quantity, one.sure)
        for one in box.entries
    ]


def test_a_box_that_is_listed_row_by_row_in_a_sheet() -> None:
    made = Workbook()
    sheet = made.active
    sheet.title = "专栏1"
    sheet.append(["专栏1  2022年重点项目推进情况"])
    for row in LISTED:
        sheet.append(row)
    assert entries(read_report(open_report("报告.xlsx", saved(made)))) == ENTRIES


def test_a_box_that_is_listed_row_by_row_in_a_word_file() -> None:
    document = word_file([HEADS, *ROWS])
    document.add_paragraph("专栏1  2022年重点项目推进情况")
    add_table(document, [[cell or "" for cell in row] for row in LISTED])
    assert entries(read(document)) == ENTRIES


def test_a_stage_may_stand_in_a_column_of_its_own() -> None:
    document = word_file([HEADS, *ROWS])
    document.add_paragraph("专栏1  2022年重点项目推进情况")
    rows = [
        ["类别", "项目名称", "阶段"],
        ["交通", "郑万高铁", "竣工"],
        ["交通", "成达万高铁", "前期工作"],
        ["交通", "某桥", "不知道"],
    ]
    add_table(document, rows)
    assert [(one.name, one.stage) for one in read(document).boxes[0].entries] == [
        ("郑万高铁", "completed"),
        ("成达万高铁", "preparatory"),
        ("某桥", ""),
    ]
    assert any("“某桥”没有认出阶段" in problem for problem in read(document).problems)
