"""Opening a file that somebody sent: its cells as they were seen, or one plain sentence why it is not opened.

Pure. Size, unpacked size and number of lines are bounded before or while reading, so that no file hangs the site.
What stands beyond the hundredth column or the hundred thousandth row is not read, and the sheet says so.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from .former import MOST_BYTES as OLD_BYTES
from .former import Lack, OldRows, Unreadable, is_old, old_sheets
from .parsing import cells_of
from .squares import Fault, Square

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
MOST_UNPACKED = 24 * MEGABYTE
MOST_LINES = 6_000
MOST_COLUMNS = 100
MOST_SHEETS = 20
LAST_ROW = 100_000
OF_HIDDEN = 60
"""Lines of a hidden sheet that are looked at: enough to know whether it is a table of figures."""
ACCEPTED = "请上传 .xlsx、.xls 或 .csv 文件（CSV 用 UTF-8 或 GB18030 编码）。"
AGAIN = "请在 WPS 或 Excel 里打开，另存为 .xlsx 后再上传。"
SAVE_AS = (
    "请在 WPS 或 Excel 里打开它，点“文件”→“另存为”，文件类型选“Excel 工作簿（*.xlsx）”，再上传新存的文件；"
    "表里的内容不用改。"
)
REFUSED_OLD = {
    Lack.BROKEN: "不是完好的表格文件",
    Lack.LOCKED: "设了打开密码，没有打开；请先去掉密码",
    Lack.MACROS: "带有宏，没有打开",
    Lack.LARGE: f"超过 {OLD_BYTES // MEGABYTE} MB，老版 .xls 太大，没有读取",
}


class NotOpenedError(ValueError):
    """The file is not opened; the message is Chinese, names the file and says what would be accepted."""


@dataclass(frozen=True, slots=True)
class Line:
    """The filled squares of one row; rows without any are never kept."""

    row: int
    squares: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; a CSV file is one without a name. `beyond` says where it goes on behind what is read, if it does."""

    name: str
    lines: tuple[Line, ...]
    is_hidden: bool = False
    beyond: str = ""

    @property
    def unread(self) -> str:
        """Why a part of it was not read, as a Chinese sentence; empty where all was."""
        if not self.beyond:
            return ""
        return f"{self.beyond}有内容，没有读取：只读前{MOST_COLUMNS}列、前{LAST_ROW}行。请删去多余的，或挪到前面。"


@dataclass(slots=True)
class _Beyond:
    """The cells behind the last column and the last row that are read: the first, and how many."""

    first: str = ""
    count: int = 0

    def add(self, place: str) -> None:
        self.first = self.first or place
        self.count += 1

    def __str__(self) -> str:
        return f"{self.first}起有{self.count}格" if self.count else ""


def open_sheets(name: str, content: bytes) -> tuple[Sheet, ...]:
    """The sheets of the file, in its order; of hidden ones only the first lines. Raises `NotOpenedError`."""
    if len(content) > MOST_BYTES:
        raise NotOpenedError(f"《{name}》超过 {MOST_BYTES // MEGABYTE} MB，没有读取。{ACCEPTED}")
    ending = name.lower().rpartition(".")[2]
    if ending == "csv":
        return (_written(name, content),)
    if ending == "et":
        raise NotOpenedError(f"《{name}》是 WPS 表格的 .et 格式，这里读不了。{SAVE_AS}")
    if ending == "xlsm":
        raise NotOpenedError(f"《{name}》可能带有宏，没有打开。{AGAIN}")
    if ending not in {"xlsx", "xls"}:
        raise NotOpenedError(f"《{name}》的格式不能读取。{ACCEPTED}")
    if is_old(content):
        return _old_workbook(name, content)
    _refuse_the_package(name, content)
    return _workbook(name, content)


def pasted_sheet(text: str) -> Sheet:
    """A table copied from Excel or WPS: cells apart by tabs. Raises `NotOpenedError`."""
    beyond = _Beyond()
    rows = csv.reader(io.StringIO(text, newline=""), delimiter="\t")
    try:
        return Sheet("", _bounded("粘贴的内容", _read_lines(rows, beyond)), beyond=str(beyond))
    except csv.Error as fault:
        raise NotOpenedError("粘贴的不是完好的表格，没有读取；请重新复制后再粘贴。") from fault


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
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            if len(visible) > MOST_SHEETS:
                raise NotOpenedError(
                    f"《{name}》的工作表超过 {MOST_SHEETS} 张，没有读取。请只保留要填报的表。"
                )
            hidden = [sheet for sheet in book.worksheets if sheet.sheet_state != "visible"]
            chosen = {id(sheet) for sheet in (*visible, *hidden[:MOST_SHEETS])}
            return tuple(_sheet(name, sheet) for sheet in book.worksheets if id(sheet) in chosen)
        finally:
            book.close()
    except NotOpenedError:
        raise
    except (zipfile.BadZipFile, SyntaxError, KeyError, ValueError, TypeError, OSError, IndexError) as fault:
        # Both readers of XML raise a kind of SyntaxError: the standard one, and lxml where it is installed.
        raise NotOpenedError(f"《{name}》不是完好的 .xlsx 文件。{AGAIN}") from fault


def _old_workbook(name: str, content: bytes) -> tuple[Sheet, ...]:
    try:
        sheets = old_sheets(content)
    except Unreadable as fault:
        raise NotOpenedError(f"《{name}》{REFUSED_OLD[fault.lack]}。{AGAIN}") from fault
    if sum(not sheet.is_hidden for sheet in sheets) > MOST_SHEETS:
        raise NotOpenedError(f"《{name}》的工作表超过 {MOST_SHEETS} 张，没有读取。请只保留要填报的表。")
    return tuple(_old_sheet(name, sheet) for sheet in sheets)


def _old_sheet(name: str, sheet: OldRows) -> Sheet:
    beyond = _Beyond()
    lines = _old_lines(sheet, beyond)
    if sheet.is_hidden:
        return Sheet(sheet.title, tuple(islice(lines, OF_HIDDEN)), is_hidden=True)
    return Sheet(sheet.title, _bounded(name, lines), beyond=str(beyond))


def _old_lines(sheet: OldRows, beyond: _Beyond) -> Iterator[Line]:
    for row, cells in sheet.rows:
        for column in cells:
            if column > MOST_COLUMNS:
                beyond.add(f"第{row}行第{column}列")
        yield Line(row, tuple(square for column, square in cells.items() if column <= MOST_COLUMNS))


def _sheet(name: str, sheet: Any) -> Sheet:
    beyond = _Beyond()
    if sheet.sheet_state != "visible":
        return Sheet(sheet.title, tuple(islice(_lines(sheet, beyond), OF_HIDDEN)), is_hidden=True)
    lines = _bounded(name, _lines(sheet, beyond))
    return Sheet(sheet.title, lines, beyond=str(beyond))


def _lines(sheet: Any, beyond: _Beyond) -> Iterator[Line]:
    for row, cells in cells_of(sheet, most_columns=MOST_COLUMNS, beyond=beyond.add):
        squares = tuple(cells)
        if squares and row > LAST_ROW:
            for _ in squares:
                beyond.add(f"第{row}行")
        elif squares:
            yield Line(row, squares)


def _bounded(name: str, lines: Iterable[Line]) -> tuple[Line, ...]:
    kept: list[Line] = []
    for line in lines:
        if len(kept) == MOST_LINES:
            raise NotOpenedError(f"《{name}》有内容的行超过 {MOST_LINES} 行，没有读取。请只保留要填报的表。")
        kept.append(line)
    return tuple(kept)


def _written(name: str, content: bytes) -> Sheet:
    beyond = _Beyond()
    try:
        rows = csv.reader(io.StringIO(_decoded(name, content), newline=""))
        lines = _bounded(name, _read_lines(rows, beyond))
    except csv.Error as fault:
        raise NotOpenedError(f"《{name}》不是完好的 CSV 文件。{AGAIN}") from fault
    return Sheet("", lines, beyond=str(beyond))


def _decoded(name: str, content: bytes) -> str:
    if b"\0" not in content:
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise NotOpenedError(f"《{name}》的文字编码认不出来。{ACCEPTED}")


def _read_lines(rows: Iterable[Sequence[str]], beyond: _Beyond) -> Iterator[Line]:
    for row, cells in enumerate(rows, start=1):
        filled = [(column, cell.strip()) for column, cell in enumerate(cells, start=1) if cell.strip()]
        for column, _ in filled:
            if column > MOST_COLUMNS:
                beyond.add(f"第{row}行第{column}列")
        squares = tuple(_told(column, row, cell) for column, cell in filled if column <= MOST_COLUMNS)
        if squares:
            yield Line(row, squares)


def _told(column: int, row: int, cell: str) -> Square:
    address = f"{get_column_letter(column)}{row}"
    if cell.startswith("="):
        return Square(address, "", Fault.FORMULA)
    return Square(address, cell, Fault.ERROR if cell in ERRORS else None)


ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
