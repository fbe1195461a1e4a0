"""A workbook as passages and grids: every filled row is a passage, and what stands below heads is a grid."""

from __future__ import annotations

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from wanzhou.kernel.workbooks.opening import Line, NotOpenedError, Sheet, open_sheets

from .headings import heads_of
from .listings import listing_heads
from .passages import Block, Grid, Passage, Square, without_junk

MOST_COLUMNS = 60


class SheetError(ValueError):
    """Why a workbook cannot be read, as a whole sentence."""


def read_sheets(name: str, content: bytes) -> tuple[tuple[Block, ...], tuple[Passage, ...]]:
    """The blocks and every passage of a .xlsx, sheet by sheet. Raises `SheetError`."""
    try:
        sheets = open_sheets(name if name.lower().endswith(".xlsx") else f"{name}.xlsx", content)
    except NotOpenedError as refusal:
        raise SheetError(str(refusal)) from refusal
    passages: list[Passage] = []
    blocks: list[Block] = []
    for sheet in sheets:
        if sheet.lines:
            blocks += _blocks(sheet, passages)
    return tuple(blocks), tuple(passages)


def _blocks(sheet: Sheet, passages: list[Passage]) -> list[Block]:
    """What stands above the heads, the table down to its last row of several cells, and what stands below."""
    rows = [_cells(line) for line in sheet.lines]
    top = next((at for at, cells in enumerate(rows) if heads_of(cells) or listing_heads(cells)), None)
    end = max((at + 1 for at, cells in enumerate(rows) if sum(map(bool, cells)) > 1), default=0)
    named = sheet.name and not any(cell.startswith(sheet.name) for cell in rows[0])
    blocks: list[Block] = [_passage(sheet.name, passages)] if named else []
    table: list[tuple[Square, ...]] = []
    for at, cells in enumerate(rows):
        passage = _passage("\t".join(cells), passages)
        if top is not None and top <= at < end:
            table.append(
                tuple(Square(cell, passage.place(*_span(cells, column))) for column, cell in enumerate(cells))
            )
        else:
            if table:
                blocks.append(Grid(tuple(table)))
                table = []
            blocks.append(passage)
    return [*blocks, Grid(tuple(table))] if table else blocks


def _cells(line: Line) -> list[str]:
    """The texts of a row from column A on, empty ones included."""
    found = {}
    for square in line.squares:
        column = column_index_from_string(coordinate_from_string(square.address)[0])
        if column <= MOST_COLUMNS:
            found[column] = without_junk(square.text.replace("\n", "").replace("\t", " ")).strip()
    return [found.get(column, "") for column in range(1, max(found, default=0) + 1)]


def _span(cells: list[str], column: int) -> tuple[int, int]:
    start = sum(len(cell) + 1 for cell in cells[:column])
    return start, start + len(cells[column])


def _passage(text: str, passages: list[Passage]) -> Passage:
    passage = Passage(len(passages) + 1, text)
    passages.append(passage)
    return passage
