"""What the database holds already, by natural key: one query for each table."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from django.db.models import Model

from wanzhou.kernel.workflow.models import Submission
from wanzhou.kernel.workflow.moves import State

from .rows import Key, Link, Row, Table, shown


class Holdings:
    """Stored rows of every table looked at so far, found by natural key, and keys found by id."""

    def __init__(self) -> None:
        self._stored: dict[str, dict[Key, Model]] = {}
        self._keys: dict[str, dict[Any, Key]] = {}

    def gather(self, table: Table) -> None:
        """Look at a table. Of two entries with one key the published comes first, then the older."""
        self._stored[table.name] = {}
        self._keys[table.name] = {}
        paths = tuple(table.key.values())
        for stored in _stored_rows(table, paths):
            values = attrgetter(*paths)(stored)
            self.add(table, values if len(paths) > 1 else (values,), stored)

    def add(self, table: Table, key: Key, stored: Model) -> None:
        """Remember a stored row."""
        self._stored[table.name].setdefault(key, stored)
        self._keys[table.name][stored.pk] = key

    def find(self, table: str, key: Key) -> Model | None:
        """The stored row with this key."""
        return self._stored[table].get(key)

    def linked(self, row: Row, link: Link) -> Model | None:
        """The stored row that the row's cells refer to; None where they are empty."""
        key = row.key(link.columns)
        return None if key is None else self._stored[link.table][key]

    def shown(self, link: Link, pk: Any) -> str:
        """A reference as its cell would be written: the last part of the key."""
        return shown(self._keys[link.table].get(pk, (pk,))[-1])


def _stored_rows(table: Table, paths: tuple[str, ...]) -> list[Any]:
    joined = [path.rpartition(".")[0].replace(".", "__") for path in paths if "." in path]
    chosen = table.model._default_manager.filter(**table.alike).select_related(*joined)
    rows: list[Any] = list(chosen.order_by("pk"))
    if issubclass(table.model, Submission):
        rows.sort(key=lambda entry: entry.state != State.PUBLISHED)
    return rows
