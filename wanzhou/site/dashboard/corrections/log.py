"""The log itself, computed from what is public: no stored list of corrections could be as complete."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from indicators.differences import Change, Difference, adjusted, differences
from indicators.models import CitedFact, PublishedRow, PublishedWorkTarget
from projects.differences import advance
from projects.models import PublishedTask
from wanzhou.kernel.numerals import UNKNOWN
from wanzhou.kernel.plans.models import PlanKind, Publication
from wanzhou.kernel.plans.periods import Period

from .kinds import LogKind
from .told import row_told, task_told


@dataclass(frozen=True, slots=True)
class Act:
    """A publication as the log tells it: when it could first be read, what it is about, why, and how much it told."""

    pk: int
    at: datetime.datetime
    year: int
    occasion: str
    why: str
    rows: int
    tasks: int
    prose: int
    href: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: a publication itself, or something that it changed: about what, from what to what, and why.

    `subject` is the indicator's or project's name, empty for a publication; `code` its permanent code. States are
    codes of verdicts and paces.
    """

    kind: LogKind
    act: Act
    reason: str
    subject: str = ""
    code: str = ""
    href: str = ""
    about: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    state_before: str = ""
    state_after: str = ""
    counted: bool = True

    @property
    def anchor(self) -> str:
        """The entry's place on the page, the same for ever."""
        kind = "" if self.kind is LogKind.PUBLICATION else self.kind.value
        return "-".join(filter(None, (f"p{self.act.pk}", self.code, kind)))


def log_of(moment: datetime.datetime) -> tuple[Entry, ...]:
    """Every entry that was public at the moment: by kind, the newest first; seven queries."""
    acts = {act.pk: act for act in _acts(moment)}
    entries = [
        *(Entry(LogKind.PUBLICATION, act, act.why) for act in acts.values()),
        *_changes(PublishedRow.objects.told_again(as_of=moment), acts),
        *_advances(PublishedTask.objects.told_again(as_of=moment), acts),
    ]
    order = list(LogKind)
    entries.sort(key=lambda entry: (entry.act.at, entry.act.pk), reverse=True)
    return tuple(sorted(entries, key=lambda entry: order.index(entry.kind)))


def _acts(moment: datetime.datetime) -> Iterator[Act]:
    """The publications, each with how many rows, tasks, and figures of the report's prose it told."""
    rows, tasks, promised, stated = (
        _counts(PublishedRow.objects.visible(moment)),
        _counts(PublishedTask.objects.visible(moment)),
        _counts(PublishedWorkTarget.objects.visible(moment)),
        _counts(CitedFact.objects.visible(moment)),
    )
    for act in Publication.objects.visible(moment).select_related("plan", "period"):
        seen = max(filter(None, (act.at, act.not_before)))
        prose = promised.get(act.pk, 0) + stated.get(act.pk, 0)
        told = rows.get(act.pk, 0), tasks.get(act.pk, 0), prose
        yield Act(act.pk, seen, act.plan.year, _occasion(act), act.why, *told, _address(act))


def _counts(told: QuerySet[Any]) -> dict[int, int]:
    """How many of them each publication told."""
    return dict(told.order_by().values_list("publication").annotate(Count("pk")))


def _occasion(act: Publication) -> str:
    """The plan and period that a publication is about: 2022 年全年."""
    if act.plan.kind != PlanKind.ANNUAL:
        return act.plan.title
    return f"{act.plan.year} 年{Period(act.period.period).label if act.period else '计划'}"


def _address(act: Publication) -> str:
    """The page of what was published; only annual plans have one."""
    query = f"?period={act.period.period}" if act.period else ""
    return f"/{act.plan.year}/{query}" if act.plan.kind == PlanKind.ANNUAL else ""


def _changes(rows: QuerySet[PublishedRow], acts: Mapping[int, Act]) -> Iterator[Entry]:
    """Each row against the one before it of the same target and period.

    A period's first row may tell of an adjustment that came after another period: it is held against the wording that
    was told last.
    """
    last: dict[tuple[int, int | None], PublishedRow] = {}
    asked: dict[int, str] = {}
    for row in rows:
        target, period = row.target_id, row.publication.period_id
        before, known = last.get((target, period)), asked.get(target)
        found: tuple[Difference, ...] = ()
        if before is not None:
            found = differences(row_told(before), row_told(row))
        elif row.adjustment and row.wording and known and known != row.wording:
            found = (adjusted(known, row_told(row)),)
        yield from (_change(row, one, acts[row.publication_id]) for one in found)
        if row.wording and (row.adjustment or known is None):
            asked[target] = row.wording
        last[target, period] = row


def _change(row: PublishedRow, one: Difference, act: Act) -> Entry:
    return Entry(
        kind=LogKind(one.kind.value),
        act=act,
        reason=one.reason or act.why,
        subject=row.name,
        code=row.code,
        href=f"/indicators/{row.code}/",
        about=one.about,
        before=one.before or (UNKNOWN if one.kind is Change.ADJUSTMENT else ""),
        after=one.after,
        state_before=one.state_before,
        state_after=one.state_after,
        counted=row.counted,
    )


def _advances(tasks: QuerySet[PublishedTask], acts: Mapping[int, Act]) -> Iterator[Entry]:
    last: dict[int, PublishedTask] = {}
    for task in tasks:
        before = last.get(task.task_id)
        found = advance(task_told(before), task_told(task)) if before else None
        if found is not None:
            act = acts[task.publication_id]
            yield Entry(
                kind=LogKind.PROGRESS,
                act=act,
                reason=act.why,
                subject=task.name,
                code=f"{task.slug}-{task.box}",
                href=f"/projects/{task.slug}/",
                about=found.about,
                before=found.before,
                after=found.after,
            )
        last[task.task_id] = task
