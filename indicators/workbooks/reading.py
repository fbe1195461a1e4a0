"""What an opened workbook says of rows: their names, figures and notes, found by its headings. Pure.

A heading line names the column of indicators; titles above it and columns beside it are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from wanzhou.kernel.wording import fold

from .opening import Line, Sheet, Square

NAMES = frozenset({"指标", "指标名称", "名称", "主要指标", "项目"})
FIGURES = frozenset({"本期累计", "累计", "完成情况", "完成数", "完成值", "实绩", "实际完成", "数据", "数值"})
STATES = frozenset({"填报情况"})
NOTES = frozenset({"备注", "备注或来源文号", "说明", "来源文号"})
FORMULA = "是公式，没有读取：请选择性粘贴为数值后再上传。"
NO_HEADING = "没有找到表头：须有“指标”一列和“{own}”（或“完成情况”）一列。"
SAID_AS_REPORTED = frozenset({"", "正常填报"})
_COLUMN = re.compile(r"[A-Z]+")


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a sheet: the row that it names, the text for its cell, the note; and where it stands."""

    place: str
    name: str
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Untold:
    """A place in the file that was not read, and why, in Chinese."""

    place: str
    why: str


def lines_told(name: str, sheets: Collection[Sheet], *, own: str) -> Iterator[Told | Untold]:
    """What the file's sheets say; `own` is the label of the column that the period is entered in."""
    found = False
    for sheet in sheets:
        place = f"《{name}》{f'“{sheet.name}”' if sheet.name else ''}"
        for position, line in enumerate(sheet.lines):
            columns = _columns(line, own)
            if columns is not None:
                found = True
                yield from _told(place, sheet.lines[position + 1 :], columns)
                break
    if not found:
        yield Untold(f"《{name}》", NO_HEADING.format(own=own))


def _columns(line: Line, own: str) -> dict[str, str] | None:
    """Which column says what, where the line is a heading."""
    wanted = {"name": NAMES, "figure": FIGURES | {own}, "state": STATES, "note": NOTES}
    found: dict[str, str] = {}
    for square in line.squares:
        heading = re.sub(r"\s|\([^()]*\)", "", fold(square.text))
        for what, words in wanted.items():
            exact = what != "figure" or heading == own or "figure" not in found
            if heading in {fold(word) for word in words} and exact:
                found[what] = _column(square)
    return found if {"name", "figure"} <= found.keys() else None


def _told(place: str, lines: Collection[Line], columns: Mapping[str, str]) -> Iterator[Told | Untold]:
    for line in lines:
        by_column = {_column(square): square for square in line.squares}
        cells = {what: by_column.get(column) for what, column in columns.items()}
        name, figure = cells["name"], cells["figure"]
        if name is None:
            continue
        if figure is not None and figure.is_formula:
            yield Untold(f"{place}{figure.address}", f"“{name.text}”的数据{FORMULA}")
            continue
        text = figure.text if figure is not None else _picked(cells.get("state"))
        if text:
            note = cells.get("note")
            at = figure.address if figure is not None else name.address
            yield Told(f"{place}{at}", name.text, text, note.text if note is not None else "")


def _picked(state: Square | None) -> str:
    """What was picked instead of a figure, as its words."""
    return "" if state is None or state.text in SAID_AS_REPORTED else state.text


def _column(square: Square) -> str:
    match = _COLUMN.match(square.address)
    return match[0] if match else ""
