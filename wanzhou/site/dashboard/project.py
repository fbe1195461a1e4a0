"""One project across years: where it stands, its record, its file, and what stands beside it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import Q

from projects.lighting import rules_at
from projects.lights import Situation, days_unheard
from projects.models import PublishedTask
from projects.records import Kind, Record, records_of
from projects.stages import Stage, planned_again, planned_words
from wanzhou.kernel.evidence.telling import Told, still_told
from wanzhou.kernel.numerals import UNKNOWN, plain
from wanzhou.kernel.pages.pages import Link, SourceLine
from wanzhou.kernel.pages.refusals import NoSuchPage
from wanzhou.kernel.pages.templating import day
from wanzhou.site.charts.pipelines import Steps, steps_of

from .boxes import subject_of
from .contributions import ServedYear, served_by
from .evidence import File, Files, grouped, papers_of, photos_of
from .lightmarks import light_mark
from .project_list import sources_of
from .stagemarks import StageMark, planned_mark, reached_mark, told_until
from .tones import Tone

NO_UPDATE = "尚无进展更新"
MOST_SIBLINGS = 8


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


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the project's file; `percent` draws a bar."""

    label: str
    words: str
    percent: str = ""


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another project of the same kind in the same year."""

    name: str
    href: str
    stage: StageMark


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """Everything the page of a project shows."""

    name: str
    slug: str
    year: int
    box: Link
    section: Link
    lede: str
    steps: Steps
    light: Lit | None
    stale: str
    until: str
    notes: tuple[str, ...]
    namesakes: tuple[Link, ...]
    marks: tuple[Mark, ...]
    facts: tuple[Fact, ...]
    siblings: tuple[Sibling, ...]
    more: int
    sources: tuple[SourceLine, ...]
    evidence: tuple[Files, ...]
    serves: tuple[ServedYear, ...]


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
        return cls(max(entries, key=_in_time), max(told, key=_in_time, default=None))

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


def _in_time(record: Record) -> tuple[int, datetime.date, int]:
    published = record.task.publication.at.date()
    return record.year, record.as_of or published, record.task.publication_id


def project_page_of(slug: str, moment: datetime.datetime, today: datetime.date) -> ProjectPage:
    """The project as the public could read of it at the moment, on that day. Raises NoSuchPage.

    Three queries, one more where an update says up to which day it tells, and one where there are photographs.
    """
    records = records_of(PublishedTask.objects.history(slug, as_of=moment))
    if not records:
        raise NoSuchPage(f"没有发布过项目“{slug[:60]}”")
    standing = Standing.of(records)
    entry = standing.entry.task
    beside = list(_beside(entry, moment))
    files = _files(records)
    kin = [task for task in beside if (task.box, task.section) == (entry.box, entry.section)]
    return ProjectPage(
        name=entry.name,
        slug=slug,
        year=standing.entry.year,
        box=_listed(standing.entry, f"专栏 {entry.box} {subject_of(entry.box_title)}", {"box": entry.box}),
        section=_listed(standing.entry, entry.section, {"box": entry.box, "section": entry.section}),
        lede=_lede(standing),
        steps=_steps(standing),
        light=_light(standing.update) if standing.fresh else None,
        stale=_stale(standing, moment, today),
        until=standing.until,
        notes=_notes(records),
        namesakes=tuple(_namesake(task) for task in beside if task.name == entry.name),
        marks=tuple(
            _mark(record, files[record.task.pk]) for record in sorted(records, key=_told_order, reverse=True)
        ),
        facts=tuple(_facts(records, standing)),
        siblings=tuple(_sibling(task) for task in kin[:MOST_SIBLINGS]),
        more=max(0, len(kin) - MOST_SIBLINGS),
        sources=sources_of(record.task for record in records),
        evidence=grouped(
            (told_until(each.task), papers_of(files[each.task.pk])) for each in reversed(records)
        ),
        serves=served_by(slug, moment),
    )


def _files(records: tuple[Record, ...]) -> dict[int, list[Told]]:
    """The files of each published task that may still be read."""
    still = still_told(record.task.documents for record in records)
    return {record.task.pk: files for record, files in zip(records, still, strict=True)}


def _beside(entry: PublishedTask, moment: datetime.datetime) -> Iterable[PublishedTask]:
    """The same year's other entries of the same kind or of the same name."""
    alike = Q(box=entry.box, section=entry.section) | Q(name=entry.name)
    tasks = PublishedTask.objects.current(entry.publication.plan, as_of=moment)
    return tasks.filter(alike).exclude(slug=entry.slug)


def _listed(record: Record, label: str, asked: dict[str, object]) -> Link:
    return Link(label, f"/{record.year}/projects/?{urlencode(asked)}")


def _lede(standing: Standing) -> str:
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


def _steps(standing: Standing) -> Steps:
    planned = standing.entry.planned
    steps = steps_of(standing.reached, planned)
    now = f"{standing.reached.label}（{standing.until}）" if standing.reached else NO_UPDATE
    goal = f"；{standing.entry.year}年安排：{planned_words(planned)}" if planned else ""
    return replace(steps, words=f"当前：{now}{goal}")


def _notes(records: tuple[Record, ...]) -> tuple[str, ...]:
    """What does not go together in the sources, as they stand; nothing is chosen."""
    return tuple(
        f"{before.year}年写明“{before.reached.label}”，{entry.year}年又安排“{planned_words(entry.planned)}”。"
        "两处都照来源列出，不作取舍。"
        for entry in records
        if entry.planned
        for before in _told_before(records, entry)
        if before.reached and planned_again(entry.planned, before.reached)
    )


def _told_before(records: tuple[Record, ...], entry: Record) -> list[Record]:
    """The last word of the years before the entry's."""
    told = [
        record for record in records if record.reached and not record.replaced and record.year < entry.year
    ]
    return [max(told, key=_in_time)] if told else []


def _namesake(task: PublishedTask) -> Link:
    return Link(f"专栏 {task.box}“{task.section}”", f"/projects/{task.slug}/")


def _told_order(record: Record) -> tuple[int, bool, datetime.date, int]:
    """By plan year, the entry before what became of it."""
    year, on, publication = _in_time(record)
    return year, record.kind is Kind.UPDATE, on, publication


def _light(update: Record | None) -> Lit | None:
    """The light that was published with the update."""
    if update is None or not update.task.light:
        return None
    rules = update.task.light_rules
    return Lit(light_mark(update.task.light), update.task.light_reason, rules.version if rules else 0)


def _stale(standing: Standing, moment: datetime.datetime, today: datetime.date) -> str:
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


def _mark(record: Record, files: list[Told]) -> Mark:
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
        light=None if entry else _light(record),
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


def _facts(records: tuple[Record, ...], standing: Standing) -> Iterable[Fact]:
    entries = [record for record in records if record.kind is Kind.ENTRY]
    task = standing.entry.task
    yield Fact("所属专栏", "、".join(f"{record.year}年专栏 {record.task.box}" for record in entries))
    yield Fact("类别", task.section)
    names = dict.fromkeys(record.task.name for record in entries if record.task.name != task.name)
    if names:
        yield Fact("曾用名称", "、".join(names))
    if task.group:
        yield Fact("成组", f"{task.quantity}，按一条计")
    goal = standing.entry.planned
    yield Fact(f"{standing.entry.year}年安排", planned_words(goal) if goal else UNKNOWN)
    yield Fact("责任单位", task.department or UNKNOWN)
    yield from _progress(standing.update)


def _progress(update: Record | None) -> Iterable[Fact]:
    if update is None or update.reached is None:
        yield Fact("当前阶段", NO_UPDATE)
        return
    yield Fact("当前阶段", update.reached.label)
    if update.task.percent is not None:
        share = plain(update.task.percent)
        yield Fact("完成比例", f"{share}%", share)
    yield Fact("最近更新", told_until(update.task))


def _sibling(task: PublishedTask) -> Sibling:
    stage = (
        planned_mark(Stage(task.planned_stage))
        if task.planned_stage
        else reached_mark(Stage(task.reached_stage))
    )
    return Sibling(task.name, f"/projects/{task.slug}/", stage)
