"""What must not be told yet: rows of publications that wait for their moment, and rows that lean on them.

A publication with `not_before` in the future is appended at once and read by the public later. One that follows it
and touches the same rows would tell what it holds, and so would one whose targets lean on its figures.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from wanzhou.kernel.plans.models import Publication

from .models import PublishedRow


@dataclass(frozen=True, slots=True)
class TooEarly:
    """A row that would tell what an earlier publication holds back until `until`."""

    row: PublishedRow
    held: Publication
    until: datetime.datetime
    leans: bool

    def __str__(self) -> str:
        """Which row, which publication, and what can be done."""
        why = "的目标要用到" if self.leans else "属于"
        until = f"{timezone.localtime(self.until):%Y-%m-%d %H:%M}"
        return (
            f"“{self.row.name}”{why}尚未到公开时间的发布“{self.held}”（{until}起公开），现在公布就提前说出了它的内容："
            f"请把“不早于”填为{until}或更晚，或等它公开之后再发布。"
        )


def told_too_early(publication: Publication, rows: Iterable[PublishedRow]) -> tuple[TooEarly, ...]:
    """The rows that would be public before what they tell may be; one query, two where something is held back."""
    visible_from = publication.not_before or publication.at
    held = {
        other.pk: other
        for other in Publication.objects.filter(not_before__gt=visible_from, not_before__isnull=False)
        .exclude(pk=publication.pk)
        .select_related("plan", "period__plan")
    }
    if not held:
        return ()
    kept = _kept(held)
    found = (_too_early(row, publication, kept) for row in rows)
    return tuple(each for each in found if each is not None)


def _kept(held: dict[int, Publication]) -> dict[Any, Publication]:
    """The publication that holds a row, by target and period, and by what another target would lean on."""
    kept: dict[Any, Publication] = {}
    for row in PublishedRow.objects.filter(publication__in=held).order_by("publication_id"):
        act = held[row.publication_id]
        kept[row.target_id, act.period_id] = act
        if act.period is not None:
            kept[row.code, act.plan.year, act.period.period] = act
    return kept


def _too_early(row: PublishedRow, publication: Publication, kept: dict[Any, Publication]) -> TooEarly | None:
    same = kept.get((row.target_id, publication.period_id))
    base = row.base or {}
    leans_on = kept.get((base.get("code"), base.get("year"), base.get("period")))
    act = same or leans_on
    if act is None or act.not_before is None:
        return None
    return TooEarly(row, act, act.not_before, leans=same is None)
