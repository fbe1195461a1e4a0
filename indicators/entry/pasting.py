"""A paste before it fills: which rows it would reach, the old and the new value, and what was not understood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.conf import settings

from indicators.cells import Cell
from indicators.checks import Remark
from indicators.dictation import Dictation, Row, Unclear, block_of, take_dictation
from indicators.ledger import Ledger
from indicators.models import AnnualTarget

from .grid import NOTHING, PICKED, Grid, GridRow


@dataclass(frozen=True, slots=True)
class Filling:
    """One row that the paste would fill."""

    row: GridRow
    cell: Cell
    said: str
    remarks: tuple[Remark, ...]
    is_result: bool = False

    @property
    def is_blocked(self) -> bool:
        return bool(self.row.locked)

    @property
    def before(self) -> str:
        """What stands in the cell now: its text, or what was picked instead of a figure."""
        return words_of(self.row.cell) or NOTHING

    @property
    def carries_note(self) -> bool:
        """Whether a note comes with it that is not there yet."""
        return bool(self.cell.note) and self.cell.note != self.row.cell.note


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a row: the cell that it would fill, and the words or the place that it came from.

    `is_result`: a formula came to it, so that the person ticks it only when it is right.
    """

    key: int
    cell: Cell
    said: str
    is_result: bool = False


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a paste would do; nothing is filled until it is accepted."""

    fillings: tuple[Filling, ...]
    unclear: tuple[Unclear, ...]
    same: int = 0  # rows that say already what came

    @property
    def fillable(self) -> tuple[Filling, ...]:
        return tuple(one for one in self.fillings if not one.is_blocked)


def pasted(text: str, *, start: int | None, grid: Grid, ledger: Ledger, now: dict[int, Cell]) -> Pasted:
    """A block that was pasted into a cell fills downwards from it; any other text is matched by names.

    `now` are the cells as they stand on the screen.
    """
    dictation = take_dictation(text, rows_of(ledger.targets), places=_places())
    if start is not None and _is_block(text, dictation):
        found, unclear = _downwards(text, start, grid.rows)
    else:
        found = [(one.key, one.text, one.said) for one in dictation.heard]
        unclear = list(dictation.unclear)
    cells = {row.key: now.get(row.key, row.cell) for row in grid.rows}
    filled = [Found(key, Cell(text, note=cells[key].note), said) for key, text, said in found]
    return foreseen(filled, unclear, grid=grid, ledger=ledger, now=now)


def foreseen(
    found: Iterable[Found], unclear: Iterable[Unclear], *, grid: Grid, ledger: Ledger, now: dict[int, Cell]
) -> Pasted:
    """What filling these cells would do: the old and the new value of each, and what is to be said of it."""
    cells = {row.key: now.get(row.key, row.cell) for row in grid.rows}
    filled = {one.key: one for one in found}
    targets = {target.pk: target for target in ledger.targets}
    after = cells | {key: one.cell for key, one in filled.items()}
    return Pasted(
        tuple(
            Filling(row, one.cell, one.said, ledger.remarks(targets[row.key], after), one.is_result)
            for row in _with(cells, grid.rows)
            if (one := filled.get(row.key)) is not None
        ),
        tuple(unclear),
    )


def rows_of(targets: Iterable[AnnualTarget]) -> list[Row]:
    """The rows as they can be named: this year's name, the catalogue's, its short name and aliases."""
    return [
        Row(
            target.pk,
            target.unit,
            (
                target.name,
                target.indicator.name,
                target.indicator.short_name,
                *target.indicator.aliases.split("；"),
            ),
        )
        for target in targets
    ]


def words_of(cell: Cell) -> str:
    """A cell in words: its text, or the label of what was picked; empty where it is blank."""
    return cell.text or ("" if cell.is_blank else dict(PICKED)[cell.state])


def _with(cells: dict[int, Cell], rows: Iterable[GridRow]) -> Iterable[GridRow]:
    """The rows with their old value as it stands on the screen."""
    return (replace(row, cell=cells[row.key]) for row in rows)


def _is_block(text: str, dictation: Dictation) -> bool:
    """A block of cells: most of its lines name no row."""
    lines = [cells for cells in block_of(text) if any(cells)]
    return len(dictation.heard) * 2 <= len(lines) and (len(lines) > 1 or not dictation.heard)


def _downwards(
    text: str, start: int, rows: Sequence[GridRow]
) -> tuple[list[tuple[int, str, str]], list[Unclear]]:
    keys = [row.key for row in rows]
    if start not in keys:
        return [], [Unclear(text[:30], "不知道从哪一行填起。")]
    lines = [cells[0] for cells in block_of(text)]
    reached = keys[keys.index(start) :]
    beyond = [Unclear(line, "超出了表格的末行。") for line in lines[len(reached) :] if line]
    filled = [(key, line, line) for key, line in zip(reached, lines, strict=False) if line]
    return filled, beyond


def _places() -> tuple[str, ...]:
    return settings.DISTRICT.name, settings.DISTRICT.short
