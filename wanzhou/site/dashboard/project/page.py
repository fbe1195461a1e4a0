"""One project across years: where it stands, its record, its file, and what stands beside it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q

from projects.models import PublishedTask
from projects.records import Record, records_of
from projects.stages import Stage, planned_again, planned_words
from wanzhou.kernel.evidence.telling import Told, still_told
from wanzhou.kernel.pages.pages import Link, SourceLine
from wanzhou.kernel.pages.refusals import NoSuchPage
from wanzhou.site.charts.pipelines import Steps
from wanzhou.site.dashboard.boxes import subject_of
from wanzhou.site.dashboard.contributions import ServedYear, served_by
from wanzhou.site.dashboard.evidence import Files, grouped, papers_of
from wanzhou.site.dashboard.project_list import sources_of
from wanzhou.site.dashboard.stagemarks import StageMark, planned_mark, reached_mark, told_until

from .file import Fact, facts_of
from .standing import Standing, lede_of, stale_of, steps_to, told_before
from .timeline import Lit, Mark, light_of, mark_of, told_order

MOST_SIBLINGS = 8


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
        lede=lede_of(standing),
        steps=steps_to(standing),
        light=light_of(standing.update) if standing.fresh else None,
        stale=stale_of(standing, moment, today),
        until=standing.until,
        notes=_notes(records),
        namesakes=tuple(_namesake(task) for task in beside if task.name == entry.name),
        marks=tuple(
            mark_of(record, files[record.task.pk]) for record in sorted(records, key=told_order, reverse=True)
        ),
        facts=tuple(facts_of(records, standing)),
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


def _notes(records: tuple[Record, ...]) -> tuple[str, ...]:
    """What does not go together in the sources, as they stand; nothing is chosen."""
    return tuple(
        f"{before.year}年写明“{before.reached.label}”，{entry.year}年又安排“{planned_words(entry.planned)}”。"
        "两处都照来源列出，不作取舍。"
        for entry in records
        if entry.planned
        for before in told_before(records, entry)
        if before.reached and planned_again(entry.planned, before.reached)
    )


def _namesake(task: PublishedTask) -> Link:
    return Link(f"专栏 {task.box}“{task.section}”", f"/projects/{task.slug}/")


def _sibling(task: PublishedTask) -> Sibling:
    stage = (
        planned_mark(Stage(task.planned_stage))
        if task.planned_stage
        else reached_mark(Stage(task.reached_stage))
    )
    return Sibling(task.name, f"/projects/{task.slug}/", stage)
