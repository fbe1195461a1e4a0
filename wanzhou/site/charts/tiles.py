"""The tile strip: one tile a numbered target, grouped by state in the order in which states matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Generic, Protocol, TypeVar

# On middle widths a strip has at most so many columns; a heading needs two of them.
COLUMNS = 14
HEADING = 2
ROOMY = 22


class Look(Protocol):
    """What a group's heading shows: the state's colour class, its word and its icon."""

    @property
    def style(self) -> str: ...
    @property
    def word(self) -> str: ...
    @property
    def icon(self) -> str: ...


class Tile(Protocol):
    """A row that can stand in the strip."""

    @property
    def counted(self) -> bool: ...
    @property
    def state(self) -> str: ...
    @property
    def ordinal(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def short_name(self) -> tuple[str, ...]: ...
    @property
    def binding(self) -> bool: ...
    @property
    def anchor(self) -> str: ...


T = TypeVar("T", bound=Tile)


@dataclass(frozen=True, slots=True)
class TileGroup(Generic[T]):
    """The tiles of one state; `columns` is their width on middle-sized screens."""

    tone: Look
    rows: tuple[T, ...]
    columns: int


@dataclass(frozen=True, slots=True)
class Strip(Generic[T]):
    """All groups; `columns` is the width of the whole on middle-sized screens."""

    groups: tuple[TileGroup[T], ...]
    columns: int

    @property
    def crowded(self) -> bool:
        """Whether the tiles are too many for full-sized words in one row."""
        return sum(len(group.rows) for group in self.groups) > ROOMY


def strip_of(rows: Iterable[T], looks: Mapping[str, Look]) -> Strip[T]:
    """The strip of all numbered rows that have a verdict or a pace, in the order of the states' looks."""
    counted = [row for row in rows if row.counted and row.state]
    members = [(looks[state], tuple(row for row in counted if row.state == state)) for state in looks]
    present = [(look, group) for look, group in members if group]
    lines = _lines([len(group) for _, group in present])
    groups = tuple(TileGroup(look, group, _columns(len(group), lines)) for look, group in present)
    return Strip(groups, sum(group.columns for group in groups))


def _columns(tiles: int, lines: int) -> int:
    return max(HEADING, ceil(tiles / lines))


def _lines(sizes: list[int]) -> int:
    """The fewest lines of tiles, two or more, on which all groups stand side by side."""
    lines = 2
    while lines < max(sizes, default=0) and sum(_columns(size, lines) for size in sizes) > COLUMNS:
        lines += 1
    return lines
