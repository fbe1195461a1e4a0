"""The 调度表 of a round: its columns, told once for the page and for the workbook."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from projects.counting import count_words
from projects.models import Round
from projects.rounds import SheetRow
from projects.stages import Stage, planned_words
from wanzhou.kernel.numerals import plain

Cell = str | int | Decimal | None


def _years(row: SheetRow) -> str:
    start, end = row.task.project.start_year, row.task.project.end_year
    return f"{start or '未定'}—{end or '未定'}" if start or end else ""


def _progress(row: SheetRow) -> str:
    said = row.update.progress if row.update else ""
    if not row.task.group:
        return said
    counted = count_words(row.update.reached_count if row.update else None, row.task.quantity)
    return "；".join(filter(None, [counted, said]))


def _rounded(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(Decimal("0.01"))


# Heading, width in characters, what stands in it.
COLUMNS: tuple[tuple[str, int, Callable[[SheetRow], Cell]], ...] = (
    ("序号", 6, lambda row: row.number),
    ("专栏", 16, lambda row: f"专栏{row.task.box.number} {row.task.section}"),
    ("项目名称", 26, lambda row: row.task.name),
    ("业主", 14, lambda row: row.task.project.owner),
    ("建设内容", 24, lambda row: row.task.project.content),
    ("建设地点", 12, lambda row: row.task.project.site),
    ("起止年限", 11, _years),
    ("总投资（万元）", 11, lambda row: row.task.project.total_investment),
    ("资金来源", 16, lambda row: row.task.project.funding),
    ("年度计划投资（万元）", 11, lambda row: row.task.planned_investment),
    ("至截至日应完成（万元）", 11, lambda row: _rounded(row.due)),
    ("本年完成投资（万元）", 11, lambda row: row.update.invested_this_year if row.update else None),
    ("年度完成率（%）", 9, lambda row: row.rate),
    ("序时完成率（%）", 9, lambda row: row.rate_of_due),
    ("累计完成投资（万元）", 11, lambda row: row.invested_in_all),
    (
        "年度安排",
        10,
        lambda row: planned_words(Stage(row.task.planned_stage)) if row.task.planned_stage else "",
    ),
    ("已达阶段", 10, lambda row: Stage(row.update.reached_stage).label if row.update else "尚无更新"),
    ("完成比例（%）", 8, lambda row: row.update.percent if row.update else None),
    ("形象进度", 28, _progress),
    ("存在困难", 20, lambda row: row.update.difficulty if row.update else ""),
    ("下一步措施", 20, lambda row: row.update.next_step if row.update else ""),
    ("需协调事项", 20, lambda row: row.update.needs if row.update else ""),
    ("责任单位", 14, lambda row: row.task.department.name if row.task.department else ""),
    ("责任领导", 10, lambda row: row.task.responsible_leader),
    ("灯", 7, lambda row: row.signal.light.label),
    ("说明", 34, lambda row: row.signal.inside + row.stale),
    ("本次报送", 9, lambda row: "已报" if row.answered else "未报"),
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = tuple(heading for heading, _, _ in COLUMNS)


def cells_of(row: SheetRow) -> list[str]:
    """The row as the page says it; what is unknown stays empty."""
    return [_in_words(value(row)) for _, _, value in COLUMNS]


def xlsx_of(asked: Round, rows: Sequence[SheetRow]) -> bytes:
    """A sheet to print: A4 across, its headings on every page, ruled; figures are numbers, texts never formulas."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = "调度表"
    sheet.append([title_of(asked)])
    sheet.append([below_title(asked, rows)])
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append([value(row) for _, _, value in COLUMNS])
    for place, (_, width, _) in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    _set_out(sheet)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def title_of(asked: Round) -> str:
    """The heading of the sheet."""
    return f"{asked.plan.year}年重点项目调度表"


def below_title(asked: Round, rows: Sequence[SheetRow]) -> str:
    """Up to which day, how many lines, how many of them answered."""
    day = asked.as_of
    answered = sum(row.answered for row in rows)
    return f"截至{day.year}年{day.month}月{day.day}日，点名{len(rows)}条，本次已报{answered}条；单位：万元"


def _set_out(sheet: Any) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    last = len(COLUMNS)
    for line in (1, 2):
        sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=last)
        sheet.cell(line, 1).alignment = Alignment(horizontal="center")
    sheet.cell(1, 1).font = Font(bold=True, size=16)
    thin = Side(style="thin")
    for row in sheet.iter_rows(min_row=3, max_col=last):
        for cell in row:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            cell.font = Font(bold=cell.row == 3, size=10)
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a text that begins with "=" would be taken for a formula
    sheet.freeze_panes = "D4"
    sheet.print_title_rows = "3:3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _in_words(cell: Cell) -> str:
    if cell is None:
        return ""
    return plain(cell) if isinstance(cell, Decimal) else str(cell)
