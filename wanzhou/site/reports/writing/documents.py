"""What a written report consists of, whatever form it takes; pure."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 reads 一、…, level 2 reads （一）…; the mark is part of the text."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Short statements, one on a line."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table, cell by cell as printed; a sub-row (其中) hangs below the one before it."""

    cells: tuple[str, ...]
    sub: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A captioned table. `shares` are the widths of its columns, `named` says which one holds the names."""

    caption: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    shares: tuple[int, ...]
    notes: tuple[str, ...] = ()
    named: int = 1


@dataclass(frozen=True, slots=True)
class Listed:
    """A project as a box names it: its section, its name, the clause it stands in, the quantity of a group."""

    section: str
    name: str
    clause: str
    quantity: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands under one heading of a box: `一、产业发展：` and the text after it."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """A box (专栏): its caption, its passages as they are read, its entries one by one."""

    caption: str
    passages: tuple[Passage, ...]
    entries: tuple[Listed, ...]


Block = Heading | Paragraph | Listing | Table | Box


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    `moment` is that of the newest publication behind it, or of the making where it is internal; its files bear that
    time, so that the same facts make the same bytes. `watermark` lies behind every page of a draft; `stamp` says who
    may read it and up to when it knows.
    """

    title: str
    byline: str
    blocks: tuple[Block, ...]
    moment: datetime.datetime
    watermark: str = ""
    stamp: str = ""
    source: str = ""
    compact: bool = False

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Its boxes, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Box))

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Its running text, paragraph by paragraph."""
        return tuple(block.text for block in self.blocks if isinstance(block, Paragraph))


class DocumentRefused(Exception):
    """The document cannot be made: one Chinese sentence for each thing in the way, naming its row."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
