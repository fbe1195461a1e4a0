"""Where a project stands: its entry in the newest plan, the newest word on it, and the sentence that says so."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from projects.lighting import rules_at
from projects.lights import Situation, days_unheard
from projects.records import Kind, Record
from projects.stages import Stage, planned_words
from wanzhou.kernel.pages.templating import day
from wanzhou.site.charts.pipelines import Steps, steps_of
from wanzhou.site.dashboard.stagemarks import told_until

NO_UPDATE = "尚无进展更新"


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds now: the entry in the newest plan, and the newest word on how far the project came."""

    entry: Record
    update: Record | None

    @classmethod
    def of(cls, records: tuple[Record, ...]) -> Standing:
        """Of two entries in the newest plan the later one counts; a later year's word counts before an earlier's."""
        entries = [record for record in records if record.kind is Kind.ENTRY]
        told = [record for record in records if record.reached and not record.replaced]
        return cls(max(entries, key=in_time), max(told, key=in_time, default=None))

    @property
    def reached(self) -> Stage | None:
        return self.update.reached if self.update else None

    @property
    def until(self) -> str:
        """Up to when the reached stage is told."""
        return told_until(self.update.task) if self.update else ""

    @property
    def fresh(self) -> bool:
        """Whether the newest plan's own year has told how far the project came."""
        return self.update is not None and self.update.year == self.entry.year


def in_time(record: Record) -> tuple[int, datetime.date, int]:
    """The order of time: by plan year, then by the day that is told of, or that of the publication."""
    published = record.task.publication.at.date()
    return record.year, record.as_of or published, record.task.publication_id


def told_before(records: tuple[Record, ...], entry: Record) -> list[Record]:
    """The last word of the years before the entry's."""
    told = [
        record for record in records if record.reached and not record.replaced and record.year < entry.year
    ]
    return [max(told, key=in_time)] if told else []


def stale_of(standing: Standing, moment: datetime.datetime, today: datetime.date) -> str:
    """That nothing was told for too long, in the newest plan's own year; empty where no day is known."""
    update = standing.update
    if update is None or update.as_of is None or not standing.fresh:
        return ""
    known = Situation(year=update.year, reached=update.reached, as_of=update.as_of)
    rules, days = rules_at(moment), days_unheard(known, today)
    if rules is None or days is None or days < rules.stale_days:
        return ""
    return (
        f"公布的进展截至{day(update.as_of)}，之后{days}天没有公布新的进展（满{rules.stale_days}天即提示）。"
    )


def lede_of(standing: Standing) -> str:
    """One sentence: what was reached, what the plan asks for, and whether anything is known since."""
    entry, phrases = standing.entry, []
    if standing.update and standing.reached:
        verb = "" if standing.reached.rank is None else "已达"
        phrases.append(f"{standing.until}{verb}“{standing.reached.label}”")
    if entry.planned:
        phrases.append(f"{entry.year}年安排“{planned_words(entry.planned)}”")
        if not standing.fresh:
            phrases.append(NO_UPDATE)
    return "，".join(phrases) + "。"


def steps_to(standing: Standing) -> Steps:
    """The stages as steps, with the reached one, and in words."""
    planned = standing.entry.planned
    steps = steps_of(standing.reached, planned)
    now = f"{standing.reached.label}（{standing.until}）" if standing.reached else NO_UPDATE
    goal = f"；{standing.entry.year}年安排：{planned_words(planned)}" if planned else ""
    return replace(steps, words=f"当前：{now}{goal}")
