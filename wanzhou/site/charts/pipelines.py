"""The stages of projects: how many stand at each, and how far one project has come. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from projects.stages import ON_TRACK, Stage


@dataclass(frozen=True, slots=True)
class Count:
    """So many projects under one word; `href` is the list of them, if there is one to open."""

    words: str
    count: int
    href: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Chevron:
    """A count with the length of its bar in percent of the longest."""

    words: str
    count: int
    length: str
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The chevrons in the order of stages, those off the track apart, and all of it in words."""

    chevrons: tuple[Chevron, ...]
    off_track: tuple[Chevron, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of one project: whether it has been reached, is where the project stands, or is the year's goal."""

    number: int
    words: str
    reached: bool
    current: bool
    planned: bool


@dataclass(frozen=True, slots=True)
class Steps:
    """The five stages of one project; `off_track` is the word of one that has left them (停工, 缓建, 调出)."""

    steps: tuple[Step, ...]
    off_track: str
    words: str


def pipeline_of(counts: Iterable[Count], off_track: Iterable[Count] = ()) -> Pipeline:
    """The summary of a list; an empty stage is shown as 0, an empty state off the track is not shown."""
    along, off = tuple(counts), tuple(count for count in off_track if count.count)
    longest = max((count.count for count in (*along, *off)), default=0)
    words = "，".join(f"{count.words} {count.count} 条" for count in (*along, *off))
    return Pipeline(
        tuple(_chevron(count, longest) for count in along),
        tuple(_chevron(count, longest) for count in off),
        words,
    )


def _chevron(count: Count, longest: int) -> Chevron:
    length = f"{100 * count.count / longest:.0f}" if longest else "0"
    return Chevron(count.words, count.count, length, count.href, count.chosen)


def steps_of(reached: Stage | None, planned: Stage | None) -> Steps:
    """The steps of one project: where it stands, and where the year's plan wants it; None is not known."""
    rank = reached.rank if reached else None
    steps = tuple(
        Step(
            number=number,
            words=stage.label,
            reached=rank is not None and number < rank,
            current=stage == reached,
            planned=stage == planned,
        )
        for number, stage in enumerate(ON_TRACK, start=1)
    )
    off_track = reached.label if reached and rank is None else ""
    current = reached.label if reached else "报告未载"
    goal = planned.label if planned else "报告未载"
    return Steps(steps, off_track, f"当前：{current}；年度安排：{goal}")
