"""How much a list holds: its rows and the documents they come from, counted for all years at once."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q, QuerySet

from indicators.models import PublishedRow
from projects.models import PublishedTask

# The year, and the period's code where a list has periods; empty for the plan itself.
Key = tuple[int, str]
_STATED = ~Q(source_title="")


@dataclass(frozen=True, slots=True)
class Extent:
    """How many rows, how many of them numbered (None where rows have no numbers), and their sources."""

    rows: int
    numbered: int | None
    sources: tuple[str, ...]

    @property
    def words(self) -> str:
        """As a reader counts: `22 项与 2 个分项`, `点名 41 条`."""
        if self.numbered is None:
            return f"点名 {self.rows} 条"
        parts = self.rows - self.numbered
        return f"{self.numbered} 项" + (f"与 {parts} 个分项" if parts else "")


def extents_of_indicators(moment: datetime.datetime) -> Mapping[Key, Extent]:
    """Of every year's indicators, by period; one query."""
    each = ("target_id", "publication__period_id")
    newest = PublishedRow.objects.visible(moment).order_by(*each, "-publication_id").distinct(*each)
    rows = PublishedRow.objects.filter(pk__in=newest.values("pk")).order_by()
    counted = _grouped(rows, "publication__period__period").annotate(numbered=Count("ordinal"))
    return {
        (found["publication__plan__last_year"], found["publication__period__period"] or ""): Extent(
            found["rows"], found["numbered"], tuple(found["titles"] or ())
        )
        for found in counted
    }


def extents_of_tasks(moment: datetime.datetime) -> Mapping[Key, Extent]:
    """Of every year's boxes; one query."""
    newest = PublishedTask.objects.visible(moment).order_by("task_id", "-publication_id").distinct("task_id")
    tasks = PublishedTask.objects.filter(pk__in=newest.values("pk")).order_by()
    return {
        (found["publication__plan__last_year"], ""): Extent(found["rows"], None, tuple(found["titles"] or ()))
        for found in _grouped(tasks)
    }


def _grouped(rows: QuerySet[Any], *by: str) -> QuerySet[Any, dict[str, Any]]:
    titles = ArrayAgg("source_title", distinct=True, filter=_STATED, order_by="source_title")
    grouped = rows.values("publication__plan__last_year", *by)
    counted: QuerySet[Any, dict[str, Any]] = grouped.annotate(rows=Count("pk"), titles=titles)
    return counted
