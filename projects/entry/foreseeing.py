"""What a paste or filled workbooks would fill, before anything is written: which rows, old and new, what is unclear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from openpyxl.utils import column_index_from_string

from projects.cells import LABELS, Cells, settled, stage_of, understand
from projects.workbooks.reading import Told, Untold, columns_of, lines_told
from projects.workbooks.writing import Form, write_form
from wanzhou.kernel.wording import fold
from wanzhou.kernel.workbooks.opening import (
    MEGABYTE,
    MOST_BYTES,
    NotOpenedError,
    Sheet,
    open_sheets,
    pasted_sheet,
)

from .rows import TaskRow
from .sending import COLUMNS, FIELDS

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile as File

    UploadedFile = File[bytes]

MOST_FILES = 40
LONGEST_PASTE = 400_000


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that would read otherwise; `fault` where the new one cannot be kept."""

    label: str
    before: str
    after: str
    fault: str


@dataclass(frozen=True, slots=True)
class Filling:
    """One row that would be filled, with what was said of each changed cell and where it came from."""

    row: TaskRow
    cells: Cells
    changes: tuple[Change, ...]
    place: str
    setbacks: tuple[str, ...]

    @property
    def is_blocked(self) -> bool:
        return bool(self.row.locked)

    @property
    def is_wrong(self) -> bool:
        return any(change.fault for change in self.changes)

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The row's cells by the names of the form."""
        return _fields(self.cells)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """All that would be filled, and the places that were not understood."""

    fillings: tuple[Filling, ...]
    unclear: tuple[Untold, ...]

    @property
    def fillable(self) -> tuple[Filling, ...]:
        return tuple(one for one in self.fillings if not one.is_blocked)

    @property
    def seen(self) -> str:
        return " ".join(f"{one.row.key}:{one.row.stamp}" for one in self.fillable)


@dataclass(frozen=True, slots=True)
class _Found:
    """Cells that were found for a row, and where."""

    key: int
    cells: Mapping[str, str]
    place: str


def workbook_of(title: str, rows: Iterable[TaskRow]) -> bytes:
    """The 调度表 of these rows; what stands there is written in the open cells."""
    return write_form(Form(title, [[*row.closed_cells, *_open_cells(row.cells)] for row in rows]))


def _open_cells(cells: Cells) -> list[str]:
    stage = stage_of(cells.stage)
    return [
        "" if stage is None else stage.label,
        *(getattr(cells, name) for name in COLUMNS if name != "stage"),
    ]


def pasted(
    text: str, rows: Sequence[TaskRow], *, start: tuple[int, str] | None = None, now: Mapping[int, Cells]
) -> Foreseen:
    """A table with a heading fills by names; without one, downwards and to the right from the cell `start`.

    `now` are the cells as they stand on the screen.
    """
    if len(text) > LONGEST_PASTE:
        return Foreseen((), (Untold("粘贴的内容", "太长了，请分几次粘贴。"),))
    try:
        sheet = pasted_sheet(text)
    except NotOpenedError as refusal:
        return Foreseen((), (Untold("粘贴的内容", str(refusal)),))
    if start is not None and not any("name" in columns_of(line.squares) for line in sheet.lines[:5]):
        found, unclear = _block(sheet, start, rows)
    else:
        found, unclear = _by_names(lines_told("", [sheet]), rows)
    return _foreseen(found, unclear, rows, now)


def uploaded(files: Sequence[UploadedFile], rows: Sequence[TaskRow]) -> Foreseen:
    """What filled workbooks would change; cells that say what is stored already are left out."""
    if not files:
        return Foreseen((), (Untold("没有选择文件", "请先选择填好的调度表。"),))
    if len(files) > MOST_FILES:
        return Foreseen((), (Untold(f"{len(files)}个文件", f"一次最多上传{MOST_FILES}个，没有读取。"),))
    told = [one for file in files for one in _read(file)]
    found, unclear = _by_names(told, rows)
    return _foreseen(found, unclear, rows, {})


def _read(file: UploadedFile) -> list[Told | Untold]:
    name = (file.name or "").rpartition("/")[2][:80]
    if (file.size or 0) > MOST_BYTES:
        return [Untold(f"《{name}》", f"超过{MOST_BYTES // MEGABYTE} MB，没有读取。")]
    try:
        return list(lines_told(name, open_sheets(name, file.read())))
    except NotOpenedError as refusal:
        return [Untold(f"《{name}》", str(refusal).removeprefix(f"《{name}》"))]


def carried(
    now: Mapping[int, Cells], found: Foreseen, rows: Iterable[TaskRow]
) -> list[tuple[int, list[tuple[str, str]]]]:
    """What was typed on the screen in other rows and is not saved yet: it goes along, so that it is not lost."""
    filled = {one.row.key for one in found.fillings}
    stored = {row.key: row.footing.cells.digest for row in rows if not row.locked}
    return [
        (key, _fields(cells))
        for key, cells in now.items()
        if key in stored and key not in filled and cells.digest != stored[key]
    ]


def _fields(cells: Cells) -> list[tuple[str, str]]:
    return [(name, getattr(cells, name)) for name in FIELDS]


# --- which row is meant ----------------------------------------------------------------------------------
def _by_names(told: Iterable[Told | Untold], rows: Sequence[TaskRow]) -> tuple[list[_Found], list[Untold]]:
    by_name: dict[str, list[TaskRow]] = {}
    for row in rows:
        for name in {row.task.name, row.task.project.name}:
            by_name.setdefault(fold(name), []).append(row)
    by_number = {str(row.key): row for row in rows}
    found: list[_Found] = []
    unclear: list[Untold] = []
    for one in told:
        if isinstance(one, Untold):
            unclear.append(one)
            continue
        meant = _meant(one, by_name, by_number)
        if isinstance(meant, str):
            unclear.append(Untold(f"{one.place}“{one.name or one.number}”", meant))
        else:
            found.append(_Found(meant.key, one.cells, one.place))
    return _once(found, unclear)


def _meant(
    one: Told, by_name: Mapping[str, Sequence[TaskRow]], by_number: Mapping[str, TaskRow]
) -> TaskRow | str:
    """The row that a line names, or why none is taken; a number that contradicts its name is not believed."""
    named = by_name.get(fold(one.name), []) if one.name else []
    numbered = by_number.get(one.number)
    if numbered is not None and (not one.name or numbered in named):
        return numbered
    if numbered is not None:
        return f"编号{one.number}是“{numbered.task.name}”，与名称对不上，没有采用。"
    if len(named) == 1:
        return named[0]
    if named:
        return "有几个同名的项目，请保留编号一列。"
    return "表里没有这个项目，或不归您单位牵头。"


def _once(found: Sequence[_Found], unclear: list[Untold]) -> tuple[list[_Found], list[Untold]]:
    """One line for a row; where two say different things, neither is taken."""
    by_key: dict[int, list[_Found]] = {}
    for one in found:
        by_key.setdefault(one.key, []).append(one)
    kept = []
    for same in by_key.values():
        if all(one.cells == same[0].cells for one in same):
            kept.append(same[0])
        else:
            unclear += [Untold(one.place, "同一个项目有两行不同的内容，都没有采用。") for one in same]
    return kept, unclear


def _block(
    sheet: Sheet, start: tuple[int, str], rows: Sequence[TaskRow]
) -> tuple[list[_Found], list[Untold]]:
    """Cells without a heading, laid over the table from the cell on; empty ones fill nothing."""
    key, field = start
    keys = [row.key for row in rows]
    if key not in keys or field not in COLUMNS:
        return [], [Untold("粘贴的内容", "不知道从哪一格填起：请点住要填的第一格再粘贴。")]
    reached, columns = keys[keys.index(key) :], COLUMNS[COLUMNS.index(field) :]
    found, unclear = [], []
    for line in sheet.lines:
        cells: dict[str, str] = {}
        for square in line.squares:
            place = column_index_from_string(square.column)
            if line.row > len(reached) or place > len(columns):
                unclear.append(Untold(f"“{square.text[:20]}”", "超出了表格的边，没有地方填。"))
            else:
                cells[columns[place - 1]] = square.text
        if cells:
            found.append(_Found(reached[line.row - 1], cells, f"粘贴的第{line.row}行"))
    return found, unclear


# --- what it would change --------------------------------------------------------------------------------
def _foreseen(
    found: Iterable[_Found], unclear: Sequence[Untold], rows: Sequence[TaskRow], now: Mapping[int, Cells]
) -> Foreseen:
    by_key = {row.key: row for row in rows}
    fillings = (_filling(by_key[one.key], one, now.get(one.key, by_key[one.key].cells)) for one in found)
    ordered = sorted(
        (one for one in fillings if one.changes), key=lambda one: list(by_key).index(one.row.key)
    )
    return Foreseen(tuple(ordered), tuple(unclear))


def _filling(row: TaskRow, found: _Found, before: Cells) -> Filling:
    after = settled(replace(before, **found.cells))
    faults = understand(after).faults
    changes = tuple(_changes(settled(before), after, faults, found.cells))
    return Filling(row, after, changes, found.place, row.footing.setbacks(after))


def _changes(
    before: Cells, after: Cells, faults: Mapping[str, str], given: Mapping[str, str]
) -> Iterator[Change]:
    for name in FIELDS:
        was, now = getattr(before, name), getattr(after, name)
        if was != now or (name in faults and name in given):
            yield Change(LABELS[name], _shown(name, was), _shown(name, now), faults.get(name, ""))


def _shown(name: str, text: str) -> str:
    stage = stage_of(text) if name == "stage" else None
    return text if stage is None else stage.label
