"""What fits on one page: lines are counted as they will be set, and what is too much is said to be left out; pure."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# Characters in a line of the one-page form. Two fewer than the arithmetic gives: punctuation may not begin a line.
LINE = 36
LATIN = 0.6  # of the width of a Chinese character; of the widest fallback fonts
CUT = "……"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: its statements, the most important first; at least `least` of them want to be seen."""

    title: str
    statements: tuple[str, ...]
    least: int
    nothing: str


@dataclass(frozen=True, slots=True)
class Fitted:
    """A part as it fits: the statements that are told, and how many are not."""

    title: str
    statements: tuple[str, ...]
    left_out: int


def height(text: str, *, indent: int = 2) -> int:
    """How many lines a paragraph takes."""
    return max(1, math.ceil((indent + width(text)) / LINE))


def width(text: str) -> float:
    """How wide a text is, in Chinese characters."""
    return sum(1 if unicodedata.east_asian_width(sign) in "WFA" else LATIN for sign in text)


def cut(text: str, most: float) -> str:
    """A text of at most this width; what is longer ends at a clause where it can, and in …….

    >>> cut("面临疫情、旱情，努力克服困难", 9)
    '面临疫情、旱情……'
    """
    if width(text) <= most:
        return text
    kept = ""
    for sign in text:
        if width(kept + sign) > most - width(CUT):
            break
        kept += sign
    clause = max(kept.rfind(sign) for sign in "，；。")
    if clause > len(kept) // 2:
        kept = kept[:clause]
    return kept.rstrip("，；。、") + CUT


def fit(parts: Sequence[Part], lines: int) -> tuple[Fitted, ...]:
    """Share the lines of a page: every part its least first, then the parts in their order as much as is left.

    A heading takes a line, and so does the sentence that says how many statements were left out.
    """
    told = [0] * len(parts)
    left = lines - sum(2 for _ in parts)
    for least in (True, False):
        for place, part in enumerate(parts):
            most = min(part.least, len(part.statements)) if least else len(part.statements)
            while told[place] < most and height(part.statements[told[place]]) <= left:
                left -= height(part.statements[told[place]])
                told[place] += 1
    return tuple(
        Fitted(part.title, part.statements[:count] or (part.nothing,), len(part.statements) - count)
        if part.statements
        else Fitted(part.title, (part.nothing,), 0)
        for part, count in zip(parts, told, strict=True)
    )
