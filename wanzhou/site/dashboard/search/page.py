"""The search page: what was found, or the index of everything."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from projects.stages import Stage, planned_words
from wanzhou.kernel.plans.periods import Period
from wanzhou.site.dashboard.rows import Row, row_of

from .finding import Indicator, Mention, Place, Project, Said, figures, indicators, projects
from .questions import Piece, Question

MOST = 100  # of each half, while something is asked for
NOTHING = Question("", ())


@dataclass(frozen=True, slots=True)
class FoundIndicator:
    """An indicator: its newest published row, of which period that is, and what else it was called."""

    row: Row
    name: tuple[Piece, ...]
    when: str
    year: int
    years: str
    others: tuple[tuple[str, tuple[Piece, ...]], ...]


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A project's place in one year: where it is listed, and what is planned or known to be reached."""

    where: str
    section: tuple[Piece, ...]
    stage: str
    reached: str
    fill: int


@dataclass(frozen=True, slots=True)
class FoundProject:
    """A project and its places, newest first."""

    href: str
    name: tuple[Piece, ...]
    years: str
    group: bool
    places: tuple[FoundPlace, ...]


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure of a report's prose, with its sentence."""

    href: str
    name: tuple[Piece, ...]
    wording: str
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """A part of the index under one heading."""

    title: str
    about: str
    indicators: tuple[FoundIndicator, ...] = ()
    sections: tuple[tuple[str, tuple[FoundProject, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """The question and its answers, `*_found` of each half, of which the best are listed."""

    question: Question
    indicators_found: int
    projects_found: int
    figures_found: int
    indicators: tuple[FoundIndicator, ...]
    projects: tuple[FoundProject, ...]
    figures: tuple[FoundFigure, ...]
    indicator_shelves: tuple[Shelf, ...]
    project_shelves: tuple[Shelf, ...]
    most: int = MOST

    @property
    def asked(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.question.words)

    @property
    def nothing(self) -> bool:
        """Whether nothing answers."""
        return not (self.indicators_found or self.projects_found or self.figures_found)


def search_of(text: str, moment: datetime.datetime) -> Search:
    """The page for what was typed; raises BadQuestion."""
    question = Question.of(text)
    most = MOST if question.words else None
    indicators_found, named = indicators(question, moment, most=most)
    projects_found, listed = projects(question, moment, most=most)
    figures_found, said = figures(question, moment, most=most)
    return Search(
        question=question,
        figures_found=figures_found,
        figures=tuple(_figure(one, question) for one in said),
        indicators_found=indicators_found,
        projects_found=projects_found,
        indicators=tuple(_indicator(one, question) for one in named),
        projects=tuple(_project(one, question) for one in listed),
        indicator_shelves=() if question.words else tuple(_indicator_shelves(named)),
        project_shelves=() if question.words else tuple(_project_shelves(listed)),
    )


def _figure(said: Said, question: Question) -> FoundFigure:
    where = f"{said.year} 年{'重点工作目标' if said.promised else '报告所述成绩'}"
    return FoundFigure(said.href, question.marked(said.name), said.wording, where, said.text)


def _indicator(found: Indicator, question: Question) -> FoundIndicator:
    row, newest = row_of(found.row), found.mentions[0]
    period = found.row.publication.period
    return FoundIndicator(
        row=row,
        name=question.marked(row.name),
        when=f"{newest.year} 年{Period(period.period).label}" if period else f"{newest.year} 年计划",
        year=newest.year,
        years=years_of(mention.year for mention in found.mentions),
        others=tuple(_other_names(found.mentions, question)),
    )


def _other_names(
    mentions: tuple[Mention, ...], question: Question
) -> Iterable[tuple[str, tuple[Piece, ...]]]:
    """What the indicator was called in earlier years, with the years."""
    known = {mentions[0].name}
    for name, same in groupby(mentions, key=lambda mention: mention.name):
        years = years_of(mention.year for mention in same)
        if name not in known:
            known.add(name)
            yield years, question.marked(name)


def _project(found: Project, question: Question) -> FoundProject:
    newest = found.newest
    return FoundProject(
        href=f"/projects/{newest.slug}/",
        name=question.marked(newest.name),
        years=years_of(place.year for place in found.places),
        group=newest.group,
        places=tuple(_place(place, question) for place in found.places),
    )


def _place(place: Place, question: Question) -> FoundPlace:
    stage = place.planned or place.reached
    return FoundPlace(
        where=f"{place.year} 年专栏 {place.box}",
        section=question.marked(place.section),
        stage=_stage_words(stage, planned=place.planned is not None),
        reached=place.reached.label if place.planned and place.reached else "",
        fill=(stage.rank or 0) if stage else 0,
    )


def _stage_words(stage: Stage | None, *, planned: bool) -> str:
    if stage is None:
        return ""
    return planned_words(stage) if planned else stage.label


def years_of(years: Iterable[int]) -> str:
    """Years in words: `2022、2023 年`; three and more in a row read `2020 至 2023 年`."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return "、".join(_run(run) for run in runs) + " 年"


def _run(years: list[int]) -> str:
    return f"{years[0]} 至 {years[-1]}" if len(years) > 2 else "、".join(map(str, years))


def _indicator_shelves(found: list[Indicator]) -> Iterable[Shelf]:
    """By the newest plan that has the indicator."""
    shown = [_indicator(one, NOTHING) for one in found]
    for place, (year, group) in enumerate(groupby(shown, key=lambda one: one.year)):
        yield Shelf(f"{year} 年计划", "" if place == 0 else "此后的计划不再列", indicators=tuple(group))


def _project_shelves(found: list[Project]) -> Iterable[Shelf]:
    """By the newest plan that names the project, its box and section."""
    for (year, box, title), group in groupby(found, key=_box_of):
        sections = tuple(
            (section, tuple(_project(one, NOTHING) for one in projects_of))
            for section, projects_of in groupby(group, key=lambda one: one.newest.section)
        )
        yield Shelf(f"{year} 年专栏 {box}", title, sections=sections)


def _box_of(project: Project) -> tuple[int, int, str]:
    newest = project.newest
    return newest.year, newest.box, newest.box_title
