"""The spreadsheet twins of a list, CSV and XLSX, derived from the schema of its JSON twin."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from pydantic import BaseModel

from .archives import EARLIEST, DatedArchive
from .columns import CellKind, Coded, Column, DecimalText, columns_of, decimal_text, told

__all__ = [
    "CellKind",
    "Coded",
    "Column",
    "DecimalText",
    "Facts",
    "columns_of",
    "csv_of",
    "dated_workbook",
    "inert",
    "told",
    "xlsx_of",
]

# What a spreadsheet may run, also in its full-width form; blanks before it do not stop every program.
_LIVE = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
# A spreadsheet keeps so many significant digits of a number, and so many characters of a text.
_DIGITS = 15
_CHARACTERS = 32_767
_CUT = "……（文字过长，此处截断）"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NARROWEST, _WIDEST = 6, 48  # widths of columns, in Latin characters


@dataclass(frozen=True, slots=True)
class Facts:
    """Where a sheet comes from: its source, when it was published, the day that it shows, its own address."""

    source: str
    published_at: datetime.datetime | None
    as_of: datetime.date | None
    address: str


def csv_of(schema: type[BaseModel], rows: Iterable[BaseModel]) -> bytes:
    """The list as CSV: UTF-8 with BOM, CRLF, the stable codes as its header.

    Decimals are exact, the unknown is empty, booleans read true and false. A text that a spreadsheet would run as a
    formula begins with an apostrophe; numbers are left as they are.
    """
    columns = columns_of(schema)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.code for column in columns])
    writer.writerows([_written(column.of(row), column.kind) for column in columns] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _written(value: Any, kind: CellKind) -> str:
    if value is None:
        return ""
    match kind:
        case CellKind.BOOLEAN:
            return "true" if value else "false"
        case CellKind.DECIMAL:
            return decimal_text(Decimal(value)) or ""
        case CellKind.TEXT | CellKind.CODE:
            return inert(value)
    return str(value)


def inert(text: str) -> str:
    """A text as CSV may carry it: one that a spreadsheet would run as a formula begins with an apostrophe."""
    return f"'{text}" if _is_live(text) else text


def _is_live(text: str) -> bool:
    """Whether a spreadsheet might run the text; a bare number is only a number."""
    return _LIVE.match(text) is not None and _NUMBER.fullmatch(text) is None


def xlsx_of(title: str, schema: type[BaseModel], rows: Iterable[BaseModel], *, facts: Facts) -> bytes:
    """The list as a workbook: its rows, its fields explained (字段说明), and where it comes from (说明).

    Cells are typed, and no text is ever a formula. A decimal of more than 15 significant digits stands as text,
    since a spreadsheet would round it. The same rows and facts give the same bytes.
    """
    from openpyxl import Workbook

    columns = columns_of(schema)
    table = [[column.of(row) for column in columns] for row in rows]
    workbook = Workbook(write_only=True)
    _add_rows(workbook.create_sheet(_sheet_name(title)), columns, table)
    _add_lines(
        workbook.create_sheet("字段说明"), ("字段", "代码", "类型", "含义", "示例"), _dictionary(columns)
    )
    _add_lines(workbook.create_sheet("说明"), ("事项", "内容"), _stated(title, len(table), facts))
    return dated_workbook(workbook, title, facts.published_at or EARLIEST)


def _sheet_name(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip() or "数据"


def _dictionary(columns: Sequence[Column]) -> list[tuple[str, ...]]:
    return [(c.label, c.code, c.kind.label, c.meaning, c.example) for c in columns]


def _stated(title: str, count: int, facts: Facts) -> list[tuple[str, str]]:
    published = f"{timezone.localtime(facts.published_at):%Y-%m-%d %H:%M}" if facts.published_at else ""
    lines = [
        ("名称", title),
        ("来源", facts.source),
        ("发布时间", published),
        ("截至", facts.as_of.isoformat() if facts.as_of else ""),
        ("网址", facts.address),
        ("行数", str(count)),
        ("空白", "空白表示没有或不知道，不是0。"),
        ("数值", f"数值精确，未经四舍五入；电子表格只保留{_DIGITS}位有效数字，位数更多的数值按文字写入。"),
    ]
    return [line for line in lines if line[1]]


def _add_rows(sheet: Any, columns: Sequence[Column], table: Sequence[Sequence[Any]]) -> None:
    labels = [column.label for column in columns]
    _fill(sheet, labels, [column.kind for column in columns], table)


def _add_lines(sheet: Any, headings: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    _fill(sheet, headings, [CellKind.TEXT] * len(headings), lines)


def _fill(
    sheet: Any, headings: Sequence[str], kinds: Sequence[CellKind], table: Sequence[Sequence[Any]]
) -> None:
    """A bold header, frozen and with a filter over all rows, then the rows in columns as wide as they need."""
    from openpyxl.utils import get_column_letter

    widths = [_widest(cells) for cells in zip(headings, *table, strict=True)]
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{len(table) + 1}"
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = min(width, _WIDEST) + 2
    pen = _Pen(sheet)
    sheet.append(pen.heading(text) for text in headings)
    wraps = [width > _WIDEST for width in widths]
    for row in table:
        sheet.append(pen.cell(*cell) for cell in zip(row, kinds, wraps, strict=True))


def _widest(cells: Sequence[Any]) -> int:
    """The width of a column: of its widest cell, with room for the mark of the filter in its header."""
    return max(_width(cells[0]) + 3, _NARROWEST, *map(_width, cells[1:]))


def _width(value: Any) -> int:
    """How wide the longest line of a cell is; GBK writes a Chinese character in two bytes, a Latin one in one."""
    if value is None:
        return 0
    return max(len(line.encode("gbk", "replace")) for line in str(value).split("\n"))


class _Pen:
    """Makes the typed cells of one sheet, one after the other.

    Styling a cell is the slow part, so there is one cell of each style, filled again and again: a write-only sheet
    has written a cell before it asks its generator for the next.
    """

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.styled: dict[tuple[str, bool, bool, bool], Any] = {}

    def heading(self, text: str) -> Any:
        """A label, bold."""
        return self._put(text, "s", wrap=True, bold=True)

    def cell(self, value: Any, kind: CellKind, wrap: bool) -> Any:
        """The cell of a value; None stays an empty cell."""
        if value is None:
            return None
        match kind:
            case CellKind.DECIMAL:
                return self._decimal(decimal_text(Decimal(value)) or "")
            case CellKind.INTEGER:
                return self._put(value, "n", "0")
            case CellKind.BOOLEAN:
                return self._put(value, "b")
            case CellKind.DATE:
                return self._put(value, "d", "yyyy-mm-dd")
        return self._text(value, wrap)

    def _decimal(self, digits: str) -> Any:
        """A number that shows as many decimals as it has; text where a spreadsheet would round it."""
        decimals = len(digits.partition(".")[2])
        if len(digits.lstrip("-").replace(".", "").strip("0")) > _DIGITS:
            return self._put(digits, "s", "@")
        return self._put(Decimal(digits), "n", f"0.{'0' * decimals}" if decimals else "0")

    def _text(self, text: str, wrap: bool) -> Any:
        """Text as it is, but for control characters, which the format cannot hold; never a formula."""
        kept = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        if len(kept) > _CHARACTERS:
            kept = kept[: _CHARACTERS - len(_CUT)] + _CUT
        return self._put(kept, "s", wrap=wrap or "\n" in kept, quoted=_is_live(kept))

    def _put(
        self,
        value: Any,
        data_type: str,
        number_format: str = "General",
        *,
        wrap: bool = False,
        bold: bool = False,
        quoted: bool = False,
    ) -> Any:
        style = (number_format, wrap, bold, quoted)
        if style not in self.styled:
            self.styled[style] = self._styled(*style)
        cell = self.styled[style]
        cell.value = value
        cell.data_type = data_type  # a text that begins with "=" would be taken for a formula
        return cell

    def _styled(self, number_format: str, wrap: bool, bold: bool, quoted: bool) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font

        cell = WriteOnlyCell(self.sheet)
        cell.alignment = Alignment(vertical="top", wrap_text=wrap)
        cell.number_format = number_format
        cell.font = Font(bold=bold)
        cell.quotePrefix = quoted  # stays text even when somebody edits it
        return cell


def dated_workbook(workbook: Any, title: str, moment: datetime.datetime) -> bytes:
    """A workbook of openpyxl as a file that names nobody and bears the time of its facts throughout."""
    from openpyxl.writer.excel import ExcelWriter

    stamp = moment.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)
    workbook.properties.title = title
    workbook.properties.creator = ""
    workbook.properties.created = workbook.properties.modified = stamp
    target = io.BytesIO()
    ExcelWriter(workbook, DatedArchive(target, moment)).save()
    return target.getvalue()
