"""The auditor's record: every change of a tracked table, kept by database triggers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db.models import Model

Tracked = TypeVar("Tracked", bound=type[Model])


def tracked(*, exclude: list[str] | None = None) -> Callable[[Tracked], Tracked]:
    """Record who inserted, updated or deleted a row, with the old and the new values; append-only."""
    track: Callable[[Tracked], Tracked] = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        append_only=True,
        exclude=exclude,
    )
    return track
