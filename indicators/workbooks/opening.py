"""Opening a file that somebody sent: its squares as text, or one plain sentence why it is not opened.

Pure. Size, unpacked size and number of lines are bounded before or while reading, so that no file hangs the site.
Columns after the hundredth and rows after the hundred thousandth are not read: styled empties out there
would take minutes.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
MOST_UNPACKED = 24 * MEGABYTE
MOST_LINES = 6_000
MOST_COLUMNS = 100
MOST_SHEETS = 20
LAST_ROW = 100_000
ACCEPTED = "请上传 .xlsx 或 .csv 文件（CSV 用 UTF-8 或 GB18030 编码）。"
AGAIN = "请在 WPS 或 Excel 里打开，另存为 .xlsx 后再上传。"


class NotOpenedError(ValueError):
    """The file is not opened; the message is Chinese, names the file and says what would be accepted."""


@dataclass(frozen=True, slots=True)
class Square:
    """One filled cell as its reader saw it: `6.2` for 0.062 shown as a per cent; a formula is kept as its text."""

    address: str
    text: str
    is_formula: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The filled squares of one row; rows without any are never kept."""

    row: int
    squares: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet; a CSV file is one sheet without a name."""

    name: str
    lines: tuple[Line, ...]


def open_sheets(name: str, content: bytes) -> tuple[Sheet, ...]:
    """The visible sheets of the file, in its order. Raises `NotOpenedError`."""
    if len(content) > MOST_BYTES:
        raise NotOpenedError(f"《{name}》超过 {MOST_BYTES // MEGABYTE} MB，没有读取。{ACCEPTED}")
    ending = name.lower().rpartition(".")[2]
    if ending == "csv":
        return (Sheet("", _written(name, content)),)
    if ending in {"et", "xls"}:
        raise NotOpenedError(f"《{name}》是 .{ending} 格式，这里不能读取。{AGAIN}")
    if ending == "xlsm":
        raise NotOpenedError(f"《{name}》可能带有宏，没有打开。{AGAIN}")
    if ending != "xlsx":
        raise NotOpenedError(f"《{name}》的格式不能读取。{ACCEPTED}")
    _refuse_the_package(name, content)
    return _workbook(name, content)


def _refuse_the_package(name: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as fault:
        raise NotOpenedError(f"《{name}》不是真正的 .xlsx 文件，或已损坏。{AGAIN}") from fault
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise NotOpenedError(f"《{name}》带有宏，没有打开。{AGAIN}")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise NotOpenedError(
            f"《{name}》解压后超过 {MOST_UNPACKED // MEGABYTE} MB，没有打开。请只保留要填报的表。"
        )


def _workbook(name: str, content: bytes) -> tuple[Sheet, ...]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True)
        try:
            visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            if len(visible) > MOST_SHEETS:
                raise NotOpenedError(
                    f"《{name}》的工作表超过 {MOST_SHEETS} 张，没有读取。请只保留要填报的表。"
                )
            return tuple(Sheet(sheet.title, _bounded(name, _lines(sheet))) for sheet in visible)
        finally:
            book.close()
    except NotOpenedError:
        raise
    except (zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError, OSError, IndexError) as fault:
        raise NotOpenedError(f"《{name}》不是完好的 .xlsx 文件。{AGAIN}") from fault


def _lines(sheet: Any) -> Iterator[Line]:
    for cells in sheet.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS):
        squares = tuple(_square(cell) for cell in cells if _is_filled(cell.value))
        if squares:
            yield Line(next(cell.row for cell in cells if _is_filled(cell.value)), squares)


def _is_filled(value: object) -> bool:
    return value is not None and str(value).strip() != ""


def _square(cell: Any) -> Square:
    return Square(cell.coordinate, _text(cell.value, str(cell.number_format)), cell.data_type == "f")


def _text(value: object, shown_as: str) -> str:
    """Exact, as the person sees it: the shortest decimal of a float, times a hundred where the format says %."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value).strip()
    if not isfinite(value):
        raise ValueError("a number without end")
    number = Decimal(repr(value)) * (100 if "%" in shown_as else 1)
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _bounded(name: str, lines: Iterable[Line]) -> tuple[Line, ...]:
    kept: list[Line] = []
    for line in lines:
        if len(kept) == MOST_LINES:
            raise NotOpenedError(f"《{name}》有内容的行超过 {MOST_LINES} 行，没有读取。请只保留要填报的表。")
        kept.append(line)
    return tuple(kept)


def _written(name: str, content: bytes) -> tuple[Line, ...]:
    try:
        return _bounded(name, _csv_lines(_decoded(name, content)))
    except csv.Error as fault:
        raise NotOpenedError(f"《{name}》不是完好的 CSV 文件。{AGAIN}") from fault


def _decoded(name: str, content: bytes) -> str:
    if b"\0" not in content:
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise NotOpenedError(f"《{name}》的文字编码认不出来。{ACCEPTED}")


def _csv_lines(text: str) -> Iterator[Line]:
    for row, cells in enumerate(csv.reader(io.StringIO(text, newline="")), start=1):
        squares = tuple(
            Square(f"{get_column_letter(column)}{row}", cell.strip(), cell.lstrip().startswith("="))
            for column, cell in enumerate(cells[:MOST_COLUMNS], start=1)
            if cell.strip()
        )
        if squares:
            yield Line(row, squares)
