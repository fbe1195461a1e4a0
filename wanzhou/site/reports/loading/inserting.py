"""Inserting what the database lacks, and finding what it holds differently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import DatabaseError
from django.db.models import Model

from .hands import Hands
from .holdings import Holdings
from .refusals import LoadRefused, reason_of
from .rows import Row, Table, shown


class Loading:
    """A loading under way: what is stored, what was made, what differs, and whose hands it goes through."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.holdings = Holdings()
        self.seen = 0
        self.made: dict[str, list[Any]] = {}
        self.inserted: Counter[str] = Counter()
        self.differences: list[str] = []

    def take(self, table: Table, rows: list[Row]) -> None:
        """Insert the rows of a table that are missing; rows that others of it refer to come first."""
        self.holdings.gather(table)
        self.made[table.name] = []
        inward = [link for link in table.links if link.table == table.name]
        for row in sorted(rows, key=lambda row: any(row.key(link.columns) for link in inward)):
            self.seen += 1
            stored = self.holdings.find(table.name, table.key_of(row))
            if stored is None:
                self._insert(table, row)
            else:
                self.differences += self._differences(table, row, stored)

    def _insert(self, table: Table, row: Row) -> None:
        facts = {field: row[cell] for cell, field in table.fields.items()}
        linked = {link.field: self.holdings.linked(row, link) for link in table.links}
        alike = {field: value for field, value in table.alike.items() if "__" not in field}
        fresh = table.model(**(facts | linked | alike | dict(table.given(row, self.hands))))
        try:
            fresh.save(force_insert=True)
        except DatabaseError as error:
            where = f"{row.file} 第{row.line}行：数据库拒绝写入，什么也没有写入："
            raise LoadRefused(where + reason_of(error, fresh)) from error
        self.holdings.add(table, table.key_of(row), fresh)
        self.made[table.name].append(fresh)
        self.inserted[str(table.model._meta.verbose_name)] += 1

    def _differences(self, table: Table, row: Row, stored: Model) -> Iterator[str]:
        for cell, there in self._as_stored(table, stored):
            if there != shown(row[cell]):
                here = shown(row[cell])
                yield f"{row.file} 第{row.line}行 {cell}：库中为“{there}”，文件为“{here}”，未改动"

    def _as_stored(self, table: Table, stored: Model) -> Iterator[tuple[str, str]]:
        """The cells of a stored row, as the file would write them."""
        for cell, field in table.fields.items():
            yield cell, shown(getattr(stored, field))
        for cell, seen in table.stands.items():
            yield cell, shown(seen(stored))
        for link in table.links:
            yield link.columns[-1], self.holdings.shown(link, getattr(stored, f"{link.field}_id"))
