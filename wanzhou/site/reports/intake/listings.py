"""A box that is set as a table: one row for every entry, with its section, its name and its clause or stage."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from wanzhou.kernel.wording import fold

from .clauses import divide, stage_in
from .passages import Grid, Square
from .report import BoxEntry, Sure

_HEADS: Final = {
    "section": re.compile(r"分类|类别|领域|章节|板块"),
    "name": re.compile(r"(?:重点)?项目(?:名称)?|名称"),
    "quantity": re.compile(r"数量|个数"),
    "clause": re.compile(r"原文|表述"),
    "stage": re.compile(r"(?:年度)?(?:计划|已达|建设|目标)?阶段|年度安排|(?:形象)?进度"),
}


def listing_heads(cells: Sequence[str]) -> dict[str, int] | None:
    """Where each column of a listing stands; None where the row does not head one."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        for name, pattern in _HEADS.items():
            if pattern.fullmatch(fold(cell)):
                found.setdefault(name, at)
    return found if "name" in found and ("clause" in found or "stage" in found) else None


def listed_entries(grid: Grid) -> tuple[BoxEntry, ...]:
    """The entries of a grid that lists them; none where it is another table."""
    for top, row in enumerate(grid.rows[:4]):
        columns = listing_heads([square.text for square in row])
        if columns is not None:
            return tuple(_entries(grid.rows[top + 1 :], columns))
    return ()


def _entries(rows: Sequence[tuple[Square, ...]], columns: dict[str, int]) -> Iterator[BoxEntry]:
    section = ""
    for row in rows:
        said = {name: row[at].text.strip() if at < len(row) else "" for name, at in columns.items()}
        if not said["name"] or listing_heads([square.text for square in row]) is not None:
            continue
        section = said.get("section") or section
        clause = said.get("clause", "").rstrip("。")
        divided = divide(clause)
        stage = divided.stage or stage_in(said.get("stage", ""))
        fits = not clause or said["name"] in clause
        doubt = "" if stage and fits else "没有认出阶段" if not stage else "原文里没有这个名称"
        quantity = said.get("quantity", "")
        yield BoxEntry(
            section,
            said["name"],
            divided.wording or said.get("stage", ""),
            stage.value if stage else "",
            bool(quantity),
            quantity,
            clause or said["name"],
            row[columns["name"]].place,
            Sure.LIKELY if doubt else Sure.CERTAIN,
            doubt,
        )
