"""A document as a workbook: its text, and each table and box on a sheet of its own."""

from __future__ import annotations

import re
from decimal import Decimal
from math import ceil
from typing import Any

from wanzhou.kernel.pages.sheets import dated_workbook

from .documents import Block, Box, Document, Heading, Line, Listing, Paragraph, Table
from .fitting import width
from .signs import holdable

TEXT_SHEET = "正文"
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?")
_LIVE = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_WIDTH = 92  # characters: of all columns of a sheet together
_TEXT_WIDTH = 72  # of one column that fits a page by itself: it cannot be made smaller by being parted
_LINE = 15.0  # points: the height of a line
_FILLED = 0.92  # of a column's width that a line fills, before a word too long for it
BOX_HEADS = ("序号", "分类", "项目", "数量", "原文")
BOX_SHARES = (7, 22, 34, 12, 60)


def workbook_file(document: Document) -> bytes:
    """The document as .xlsx; plain numbers are numbers, all else is text, and nothing is a formula."""
    from openpyxl import Workbook

    book = Workbook()
    _write_text(book.active, document)
    for table in document.tables:
        _write_table(book.create_sheet(_sheet_name(table.caption)), table)
    for box in document.boxes:
        _write_table(book.create_sheet(_sheet_name(box.caption)), _listed(box))
    for sheet in book.worksheets:
        _fit_heights(sheet)
        _for_paper(sheet, " ".join(filter(None, (document.watermark, document.stamp))))
    return dated_workbook(book, document.title, document.moment)


def _sheet_name(caption: str) -> str:
    """A sheet is called as the report calls its table: 表1, 专栏2."""
    return re.sub(r"[\[\]:*?/\\']", " ", caption.split(maxsplit=1)[0])[:31]


def _listed(box: Box) -> Table:
    """A box entry by entry."""
    lines = tuple(
        Line((str(place), entry.section, entry.name, entry.quantity, entry.clause))
        for place, entry in enumerate(box.entries, 1)
    )
    return Table(box.caption, BOX_HEADS, lines, BOX_SHARES, named=2)


def _write_text(sheet: Any, document: Document) -> None:
    """Title, paragraphs and passages, one in a row, in the order of the report."""
    sheet.title = TEXT_SHEET
    sheet.column_dimensions["A"].width = _TEXT_WIDTH
    head = [line for line in (document.watermark, document.stamp) if line]
    for text in (*head, document.title, document.byline):
        _put(sheet, sheet.max_row + 1 if sheet["A1"].value else 1, 1, text, bold=text == document.title)
    for block in document.blocks:
        for text in _lines(block):
            _put(sheet, sheet.max_row + 1, 1, text, bold=not isinstance(block, Paragraph | Listing))


def _lines(block: Block) -> tuple[str, ...]:
    match block:
        case Heading(text=text) | Paragraph(text=text):
            return (text,)
        case Listing(lines=lines):
            return lines
        case Table(caption=caption) | Box(caption=caption):
            return (f"（{caption}：见工作表“{_sheet_name(caption)}”）",)


def _write_table(sheet: Any, table: Table) -> None:
    """The caption, the heads, the rows, and the notes below; the heads stay in sight and come again on each page."""
    from openpyxl.utils import get_column_letter

    last = get_column_letter(len(table.heads))
    _put(sheet, 1, 1, table.caption, bold=True, align="center")
    sheet.merge_cells(f"A1:{last}1")
    for place, (head, share) in enumerate(zip(table.heads, table.shares, strict=True), 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTH * share / sum(table.shares)
        _put(sheet, 2, place, head, bold=True, align="center", ruled=True)
    for row, line in enumerate(table.lines, 3):
        for place, text in enumerate(line.cells):
            named = place == table.named or len(text) > 12
            indent = 1 if line.sub and place == table.named else 0
            align = "left" if named else "center"
            _put(sheet, row, place + 1, text, align=align, indent=indent, ruled=True)
    for row, note in enumerate(table.notes, 3 + len(table.lines)):
        _put(sheet, row, 1, note)
        sheet.merge_cells(f"A{row}:{last}{row}")
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "1:2"


def _put(
    sheet: Any,
    row: int,
    column: int,
    text: str,
    *,
    bold: bool = False,
    align: str = "left",
    indent: int = 0,
    ruled: bool = False,
) -> None:
    """One cell: a plain number as a number that shows its own decimals, everything else as text."""
    from openpyxl.styles import Alignment, Border, Font, Side

    cell = sheet.cell(row, column)
    if _NUMBER.fullmatch(text):
        decimals = len(text.partition(".")[2])
        cell.value = Decimal(text)
        cell.number_format = f"0.{'0' * decimals}" if decimals else "0"
    elif text:
        cell.value = holdable(text)
        cell.data_type = "s"
        cell.quotePrefix = _LIVE.match(text) is not None
    cell.font = Font(name="宋体", size=11, bold=bold)
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True, indent=indent)
    if ruled:
        thin = Side(style="thin")
        cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)


def _fit_heights(sheet: Any) -> None:
    """Rows as high as their longest cell needs: not every program finds that out by itself."""
    merged = {area.min_row: sum(_wide(sheet, column) for column in range(1, area.max_col + 1))
              for area in sheet.merged_cells.ranges}  # fmt: skip
    for row in sheet.iter_rows():
        lines = 1
        for cell in row:
            room = merged.get(cell.row, _wide(sheet, cell.column))
            lines = max(lines, ceil(width(str(cell.value or "")) * 2 / (room * _FILLED)))
        sheet.row_dimensions[row[0].row].height = lines * _LINE + 3


def _wide(sheet: Any, column: int) -> float:
    from openpyxl.utils import get_column_letter

    return float(sheet.column_dimensions[get_column_letter(column)].width)


def _for_paper(sheet: Any, mark: str) -> None:
    """A4 upright, as wide as the page; what is a draft or internal says so on every one."""
    sheet.oddHeader.right.text = holdable(mark).replace("&", "&&") or None
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
