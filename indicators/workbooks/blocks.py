"""A table pasted as text, as a sheet: lines and tabs, or the report's own form with a cell on every line. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl.utils import get_column_letter

from indicators.dictation import block_of
from wanzhou.kernel.workbooks.opening import MOST_COLUMNS, Line, Sheet
from wanzhou.kernel.workbooks.squares import Square

from .headings import names_indicators

Cells = Sequence[str]


def table_in(text: str) -> Sheet | None:
    """The table that a text is; None where none of its lines is a heading over names with columns beside it."""
    for rows in (block_of(text), tuple(_one_by_one(text))):
        lines = tuple(_lines(rows))
        if any(len(line.squares) > 1 and names_indicators(line) for line in lines):
            return Sheet("", lines)
    return None


def _lines(rows: Sequence[Cells]) -> Iterator[Line]:
    for row, cells in enumerate(rows, start=1):
        squares = tuple(
            Square(f"{get_column_letter(column)}{row}", cell)
            for column, cell in enumerate(cells[:MOST_COLUMNS], start=1)
            if cell
        )
        if squares:
            yield Line(row, squares)


def _one_by_one(text: str) -> Iterator[Cells]:
    """Cells that stand on lines of their own behind a tab, each row as wide as the first; a cell may be wrapped.

    A line without a tab goes on with the cell above it, unless an empty line ended a row that is whole.
    """
    row: list[str] = []
    width, ended = 0, False
    for line in text.replace("\r\n", "\n").split("\n"):
        if line.startswith("\t"):
            if width and len(row) == width:
                yield row
                row = []
            row.append(line.strip())
        elif not line.strip():
            width = width or len(row)
        elif row and not (ended and len(row) == width):
            row[-1] += line.strip()
        else:
            yield row
            yield [line.strip()]
            row = []
        ended = not line.strip() and not line.startswith("\t")
    yield row
