"""A project's published record: its entry in each year's box, and every word on how far it came."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from projects.models import PublishedTask
from projects.stages import Stage
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.terms import Term


class Kind(Term):
    """What a record is: the entry in a box of the report, or a later update."""

    ENTRY = "entry", "列入专栏"
    UPDATE = "update", "进展更新"


@dataclass(frozen=True, slots=True)
class Record:
    """An entry or an update as it was published; `replaced` is told by a later one in its place.

    An entry of what was reached carries its stage; one of what is planned does not, even where the row that it was
    published with already knew more. `period` is the one that it was published for.
    """

    kind: Kind
    task: PublishedTask
    reached: Stage | None
    replaced: bool = False

    @property
    def year(self) -> int:
        return int(self.task.publication.plan.year)

    @property
    def planned(self) -> Stage | None:
        return Stage(self.task.planned_stage) if self.task.planned_stage else None

    @property
    def period(self) -> Period | None:
        """The period that the record was published for; None with the plan itself."""
        period = self.task.publication.period
        return Period(period.period) if period else None

    @property
    def as_of(self) -> datetime.date | None:
        return self.task.as_of if self.reached else None


def told_of(slug: str, moment: datetime.datetime) -> tuple[str, tuple[Record, ...]]:
    """A project's records, and the address that it is told under now, which may have become another one."""
    records = records_of(PublishedTask.objects.history(slug, as_of=moment))
    if records:
        return slug, records
    now = PublishedTask.objects.address_now(slug, as_of=moment)
    return (now, records_of(PublishedTask.objects.history(now, as_of=moment))) if now else (slug, ())


def records_of(history: Iterable[PublishedTask]) -> tuple[Record, ...]:
    """The records of every published row, in the order of publication; what did not change is told once."""
    records: list[Record] = []
    entered: set[int] = set()
    places: dict[int | None, int] = {}
    for task in history:
        if task.task_id not in entered:
            records.append(Record(Kind.ENTRY, task, None if task.planned_stage else _reached(task)))
        if task.update_id is not None and task.update_id not in places:
            if task.planned_stage or task.task_id in entered:
                records.append(Record(Kind.UPDATE, task, _reached(task)))
            places[task.update_id] = len(records) - 1
            _mark_replaced(records, places.get(task.replaces_id))
        entered.add(task.task_id)
    return tuple(records)


def _mark_replaced(records: list[Record], place: int | None) -> None:
    if place is not None:
        records[place] = replace(records[place], replaced=True)


def _reached(task: PublishedTask) -> Stage | None:
    return Stage(task.reached_stage) if task.reached_stage else None
