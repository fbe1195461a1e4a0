"""Which entries of a year's boxes a visitor wants to see; page, files and API ask in the same words."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import django_filters
from django.db.models import Count, Max, Min, Q, QuerySet
from django.http import QueryDict

from projects.lights import Light
from projects.models import PublishedTask
from projects.stages import Stage, planned_words
from wanzhou.kernel.pages.filtering import PublicFilter, named
from wanzhou.kernel.plans.models import Plan

PARAMETERS = ("box", "section", "stage", "department", "light")
FREE = ("q",)


@dataclass(frozen=True, slots=True)
class Facet:
    """So many entries of a year that stand in the same place at the same stages, with the same department and light.

    `published_at` is when the newest of them was published.
    """

    box: int
    box_title: str
    section: str
    planned_stage: str
    reached_stage: str
    department: str
    light: str
    group: bool
    source_title: str
    source_url: str
    count: int
    published_at: datetime.datetime

    @property
    def stage(self) -> Stage:
        """The stage that they stand under: the planned one, or where nothing is planned the reached one."""
        return Stage(self.planned_stage or self.reached_stage)


class TaskFilter(PublicFilter):
    """Filters of published tasks: by box, section, stage, department, and by name, pinyin or initials."""

    q = django_filters.CharFilter(label="项目名称、拼音或首字母", method="matching")
    box = django_filters.ChoiceFilter(label="专栏", choices=[])
    section = django_filters.ChoiceFilter(label="类别", choices=[])
    stage = django_filters.ChoiceFilter(label="阶段", choices=Stage.choices(), method="at_stage")
    department = django_filters.ChoiceFilter(label="责任单位", choices=[])
    light = django_filters.ChoiceFilter(label="进度灯", choices=[])

    class Meta:
        model = PublishedTask
        fields: tuple[str, ...] = ()

    def offer(self, facets: tuple[Facet, ...]) -> None:
        """Offer what occurs among the year's entries, in the order of the boxes."""
        self.choose("box", list({str(one.box): f"专栏 {one.box} {one.box_title}" for one in facets}.items()))
        self.choose("section", named(one.section for one in facets))
        self.choose("department", named(one.department for one in facets))
        # All of them once there is one: an address that asks for the red ones must hold when there are none.
        self.choose("light", Light.choices() if any(one.light for one in facets) else [])
        present = {one.stage for one in facets}
        words = stage_words(facets)
        self.choose("stage", [(stage.value, words[stage]) for stage in Stage if stage in present])

    def at_stage(self, tasks: QuerySet[PublishedTask], name: str, stage: str) -> QuerySet[PublishedTask]:
        """Tasks that stand under the stage: the planned one, or where nothing is planned the reached one."""
        return tasks.filter(Q(planned_stage=stage) | Q(planned_stage="", reached_stage=stage))


def stage_words(facets: tuple[Facet, ...]) -> dict[Stage, str]:
    """How stages are called in this year's list: as asked for where all of it is a plan, else plainly."""
    planned = all(one.planned_stage for one in facets)
    return {stage: planned_words(stage) if planned else stage.label for stage in Stage}


def found_tasks(
    plan: Plan, query: QueryDict, moment: datetime.datetime
) -> tuple[QuerySet[PublishedTask], TaskFilter, tuple[Facet, ...]]:
    """The published tasks that a query asks for, unread, the filter that finds them, and the year's facets.

    One query, however long the list is; raises BadQuestion.
    """
    tasks = PublishedTask.objects.current(plan, as_of=moment).select_related(
        "publication__plan", "publication__period"
    )
    facets = _facets(tasks)
    chosen = TaskFilter(query, queryset=tasks)
    chosen.offer(facets)
    return chosen.found(), chosen, facets


def _facets(tasks: QuerySet[PublishedTask]) -> tuple[Facet, ...]:
    told = {"count": Count("pk"), "published_at": Max("publication__at")}
    alike = [name for name in Facet.__slots__ if name not in told]
    groups = tasks.order_by().select_related(None).values(*alike).annotate(**told, first=Min("order"))
    return tuple(
        Facet(**{name: group[name] for name in Facet.__slots__}) for group in groups.order_by("box", "first")
    )
