"""Tables of a workbook, whatever stands around them."""

from __future__ import annotations

import io

from openpyxl import Workbook

from tests.site.intake.words import CAPTION, EXPECTED, HEADS, NOTE, ROWS, told
from wanzhou.site.reports.intake import open_report, read_report
from wanzhou.site.reports.intake.passages import Place


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
