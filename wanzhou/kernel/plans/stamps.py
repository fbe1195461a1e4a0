"""A stamp of what is published: it differs whenever a public page may read otherwise."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is visible, in a few characters, and since when."""

    key: str
    at: datetime.datetime | None


def published_stamp(moment: datetime.datetime) -> Stamp:
    """The stamp of what is visible at the moment; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(id), 0), count(*), max(at) FROM plans_publication WHERE at <= %s", [moment]
        )
        newest, count, at = cursor.fetchone()
    return Stamp(f"{newest}.{count}", at)
