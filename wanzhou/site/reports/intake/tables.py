"""Grids into tables of targets: by their heads, whatever their order, with sub-rows, marks and merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from indicators.judging.units import UNIT_PATTERN
from wanzhou.kernel.wording import fold

from .headings import Head, Meaning, heads_of
from .passages import Block, Grid, Passage, Place, Square
from .report import NATURES, PrintedTable, Sure, TableRow

_CAPTION: Final = re.compile(r"^\s*(?:续|附)?表\s*(?:[0-9０-９一二三四五六七八九十]+)?")
_CAPTIONED: Final = re.compile(r"指标|计划|目标|完成情况")
_NOTE: Final = re.compile(r"^\s*(?:注|说明)\s*[:：]")
_YEAR: Final = re.compile(r"((?:19|20)[0-9]{2})\s*年")
_SUB: Final = re.compile(r"^\s*(?:#|＃|[—－-]*\s*其中\s*[:：]?)\s*")
_LEADS: Final = re.compile(r"^\s*[0-9]{1,3}\s*[.、．]\s*")
_MARKS: Final = "*＊﹡★☆※△▲"
_MARK: Final = re.compile(rf"\s*[{_MARKS}]+\s*|\s*[①-⑳]\s*$")
_UNIT: Final = re.compile(r"\s*[（(]\s*(?P<unit>[^（）()]{1,12})\s*[）)]\s*$")
_STARRED: Final = re.compile(rf"[{_MARKS}]\s*[^，。；]{{0,6}}约束性")
_OTHERS: Final = re.compile(r"(?:其他|其余|未加)[^，。；]{0,6}预期性")
_WHOLE_UNIT: Final = re.compile(rf"{UNIT_PATTERN}|上年=100")
_FAR: Final = 3  # blocks between a caption and its table
_NO_FIGURE: Final = re.compile(r"[—–-]{1,3}|/|无")
LONGEST_CAPTION: Final = 60
LONGEST_CELL: Final = 300


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables that were found, and what a person should know about them."""

    tables: tuple[PrintedTable, ...]
    problems: tuple[str, ...]


@dataclass(slots=True)
class _Found:
    caption: str
    place: Place
    heads: tuple[Head, ...]
    rows: list[tuple[Square, ...]]
    note: str = ""
    doubts: list[str] = field(default_factory=list)


def tables_in(blocks: Sequence[Block]) -> Tables:
    """Every table of targets or outcomes among the blocks, in order."""
    found: list[_Found] = []
    problems: list[str] = []
    for at, block in enumerate(blocks):
        if isinstance(block, Grid):
            _take(block, at, blocks, found, problems)
    tables: list[PrintedTable] = []
    for one in found:
        tables += _of_years(one, problems)
    return Tables(tuple(tables), tuple(problems))


def _take(grid: Grid, at: int, blocks: Sequence[Block], found: list[_Found], problems: list[str]) -> None:
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
        _Found(caption.said if caption else "", place, heads, rows, _note(blocks, at), list(grid.doubts))
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


def _goes_on(last: _Found, rows: Sequence[tuple[Square, ...]]) -> bool:
    """Whether the first number below is the one after the last number above."""
    column = next((at for at, head in enumerate(last.heads) if head.meaning is Meaning.ORDINAL), None)
    if column is None or not rows:
        return False
    above = [number for row in last.rows if (number := _ordinal(row, column)) is not None]
    below = [number for row in rows if (number := _ordinal(row, column)) is not None]
    return bool(above and below) and below[0] == above[-1] + 1


def _ordinal(row: Sequence[Square], column: int | None) -> int | None:
    if column is None or column >= len(row):
        return None
    digits = fold(row[column].text).strip("().、")
    return int(digits) if re.fullmatch(r"[0-9]{1,3}", digits) else None


def _of_years(found: _Found, problems: list[str]) -> Iterator[PrintedTable]:
    """One table for every year that its heads name: 2022年完成 beside 2023年目标 are two."""
    told = _YEAR.findall(found.caption)
    asked = {Meaning.TARGET, Meaning.OUTCOME}
    years = sorted({head.year for head in found.heads if head.year and head.meaning in asked})
    default = int(told[0]) if told else (years[-1] if years else None)
    for year in years or (default,):
        rows = tuple(_Reading(found, year, len(years) < 2, problems).rows())
        if rows:
            yield PrintedTable(found.caption, year, rows, found.place, found.note)
    if default is None:
        problems.append(f"{_called(found)}没有写是哪一年。")
    problems += [f"{_called(found)}：{doubt}。" for doubt in found.doubts]


def _called(found: _Found) -> str:
    return f"“{found.caption}”" if found.caption else "没有标题的一张表"


class _Reading:
    """The rows of one table for one year."""

    def __init__(self, found: _Found, year: int | None, alone: bool, problems: list[str]) -> None:
        self.found, self.problems = found, problems
        heads = found.heads
        self.column = {
            meaning: next(
                (
                    at
                    for at, head in enumerate(heads)
                    if head.meaning is meaning
                    and (
                        meaning not in (Meaning.TARGET, Meaning.OUTCOME)
                        or head.year == year
                        or (alone and head.year is None)
                    )
                ),
                None,
            )
            for meaning in Meaning
        }
        self.starred = any(sign in square.text for row in found.rows for square in row for sign in _MARKS)

    def rows(self) -> Iterator[TableRow]:
        """The rows that state an indicator, numbered as printed, or in order where the table has no numbers."""
        counted = 0
        unnumbered: list[str] = []
        for squares in self.found.rows:
            row = self._row(squares)
            if row is None:
                continue
            if row.ordinal is None and not row.sub:
                unnumbered.append(row.name)
                row = replace(row, ordinal=counted + 1)
            counted = row.ordinal if row.ordinal is not None else counted
            yield row
        if unnumbered:
            said = "、".join(unnumbered[:3]) + ("等" if len(unnumbered) > 3 else "")
            self.problems.append(
                f"{_called(self.found)}有 {len(unnumbered)} 行没有序号（{said}），按先后次序编号，请核对。"
            )

    def _text(self, squares: Sequence[Square], meaning: Meaning) -> str:
        column = self.column[meaning]
        return (
            squares[column].text.strip()[:LONGEST_CELL]
            if column is not None and column < len(squares)
            else ""
        )

    def _row(self, squares: Sequence[Square]) -> TableRow | None:
        printed = self._text(squares, Meaning.NAME)
        if not printed or _is_group(squares):
            return None
        name, unit, marked = _named(printed)
        number = _ordinal(squares, self.column[Meaning.ORDINAL])
        counted = any(square.counted for square in squares[:2])
        target, outcome = self._cell(squares, Meaning.TARGET), self._cell(squares, Meaning.OUTCOME)
        if not name or (not target and not outcome):
            if name and number is not None:
                self.problems.append(f"{_called(self.found)}第{number}行“{name}”没有目标也没有完成情况。")
            return None
        unit = self._text(squares, Meaning.UNIT).strip("（）()") or unit
        sub = bool(_SUB.match(printed)) or (
            number is None
            and self.column[Meaning.ORDINAL] is not None
            and not counted
            and not self._text(squares, Meaning.ORDINAL)
            and self._some_numbered()
        )
        name_at = squares[self.column[Meaning.NAME] or 0].place
        doubt = self._doubt(squares, target)
        return TableRow(
            None if sub else number,
            name,
            unit,
            target,
            outcome,
            self._nature(squares, marked),
            sub,
            name_at,
            Sure.LIKELY if doubt else Sure.CERTAIN,
            doubt,
        )

    def _some_numbered(self) -> bool:
        column = self.column[Meaning.ORDINAL]
        return any(_ordinal(row, column) is not None for row in self.found.rows)

    def _cell(self, squares: Sequence[Square], meaning: Meaning) -> str:
        return _MARK.sub("", self._text(squares, meaning))

    def _doubt(self, squares: Sequence[Square], target: str) -> str:
        column = self.column[Meaning.TARGET]
        if column is not None and column < len(squares) and squares[column].merged:
            return "目标所在的格子与邻格合并"
        if _NO_FIGURE.fullmatch(target):
            return "目标一格没有写数"
        return ""

    def _nature(self, squares: Sequence[Square], marked: bool) -> str:
        said = self._text(squares, Meaning.NATURE)
        for words, nature in NATURES.items():
            if words[:2] in said:
                return nature
        if marked:
            return NATURES["约束性"]
        explained = _STARRED.search(self.found.note) is not None
        return NATURES["预期性"] if self.starred and explained and _OTHERS.search(self.found.note) else ""


def _named(printed: str) -> tuple[str, str, bool]:
    """A cell of a name: the bare name, its unit in brackets, and whether a mark stands at it."""
    marked = any(sign in printed for sign in _MARKS)
    name = _LEADS.sub("", _SUB.sub("", _MARK.sub("", printed))).strip()
    found = _UNIT.search(name)
    if found and _is_unit(found["unit"]):
        return name[: found.start()].strip(), found["unit"], marked
    return name, "", marked


def _is_unit(text: str) -> bool:
    return _WHOLE_UNIT.fullmatch(fold(text)) is not None


def _is_group(squares: Sequence[Square]) -> bool:
    """A row that is one merged cell, or a single word over the rows below, names a group and no indicator."""
    texts = {square.text for square in squares}
    return len(squares) > 1 and len(texts) == 1
