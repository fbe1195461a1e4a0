"""The rows of a table that was found, for one year: names, units, sub-rows, marks and merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from indicators.judging.units import UNIT_PATTERN
from wanzhou.kernel.wording import fold

from .headings import Head, Meaning
from .passages import Place, Square
from .report import NATURES, Sure, TableRow

_SUB: Final = re.compile(r"^\s*(?:#|＃|[—－-]*\s*其中\s*[:：]?)\s*")
_LEADS: Final = re.compile(r"^\s*[0-9]{1,3}\s*[.、．]\s*")
_MARKS: Final = "*＊﹡★☆※△▲"
_MARK: Final = re.compile(rf"\s*[{_MARKS}]+\s*|\s*[①-⑳]\s*$")
_UNIT: Final = re.compile(r"\s*[（(]\s*(?P<unit>[^（）()]{1,12})\s*[）)]\s*$")
_STARRED: Final = re.compile(rf"[{_MARKS}]\s*[^，。；]{{0,6}}约束性")
_OTHERS: Final = re.compile(r"(?:其他|其余|未加)[^，。；]{0,6}预期性")
_WHOLE_UNIT: Final = re.compile(rf"{UNIT_PATTERN}|上年=100")
_NO_FIGURE: Final = re.compile(r"[—–-]{1,3}|/|无")
LONGEST_CELL: Final = 300


@dataclass(slots=True)
class FoundTable:
    """A table that was found by its heads: rows of as many squares as it has heads, parts of other pages added."""

    caption: str
    place: Place
    heads: tuple[Head, ...]
    rows: list[tuple[Square, ...]]
    note: str = ""
    doubts: list[str] = field(default_factory=list)


def called(found: FoundTable) -> str:
    return f"“{found.caption}”" if found.caption else "没有标题的一张表"


def ordinal_of(row: Sequence[Square], column: int | None) -> int | None:
    if column is None or column >= len(row):
        return None
    digits = fold(row[column].text).strip("().、")
    return int(digits) if re.fullmatch(r"[0-9]{1,3}", digits) else None


class RowsOfYear:
    """The rows of one table for one year."""

    def __init__(self, found: FoundTable, year: int | None, alone: bool, problems: list[str]) -> None:
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
                f"{called(self.found)}有 {len(unnumbered)} 行没有序号（{said}），按先后次序编号，请核对。"
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
        number = ordinal_of(squares, self.column[Meaning.ORDINAL])
        counted = any(square.counted for square in squares[:2])
        target, outcome = self._cell(squares, Meaning.TARGET), self._cell(squares, Meaning.OUTCOME)
        if not name or (not target and not outcome):
            if name and number is not None:
                self.problems.append(f"{called(self.found)}第{number}行“{name}”没有目标也没有完成情况。")
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
        return any(ordinal_of(row, column) is not None for row in self.found.rows)

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
