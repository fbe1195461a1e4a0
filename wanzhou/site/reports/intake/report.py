"""What a report says, piece by piece; every piece knows where it stands and how sure the reader is of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from .passages import Place


class Sure(IntEnum):
    """How sure the reader is: what is CERTAIN may be accepted in bulk, the rest one by one."""

    DOUBTFUL = 1
    LIKELY = 2
    CERTAIN = 3

    @property
    def label(self) -> str:
        """As a person reads it."""
        return {1: "拿不准", 2: "请核对", 3: "确定"}[self.value]


NATURES: Final = {"约束性": "binding", "预期性": "anticipatory"}
"""The codes of the natures, by their printed words."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table of targets; `target` and `outcome` as printed, empty where the table has no such cell."""

    ordinal: int | None
    name: str
    unit: str
    target: str
    outcome: str
    nature: str  # binding, anticipatory, or empty where the report does not say
    sub: bool
    place: Place
    sure: Sure = Sure.CERTAIN
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table of one year's targets, outcomes, or both."""

    caption: str
    year: int | None
    rows: tuple[TableRow, ...]
    place: Place
    note: str = ""

    @property
    def numbered(self) -> tuple[TableRow, ...]:
        """The rows that the report counts."""
        return tuple(row for row in self.rows if not row.sub)


@dataclass(frozen=True, slots=True)
class BoxEntry:
    """A project, or a group of them, named in a box; `stage` is a code, empty where the words are unknown."""

    section: str
    name: str
    stage_wording: str
    stage: str
    group: bool
    quantity: str
    clause: str
    place: Place
    sure: Sure = Sure.CERTAIN
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class PrintedBox:
    """A box (专栏) with its entries in order."""

    number: int
    title: str
    year: int | None
    entries: tuple[BoxEntry, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Named:
    """A class of the tally: how many the report counts, and which it names."""

    count: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedTally:
    """The sentences that count: None where the report does not say."""

    total: int | None = None
    redefined: Named | None = None
    awaiting_city: Named | None = None
    judged: int | None = None
    met: int | None = None
    missed: Named | None = None
    cause: str = ""
    planned: int | None = None
    binding: int | None = None
    anticipatory: int | None = None
    place: Place | None = None
    planned_place: Place | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure that a sentence of the prose states: of what, in which words; `sentence` is the whole of it."""

    section: str
    name: str
    wording: str
    unit: str
    sentence: str
    place: Place
    sure: Sure = Sure.CERTAIN
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report as read; `years` are the year that it reports on and the year that it plans, as far as it says."""

    title: str
    years: tuple[int, ...]
    tables: tuple[PrintedTable, ...] = ()
    boxes: tuple[PrintedBox, ...] = ()
    tally: PrintedTally = field(default_factory=PrintedTally)
    commitments: tuple[Quantity, ...] = ()
    results: tuple[Quantity, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def planned_year(self) -> int | None:
        """The year that the report plans: the last that it names."""
        return self.years[-1] if self.years else None

    @property
    def says_nothing(self) -> bool:
        """Whether nothing of a plan report was found."""
        return not (self.tables or self.boxes or self.commitments or self.tally.total)
