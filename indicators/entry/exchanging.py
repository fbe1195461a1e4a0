"""The period's workbook out of the grid, and filled workbooks back into a preview of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indicators.cells import Cell
from indicators.dictation import Listener, Unclear
from indicators.intakes import SentFile
from indicators.ledger import Ledger
from indicators.workbooks.headings import Asked
from indicators.workbooks.reading import Told, Untold, lines_told
from indicators.workbooks.writing import Form, write_form
from wanzhou.kernel.workbooks.opening import MEGABYTE, MOST_BYTES, NotOpenedError, open_sheets

from .grid import NOTHING, PICKED, Grid
from .pasting import Found, Pasted, foreseen, rows_of, words_of

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile as File

    UploadedFile = File[bytes]

MOST_FILES = 40
"""As many departments as a district has, and some more."""
NO_FILE = Pasted((), (Unclear("没有选择文件", "请先选择填好的工作簿，可以一次选几个单位的。"),))


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What came in: which files, and what they would fill."""

    files: tuple[SentFile, ...]
    found: Pasted


def workbook_of(grid: Grid) -> bytes:
    """The grid as a workbook to fill; what is entered already stands in its open cells."""
    department = f"（{grid.department}）" if grid.department else ""
    headings = [
        *("序号", "指标", "单位", "责任单位", "全年目标"),
        *grid.columns,
        *(grid.own_label, "填报情况", "备注"),
    ]
    labels = dict(PICKED)
    rows = [
        [
            *(row.ordinal, f"其中：{row.name}" if row.is_sub else row.name),
            *(row.unit, row.department, row.wording),
            *("" if said == NOTHING else said for said in row.beside),
            *(row.cell.text, "" if row.cell.is_blank else labels[row.cell.state], row.cell.note),
        ]
        for row in grid.rows
    ]
    return write_form(Form(f"{grid.title}{department}", headings, rows, [label for _, label in PICKED]))


def uploaded(
    files: Sequence[UploadedFile], *, grid: Grid, ledger: Ledger, now: Mapping[int, Cell]
) -> Uploaded:
    """What the files would fill; cells that say what stands there already are left out. Nothing is written.

    `now` are cells as they stand on the screen, where that is not as they are stored.
    """
    if not files:
        return Uploaded((), NO_FILE)
    if len(files) > MOST_FILES:
        why = f"一次最多上传{MOST_FILES}个，没有读取。"
        return Uploaded((), Pasted((), (Unclear(f"{len(files)}个文件", why),)))
    listener = Listener.of(rows_of(ledger.targets))
    cells = {row.key: now.get(row.key, row.cell) for row in grid.rows}
    found: list[Found] = []
    unclear: list[Unclear] = []
    sent: list[SentFile] = []
    for file in files:
        name, content = _called(file), file.read() if (file.size or 0) <= MOST_BYTES else b""
        sent.append(SentFile(name, hashlib.sha256(content).hexdigest()))
        for one in _read(file, name, content, grid):
            heard = _heard(one, listener, cells)
            (found if isinstance(heard, Found) else unclear).append(heard)  # type: ignore[arg-type]
    kept, twice = _once(found)
    changed = [one for one in kept if not _says_the_same(one.cell, cells.get(one.key))]
    pasted = foreseen(changed, [*unclear, *twice], grid=grid, ledger=ledger, now=dict(now))
    return Uploaded(tuple(sent), replace(pasted, same=len(kept) - len(changed)))


def _called(file: UploadedFile) -> str:
    return (file.name or "").rpartition("/")[2][-80:]


def _read(file: UploadedFile, name: str, content: bytes, grid: Grid) -> Iterator[Told | Untold]:
    if (file.size or 0) > MOST_BYTES:
        yield Untold(f"《{name}》", f"超过{MOST_BYTES // MEGABYTE} MB，没有读取。")
        return
    asked = Asked(grid.period.plan.year, grid.own_period, grid.own_label)
    try:
        yield from lines_told(name, open_sheets(name, content), asked=asked)
    except NotOpenedError as refusal:
        yield Untold(f"《{name}》", str(refusal).removeprefix(f"《{name}》"))


def _heard(one: Told | Untold, listener: Listener, cells: Mapping[int, Cell]) -> Found | Unclear:
    """Which row a line of the file names, and what its cell would say; a note that is there stays."""
    if isinstance(one, Untold):
        return Unclear(one.place, one.why)
    heard = listener.hear(one.name, one.text, unit=one.unit)
    if isinstance(heard, Unclear):
        return Unclear(f"{one.place} {heard.said}", heard.why)
    before = cells.get(heard.key, Cell())
    same_note = one.note is None or one.note == " ".join(before.note.split())
    note = before.note if one.note is None or same_note else one.note
    shown = f"，表里显示为{one.shown}" if one.shown else ""
    own = f"，原文{heard.said}" if heard.said != heard.text else ""
    result = "，是公式算出的数" if one.is_result else ""
    return Found(heard.key, Cell(heard.text, note=note), f"{one.place}{own}{shown}{result}", one.is_result)


def _says_the_same(cell: Cell, before: Cell | None) -> bool:
    """Whether the cell on the screen says the same already."""
    if before is None or before.is_blank:
        return False
    return (cell.text, cell.note.strip()) == (words_of(before), before.note)


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
