"""One filled cell of a workbook: what it holds, what its reader saw in it, or why it is not believed. Pure."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from functools import lru_cache
from math import isfinite

SIGNIFICANT = 15
"""Digits that Excel and WPS keep of a number; what a file holds beyond them is noise of their arithmetic."""
ROOM = 10
"""Digits that a cell without a format shows of a number with decimals."""


class Fault(Enum):
    """Why what stands in a cell is not taken for a figure as it is."""

    FORMULA = "formula"
    DATE = "date"
    ERROR = "error"
    TRUTH = "truth"
    SCALED = "scaled"  # 52000 shown as 5.2: the format shows another number than the cell holds


@dataclass(frozen=True, slots=True)
class Square:
    """One filled cell: `6.2` for 0.062 shown as a per cent. `shown` is set where the sheet showed another text.

    A formula has for its text what it came to when the file was saved; empty where the file does not say.
    """

    address: str
    text: str
    fault: Fault | None = None
    shown: str = ""

    @property
    def column(self) -> str:
        """The letters of its address."""
        return self.address.rstrip("0123456789")


@dataclass(frozen=True, slots=True)
class _Format:
    """What a number format does to a number: as a per cent, with so many decimals, divided by thousands."""

    is_percent: bool
    decimals: int | None
    is_scaled: bool


_LITERALS = re.compile(r'"[^"]*"|[\\!_*].|\[[^\]]*\]')
_PLACES = re.compile(r"[0#?](?:\.(?P<decimals>[0#?]*))?(?P<scaling>,*)(?:[^0#?.,]|$)")
_DRAWN_POINT = re.compile(r'[0#?](?:[!\\]\.|"\.")[0#?]')
"""`0!.0000` draws a point between two digits: 52000 looks like 5.2000."""


@lru_cache(maxsize=256)
def _format(code: str) -> _Format:
    """Read a format code. Quoted signs are only letters: `0.0"%"` shows a sign and multiplies nothing."""
    plain = _LITERALS.sub("", code).split(";")[0]
    places = _PLACES.search(plain)
    if places is None or "/" in plain or "E" in plain.upper().replace("GENERAL", ""):
        return _Format("%" in plain, None, is_scaled=False)
    scaled = bool(places["scaling"]) or _DRAWN_POINT.search(code) is not None
    return _Format("%" in plain, len(places["decimals"] or ""), scaled)


def square(address: str, value: object, code: str, *, kind: str, is_formula: bool) -> Square:
    """A cell as openpyxl read it: its value (of a formula, the stored result), number format and kind.

    Raises ValueError for a number without end.
    """
    text, shown, fault = _read(value, code, kind)
    if not is_formula:
        return Square(address, text, fault, shown)
    return Square(address, shown or text, fault or Fault.FORMULA)


def _read(value: object, code: str, kind: str) -> tuple[str, str, Fault | None]:
    if kind == "e":
        return str(value), "", Fault.ERROR
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE", "", Fault.TRUTH
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return _day(value), "", Fault.DATE
    if isinstance(value, int | float):
        return _number(value, _format(code))
    return "" if value is None else str(value).strip(), "", None


def _day(value: datetime.date | datetime.time | datetime.timedelta) -> str:
    """2023-06-05, with the time where there is one."""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    return str(value)


def _number(value: float, shown_as: _Format) -> tuple[str, str, Fault | None]:
    """The exact number, what the sheet showed where that differs, and whether it showed another number."""
    if not isfinite(value):
        raise ValueError("a number without end")
    held = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{SIGNIFICANT}g}")
    number = held * (100 if shown_as.is_percent else 1)
    if shown_as.is_scaled:
        return _plain(number), "", Fault.SCALED
    rounded = _rounded(number, shown_as.decimals)
    return _plain(number), "" if rounded == number else _plain(rounded), None


def _rounded(number: Decimal, decimals: int | None) -> Decimal:
    """The number as the sheet shows it: with so many decimals, or with as many digits as a plain cell has room for."""
    if number == number.to_integral_value() or abs(number) >= Decimal(10) ** 18:
        return number
    if decimals is None:
        return Decimal(f"{number:.{ROOM}g}")
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
