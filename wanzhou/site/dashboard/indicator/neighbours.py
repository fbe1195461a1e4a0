"""Where the indicator stands in the newest year's table: the row before and after it, its parent, its sub-rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.models import PublishedRow


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another indicator of the same table; sub-rows have no number."""

    ordinal: int | None
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The indicator's surroundings in the table of a year; None where there is nothing."""

    year: int
    before: Neighbour | None
    after: Neighbour | None
    parent: Neighbour | None
    sub_rows: tuple[Neighbour, ...]


def neighbours_of(row: PublishedRow, table: Sequence[PublishedRow]) -> Neighbours:
    """Around a row of the table, which is in the order of the report."""
    codes = [one.code for one in table]
    at = codes.index(row.code) if row.code in codes else -1
    return Neighbours(
        year=row.publication.plan.year,
        before=_neighbour(table[at - 1]) if at > 0 else None,
        after=_neighbour(table[at + 1]) if 0 <= at < len(table) - 1 else None,
        parent=next((_neighbour(one) for one in table if one.code == row.parent_code), None),
        sub_rows=tuple(_neighbour(one) for one in table if one.parent_code == row.code),
    )


def _neighbour(row: PublishedRow) -> Neighbour:
    return Neighbour(row.ordinal, row.name, f"/indicators/{row.code}/")
