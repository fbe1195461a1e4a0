"""The period's workbook out of the grid, and filled workbooks back into a preview of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from indicators.cells import Cell
from indicators.dictation import Unclear, take_dictation
from indicators.ledger import Ledger
from indicators.workbooks.opening import MEGABYTE, MOST_BYTES, NotOpenedError, open_sheets
from indicators.workbooks.reading import Told, Untold, lines_told
from indicators.workbooks.writing import Form, write_form

from .grid import NOTHING, PICKED, Grid, GridRow
from .pasting import Found, Pasted, foreseen, rows_of

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile as File

    UploadedFile = File[bytes]

MOST_FILES = 40
"""As many departments as a district has, and some more."""


def workbook_of(grid: Grid) -> bytes:
    """The grid as a workbook to fill; what is entered already stands in its open cells."""
    department = f"（{grid.department}）" if grid.department else ""
    headings = [
        "序号",
        "指标",
        "单位",
        "责任单位",
        "全年目标",
        *grid.columns,
        grid.own_label,
        "填报情况",
        "备注",
    ]
    labels = dict(PICKED)
    rows = [
        [
            *(
                row.ordinal,
                f"其中：{row.name}" if row.is_sub else row.name,
                row.unit,
                row.department,
                row.wording,
            ),
            *("" if said == NOTHING else said for said in row.beside),
            *(row.cell.text, "" if row.cell.is_blank else labels[row.cell.state], row.cell.note),
        ]
        for row in grid.rows
    ]
    return write_form(Form(f"{grid.title}{department}", headings, rows, [label for _, label in PICKED]))


def uploaded(files: Sequence[UploadedFile], *, grid: Grid, ledger: Ledger) -> Pasted:
    """What the files would fill; cells that say what is stored already are left out. Nothing is written."""
    found: list[Found] = []
    unclear: list[Unclear] = []
    rows = rows_of(ledger.targets)
    if not files:
        return Pasted((), (Unclear("没有选择文件", "请先选择填好的工作簿，可以一次选几个单位的。"),))
    if len(files) > MOST_FILES:
        return Pasted((), (Unclear(f"{len(files)}个文件", f"一次最多上传{MOST_FILES}个，没有读取。"),))
    for file in files:
        for one in _read(file, grid.own_label):
            if isinstance(one, Untold):
                unclear.append(Unclear(one.place, one.why))
                continue
            told = take_dictation(f"{one.name}\t{one.text}", rows)
            unclear += [Unclear(f"{one.place} {one.name}", each.why) for each in told.unclear]
            if not told.heard and not told.unclear:
                unclear.append(Unclear(f"{one.place} {one.name}", "没有认出是哪一行。"))
            found += [Found(each.key, Cell(one.text, note=one.note), one.place) for each in told.heard]
    kept, twice = _once(found)
    return foreseen(_changed(kept, grid), [*unclear, *twice], grid=grid, ledger=ledger, now={})


def _read(file: UploadedFile, own: str) -> list[Told | Untold]:
    name = (file.name or "").rpartition("/")[2][:80]
    if (file.size or 0) > MOST_BYTES:
        return [Untold(f"《{name}》", f"超过{MOST_BYTES // MEGABYTE} MB，没有读取。")]
    try:
        return list(lines_told(name, open_sheets(name, file.read()), own=own))
    except NotOpenedError as refusal:
        return [Untold(f"《{name}》", str(refusal).removeprefix(f"《{name}》"))]


def _changed(found: Sequence[Found], grid: Grid) -> list[Found]:
    """Without what is stored already, and what stands in rows that are closed to this person unchanged."""
    rows: dict[int, GridRow] = {row.key: row for row in grid.rows}
    return [one for one in found if not _says_the_same(one.cell, rows.get(one.key))]


def _says_the_same(cell: Cell, row: GridRow | None) -> bool:
    if row is None or row.cell.is_blank:
        return False
    stored = row.cell.text or dict(PICKED)[row.cell.state]
    return (cell.text, cell.note.strip()) == (stored, row.cell.note)


def _once(found: Sequence[Found]) -> tuple[list[Found], list[Unclear]]:
    """One cell for a row; where two places say different things, neither is taken."""
    by_key: dict[int, list[Found]] = {}
    for one in found:
        by_key.setdefault(one.key, []).append(one)
    agreed = [same[0] for same in by_key.values() if len({one.cell for one in same}) == 1]
    twice = [
        Unclear(one.said, f"同一行有两个不同的数据，这里是“{one.cell.text}”。")
        for same in by_key.values()
        if len({one.cell for one in same}) > 1
        for one in same
    ]
    return agreed, twice
