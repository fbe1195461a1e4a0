"""The cells of an old workbook (.xls, Excel 97–2003), sheet by sheet, by xlrd. Pure.

The format keeps of a formula what it came to; that is what its reader saw, and what is read.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

import xlrd
from openpyxl.utils import get_column_letter
from xlrd.book import Book
from xlrd.sheet import Cell
from xlrd.sheet import Sheet as OldSheet

from wanzhou.kernel.evidence.compound import SIGNATURE, Broken, Compound

from .squares import Square, square

MOST_BYTES: Final = 3 * 1024 * 1024
"""Two bytes may stand for a styled cell: more of them would take longer to read than anybody waits."""
_MACROS: Final = {"_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"}
_KINDS: Final = {xlrd.XL_CELL_ERROR: "e", xlrd.XL_CELL_DATE: "d", xlrd.XL_CELL_BOOLEAN: "b"}


class Lack(Enum):
    """Why an old workbook is not read."""

    BROKEN = "broken"
    LOCKED = "locked"
    MACROS = "macros"
    LARGE = "large"


class Unreadable(ValueError):
    """An old workbook that is not read, and why."""

    def __init__(self, lack: Lack) -> None:
        super().__init__(lack.value)
        self.lack = lack


@dataclass(frozen=True, slots=True)
class OldRows:
    """A sheet of an old workbook: its name, whether it is hidden, and its filled cells by column, row by row."""

    title: str
    is_hidden: bool
    rows: Iterator[tuple[int, dict[int, Square]]]


def old_sheets(content: bytes) -> tuple[OldRows, ...]:
    """The sheets in their order. Raises Unreadable, whatever is wrong with the file."""
    if len(content) > MOST_BYTES:
        raise Unreadable(Lack.LARGE)
    if _names(content) & _MACROS:
        raise Unreadable(Lack.MACROS)
    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
    except Exception as fault:  # a damaged file breaks the library in every way that there is
        raise Unreadable(Lack.LOCKED if "encrypted" in str(fault) else Lack.BROKEN) from fault
    return tuple(OldRows(sheet.name, sheet.visibility != 0, _rows(book, sheet)) for sheet in book.sheets())


def is_old(content: bytes) -> bool:
    """Whether it is the older container, whatever its name says; a new workbook with a password is one as well."""
    return content.startswith(SIGNATURE)


def _names(content: bytes) -> frozenset[str]:
    try:
        names = Compound.read(content).names
    except Broken as fault:
        raise Unreadable(Lack.BROKEN) from fault
    if "EncryptedPackage" in names:
        raise Unreadable(Lack.LOCKED)
    return names


def _rows(book: Book, sheet: OldSheet) -> Iterator[tuple[int, dict[int, Square]]]:
    for row in range(sheet.nrows):
        cells = enumerate(sheet.row(row), start=1)
        filled = {column: _square(book, cell, column, row + 1) for column, cell in cells if _is_filled(cell)}
        if filled:
            yield row + 1, filled


def _is_filled(cell: Cell) -> bool:
    empty = cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
    return not empty and not (isinstance(cell.value, str) and cell.value.strip() == "")


def _square(book: Book, cell: Cell, column: int, row: int) -> Square:
    value, kind = _value(book, cell)
    code = book.format_map[book.xf_list[cell.xf_index or 0].format_key].format_str
    return square(f"{get_column_letter(column)}{row}", value, code, kind=kind, is_formula=False)


def _value(book: Book, cell: Cell) -> tuple[object, str]:
    kind = _KINDS.get(cell.ctype, "n")
    if kind == "e":
        return xlrd.error_text_from_code.get(int(cell.value), "#VALUE!"), kind
    if kind == "b":
        return bool(cell.value), kind
    if kind == "d":
        return _date(book, float(cell.value))
    return cell.value, kind


def _date(book: Book, value: float) -> tuple[object, str]:
    try:
        found: datetime.datetime = xlrd.xldate_as_datetime(value, book.datemode)
    except (xlrd.XLDateError, OverflowError, ValueError):
        return "#VALUE!", "e"
    return found, "d"
