"""The workbook of a period for a department to fill: its rows, what stands beside them, open cells to type in. Pure."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

HEAD = 3
OPEN_COLUMNS = 3  # the figure, what is picked instead of it, the note
_SHADED = PatternFill("solid", fgColor="FFF1EFE9")
_WIDE = {"指标": 34, "责任单位": 18, "全年目标": 18, "填报情况": 14, "备注": 30}
HOW = "填累计数，不填当季数。没有数据的，在“填报情况”里选缘由。名称、目标和前几期请不要改。"


@dataclass(frozen=True, slots=True)
class Form:
    """What is written: a title, the headings, the rows under them; the last three columns are open to fill."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    choices: Sequence[str]


def write_form(form: Form) -> bytes:
    """The workbook as a file. Figures are written as text where they are no plain number, so none is rounded."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "填报"
    sheet["A1"], sheet["A2"] = form.title, HOW
    sheet["A1"].font = Font(bold=True, size=14)
    for column, heading in enumerate(form.headings, start=1):
        cell = sheet.cell(HEAD, column, heading)
        cell.font, cell.fill = Font(bold=True), _SHADED
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = _WIDE.get(heading, 12)
    first_open = len(form.headings) - OPEN_COLUMNS + 1
    for row, values in enumerate(form.rows, start=HEAD + 1):
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(row, column)
            cell.value, cell.data_type = value or None, "s"
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            cell.protection = Protection(locked=column < first_open)
            if column < first_open:
                cell.fill = _SHADED
    _offer(sheet, form, first_open + 1)
    sheet.freeze_panes = f"C{HEAD + 1}"
    sheet.protection.sheet = True  # without a password: it guards against a slip, not against a person
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _offer(sheet: Worksheet, form: Form, column: int) -> None:
    if form.rows:
        letter = get_column_letter(column)
        offered = DataValidation(type="list", formula1=f'"{",".join(form.choices)}"', allow_blank=True)
        offered.error = "请从列表中选。"
        sheet.add_data_validation(offered)
        offered.add(f"{letter}{HEAD + 1}:{letter}{HEAD + len(form.rows)}")
