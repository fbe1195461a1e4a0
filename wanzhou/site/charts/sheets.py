"""A sheet: one SVG as a list of plain marks, which the macro draws without arithmetic. Pure.

x is a share of the width in percent and y is in pixels: a sheet stretches to its place, its text never shrinks.
The words of the axis stand left of x = 0, in a margin as wide as the longest of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from wanzhou.kernel.numerals import plain

from .scales import Scale, position

HEIGHT = 250
# Amounts stack a figure and a target above the axis; rates need less room.
TOP = 44
LOW_TOP = 28
BOTTOM = 198
# The baselines of the two lines of words below the axis.
FOOT = 218
SECOND_FOOT = 238
# From the middle of a line of text down to its baseline.
HALF_TEXT = 5
# Beyond so many characters the margin no longer grows.
WIDEST_MARGIN = 9

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid with its number; `origin` marks the line from which bars start."""

    y: str
    text_y: str
    words: str
    origin: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: str
    y: str
    width: str
    height: str
    style: str


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: str
    y1: str
    x2: str
    y2: str
    style: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark: a disc, or a diamond where the figure stands on another basis."""

    x: str
    y: str
    style: str
    diamond: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A line of words at its baseline; `dx` moves it aside, in pixels."""

    x: str
    y: str
    words: str
    style: str = ""
    anchor: Anchor = "middle"
    dx: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The marks of one SVG; `slots` is the number of places along its axis, `margin` its axis in characters."""

    slots: int
    margin: int
    height: int
    ticks: tuple[Tick, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    dots: tuple[Dot, ...]
    texts: tuple[Text, ...]


@dataclass(slots=True)
class Drawing:
    """A sheet in the making, on the scale that it shares with its neighbours."""

    scale: Scale
    slots: int
    origin: Decimal | None = None
    top: int = TOP
    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    def y(self, value: Decimal) -> Decimal:
        """The height of a value in pixels."""
        return self.scale.at(value, top=self.top, bottom=BOTTOM)

    def box(self, left: Decimal, right: Decimal, one: Decimal, other: Decimal, style: str) -> None:
        """A rectangle between two places in percent and two values."""
        top, bottom = sorted((self.y(one), self.y(other)))
        x, y, width, height = map(position, (left, top, right - left, bottom - top))
        self.boxes.append(Box(x, y, width, height, style))

    def line(self, start: tuple[Decimal, Decimal], end: tuple[Decimal, Decimal], style: str) -> None:
        """A line between two points, each a place in percent and a value."""
        x1, y1, x2, y2 = map(position, (start[0], self.y(start[1]), end[0], self.y(end[1])))
        self.lines.append(Line(x1, y1, x2, y2, style))

    def dot(self, x: Decimal, value: Decimal, style: str, *, diamond: bool = False) -> None:
        """A mark at a place in percent and a value."""
        self.dots.append(Dot(position(x), position(self.y(value)), style, diamond))

    def text(self, x: Decimal, y: Decimal, words: str, style: str = "", anchor: Anchor = "middle") -> None:
        """A line of words at a place in percent and a baseline in pixels."""
        self.texts.append(Text(position(x), position(y), words, style, anchor))

    def aside(self, x: Decimal, value: Decimal, words: str, style: str) -> None:
        """A line of words to the left of a mark."""
        y = position(self.y(value) + HALF_TEXT)
        self.texts.append(Text(position(x), y, words, style, "end", "-10"))

    def sheet(self, *, height: int = HEIGHT) -> Sheet:
        """The finished sheet with its axis."""
        ticks = tuple(self._tick(value) for value in self.scale.ticks)
        margin = min(max(len(tick.words) for tick in ticks), WIDEST_MARGIN)
        marks = (tuple(self.boxes), tuple(self.lines), tuple(self.dots), tuple(self.texts))
        return Sheet(self.slots, margin, height, ticks, *marks)

    def _tick(self, value: Decimal) -> Tick:
        y = self.y(value)
        return Tick(position(y), position(y + HALF_TEXT), plain(value), value == self.origin)


def slot_at(number: int, slots: int) -> Decimal:
    """The middle of a slot in percent, counted from 0."""
    return Decimal(100) * (2 * number + 1) / (2 * slots)
