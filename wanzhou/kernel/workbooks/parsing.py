"""The cells of a sheet straight from openpyxl's parser, row by row.

Its own `iter_rows` would fill every gap up to the last row and column, and forgets of a formula either the formula or
what it came to. Here gaps cost nothing, and both are known. Pure.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet._reader import FORMULA_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from .squares import Square, square


class _Parser(WorkSheetParser):  # type: ignore[misc]  # the library has no types
    """Rows and nothing else of a sheet; every cell knows whether it is a formula."""

    def parse(self) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        for _, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                yield self.parse_row(element)
                element.clear()

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        cell["is_formula"] = element.find(FORMULA_TAG) is not None
        return cell


def cells_of(
    sheet: Any, *, most_columns: int, beyond: Callable[[str], None]
) -> Iterator[tuple[int, Iterable[Square]]]:
    """The filled cells of each row of a workbook opened for reading, up to a column; `beyond` is told of others."""
    book = sheet.parent
    formats = _formats(book)
    with sheet._get_source() as source:
        # Dates are told apart here: the parser would warn of one that cannot be, and go on.
        parser = _Parser(source, sheet._shared_strings, data_only=True, epoch=book.epoch)
        for row, cells in parser.parse():
            found: list[Square] = []
            for cell in cells:
                if cell["is_formula"] or _is_filled(cell["value"]):
                    if cell["column"] > most_columns:
                        beyond(f"第{row}行第{cell['column']}列")
                    else:
                        found.append(_square(cell, book, formats))
            yield row, found


def _is_filled(value: object) -> bool:
    return value is not None and (not isinstance(value, str) or value.strip() != "")


def _square(cell: Mapping[str, Any], book: Any, formats: Mapping[int, str]) -> Square:
    value, kind, style = cell["value"], cell["data_type"], cell["style_id"]
    if kind == "n" and style in book._date_formats and not isinstance(value, str | None):
        value, kind = _date(value, book, is_span=style in book._timedelta_formats)
    address = f"{get_column_letter(cell['column'])}{cell['row']}"
    return square(address, value, formats.get(style, "General"), kind=kind, is_formula=cell["is_formula"])


def _date(value: float, book: Any, *, is_span: bool) -> tuple[object, str]:
    try:
        found: datetime.datetime | datetime.date | datetime.time | datetime.timedelta | None
        found = from_excel(value, book.epoch, timedelta=is_span)
    except (OverflowError, ValueError):
        return "#VALUE!", "e"
    return found, "d"


def _formats(book: Any) -> dict[int, str]:
    """The number format of every style."""
    return {
        style: BUILTIN_FORMATS.get(array.numFmtId, "General")
        if array.numFmtId < BUILTIN_FORMATS_MAX_SIZE
        else book._number_formats[array.numFmtId - BUILTIN_FORMATS_MAX_SIZE]
        for style, array in enumerate(book._cell_styles)
    }
