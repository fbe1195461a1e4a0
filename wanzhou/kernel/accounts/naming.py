"""Rows called by their names instead of their numbers, many at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Model

Reference = tuple[type[Model], Any]


class Names:
    """The names of the rows that were asked for: one query for each kind of row, however many there are."""

    def __init__(self, wanted: Iterable[Reference]) -> None:
        keys: dict[type[Model], set[Any]] = {}
        for model, key in wanted:
            keys.setdefault(model, set()).add(key)
        self._names = {model: dict(_named(model, found)) for model, found in keys.items()}

    def of(self, model: type[Model], key: Any) -> str:
        """What a row is called now; one that is gone goes by its number, and that is said."""
        known = self._names.get(model, {}).get(key)
        return known if known is not None else f"编号{key}（已删除）"

    def knows(self, model: type[Model], key: Any) -> bool:
        """Whether the row still exists."""
        return key in self._names.get(model, {})


def _named(model: type[Model], keys: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    """A name is made from what the model's desk joins, so that no row asks by itself."""
    rows = model._base_manager.filter(pk__in=list(keys))
    desk: Any = admin.site._registry.get(model)
    joined = getattr(desk, "joined", ())
    for row in rows.select_related(*joined) if joined else rows:
        yield row.pk, str(row)
