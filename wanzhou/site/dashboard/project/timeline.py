"""The record of a project as dots of a timeline: what each plan and each update said."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from projects.models import PublishedTask
from projects.records import Kind, Record
from projects.stages import planned_words
from wanzhou.kernel.evidence.telling import Told
from wanzhou.kernel.numerals import UNKNOWN, plain
from wanzhou.kernel.pages.templating import day
from wanzhou.site.dashboard.evidence import File, photos_of
from wanzhou.site.dashboard.lightmarks import light_mark
from wanzhou.site.dashboard.stagemarks import reached_mark, told_until
from wanzhou.site.dashboard.tones import Tone

from .standing import in_time


@dataclass(frozen=True, slots=True)
class Lit:
    """A light as it was published, why, and by which version of the rules."""

    tone: Tone
    why: str
    version: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot of the timeline: `solid` ones stand in the report, hollow ones came later."""

    when: str
    title: str
    style: str
    quote: str
    words: tuple[str, ...]
    source: str
    published_on: str
    solid: bool
    replaced: bool
    light: Lit | None
    photos: tuple[File, ...]


def told_order(record: Record) -> tuple[int, bool, datetime.date, int]:
    """By plan year, the entry before what became of it."""
    year, on, publication = in_time(record)
    return year, record.kind is Kind.UPDATE, on, publication


def light_of(update: Record | None) -> Lit | None:
    """The light that was published with the update."""
    if update is None or not update.task.light:
        return None
    rules = update.task.light_rules
    return Lit(light_mark(update.task.light), update.task.light_reason, rules.version if rules else 0)


def mark_of(record: Record, files: list[Told]) -> Mark:
    """A record as a dot, with its photographs among the `files` that may still be read."""
    task, entry = record.task, record.kind is Kind.ENTRY
    told = (f"完成 {plain(task.percent)}%。" if task.percent is not None else "", task.progress)
    return Mark(
        when=f"{record.year}年" if entry else told_until(task),
        title=_title(record),
        style=reached_mark(record.reached).style if record.reached else "",
        quote=task.wording if entry else "",
        words=tuple(filter(None, told)) if record.reached else (),
        source=_source(task) if entry else "",
        published_on=day(task.publication.at),
        solid=entry,
        replaced=record.replaced,
        light=None if entry else light_of(record),
        photos=() if entry else photos_of(files),
    )


def _source(task: PublishedTask) -> str:
    title = f"《{task.source_title}》" if task.source_title else ""
    return title + task.source_place if title or task.source_place else UNKNOWN


def _title(record: Record) -> str:
    reached = record.reached.label if record.reached else UNKNOWN
    if record.kind is Kind.UPDATE:
        return f"进展更新：{reached}"
    stage = f"年度安排：{planned_words(record.planned)}" if record.planned else f"已达阶段：{reached}"
    return f"列入专栏 {record.task.box}，{stage}"
