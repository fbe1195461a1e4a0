"""Opening a file that somebody sent: its cells as text, or one plain sentence why it is not opened. Pure.

Size, unpacked size, rows and columns are bounded before or while reading, so that no file hangs the site.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

MEGABYTE: Final = 1024 * 1024
MOST_BYTES: Final = 10 * MEGABYTE
MOST_UNPACKED: Final = 24 * MEGABYTE
MOST_ROWS: Final = 3_000
LAST_ROW: Final = 100_000
MOST_COLUMNS: Final = 60
AGAIN: Final = "请在 WPS 或 Excel 里另存为 .xlsx 后再上传。"


class NotOpenedError(ValueError):
    """The file is not opened; the message is Chinese and says what would be accepted."""


@dataclass(frozen=True, slots=True)
class Square:
    """One filled cell as its reader saw it; a formula is kept as its text."""

    address: str
    column: str
    text: str
    is_formula: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet as its rows of filled cells; a CSV file and a pasted table are one sheet without a name."""

    name: str
    rows: tuple[tuple[Square, ...], ...]


def open_sheets(name: str, content: bytes) -> tuple[Sheet, ...]:
    """The visible sheets of the file, in its order. Raises `NotOpenedError`."""
    if len(content) > MOST_BYTES:
        raise NotOpenedError(f"超过 {MOST_BYTES // MEGABYTE} MB，没有读取。")
    ending = name.lower().rpartition(".")[2]
    if ending == "csv":
        return (Sheet("", _written(content)),)
    if ending in {"et", "xls", "xlsm"}:
        raise NotOpenedError(f"是 .{ending} 格式，这里不能读取。{AGAIN}")
    if ending != "xlsx":
        raise NotOpenedError("的格式不能读取。请上传 .xlsx 或 .csv 文件。")
    _refuse_the_package(content)
    return _workbook(content)


def table_of(text: str) -> Sheet:
    """A table that was copied from Excel or WPS: columns apart by tabs, cells with line breaks in quotes."""
    return Sheet("", _bounded(_rows_of(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))))


def _refuse_the_package(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as fault:
        raise NotOpenedError(f"不是真正的 .xlsx 文件，或已损坏。{AGAIN}") from fault
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise NotOpenedError(f"带有宏，没有打开。{AGAIN}")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise NotOpenedError("解压后过大，没有打开。请只保留要填报的表。")


def _workbook(content: bytes) -> tuple[Sheet, ...]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True)
        try:
            visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:20]
            return tuple(Sheet(sheet.title, _bounded(_lines(sheet))) for sheet in visible)
        finally:
            book.close()
    except NotOpenedError:
        raise
    except (zipfile.BadZipFile, SyntaxError, KeyError, ValueError, TypeError, OSError, IndexError) as fault:
        # Both readers of XML raise a kind of SyntaxError: the standard one, and lxml where it is installed.
        raise NotOpenedError(f"不是完好的 .xlsx 文件。{AGAIN}") from fault


def _lines(sheet: Any) -> Iterator[tuple[Square, ...]]:
    for cells in sheet.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS):
        yield tuple(
            Square(
                cell.coordinate,
                get_column_letter(cell.column),
                _text(cell.value, str(cell.number_format)),
                cell.data_type == "f",
            )
            for cell in cells
            if cell.value is not None and str(cell.value).strip()
        )


def _text(value: object, shown_as: str) -> str:
    """Exact, as the person sees it: the shortest decimal of a float, times a hundred where the format says %."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value).strip()
    if not isfinite(value):
        raise ValueError("a number without end")
    text = format(Decimal(repr(value)) * (100 if "%" in shown_as else 1), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _bounded(rows: Iterable[tuple[Square, ...]]) -> tuple[tuple[Square, ...], ...]:
    kept: list[tuple[Square, ...]] = []
    for row in rows:
        if not row:
            continue
        if len(kept) == MOST_ROWS:
            raise NotOpenedError(f"有内容的行超过 {MOST_ROWS} 行，没有读取。请只保留要填报的表。")
        kept.append(row)
    return tuple(kept)


def _written(content: bytes) -> tuple[tuple[Square, ...], ...]:
    if b"\0" in content:
        raise NotOpenedError(f"不是完好的 CSV 文件。{AGAIN}")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _bounded(_rows_of(csv.reader(io.StringIO(text, newline=""))))
    raise NotOpenedError(f"的文字编码认不出来。{AGAIN}")


def _rows_of(reader: Iterator[list[str]]) -> Iterator[tuple[Square, ...]]:
    try:
        for row, cells in enumerate(reader, start=1):
            columns = ((get_column_letter(column), text) for column, text in enumerate(cells, start=1))
            yield tuple(
                Square(f"{letter}{row}", letter, text.strip(), text.lstrip().startswith("="))
                for letter, text in columns
                if text.strip()
            )[:MOST_COLUMNS]
    except csv.Error as fault:
        raise NotOpenedError(f"不是完好的表格。{AGAIN}") from fault
