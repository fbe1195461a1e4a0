"""The annex of a letter to the city (附件): the figures asked for, as a workbook, as CSV."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from typing import Any

from wanzhou.kernel.pages.sheets import inert

TITLE = "需请市级部门反馈的数据清单"
HEADINGS = (
    *("序号", "指标", "单位", "时期", "市级部门", "用途", "自何日等待", "预计反馈", "已催办", "区级责任单位"),
    "反馈数据",
)
WIDTHS = (6, 28, 10, 14, 16, 36, 13, 13, 22, 18, 14)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """One figure asked for. What is not known stays empty; the last column is left for the city."""

    number: int
    name: str
    unit: str
    period: str
    bureau: str
    purpose: str
    since: datetime.date | None
    expected: datetime.date | None
    chased: str
    department: str
    answer: str = ""


assert len(fields(AnnexRow)) == len(HEADINGS) == len(WIDTHS)


def csv_of(rows: Sequence[AnnexRow]) -> bytes:
    """UTF-8 with BOM and CRLF, as Excel and WPS open it; no text of it is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows([_said(cell) for cell in astuple(row)] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _said(cell: Any) -> str:
    if cell is None:
        return ""
    return inert(cell) if isinstance(cell, str) else str(cell)


def xlsx_of(rows: Sequence[AnnexRow], day: datetime.date) -> bytes:
    """A sheet to print: A4 across, its headings on every page, ruled, with the day that it shows."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = "附件"
    sheet.append(["附件"])
    sheet.append([TITLE])
    sheet.append([f"截至{day:%Y年}{day.month}月{day.day}日，共{len(rows)}项"])
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append(astuple(row))
    for place, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    _set_out(sheet)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _set_out(sheet: Any) -> None:
    """Fonts, rules and the page."""
    from openpyxl.styles import Alignment, Border, Font, Side

    last = len(HEADINGS)
    for line in (2, 3):
        sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=last)
        sheet.cell(line, 1).alignment = Alignment(horizontal="center")
    sheet.cell(2, 1).font = Font(bold=True, size=16)
    thin = Side(style="thin")
    for row in sheet.iter_rows(min_row=4, max_col=last):
        for cell in row:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            cell.font = Font(bold=cell.row == 4)
            if isinstance(cell.value, datetime.date):
                cell.number_format = "yyyy-mm-dd"
            elif isinstance(cell.value, str):
                cell.data_type = "s"  # a text that begins with "=" would be taken for a formula
    sheet.print_title_rows = "4:4"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
