"""Numbers as people read them: no trailing zeros, a real minus, the qualifier beside the digits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

# What the sources do not state, a page does not guess.
UNKNOWN = "报告未载"
MINUS = "\N{MINUS SIGN}"
_PRINTED = re.compile(r"(?P<number>[-−]?\d+(?:\.\d+)?)(?P<qualifier>\D*)")
# A longer qualifier is a sentence, not a figure.
_LONGEST_QUALIFIER = 4


@dataclass(frozen=True, slots=True)
class Numeral:
    """A cell's content: a number with its qualifier and count of decimals, or else plain text."""

    number: str = ""
    qualifier: str = ""
    decimals: int = 0
    text: str = ""

    @property
    def printed(self) -> str:
        """The whole content in one piece."""
        return self.text or self.number + self.qualifier


def plain(value: Decimal) -> str:
    """The shortest decimal notation, exact, with U+2212 for the sign: `-9.400000` → `−9.4`."""
    digits = f"{value:f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits in {"-0", ""} else digits.replace("-", MINUS)


def of_value(value: Decimal, qualifier: str = "") -> Numeral:
    """The numeral of an exact value."""
    number = plain(value)
    return Numeral(number, qualifier, len(number.partition(".")[2]))


def of_wording(wording: str) -> Numeral:
    """The numeral of a wording as printed: `6左右` keeps its 左右 apart; a sentence stays text."""
    printed = _PRINTED.fullmatch(wording.strip())
    if not wording:
        return Numeral(text=UNKNOWN)
    if printed is None or len(printed["qualifier"]) > _LONGEST_QUALIFIER:
        return Numeral(text=wording)
    number = printed["number"].replace("-", MINUS)
    return Numeral(number, printed["qualifier"], len(number.partition(".")[2]))
