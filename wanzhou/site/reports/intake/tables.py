"""Grids into tables of targets: by their heads, whatever their order, with sub-rows, marks and merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from wanzhou.kernel.wording import fold

from .headings import Head, Meaning, heads_of
from .passages import Block, Grid, Passage, Square
from .report import PrintedTable
from .table_rows import FoundTable, RowsOfYear, called, ordinal_of

_CAPTION: Final = re.compile(r"^\s*(?:续|附)?表\s*(?:[0-9０-９一二三四五六七八九十]+)?")
_CAPTIONED: Final = re.compile(r"指标|计划|目标|完成情况")
_NOTE: Final = re.compile(r"^\s*(?:注|说明)\s*[:：]")
_YEAR: Final = re.compile(r"((?:19|20)[0-9]{2})\s*年")
_FAR: Final = 3  # blocks between a caption and its table
LONGEST_CAPTION: Final = 60


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables that were found, and what a person should know about them."""

    tables: tuple[PrintedTable, ...]
    problems: tuple[str, ...]


def tables_in(blocks: Sequence[Block]) -> Tables:
    """Every table of targets or outcomes among the blocks, in order."""
    found: list[FoundTable] = []
    problems: list[str] = []
    for at, block in enumerate(blocks):
        if isinstance(block, Grid):
            _take(block, at, blocks, found, problems)
    tables: list[PrintedTable] = []
    for one in found:
        tables += _of_years(one, problems)
    return Tables(tuple(tables), tuple(problems))


def _take(grid: Grid, at: int, blocks: Sequence[Block], found: list[FoundTable], problems: list[str]) -> None:
    caption = _caption(blocks, at)
    last = found[-1] if found else None
    top, heads = _heads(grid)
    if last is not None and grid.width == len(last.heads) and _goes_on(last, grid.rows[:1]):
        top, heads = 0, last.heads
    rows = [row for row in grid.rows[top:] if not _repeats(row, heads)]
    if heads is None:
        if last is not None and grid.width == len(last.heads) and _goes_on(last, rows):
            last.rows += rows
            last.note = last.note or _note(blocks, at)
        elif grid.width > 1 and caption is not None:
            problems.append(f"“{caption.said}”没有认出表头（须有指标名称，以及目标或完成情况），没有读取。")
        return
    if (
        last is not None
        and _same_heads(last.heads, heads)
        and (_is_continued(caption) or _goes_on(last, rows))
    ):
        last.rows += rows
        last.note = last.note or _note(blocks, at)
        return
    place = caption.place() if caption else grid.rows[0][0].place
    found.append(
        FoundTable(caption.said if caption else "", place, heads, rows, _note(blocks, at), list(grid.doubts))
    )


def _caption(blocks: Sequence[Block], at: int) -> Passage | None:
    near: list[Passage] = []
    for block in reversed(blocks[:at]):
        if not isinstance(block, Passage):
            break
        if block.said:
            near.append(block)
        if len(near) == _FAR:
            break
    short = [one for one in near if len(one.said) <= LONGEST_CAPTION]
    numbered = [one for one in short if _CAPTION.match(one.said)]
    titled = [
        one for one in short[:2] if _CAPTIONED.search(one.said) and not one.said.endswith(("。", "；", "："))
    ]
    return next(iter([*numbered, *titled]), None)


def _note(blocks: Sequence[Block], at: int) -> str:
    for block in blocks[at + 1 : at + 6]:
        if not isinstance(block, Passage):
            return ""
        if block.said:
            return block.said if _NOTE.match(block.said) else ""
    return ""


def _heads(grid: Grid) -> tuple[int, tuple[Head, ...] | None]:
    """How many rows the heads take, and the heads; two rows where they stand one over the other."""
    for at, row in enumerate(grid.rows[:4]):
        below = grid.rows[at + 1] if at + 1 < len(grid.rows) else None
        if below is not None and any(square.merged for square in (*row, *below)) and len(row) == len(below):
            both = [
                low.text if low.text == high.text or not high.text else f"{high.text}{low.text}"
                for high, low in zip(row, below, strict=True)
            ]
            heads = heads_of(
                [
                    _lower(high.text, low.text, joined)
                    for high, low, joined in zip(row, below, both, strict=True)
                ]
            )
            if heads is not None and not any(_is_number(square.text) for square in below):
                return at + 2, heads
        heads = heads_of([square.text for square in row])
        if heads is not None:
            return at + 1, heads
    return 0, None


def _lower(high: str, low: str, joined: str) -> str:
    """A head over two rows: 2022年 over 目标 is one, 指标 merged over both is itself."""
    return low if high == low or not high else joined


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", fold(text)))


def _repeats(row: Sequence[Square], heads: tuple[Head, ...] | None) -> bool:
    """Whether a row is the heads once more, as they stand on every page."""
    if heads is None:
        return False
    again = heads_of([square.text for square in row])
    return again is not None and _same_heads(heads, again)


def _same_heads(one: tuple[Head, ...], other: tuple[Head, ...]) -> bool:
    return [(head.meaning, head.year) for head in one] == [(head.meaning, head.year) for head in other]


def _is_continued(caption: Passage | None) -> bool:
    return caption is not None and ("续表" in caption.said or "（续）" in caption.said)


def _goes_on(last: FoundTable, rows: Sequence[tuple[Square, ...]]) -> bool:
    """Whether the first number below is the one after the last number above."""
    column = next((at for at, head in enumerate(last.heads) if head.meaning is Meaning.ORDINAL), None)
    if column is None or not rows:
        return False
    above = [number for row in last.rows if (number := ordinal_of(row, column)) is not None]
    below = [number for row in rows if (number := ordinal_of(row, column)) is not None]
    return bool(above and below) and below[0] == above[-1] + 1


def _of_years(found: FoundTable, problems: list[str]) -> Iterator[PrintedTable]:
    """One table for every year that its heads name: 2022年完成 beside 2023年目标 are two."""
    told = _YEAR.findall(found.caption)
    asked = {Meaning.TARGET, Meaning.OUTCOME}
    years = sorted({head.year for head in found.heads if head.year and head.meaning in asked})
    default = int(told[0]) if told else (years[-1] if years else None)
    for year in years or (default,):
        rows = tuple(RowsOfYear(found, year, len(years) < 2, problems).rows())
        if rows:
            yield PrintedTable(found.caption, year, rows, found.place, found.note)
    if default is None:
        problems.append(f"{called(found)}没有写是哪一年。")
    problems += [f"{called(found)}：{doubt}。" for doubt in found.doubts]
