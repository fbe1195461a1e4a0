"""The roster of a plan's projects for staff: every task with its newest word and its light, counted and filtered."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from wanzhou.kernel.plans.models import Plan
from wanzhou.kernel.terms import Term

from .lighting import UPDATE, light_expression, stale_tasks
from .lights import NOTHING_AWAITED, Light, Thresholds
from .models import AnnualTask, StatusUpdate
from .models.updates import HANDED_IN
from .stages import Stage

NOT_TOLD = "untold"  # of the stage of a task that nobody has told anything of


class Watch(Term):
    """What the commission looks for."""

    STALE = "stale", "久未更新"
    NOT_STARTED = "not-started", "计划开工未开工"
    NOT_COMPLETED = "not-completed", "计划竣工未竣工"
    CHANGED = "changed", "上次调度后有更新"
    UNTOLD = "untold", "尚无更新"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wants to see of the roster; empty is everything."""

    box: int | None = None
    department: int | None = None
    stage: str = ""
    light: str = ""
    watch: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """So many tasks that share a box, a department, a reached stage and a light."""

    box: int
    box_title: str
    department: int | None
    department_name: str
    stage: str
    light: Light
    count: int
    stale: int
    not_started: int
    not_completed: int
    changed: int

    def watched(self, watch: Watch) -> int:
        """How many of them the commission looks for."""
        if watch is Watch.UNTOLD:
            return self.count if self.stage == NOT_TOLD else 0
        counted: int = getattr(self, watch.name.lower())
        return counted

    def asked_for(self, asked: Asked) -> int:
        """How many of them are asked for, whatever the words."""
        same = (
            asked.box in (None, self.box)
            and (asked.department is None or (asked.department or None) == self.department)
            and asked.stage in ("", self.stage)
            and asked.light in ("", self.light)
        )
        if not same:
            return 0
        return self.watched(Watch(asked.watch)) if asked.watch else self.count


@dataclass(frozen=True, slots=True)
class Roster:
    """A plan's tasks as they stand; `facets` add up to the whole."""

    plan: Plan
    by: Thresholds
    today: datetime.date
    since: datetime.datetime | None

    def page(self, asked: Asked, first: int, count: int) -> list[AnnualTask]:
        """So many of the tasks that are asked for, with their newest updates joined; two queries.

        Which ones is asked first and narrowly: joined in full are only those that are shown.
        """
        keys = list(self.found(asked).values_list("pk", flat=True)[first : first + count])
        joined = ("project", "box", "department", "newest__update")
        return list(self._in_order().filter(pk__in=keys).select_related(*joined))

    def _in_order(self) -> QuerySet[AnnualTask]:
        """Every task, in the order of the boxes."""
        return AnnualTask.objects.filter(plan=self.plan).order_by("box__number", "order")

    def found(self, asked: Asked) -> QuerySet[Any]:
        """The tasks that are asked for, in the order of the boxes."""
        tasks: QuerySet[Any] = self._in_order()
        if asked.box is not None:
            tasks = tasks.filter(box__number=asked.box)
        if asked.department is not None:
            tasks = tasks.filter(department=asked.department or None)
        if asked.stage:
            tasks = tasks.filter(_at(asked.stage))
        if asked.light:
            tasks = tasks.alias(light=light_expression(self.by, int(self.plan.year)))
            tasks = tasks.filter(light=asked.light)
        if asked.watch:
            tasks = tasks.filter(self._watched(Watch(asked.watch)))
        for word in asked.words.split():
            tasks = tasks.filter(Q(name__icontains=word) | Q(project__owner__icontains=word))
        return tasks

    def facets(self) -> tuple[Facet, ...]:
        """The whole plan in numbers; one query, whatever is asked for."""
        alike = ("box__number", "box__title", "department", "department__name", "light")
        watched = {
            watch.name.lower(): Count("pk", filter=self._watched(watch))
            for watch in Watch
            if watch is not Watch.UNTOLD
        }
        lit: QuerySet[Any] = AnnualTask.objects.filter(plan=self.plan).order_by()
        lit = lit.annotate(light=light_expression(self.by, int(self.plan.year)))
        groups = lit.values(*alike, reached=F(f"{UPDATE}reached_stage"))
        rows = groups.annotate(count=Count("pk"), **watched)
        in_order = rows.order_by("box__number", F("department__order").asc(nulls_last=True), "department")
        return tuple(_facet(row, tuple(watched)) for row in in_order)

    def count(self, asked: Asked, facets: Iterable[Facet]) -> int:
        """How many tasks are asked for: the facets know, unless words are looked for."""
        return self.found(asked).count() if asked.words else sum(one.asked_for(asked) for one in facets)

    def before(self, tasks: Iterable[AnnualTask]) -> dict[int, StatusUpdate]:
        """The word on each of the tasks that held when the last round ended; one query, none without a round."""
        if self.since is None:
            return {}
        words = StatusUpdate.objects.filter(
            task__in=list(tasks), state__in=HANDED_IN, submitted_at__lte=self.since
        )
        return {word.task_id: word for word in words.order_by("task_id", "-pk").distinct("task_id")}

    def _watched(self, watch: Watch) -> Q:
        reached, untold = f"{UPDATE}reached_stage", Q(newest__isnull=True)
        match watch:
            case Watch.STALE:
                return stale_tasks(self.by, int(self.plan.year), self.today)
            case Watch.NOT_STARTED:
                return Q(planned_stage=Stage.STARTED) & (untold | Q(**{reached: Stage.PREPARATORY}))
            case Watch.NOT_COMPLETED:
                settled = Q(**{f"{reached}__in": NOTHING_AWAITED})
                return Q(planned_stage=Stage.COMPLETED) & (untold | ~settled)
            case Watch.CHANGED:
                return Q(**{f"{UPDATE}submitted_at__gt": self.since}) if self.since else Q(pk__in=[])
            case Watch.UNTOLD:
                return untold


def _facet(row: dict[str, Any], watched: tuple[str, ...]) -> Facet:
    return Facet(
        box=row["box__number"],
        box_title=row["box__title"],
        department=row["department"],
        department_name=row["department__name"] or "未定牵头单位",
        stage=row["reached"] or NOT_TOLD,
        light=Light(row["light"]),
        count=row["count"],
        **{name: row[name] for name in watched},
    )


def _at(stage: str) -> Q:
    return Q(newest__isnull=True) if stage == NOT_TOLD else Q(**{f"{UPDATE}reached_stage": stage})


def totals(facets: Iterable[Facet]) -> Counter[Light]:
    """How many tasks have each light."""
    lights: Counter[Light] = Counter()
    for facet in facets:
        lights[facet.light] += facet.count
    return lights
