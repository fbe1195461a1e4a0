"""The register of what can be downloaded: one line for each list, and `/data/` shows it with its dictionary.

A list's columns come from the schema of its JSON twin, its files from where it stands, and what the site map does not
serve is not offered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from django.urls import Resolver404, resolve
from pydantic import BaseModel

from indicators.schemas import IndicatorOut
from projects.schemas import TaskOut
from wanzhou.kernel.pages.columns import Column, columns_of
from wanzhou.kernel.pages.pages import Link
from wanzhou.kernel.pages.twins import FORMS
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.plans.shown import PublishedPlan

from .extents import Extent, Key, extents_of_indicators, extents_of_tasks


@dataclass(frozen=True, slots=True)
class Place:
    """Where one file of a list stands, without the ending; `key` finds its extent."""

    label: str
    path: str
    query: str = ""
    key: Key | None = None


Places = Callable[[tuple[PublishedPlan, ...]], Iterable[Place]]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A list that can be downloaded.

    `schema` is that of a row, `places` says where its files stand (see `whole`, `each_year`, `each_period`,
    `each_pair`, `one_of_many`), `extents` how many rows each has at a moment, where that is known.
    """

    code: str
    title: str
    holds: str
    schema: type[BaseModel]
    places: Places
    extents: Callable[[datetime], Mapping[Key, Extent]] | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        """The fields, as its tables have them."""
        return columns_of(self.schema)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file of a list in its forms, with how many rows it has and where they come from, as far as known."""

    label: str
    links: tuple[Link, ...]
    extent: Extent | None


@dataclass(frozen=True, slots=True)
class Offered:
    """A list with the files that are there."""

    dataset: Dataset
    sheets: tuple[Sheet, ...] = field(default=())


def whole(path: str, label: str = "全部") -> Places:
    """One file: `whole("/awaiting")`."""
    return lambda _plans: (Place(label, path),)


def each_year(pattern: str) -> Places:
    """One file for each published year: `each_year("/{year}/projects")`."""
    return lambda plans: (
        Place(f"{plan.plan.year} 年", pattern.format(year=plan.plan.year), key=(plan.plan.year, ""))
        for plan in plans
    )


def each_period(pattern: str) -> Places:
    """One file for each published period; the newest has the short address."""

    def places(plans: tuple[PublishedPlan, ...]) -> Iterable[Place]:
        for plan in plans:
            year, path = plan.plan.year, pattern.format(year=plan.plan.year)
            if not plan.periods:
                yield Place(f"{year} 年计划目标", path, key=(year, ""))
            for period in reversed(plan.periods):
                query = "" if period == plan.periods[-1] else f"?period={period.period}"
                yield Place(f"{year} 年{Period(period.period).label}", path, query, (year, period.period))

    return places


def each_pair(pattern: str) -> Places:
    """One file for each year with the next: `each_pair("/compare/{before}/{after}")`."""

    def places(plans: tuple[PublishedPlan, ...]) -> Iterable[Place]:
        for later, earlier in pairwise(plans):
            before, after = earlier.plan.year, later.plan.year
            yield Place(f"{before} 年与 {after} 年", pattern.format(before=before, after=after))

    return places


def one_of_many(pattern: str, label: str, example: Callable[[], str]) -> Places:
    """A file for each of many things, of which one is named: `one_of_many("/indicators/{}", "…", first_code)`."""

    def places(plans: tuple[PublishedPlan, ...]) -> Iterable[Place]:
        name = example() if plans else ""
        if name:
            yield Place(label, pattern.format(name))

    return places


DATASETS: tuple[Dataset, ...] = (
    Dataset(
        "indicators",
        "年度指标",
        "一个年度、一个填报期的全部指标：目标原文与理解、完成情况、结论或进度、判定说明、来源。",
        IndicatorOut,
        each_period("/{year}/indicators"),
        extents_of_indicators,
    ),
    Dataset(
        "projects",
        "重点项目",
        "一个年度各专栏点名的项目：原文、计划阶段、已达阶段、来源。",
        TaskOut,
        each_year("/{year}/projects"),
        extents_of_tasks,
    ),
)


def offered(
    plans: tuple[PublishedPlan, ...], moment: datetime, *, exported: bool = False
) -> tuple[Offered, ...]:
    """The lists of which some file is there; an exported site holds no file that a parameter asks for."""
    lists = []
    for dataset in DATASETS:
        known = dataset.extents(moment) if dataset.extents else {}
        places = [place for place in dataset.places(plans) if not (exported and place.query)]
        sheets = [
            Sheet(place.label, _links(place), known.get(place.key) if place.key else None) for place in places
        ]
        present = tuple(sheet for sheet in sheets if sheet.links)
        if present:
            lists.append(Offered(dataset, present))
    return tuple(lists)


def _links(place: Place) -> tuple[Link, ...]:
    """The forms that the site map serves."""
    paths = {form: f"{place.path}.{form}" for form in FORMS}
    return tuple(Link(form.upper(), path + place.query) for form, path in paths.items() if _is_served(path))


def _is_served(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
