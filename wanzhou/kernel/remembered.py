"""Rows that never change once they are written: looked up once per process, then known by their keys.

What the public reads is append-only, so that a list is its keys and little else. Django also takes longer to write a
wide query than PostgreSQL to answer it: the query for the keys is written once.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
Given = int | datetime.datetime | None
# Rows known at the most, about 3 KB each; then all are forgotten and looked up again as they are needed.
MOST = 5000


class Remembered(Generic[Row]):
    """The rows of an append-only table, shared by all who ask: nobody may change them.

    `rows` says how they are looked up, `lists` which keys a list consists of, from its arguments and in its order.
    """

    everything: list[Remembered[Model]] = []

    def __init__(self, rows: Callable[[], QuerySet[Row]], lists: Callable[..., QuerySet[Row]]) -> None:
        self._rows = rows
        self._lists = lists
        self._known: dict[int, Row] = {}
        self._written: dict[frozenset[str], tuple[str, tuple[object, ...]]] = {}
        self.everything.append(self)  # type: ignore[arg-type]

    def listed(self, **given: Given) -> list[Row]:
        """The rows of the list for these arguments; one query, and one more for rows not yet known."""
        keys = self._keys(given)
        if unknown := [key for key in keys if key not in self._known]:
            self._learn(unknown)
        return [self._known[key] for key in keys]

    def forget(self) -> None:
        """Know no row any more, as after a database was put in another's place."""
        self._known = {}

    def _learn(self, keys: Sequence[int]) -> None:
        known = {} if len(self._known) + len(keys) > MOST else dict(self._known)
        # Whoever reads meanwhile goes on with the old book; a new one takes its place as a whole.
        self._known = {**known, **self._rows().in_bulk(keys)}

    def _keys(self, given: dict[str, Given]) -> list[int]:
        unknown = frozenset(name for name, value in given.items() if value is None)
        if unknown not in self._written:
            self._written[unknown] = self._write(given)
        sql, parameters = self._written[unknown]
        asked = [given[p.name] if isinstance(p, _Asked) else p for p in parameters]
        with connection.cursor() as cursor:
            cursor.execute(sql, asked)  # type: ignore[arg-type]
            return [key for (key,) in cursor.fetchall()]

    def _write(self, given: dict[str, Given]) -> tuple[str, tuple[object, ...]]:
        """The SQL for this set of arguments that are None, with stand-ins for the rest."""
        stand_ins = {name: _stand_in(place, value) for place, (name, value) in enumerate(given.items())}
        names = {value: _Asked(name) for name, value in stand_ins.items() if value is not None}
        sql, parameters = (
            self._lists(**stand_ins).select_related(None).values_list("pk").query.sql_with_params()
        )
        return sql, tuple(names.get(parameter, parameter) for parameter in parameters)


class _Asked:
    """The place of an argument among the parameters."""

    def __init__(self, name: str) -> None:
        self.name = name


def _stand_in(place: int, value: Given) -> Given:
    """A value of the same type that nobody asks for and no query names by itself."""
    if isinstance(value, datetime.datetime):
        return datetime.datetime(1, 1, 1, place, tzinfo=datetime.UTC)
    return None if value is None else -1_000_000_001 - place
