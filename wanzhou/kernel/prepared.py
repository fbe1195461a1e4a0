"""Queries whose SQL is written once per process: Django takes longer to write a wide query than to run it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
Given = int | datetime.datetime | None


class Prepared(Generic[Row]):
    """A query that is asked again and again with other identifiers and moments.

    `query` builds it from its arguments as any other, without joined models. It is built once for each set of
    arguments that are None, with stand-ins for the rest; afterwards only its parameters change.
    """

    def __init__(self, model: type[Row], query: Callable[..., QuerySet[Row]]) -> None:
        self.model = model
        self.query = query
        self.written: dict[frozenset[str], tuple[str, tuple[object, ...]]] = {}

    def rows(self, **given: Given) -> list[Row]:
        """The rows for these arguments, in the order of the query."""
        unknown = frozenset(name for name, value in given.items() if value is None)
        if unknown not in self.written:
            self.written[unknown] = self._write(given)
        sql, parameters = self.written[unknown]
        asked = [given[p.name] if isinstance(p, _Asked) else p for p in parameters]
        return list(self.model._default_manager.raw(sql, asked))

    def _write(self, given: dict[str, Given]) -> tuple[str, tuple[object, ...]]:
        stand_ins = {name: _stand_in(place, value) for place, (name, value) in enumerate(given.items())}
        names = {value: _Asked(name) for name, value in stand_ins.items() if value is not None}
        sql, parameters = self.query(**stand_ins).query.sql_with_params()
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
