"""A row of a file, and a table: its columns, what makes a row unique, and the model that keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Model

from .columns import Column, Value
from .hands import Hands
from .problems import Problem

Key = tuple[Value, ...]
Finding = tuple[str, str]  # a column, and what is expected in it


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file, read; a `broken` row has a cell that could not be read, and None in its place."""

    file: str
    line: int
    cells: Mapping[str, Value]
    broken: bool = False

    def __getitem__(self, column: str) -> Any:
        return self.cells[column]

    def key(self, columns: tuple[str, ...]) -> Key | None:
        """The values of the columns, or None where one of them is empty."""
        values = tuple(self.cells[column] for column in columns)
        return None if None in values or "" in values else values

    def problem(self, column: str, expected: str) -> Problem:
        """What is wrong with one of its cells."""
        return Problem(self.file, self.line, column, shown(self.cells[column]), expected)

    def with_cells(self, **cells: Value) -> Row:
        """The same line, knowing more."""
        return Row(self.file, self.line, {**self.cells, **cells})


def shown(value: object) -> str:
    """A value as its cell would be written; nothing is the empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


@dataclass(frozen=True, slots=True)
class Link:
    """A reference: the row's `columns` are the natural key of a row of `table`, which `field` points to."""

    field: str
    table: str
    columns: tuple[str, ...]


def _nothing_wrong(row: Row) -> Iterator[Finding]:
    return iter(())


def _nothing_more(row: Row, hands: Hands) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Table:
    """A table of facts.

    `file` may contain `{year}`: then there is one file per plan year, and `year` is a cell of every row. `key` names
    the natural key: columns, and the attribute of a stored row that each equals. `derived` are cells that no file
    states, kept by fields of their names. `alike` is what all rows of the table share, `given` what an inserted
    row gets besides, `stands` how a cell without a field is seen in a stored row.
    """

    name: str
    file: str
    model: type[Model]
    key: Mapping[str, str]
    columns: tuple[Column, ...] = ()
    links: tuple[Link, ...] = ()
    derived: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    wrong: Callable[[Row], Iterator[Finding]] = _nothing_wrong
    alike: Mapping[str, Any] = field(default_factory=dict)
    given: Callable[[Row, Hands], dict[str, Any]] = _nothing_more
    stands: Mapping[str, Callable[[Any], Value]] = field(default_factory=dict)
    optional: bool = False

    @property
    def key_columns(self) -> tuple[str, ...]:
        """The columns of the natural key."""
        return tuple(self.key)

    @property
    def fields(self) -> dict[str, str]:
        """The cells that fields keep: cell → field."""
        kept = {column.name: column.field for column in self.columns if column.field}
        return kept | {cell: cell for cell in self.derived}

    def key_of(self, row: Row) -> Key:
        """The row's natural key; checked rows have one."""
        return tuple(row[column] for column in self.key)
