"""The lines of a catalogue in a file, under its headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import tablib

from wanzhou.kernel.wording import fold
from wanzhou.kernel.workbooks.opening import Line, Sheet
from wanzhou.kernel.workbooks.squares import Square

from .resources import Catalogue

ROW = "行"
"""The column in which each line carries its place in the file."""


@dataclass(frozen=True, slots=True)
class Lines:
    """What a file says: its rows under the catalogue's headings, what stands in the way, what is only to be known."""

    rows: tablib.Dataset
    problems: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def lines_of(sheets: Sequence[Sheet], catalogue: Catalogue) -> Lines:
    """The lines under the headings of the first sheet that has the catalogue's codes."""
    headings = catalogue.resource().get_user_visible_headers()
    for sheet in (one for one in sheets if not one.is_hidden):
        for position, line in enumerate(sheet.lines):
            columns = {_letters(square): fold(square.text) for square in line.squares}
            if {"代码", "名称"} <= set(columns.values()):
                known = {letters: label for letters, label in columns.items() if label in headings}
                notices = (
                    f"没有“{label}”这一列，没有读取。" for label in columns.values() if label not in headings
                )
                rows, problems = _dataset(sheet.lines[position + 1 :], known)
                return Lines(rows, tuple(problems), tuple(notices))
    return Lines(tablib.Dataset(), ("没有找到表头：须有“代码”和“名称”两列。请先导出，在导出的表里改。",))


def _dataset(lines: Sequence[Line], known: Mapping[str, str]) -> tuple[tablib.Dataset, list[str]]:
    """The cells under the known headings, by the letters of their columns; and what cannot be believed."""
    rows = tablib.Dataset(headers=[ROW, *known.values()])
    place, codes, problems = list(known.values()).index("代码"), dict[str, int](), list[str]()
    for line in lines:
        by_column = {_letters(one): one for one in line.squares if _letters(one) in known}
        problems += [
            f"{one.address}“{one.text or '公式'}”不是文字或数字，没有读取；请粘贴为数值。"
            for one in by_column.values()
            if one.fault is not None
        ]
        cells = [by_column[letters].text if letters in by_column else "" for letters in known]
        if not any(cells):
            continue
        code = cells[place]
        if code in codes:
            problems.append(f"第{line.row}行和第{codes[code]}行的代码都是“{code}”，只能有一行。")
        codes.setdefault(code, line.row)
        rows.append([str(line.row), *cells])
    return rows, problems


def _letters(square: Square) -> str:
    return square.address.rstrip("0123456789")
