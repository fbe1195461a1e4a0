"""A draft as a sheet that several people may have open: what was seen, what was typed, what stands there now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from indicators.models import AnnualTarget
from wanzhou.kernel.plans.models import Plan, PlanKind

# What is edited of a row, as the columns are named.
FIELDS = (
    *("order", "ordinal", "parent_id", "name", "unit", "nature", "department_id"),
    *("wording", "series_break", "note"),
)
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Typed:
    """One row as a person saw it and as he left it; both have a value for every one of FIELDS."""

    key: int
    seen: Facts
    typed: Facts
    removed: bool = False

    @property
    def touched(self) -> tuple[str, ...]:
        """The fields that the person changed."""
        return tuple(field for field in FIELDS if self.typed[field] != self.seen[field])


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that two people changed differently: what stands there now, and what was typed."""

    key: int
    field: str
    now: Any
    typed: Any


def facts_of(target: AnnualTarget) -> Facts:
    """A row as it stands."""
    return {field: getattr(target, field) for field in FIELDS}


def merged(one: Typed, now: Facts) -> Facts:
    """What the row becomes: the fields that the person touched as typed, all others as they stand now."""
    return now | {field: one.typed[field] for field in one.touched}


def conflicts_of(one: Typed, now: Facts) -> Iterator[Conflict]:
    """Where somebody else changed a field meanwhile that this person changed too, to something else."""
    for field in one.touched:
        if now[field] != one.seen[field] and now[field] != one.typed[field]:
            yield Conflict(one.key, field, now[field], one.typed[field])


def in_order(rows: Mapping[str, Facts], moved: frozenset[str]) -> dict[str, int]:
    """Places from 1: by the number typed, a row that was moved before one that stood there, sub-rows below their own.

    Keys are the rows' ids as text; a new row has a word of its own.
    """

    def place(key: str) -> tuple[Any, ...]:
        return (rows[key]["order"], key not in moved)

    tops = sorted((key for key in rows if rows[key]["parent_id"] is None), key=place)
    found: list[str] = []
    for top in tops:
        subs = (key for key, facts in rows.items() if str(facts["parent_id"]) == top)
        found += [top, *sorted(subs, key=place)]
    return {key: number for number, key in enumerate(found, 1)}


def rows_of(plan: Plan) -> list[AnnualTarget]:
    """The rows of a plan's table in order with what is said about them; two queries."""
    rows = plan.targets.headline().select_related("plan__rule_set", "indicator", "department")
    return list(rows.prefetch_related("adjustments").order_by("tier", "order"))


def last_plan(plan: Plan) -> Plan | None:
    """The newest annual plan before this one."""
    earlier = Plan.objects.filter(kind=PlanKind.ANNUAL, last_year__lt=plan.year)
    return earlier.select_related("rule_set").order_by("-last_year").first()
