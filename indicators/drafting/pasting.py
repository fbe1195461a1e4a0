"""Names and wordings pasted from a document: which rows they are for, shown before anything is filled.

Takes two columns, the report's own table (序号, 指标, 目标, 属性), and the same with every cell on a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from indicators.dictation import MOST_SIGNS, block_of
from indicators.judging.units import tidy
from indicators.models import AnnualTarget
from indicators.models.targets import Nature
from wanzhou.kernel.wording import fold

LONGEST_WORDING: Final = 200
_IN_BRACKETS: Final = re.compile(r"\([^()]*\)")
_LEADS: Final = re.compile(r"^(?:[#＃*]|其中[:：]?|[0-9]+[.、)])+")
_NATURES: Final = frozenset(nature.label for nature in Nature)
_NUMBERING: Final = re.compile(r"[0-9]{1,3}|#")
_HEADING: Final = re.compile(
    r"序号|(?:指标)?名称|指标|(?:[0-9]{4}年)?目标(?:表述)?|(?:指标)?属性|(?:计量|责任)?单位"
)


@dataclass(frozen=True, slots=True)
class Filling:
    """A wording for one row."""

    target: AnnualTarget
    wording: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a paste would fill, and the lines that it would not, each with the reason."""

    fillings: tuple[Filling, ...] = ()
    unclear: tuple[tuple[str, str], ...] = ()


def take_paste(text: str, rows: Sequence[AnnualTarget]) -> Pasted:
    """Match a paste against the rows by their names and aliases. Never raises; what is unclear is listed."""
    if len(text) > MOST_SIGNS:
        return Pasted(unclear=((f"{text[:30]}…", f"太长：一次最多{MOST_SIGNS}个字。"),))
    names = _names_of(rows)
    found: dict[int, list[str]] = {}
    unclear: list[tuple[str, str]] = []
    for said, keys, wording in _spoken(text, names):
        if not keys:
            unclear.append((said, "没有认出是哪一行。"))
        elif len(keys) > 1:
            unclear.append((said, "这个名称可以指几行，请直接填在表里。"))
        elif not wording:
            unclear.append((said, "只有名称，没有目标表述。"))
        elif len(wording) > LONGEST_WORDING:
            unclear.append((said[:60], f"目标表述最多{LONGEST_WORDING}个字。"))
        else:
            found.setdefault(min(keys), []).append(wording)
    twice = {key for key, wordings in found.items() if len(set(wordings)) > 1}
    by_key = {row.pk: row for row in rows}
    unclear += [(by_key[key].name, f"说了几个不同的目标：{'、'.join(found[key])}。") for key in sorted(twice)]
    fillings = [Filling(row, found[row.pk][0]) for row in rows if row.pk in found and row.pk not in twice]
    return Pasted(tuple(fillings), tuple(unclear))


def _named(text: str) -> str:
    return _LEADS.sub("", _IN_BRACKETS.sub("", fold(text))).lower()


def _names_of(rows: Sequence[AnnualTarget]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for row in rows:
        for name in (row.name, *row.indicator.names):
            found.setdefault(_named(name), set()).add(row.pk)
    # A name that stands in the plan itself goes before another row's alias.
    found |= {_named(row.name): {row.pk} for row in rows}
    return {name: frozenset(keys) for name, keys in found.items() if name}


Spoken = tuple[str, frozenset[int], str]


def _spoken(text: str, names: dict[str, frozenset[int]]) -> Iterator[Spoken]:
    """Line by line: what was said, the rows it names, the wording behind the name."""
    waiting: tuple[str, frozenset[int]] | None = None
    for cells in block_of(text):
        filled = [cell for cell in cells if cell]
        if not filled:
            continue
        said, place = "\t".join(filled), _place(filled, names)
        if place is None and waiting is not None and len(filled) == 1:
            yield f"{waiting[0]}\t{said}", waiting[1], said
            waiting = None
            continue
        if waiting is not None:
            yield waiting[0], waiting[1], ""
            waiting = None
        if place is None:
            if not _is_furniture(filled):
                yield said, frozenset(), ""
            continue
        keys = names[_named(filled[place])]
        wording = _wording_in(filled[place + 1 :], filled[place])
        if wording or len(filled) > place + 1:
            yield said, keys, wording
        else:
            waiting = (said, keys)
    if waiting is not None:
        yield waiting[0], waiting[1], ""


def _place(cells: Sequence[str], names: dict[str, frozenset[int]]) -> int | None:
    return next((place for place, cell in enumerate(cells) if _named(cell) in names), None)


def _wording_in(cells: Sequence[str], name: str) -> str:
    """The first cell behind the name that is neither a nature nor the unit by itself."""
    return next((cell for cell in cells if cell not in _NATURES and not _is_unit(cell, name)), "")


def _is_unit(cell: str, name: str) -> bool:
    return not any(sign.isdigit() for sign in cell) and f"({tidy(cell)})" in fold(name)


def _is_furniture(cells: Sequence[str]) -> bool:
    """Headings, numbers and natures that stand beside names without naming anything."""
    return all(
        cell in _NATURES or _NUMBERING.fullmatch(fold(cell)) or _HEADING.fullmatch(fold(cell))
        for cell in cells
    )
