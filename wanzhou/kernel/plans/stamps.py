"""One cheap question that tells whether anything changed that the public may read."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import lru_cache

from django.db import connection

from .shown import PublishedPlan, published_plans

# Publications are only added to, but plans and periods change without one: their titles, states and being declared
# complete are shown, so their whole rows count. A declaration counts from its moment on.
_QUESTION = """
SELECT max(id), count(*), max(greatest(at, not_before)),
  (SELECT md5(string_agg(p::text, '|' ORDER BY p.id)) FROM plans_plan p),
  (SELECT md5(string_agg(r::text, '|' ORDER BY r.id)) FROM plans_reportingperiod r),
  (SELECT count(*) FROM plans_reportingperiod WHERE complete_at <= %(moment)s)
FROM plans_publication
WHERE at <= %(moment)s AND (not_before IS NULL OR not_before <= %(moment)s)
"""


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
    with connection.cursor() as cursor:
        cursor.execute(_QUESTION, {"moment": moment})
        newest, count, at, plans, periods, complete = cursor.fetchone()
    return Stamp(f"{newest or 0}-{count}-{plans or 0}-{periods or 0}-{complete}", at, moment)


@lru_cache(maxsize=8)
def plans_at(stamp: Stamp) -> tuple[PublishedPlan, ...]:
    """The published plans, looked up once for each state of what is published."""
    return published_plans(stamp.moment)
