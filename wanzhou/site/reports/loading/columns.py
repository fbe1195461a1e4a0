"""The columns of a table: how the text of a cell is read, strictly, and which field keeps it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from wanzhou.kernel.terms import Term

Value = str | int | bool | Decimal | datetime.date | None


class Unreadable(ValueError):
    """A cell cannot be read; the message says what is expected, beginning with 须."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `field` is the model's field that keeps it, empty where it is only checked."""

    name: str
    read: Callable[[str], Value]
    field: str
    required: bool = False

    def value_of(self, cell: str) -> Value:
        """The cell's value; raises Unreadable."""
        if self.required and not cell.strip():
            raise Unreadable("须填写")
        return self.read(cell)


def text(name: str, *, field: str | None = None, required: bool = False) -> Column:
    """Words as they stand; an empty cell is the empty text."""
    return Column(name, _text, name if field is None else field, required)


def words(name: str, *, field: str | None = None) -> Column:
    """Words as they stand; an empty cell is unknown."""
    return Column(name, lambda cell: _text(cell) or None, name if field is None else field)


def code(name: str, *, field: str | None = None, required: bool = True) -> Column:
    """A permanent code, such as gdp-growth."""
    return Column(name, _code, name if field is None else field, required)


def year(name: str = "year", *, field: str = "") -> Column:
    """A year of four digits."""
    return Column(name, _year, field, required=True)


def whole(name: str, *, field: str | None = None, required: bool = False) -> Column:
    """A whole number from 0; an empty cell is unknown."""
    return Column(name, _whole, name if field is None else field, required)


def decimal(name: str) -> Column:
    """A plain decimal number; an empty cell is unknown, and never 0."""
    return Column(name, _decimal, name)


def day(name: str) -> Column:
    """A date; an empty cell is unknown."""
    return Column(name, _day, name)


def yes_no(name: str, *, field: str | None = None) -> Column:
    """Yes or no, written out."""
    return Column(name, _yes_no, name if field is None else field, required=True)


def term(name: str, terms: Iterable[Term], *, field: str | None = None) -> Column:
    """One code of a closed vocabulary."""
    known = {each.value: each for each in terms}
    listed = "、".join(f"{each.value}（{each.label}）" for each in known.values())

    def read(cell: str) -> Value:
        if cell not in known:
            raise Unreadable(f"须是下列之一：{listed}")
        return known[cell]

    return Column(name, read, name if field is None else field, required=True)


def _text(cell: str) -> str:
    if "\0" in cell:
        raise Unreadable("须是文字，不能含空字符")
    return cell


def _code(cell: str) -> str:
    if cell and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", cell):
        raise Unreadable("须是小写字母、数字和连字符组成的代码，如 gdp-growth")
    return cell


def _year(cell: str) -> int:
    if not re.fullmatch(r"[12][0-9]{3}", cell):
        raise Unreadable("须是四位数的年份，如 2022")
    return int(cell)


def _whole(cell: str) -> int | None:
    if cell and not re.fullmatch(r"[0-9]{1,9}", cell):
        raise Unreadable("须是整数，如 3")
    return int(cell) if cell else None


def _decimal(cell: str) -> Decimal | None:
    if cell and not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell):
        raise Unreadable("须是数，不带单位和符号，如 3.5 或 -0.9")
    return Decimal(cell) if cell else None


def _day(cell: str) -> datetime.date | None:
    if not cell:
        return None
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
            return datetime.date.fromisoformat(cell)
    except ValueError:
        pass
    raise Unreadable("须是日期，如 2022-07-28")


def _yes_no(cell: str) -> bool:
    if cell not in ("yes", "no"):
        raise Unreadable("须是 yes 或 no")
    return cell == "yes"
