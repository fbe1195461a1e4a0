"""The tile strip: one tile a numbered target, grouped by state in the order in which states matter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from .rows import Row
from .tones import TONES, Tone

# On middle widths a strip has at most so many columns; a heading needs two of them.
COLUMNS = 14
HEADING = 2
ROOMY = 22


@dataclass(frozen=True, slots=True)
class TileGroup:
    """The tiles of one state; `columns` is their width on middle-sized screens."""

    tone: Tone
    rows: tuple[Row, ...]
    columns: int


@dataclass(frozen=True, slots=True)
class Strip:
    """All groups; `columns` is the width of the whole on middle-sized screens."""

    groups: tuple[TileGroup, ...]
    columns: int

    @property
    def crowded(self) -> bool:
        """Whether the tiles are too many for full-sized words in one row."""
        return sum(len(group.rows) for group in self.groups) > ROOMY


def strip_of(rows: Iterable[Row]) -> Strip:
    """The strip of all numbered rows that have a verdict or a pace."""
    counted = [row for row in rows if row.counted and row.state]
    members = [(TONES[state], tuple(row for row in counted if row.state == state)) for state in TONES]
    present = [(tone, group) for tone, group in members if group]
    lines = _lines([len(group) for _, group in present])
    groups = tuple(TileGroup(tone, group, _columns(len(group), lines)) for tone, group in present)
    return Strip(groups, sum(group.columns for group in groups))


def _columns(tiles: int, lines: int) -> int:
    return max(HEADING, ceil(tiles / lines))


def _lines(sizes: list[int]) -> int:
    """The fewest lines of tiles, two or more, on which all groups stand side by side."""
    lines = 2
    while lines < max(sizes, default=0) and sum(_columns(size, lines) for size in sizes) > COLUMNS:
        lines += 1
    return lines
