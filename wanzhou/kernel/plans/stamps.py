"""One cheap question that tells whether anything changed that the public may read."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db import InterfaceError, OperationalError, connection

from .shown import PublishedPlan, published_plans

# Publications are only added to, but plans and periods change without one: their titles, states and being declared
# complete are shown, so their whole rows count. A declaration counts from its moment on, the withdrawal of a file
# whatever moment is asked about. The rules in force are told as well. See migrations 0002 to 0006.
_QUESTION = "SELECT newest, count, at, plans, periods, complete, withdrawn FROM plans_published_stamp(%s)"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the public could read at a moment: the same `key` means the same content.

    `at` is when the newest of it became visible; None while nothing is published. Two moments between which nothing
    changed have equal stamps.
    """

    key: str
    at: datetime.datetime | None
    moment: datetime.datetime = field(compare=False)


def published_stamp(moment: datetime.datetime) -> Stamp:
    """The stamp of what is visible at the moment; one query, asked on every public request."""
    try:
        answer = _ask(moment)
    except (InterfaceError, OperationalError):
        # A server that was restarted since the last request: the connection is made anew, once.
        connection.close()
        answer = _ask(moment)
    newest, count, at, plans, periods, complete, withdrawn = answer
    return Stamp(f"{newest or 0}-{count}-{plans or 0}-{periods or 0}-{complete}-{withdrawn}", at, moment)


def _ask(moment: datetime.datetime) -> Any:
    """The first question of a request, and so the one that finds a lost connection: no other need be asked for that."""
    connection.health_check_done = True  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute(_QUESTION, [moment])
        return cursor.fetchone()


@lru_cache(maxsize=8)
def plans_at(stamp: Stamp) -> tuple[PublishedPlan, ...]:
    """The published plans, looked up once for each state of what is published."""
    return published_plans(stamp.moment)
