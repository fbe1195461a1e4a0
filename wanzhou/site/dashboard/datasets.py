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

from indicators.models import PublishedRow
from indicators.schemas import IndicatorOut
from indicators.waiting.schemas import WaitOut
from indicators.yearly import CatalogueRowOut, IndicatorPeriodOut
from projects.models import PublishedTask
from projects.schemas import RecordOut, TaskOut
from wanzhou.kernel.pages.columns import Column, columns_of
from wanzhou.kernel.pages.pages import Link
from wanzhou.kernel.pages.twins import FORMS
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.plans.shown import PublishedPlan

from .comparing.schemas import ComparedOut
from .corrections.schemas import EntryOut
from .extents import Extent, Key, extents_of_indicators, extents_of_tasks
from .prose.schemas import CitedFactOut, WorkTargetOut


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


def one_of_many(pattern: str, label: str, example: Callable[[datetime], str]) -> Places:
    """A file for each of many things, of which one is named: `one_of_many("/indicators/{}", "…", first_code)`."""

    def places(plans: tuple[PublishedPlan, ...]) -> Iterable[Place]:
        name = example(plans[0].moment) if plans else ""
        if name:
            yield Place(label, pattern.format(name))

    return places


def first_code(moment: datetime) -> str:
    """An indicator that was published, as the example."""
    rows = PublishedRow.objects.visible(moment).order_by("publication_id", "order")
    return rows.values_list("code", flat=True).first() or ""


def first_slug(moment: datetime) -> str:
    """A project that was published, as the example."""
    tasks = PublishedTask.objects.visible(moment).order_by("publication_id", "box", "order")
    return tasks.values_list("slug", flat=True).first() or ""


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
    Dataset(
        "work-targets",
        "重点工作目标",
        "一个年度的报告文字里有数的目标：表述、原句、责任单位，有数字的另有结论或进度；不计入主要指标。",
        WorkTargetOut,
        each_year("/{year}/work-targets"),
    ),
    Dataset(
        "results",
        "报告所述成绩",
        "报告回顾一个年度时写明的数，连同原句；照录，不判定。",
        CitedFactOut,
        each_year("/{year}/results"),
    ),
    Dataset(
        "awaiting",
        "待市级反馈",
        "各年度等待市级反馈或等待基数的指标：市级部门、自何日等待、已等天数、预计反馈、催办。",
        WaitOut,
        whole("/awaiting"),
    ),
    Dataset(
        "comparison",
        "两份计划比较",
        "相邻两年的计划逐项比较：新增、不再列入、改名、换单位、改属性、提高、降低、不变。",
        ComparedOut,
        each_pair("/compare/{before}/{after}"),
    ),
    Dataset(
        "corrections",
        "发布与更正",
        "同一指标同一期、同一项目先后发布的不同之处，按缘由分开。",
        EntryOut,
        whole("/corrections"),
    ),
    Dataset(
        "catalogue",
        "指标目录",
        "公布过的全部指标：代码、最新名称、单位、累计方式、向好方向、出现的年份。",
        CatalogueRowOut,
        whole("/indicators"),
    ),
    Dataset(
        "indicator",
        "一项指标逐年",
        "一项指标各年各期的目标、完成情况、结论，含被替换的。",
        IndicatorPeriodOut,
        one_of_many("/indicators/{}", "例：表中第一项", first_code),
    ),
    Dataset(
        "project",
        "一个项目逐年",
        "一个项目在各年专栏里的条目和已发布的进展更新。",
        RecordOut,
        one_of_many("/projects/{}", "例：第一条", first_slug),
    ),
)


def offered(
    plans: tuple[PublishedPlan, ...], moment: datetime, *, exported: bool = False
) -> tuple[Offered, ...]:
    """The lists of which some file is there; an exported site holds no file that a parameter asks for."""
    lists = []
    for dataset in DATASETS if plans else ():
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
