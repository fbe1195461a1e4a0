"""A report as pieces that a person accepts, changes or refuses one by one, in the parts of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from .passages import Place
from .report import BoxEntry, PrintedTable, Quantity, Report, Sure, TableRow

# What may be changed of a piece, with the longest value that the tables take.
OF_ROW: Final = {"name": 100, "unit": 30, "target": 200, "outcome": 200, "nature": 20}
OF_ENTRY: Final = {"name": 200, "stage": 20, "quantity": 30}
OF_PLEDGE: Final = {"name": 100, "wording": 200, "unit": 30}
WORK: Final = "work"


class Choice(StrEnum):
    """What a person said of a piece."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece as read: `facts` what it says, `longest` what of that may be changed, and how long it may be."""

    key: str
    part: str
    facts: Mapping[str, Any]
    longest: Mapping[str, int]
    place: Place
    sure: Sure
    doubt: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A piece with what was said of it; `facts` are as changed."""

    piece: Piece
    choice: Choice | None = None
    edits: Mapping[str, str] = field(default_factory=dict)
    by: str = ""

    @property
    def facts(self) -> dict[str, Any]:
        return {**self.piece.facts, **self.edits}

    @property
    def accepted(self) -> bool:
        return self.choice is Choice.ACCEPTED


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report that has a page of its own."""

    code: str
    title: str
    year: int | None


def parts_of(report: Report) -> tuple[Part, ...]:
    """Every part that has pieces: tables, boxes, commitments."""
    tables = [
        Part(f"table-{number}", table.caption or f"表 {number + 1}", table.year)
        for number, table in enumerate(report.tables)
    ]
    boxes = [
        Part(f"box-{number}", f"专栏{box.number}  {box.title}", box.year)
        for number, box in enumerate(report.boxes)
        if box.entries
    ]
    work = [Part(WORK, "重点工作里有数的目标", report.planned_year)] if report.commitments else []
    return (*tables, *boxes, *work)


def pieces_of(report: Report) -> tuple[Piece, ...]:
    """Every piece, part by part, in the order of the report."""
    return tuple(_pieces(report))


def _pieces(report: Report) -> Iterator[Piece]:
    for number, table in enumerate(report.tables):
        yield from (_of_row(table, row, number, at) for at, row in enumerate(table.rows))
    for number, box in enumerate(report.boxes):
        yield from (_of_entry(entry, box.number, number, at) for at, entry in enumerate(box.entries))
    yield from (_of_pledge(one, at) for at, one in enumerate(report.commitments))


def _of_row(table: PrintedTable, row: TableRow, number: int, at: int) -> Piece:
    columns = ("ordinal", "name", "unit", "target", "outcome", "nature", "sub")
    facts = {column: getattr(row, column) for column in columns} | {"year": table.year}
    return Piece(f"t{number}-{at}", f"table-{number}", facts, OF_ROW, row.place, row.sure, row.doubt)


def _of_entry(entry: BoxEntry, box: int, number: int, at: int) -> Piece:
    columns = ("section", "name", "stage", "stage_wording", "group", "quantity", "clause")
    facts = {column: getattr(entry, column) for column in columns} | {"box": box}
    return Piece(f"b{number}-{at}", f"box-{number}", facts, OF_ENTRY, entry.place, entry.sure, entry.doubt)


def _of_pledge(one: Quantity, at: int) -> Piece:
    columns = ("section", "name", "wording", "unit", "sentence")
    facts = {column: getattr(one, column) for column in columns}
    return Piece(f"w{at}", WORK, facts, OF_PLEDGE, one.place, one.sure, one.doubt)


def decided(pieces: tuple[Piece, ...], decisions: Mapping[str, Mapping[str, Any]]) -> tuple[Decided, ...]:
    """The pieces with what is stored of each."""
    return tuple(_decided(piece, decisions.get(piece.key)) for piece in pieces)


def _decided(piece: Piece, said: Mapping[str, Any] | None) -> Decided:
    if said is None:
        return Decided(piece)
    edits = {name: value for name, value in said.get("edits", {}).items() if name in piece.longest}
    return Decided(piece, Choice(said["choice"]), edits, said.get("by", ""))
