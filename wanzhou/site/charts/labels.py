"""Where words stand on a sheet so that they cover neither marks nor each other: the same way every time. Pure.

Widths are reckoned for the narrowest sheet, the one on a small phone; what is clear there is clear everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .sheets import BOTTOM, Anchor, Drawing

NARROWEST = 250
LINE_HEIGHT = 16
_FULL_WIDTH, _HALF_WIDTH = 13, 8
_FIRST_FULL_WIDTH = "\u2e80"


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in pixels of the narrowest sheet."""

    left: Decimal
    right: Decimal
    top: Decimal
    bottom: Decimal

    def meets(self, other: Area) -> bool:
        """Whether two rectangles overlap."""
        beside = self.right <= other.left or other.right <= self.left
        return not beside and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True, slots=True)
class Label:
    """Words in one or more lines at a place in percent; `y` is the baseline of the last line."""

    x: Decimal
    y: Decimal
    lines: tuple[str, ...]
    style: str = ""
    anchor: Anchor = "middle"

    @property
    def area(self) -> Area:
        """What the words cover."""
        width = max(width_of(line) for line in self.lines)
        x = self.x * NARROWEST / 100
        left = {"start": x, "middle": x - Decimal(width) / 2, "end": x - width}[self.anchor]
        return Area(left, left + width, self.y + 3 - LINE_HEIGHT * len(self.lines), self.y + 3)

    def put(self, drawing: Drawing) -> None:
        """Write the words on a drawing."""
        for number, line in enumerate(reversed(self.lines)):
            drawing.text(self.x, self.y - LINE_HEIGHT * number, line, self.style, self.anchor)


def width_of(words: str) -> int:
    """The width of words in pixels, on the generous side."""
    return sum(_FULL_WIDTH if letter >= _FIRST_FULL_WIDTH else _HALF_WIDTH for letter in words)


def around(x: Decimal, y: Decimal, *, reach: int = 7) -> Area:
    """What a mark at a place in percent and pixels covers."""
    middle = x * NARROWEST / 100
    return Area(middle - reach, middle + reach, y - reach, y + reach)


def between(left: Decimal, right: Decimal, top: Decimal, bottom: Decimal) -> Area:
    """What lies between two places in percent and two heights in pixels."""
    return Area(left * NARROWEST / 100, right * NARROWEST / 100, top, bottom)


def below_axis() -> Area:
    """Where the words of the axis stand."""
    return between(Decimal(0), Decimal(100), Decimal(BOTTOM + 2), Decimal(2 * BOTTOM))


def along(start: tuple[Decimal, Decimal], end: tuple[Decimal, Decimal]) -> list[Area]:
    """Small areas on a slanted line between two places in percent and pixels."""
    shares = [Decimal(number) / 8 for number in range(1, 8)]
    return [
        around(start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share, reach=2)
        for share in shares
    ]


def clashes(area: Area, obstacles: Iterable[Area]) -> int:
    """How many obstacles an area meets; leaving the sheet at the top counts as many."""
    return sum(area.meets(obstacle) for obstacle in obstacles) + (9 if area.top < 0 else 0)


def clearest(candidates: Sequence[Label], obstacles: Sequence[Area]) -> Label:
    """The candidate that meets the fewest obstacles, the earlier one where it makes no difference."""
    return min(candidates, key=lambda label: clashes(label.area, obstacles))


def untidiness(labels: Sequence[Label], obstacles: Sequence[Area]) -> int:
    """How often labels meet each other or an obstacle."""
    areas = [label.area for label in labels]
    among = sum(clashes(area, areas[number + 1 :]) for number, area in enumerate(areas))
    return among + sum(clashes(area, obstacles) for area in areas)


def halves(words: str) -> tuple[str, ...]:
    """A long word in two lines: 待市级反馈 → 待市级, 反馈."""
    if len(words) <= 4:
        return (words,)
    middle = (len(words) + 1) // 2
    return (words[:middle], words[middle:])
