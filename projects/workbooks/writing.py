"""The 调度表 for a department to fill: its tasks, what stands on them, open cells to type in. Pure."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from projects.stages import Stage

HEAD: Final = 3
CLOSED: Final = ("编号", "专栏", "项目名称", "牵头单位", "年度安排", "年度计划投资（万元）", "上次更新")
OPEN: Final = (
    *("阶段", "完成比例（%）", "本年完成投资（万元）", "形象进度"),
    *("存在困难", "下一步措施", "需协调事项", "倒退缘由"),
)
HOW: Final = (
    "白格可填，已写好的是现在存着的；没有变化的行不用动。阶段从列表中选；投资填本年累计数，按万元。"
    "比上次退了的，写明倒退缘由。"
)
_SHADED: Final = PatternFill("solid", fgColor="FFF1EFE9")
_WIDE: Final = {
    "编号": 8, "专栏": 16, "项目名称": 34, "牵头单位": 18, "上次更新": 16, "形象进度": 36,
    "存在困难": 30, "下一步措施": 30, "需协调事项": 30, "倒退缘由": 24,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """What is written: a title, and for each task its closed cells, then its open ones."""

    title: str
    rows: Sequence[Sequence[str]]


def write_form(form: Form) -> bytes:
    """The workbook as a file; every cell is text, so that nothing is rounded and no formula runs."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "调度表"
    sheet["A1"], sheet["A2"] = form.title, HOW
    sheet["A1"].font = Font(bold=True, size=14)
    for column, heading in enumerate((*CLOSED, *OPEN), start=1):
        cell = sheet.cell(HEAD, column, heading)
        cell.font, cell.fill = Font(bold=True), _SHADED
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = _WIDE.get(heading, 14)
    for row, values in enumerate(form.rows, start=HEAD + 1):
        _write_row(sheet, row, values)
    _offer_stages(sheet, len(form.rows))
    sheet.freeze_panes = f"D{HEAD + 1}"
    sheet.protection.sheet = True  # without a password: it guards against a slip, not against a person
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _write_row(sheet: Worksheet, row: int, values: Sequence[str]) -> None:
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column)
        cell.value, cell.data_type = value or None, "s"
        cell.number_format = "@"
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        is_closed = column <= len(CLOSED)
        cell.protection = Protection(locked=is_closed)
        if is_closed:
            cell.fill = _SHADED


def _offer_stages(sheet: Worksheet, rows: int) -> None:
    if rows:
        letter = get_column_letter(len(CLOSED) + 1)
        words = ",".join(stage.label for stage in Stage)
        offered = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
        offered.error = "请从列表中选。"
        sheet.add_data_validation(offered)
        offered.add(f"{letter}{HEAD + 1}:{letter}{HEAD + rows}")
