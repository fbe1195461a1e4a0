"""The list of a year's key projects: filtered, sorted and paged by the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import django_tables2 as tables
from django.db.models import Case, F, Func, IntegerField, QuerySet, TextField, Value, When

from projects.filters import Facet, found_tasks, stage_words
from projects.lights import Light
from projects.models import PublishedTask
from projects.stages import ON_TRACK, Stage
from wanzhou.kernel.pages.filtering import FilterForm
from wanzhou.kernel.pages.pages import Link, SourceLine
from wanzhou.kernel.pages.templating import day
from wanzhou.kernel.pages.visits import Visit
from wanzhou.kernel.plans.models import Plan
from wanzhou.kernel.plans.shown import PublishedPlan
from wanzhou.site.charts.pipelines import Count, Pipeline, pipeline_of

from .lightmarks import light_mark
from .lists import Head, Pages, heads_of, order, page_of
from .stagemarks import StageMark, planned_mark, reached_mark, told_until
from .tones import Tone

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One entry: where it stands under, how far it is known to have come where that is something else."""

    name: str
    href: str
    quantity: str
    stage: StageMark
    current: StageMark | None
    box: int
    section: str
    department: str
    updated: str
    light: Tone | None
    why: str


@dataclass(frozen=True, slots=True)
class Census:
    """The whole year in numbers, whatever is filtered: how many entries stand under each stage."""

    count: int
    groups: int
    boxes: tuple[int, ...]
    stages: Counter[Stage]
    words: dict[Stage, str]
    planned: bool
    reached: bool
    updated: int
    lights: Counter[Light]

    @classmethod
    def of(cls, facets: tuple[Facet, ...]) -> Census:
        """Add up the facets; `updated` counts planned entries that an update tells more of."""
        stages: Counter[Stage] = Counter()
        for one in facets:
            stages[one.stage] += one.count
        return cls(
            count=stages.total(),
            groups=sum(one.count for one in facets if one.group),
            boxes=tuple(sorted({one.box for one in facets})),
            stages=stages,
            words=stage_words(facets),
            planned=any(one.planned_stage for one in facets),
            reached=any(not one.planned_stage for one in facets),
            updated=sum(one.count for one in facets if one.planned_stage and one.reached_stage),
            lights=_lights(facets),
        )

    @property
    def numbers(self) -> str:
        """Which boxes: 专栏 1, 专栏 2 至 5."""
        first, last = self.boxes[0], self.boxes[-1]
        if len(self.boxes) > 1 and self.boxes == tuple(range(first, last + 1)):
            return f"专栏 {first} 至 {last}"
        return "专栏 " + "、".join(map(str, self.boxes))

    @property
    def stage_head(self) -> str:
        """The head of the column of stages."""
        if self.planned and self.reached:
            return "所列阶段"
        return "年度安排" if self.planned else "已达阶段"


@dataclass(frozen=True, slots=True)
class ProjectList:
    """Everything the list shows."""

    year: int
    years: tuple[Link, ...]
    census: Census | None
    phrases: tuple[str, ...]
    lede: str
    pipeline: Pipeline
    form: FilterForm
    heads: tuple[Head, ...]
    rows: tuple[TaskRow, ...]
    pages: Pages
    sources: tuple[SourceLine, ...]
    published_on: str

    @property
    def filtered(self) -> bool:
        """Whether some entries are left out."""
        return bool(self.form.chips)


class TaskTable(tables.Table):  # type: ignore[misc]
    """The columns, and how the database sorts by them; what is unknown comes last."""

    name = tables.Column(verbose_name="项目")
    stage = tables.Column(empty_values=())
    current = tables.Column(verbose_name="当前阶段", empty_values=())
    light = tables.Column(verbose_name="进度灯", empty_values=())
    section = tables.Column(verbose_name="类别")
    department = tables.Column(verbose_name="责任单位")
    updated = tables.Column(verbose_name="最近更新", empty_values=())

    def order_name(self, tasks: QuerySet[Any], down: bool) -> tuple[QuerySet[Any], bool]:
        """By pinyin, the second word of the key."""
        pinyin = Func(F("search_key"), Value(" "), Value(2), function="split_part", output_field=TextField())
        return _ordered(tasks.annotate(by=pinyin), down), True

    def order_stage(self, tasks: QuerySet[Any], down: bool) -> tuple[QuerySet[Any], bool]:
        listed = Case(When(planned_stage="", then=F("reached_stage")), default=F("planned_stage"))
        return _ordered(tasks.annotate(listed=listed).annotate(by=_place("listed")), down), True

    def order_current(self, tasks: QuerySet[Any], down: bool) -> tuple[QuerySet[Any], bool]:
        return _ordered(tasks.annotate(by=_place("reached_stage")), down), True

    def order_light(self, tasks: QuerySet[Any], down: bool) -> tuple[QuerySet[Any], bool]:
        """Red first; what has no light comes last."""
        gravity = (Light.RED, Light.YELLOW, Light.GREEN, Light.OFF)
        places = (When(light=code, then=place) for place, code in enumerate(gravity))
        return _ordered(tasks.annotate(by=Case(*places, output_field=IntegerField())), down), True

    def order_section(self, tasks: QuerySet[Any], down: bool) -> tuple[QuerySet[Any], bool]:
        """As the report has them."""
        return tasks.order_by("-box", "-order") if down else tasks.order_by("box", "order"), True

    def order_department(self, tasks: QuerySet[Any], down: bool) -> tuple[QuerySet[Any], bool]:
        known = Case(When(department="", then=None), default=F("department"))
        return _ordered(tasks.annotate(by=known), down), True

    def order_updated(self, tasks: QuerySet[Any], down: bool) -> tuple[QuerySet[Any], bool]:
        return _ordered(tasks.annotate(by=F("as_of")), down), True


def _ordered(tasks: QuerySet[Any], down: bool) -> QuerySet[Any]:
    by = F("by").desc(nulls_last=True) if down else F("by").asc(nulls_last=True)
    return tasks.order_by(by, "box", "order")


def _place(stage: str) -> Case:
    places = (When(**{stage: code}, then=place) for place, code in enumerate(Stage))
    return Case(*places, output_field=IntegerField())


def project_list_of(plan: Plan, plans: tuple[PublishedPlan, ...], visit: Visit) -> ProjectList:
    """The list of a plan's entries, as the visit filters, sorts and pages it; three queries."""
    tasks, chosen, facets = found_tasks(plan, visit.query, visit.as_of.moment)
    census = Census.of(facets) if facets else None
    table = _table(tasks, census)
    order(table, visit)
    entries, pages = page_of(table.data.data, visit, size=PER_PAGE)
    return ProjectList(
        year=plan.year,
        years=tuple(_year(published, plan) for published in reversed(plans)),
        census=census,
        phrases=_headline(census) if census else (f"{plan.year} 年没有已发布的重点项目",),
        lede=_lede(census) if census else "",
        pipeline=_pipeline(census, visit),
        form=FilterForm.of(chosen, visit),
        heads=heads_of(table, visit),
        rows=tuple(_row(task) for task in entries),
        pages=pages,
        sources=sources_of(facets),
        published_on=day(max(one.published_at for one in facets)) if facets else "",
    )


def _table(tasks: QuerySet[PublishedTask], census: Census | None) -> TaskTable:
    """What nobody has told anything about gets no column."""
    hidden = [
        *([] if census and census.updated else ["current"]),
        *([] if census and census.lights else ["light"]),
        *([] if census and (census.updated or census.reached) else ["updated"]),
    ]
    table = TaskTable(tasks, exclude=hidden)
    table.columns["stage"].column.verbose_name = census.stage_head if census else "阶段"
    return table


def _headline(census: Census) -> tuple[str, ...]:
    count = census.stages[Stage.COMPLETED]
    words = (
        f"{count} 条安排年内竣工" if census.words[Stage.COMPLETED] == "年内竣工" else f"{count} 条竣工投用"
    )
    return (f"{census.count} 条重点项目，", words)


def _lede(census: Census) -> str:
    rest = [
        f"{census.stages[stage]} 条{census.words[stage]}"
        for stage in Stage
        if census.stages[stage] and stage is not Stage.COMPLETED
    ]
    listed = f"报告{census.numbers}点名 {census.count} 条项目与事项。"
    others = f"另有 {'，'.join(rest)}。" if rest else ""
    groups = f"其中 {census.groups} 条只列数量（成组），各按一条计。" if census.groups else ""
    updated = f"{census.updated} 条已有进展更新。" if census.updated else ""
    lit = "，".join(f"{light.label} {census.lights[light]} 条" for light in Light if census.lights[light])
    return listed + others + groups + updated + (f"进度灯：{lit}。" if lit else "")


def _lights(facets: tuple[Facet, ...]) -> Counter[Light]:
    lights: Counter[Light] = Counter()
    for one in facets:
        if one.light:
            lights[Light(one.light)] += one.count
    return lights


def _pipeline(census: Census | None, visit: Visit) -> Pipeline:
    """Every stage of the track where the report says what was reached; of a plan, those that it asks for."""
    if census is None:
        return pipeline_of(())
    track = [stage for stage in ON_TRACK if census.stages[stage] or not census.planned]
    off = [stage for stage in Stage if stage.rank is None]
    return pipeline_of(
        [_count(census, stage, visit) for stage in track], [_count(census, stage, visit) for stage in off]
    )


def _count(census: Census, stage: Stage, visit: Visit) -> Count:
    chosen = visit.said("stage") == stage
    href = "" if visit.exported else visit.again(stage=None if chosen else stage, page=None)
    return Count(census.words[stage], census.stages[stage], href if census.stages[stage] else "", chosen)


def _row(task: PublishedTask) -> TaskRow:
    reached = Stage(task.reached_stage) if task.reached_stage else None
    planned = Stage(task.planned_stage) if task.planned_stage else None
    return TaskRow(
        name=task.name,
        href=f"/projects/{task.slug}/",
        quantity=task.quantity,
        stage=planned_mark(planned) if planned else reached_mark(reached or Stage.PREPARATORY),
        current=reached_mark(reached) if planned and reached else None,
        box=task.box,
        section=task.section,
        department=task.department,
        updated=told_until(task) if reached else "",
        light=light_mark(task.light) if task.light else None,
        why=task.light_reason,
    )


def _year(published: PublishedPlan, plan: Plan) -> Link:
    year = published.plan.year
    return Link(f"{year} 年", f"/{year}/projects/", published.plan == plan)


def sources_of(entries: Iterable[Facet | PublishedTask]) -> tuple[SourceLine, ...]:
    """Every document that entries come from, once."""
    lines = (SourceLine(one.source_title, one.source_url) for one in entries if one.source_title)
    return tuple(dict.fromkeys(lines))
