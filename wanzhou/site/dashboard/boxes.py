"""Key projects as the report's boxes (专栏) name them, in matrices of stages.

Box 1 states what was reached; boxes 2–5 state what is planned, and never read as done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass

from projects.models import PublishedTask
from projects.stages import ON_TRACK, Stage, planned_words


@dataclass(frozen=True, slots=True)
class Entry:
    """A named project or group: the stage it stands under, and in a plan what is known to be reached."""

    box: int
    box_title: str
    section: str
    name: str
    slug: str
    group: bool
    stage: Stage
    planned: bool
    reached: str
    source: str

    @property
    def href(self) -> str:
        """The project's own page."""
        return f"/projects/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Column:
    """A stage as a column: its word, how many entries, and how full its mark is (1–5, 0 off the track)."""

    word: str
    count: int
    fill: int


@dataclass(frozen=True, slots=True)
class Cell:
    """The entries of one line at one stage."""

    column: Column
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A section or a box: its entries by stage."""

    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Lines by stages."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the report, by section."""

    number: int
    title: str
    count: int
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class Boxes:
    """All boxes of a plan. `overview` compares the boxes where there are several."""

    planned: bool
    count: int
    numbers: str
    boxes: tuple[Box, ...]
    overview: Matrix | None
    groups: int
    sources: tuple[str, ...]


def boxes_of(tasks: Iterable[PublishedTask], later: Container[int | None] = ()) -> Boxes | None:
    """The boxes as the page's period knows them, None where nothing was known.

    `later` are the ids of the plan's periods after the one shown: what they published stays untold.
    """
    entries = [entry for task in tasks if (entry := _entry(task, later))]
    if not entries:
        return None
    planned = any(entry.planned for entry in entries)
    numbers = sorted({entry.box for entry in entries})
    return Boxes(
        planned=planned,
        count=len(entries),
        numbers=f"专栏 {numbers[0]}" if len(numbers) == 1 else f"专栏 {numbers[0]} 至 {numbers[-1]}",
        boxes=tuple(_box(group, planned) for group in _grouped(entries, lambda entry: str(entry.box))),
        overview=_matrix(entries, planned, lambda entry: subject_of(entry.box_title))
        if len(numbers) > 1
        else None,
        groups=sum(entry.group for entry in entries),
        sources=tuple(dict.fromkeys(entry.source for entry in entries if entry.source)),
    )


def _entry(task: PublishedTask, later: Container[int | None]) -> Entry | None:
    """The task as far as the page may know it."""
    told = task.reached_stage and task.publication.period_id not in later
    reached = Stage(task.reached_stage) if told else None
    stage = Stage(task.planned_stage) if task.planned_stage else reached
    if stage is None:
        return None
    return Entry(
        box=task.box,
        box_title=task.box_title,
        section=task.section,
        name=task.name,
        slug=task.slug,
        group=task.group,
        stage=stage,
        planned=bool(task.planned_stage),
        reached=reached.label if reached and task.planned_stage else "",
        source=task.source_title,
    )


def _box(entries: list[Entry], planned: bool) -> Box:
    first = entries[0]
    return Box(
        first.box, first.box_title, len(entries), _matrix(entries, planned, lambda entry: entry.section)
    )


def subject_of(title: str) -> str:
    """A box's title without what all boxes share: `2023年产业发展重点项目` is about 产业发展."""
    return re.sub(r"^\d{4}年|重点项目(?:事项)?$", "", title) or title


def _grouped(entries: Iterable[Entry], key: Callable[[Entry], str]) -> list[list[Entry]]:
    """The entries by key, in the order in which keys first occur."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(key(entry), []).append(entry)
    return list(groups.values())


def _matrix(entries: list[Entry], planned: bool, key: Callable[[Entry], str]) -> Matrix:
    stages = [entry.stage for entry in entries]
    shown = [stage for stage in Stage if stage in stages or (not planned and stage in ON_TRACK)]
    columns = {stage: _column(stage, stages.count(stage), planned) for stage in shown}
    lines = tuple(_line(key(group[0]), group, columns) for group in _grouped(entries, key))
    return Matrix(tuple(columns.values()), lines)


def _column(stage: Stage, count: int, planned: bool) -> Column:
    return Column(planned_words(stage) if planned else stage.label, count, stage.rank or 0)


def _line(title: str, entries: list[Entry], columns: dict[Stage, Column]) -> Line:
    return Line(
        title,
        tuple(
            Cell(column, tuple(entry for entry in entries if entry.stage == stage))
            for stage, column in columns.items()
        ),
    )
