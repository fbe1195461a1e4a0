"""What the public was told about each task: complete in itself and never changed."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from projects.lights import Light
from projects.stages import Stage
from wanzhou.kernel.plans.constraints import agrees, append_only, one_of
from wanzhou.kernel.plans.models import Plan, Publication, RuleSet

from .tasks import AnnualTask
from .updates import StatusUpdate


class PublishedTaskQuerySet(models.QuerySet["PublishedTask"]):
    """Published tasks in the domain's words.

    With `as_of` only what the public could read at that moment counts; without it, as publishing itself looks, all.
    """

    def visible(self, moment: datetime.datetime) -> PublishedTaskQuerySet:
        """Tasks of publications that the public may read at the moment."""
        return self.filter(publication__in=Publication.objects.visible(moment).order_by())

    def current(self, plan: Plan, *, as_of: datetime.datetime | None = None) -> PublishedTaskQuerySet:
        """The newest row of each task of the plan, in the order of the boxes."""
        newest = _newest(self.filter(publication__plan=plan), as_of)
        return self.filter(pk__in=newest).select_related("publication").order_by("box", "order")

    def of_project(self, slug: str, *, as_of: datetime.datetime | None = None) -> PublishedTaskQuerySet:
        """The newest row of each of the project's tasks, year by year, in the order of the boxes."""
        newest = _newest(self.filter(task_id__in=self._tasks_of(slug, as_of)), as_of)
        in_time = ("publication__plan__last_year", "box", "order")
        return self.filter(pk__in=newest)._joined().order_by(*in_time)

    def address_now(self, slug: str, *, as_of: datetime.datetime | None = None) -> str:
        """Under which address a project is told that was once told under this one; empty where it never was."""
        rows = _as_of(self, as_of)
        ever = rows.filter(slug=slug).order_by().values("task_id")
        told = rows.filter(task_id__in=ever).order_by("-publication_id").values_list("slug", flat=True)
        return told.first() or ""

    def _tasks_of(self, slug: str, moment: datetime.datetime | None) -> models.QuerySet[Any, Any]:
        """The tasks that are told under this address now: those that went on to another one are not."""
        rows = _as_of(self, moment).order_by()
        later = rows.filter(task=OuterRef("task"), publication__gt=OuterRef("publication")).exclude(slug=slug)
        return rows.filter(~Exists(later), slug=slug).values("task_id")

    def newest_of_years(self, *, as_of: datetime.datetime | None = None) -> PublishedTaskQuerySet:
        """The newest row of each task of every plan, newest plan first, in the order of the boxes."""
        in_order = ("-publication__plan__last_year", "box", "order")
        return self.filter(pk__in=_newest(self.all(), as_of)).order_by(*in_order)

    def history(self, slug: str = "", *, as_of: datetime.datetime | None = None) -> PublishedTaskQuerySet:
        """Every row of the project, or of all, in the order of publication, replaced ones included."""
        rows = self.filter(task_id__in=self._tasks_of(slug, as_of)) if slug else self
        return _as_of(rows, as_of)._joined().order_by("publication_id", "box", "order")

    def told_again(self, *, as_of: datetime.datetime | None = None) -> PublishedTaskQuerySet:
        """Every row of the tasks that were told of more than once, in the order of publication."""
        tasks = _as_of(self, as_of).order_by().values("task_id").annotate(told=models.Count("pk"))
        return self.filter(task_id__in=tasks.filter(told__gt=1).values("task_id")).history(as_of=as_of)

    def _joined(self) -> PublishedTaskQuerySet:
        return self.select_related("publication__plan", "publication__period", "light_rules")


def _as_of(rows: PublishedTaskQuerySet, moment: datetime.datetime | None) -> PublishedTaskQuerySet:
    return rows if moment is None else rows.visible(moment)


def _newest(rows: PublishedTaskQuerySet, moment: datetime.datetime | None) -> models.QuerySet[PublishedTask]:
    """The keys of the newest row of each task."""
    ordered = _as_of(rows, moment).order_by("task_id", "-publication_id")
    return ordered.distinct("task_id").values("pk")  # type: ignore[return-value]


class PublishedTask(models.Model):
    """A task as published: where it stands in the report, what was planned, and what is known to be reached."""

    publication = models.ForeignKey(Publication, models.PROTECT, verbose_name="发布", related_name="tasks")
    task = models.ForeignKey(
        AnnualTask, models.PROTECT, verbose_name="年度任务", related_name="published_tasks"
    )
    update = models.ForeignKey(
        StatusUpdate,
        models.PROTECT,
        verbose_name="进展更新",
        null=True,
        blank=True,
        related_name="published_tasks",
    )
    replaces = models.ForeignKey(
        StatusUpdate, models.PROTECT, verbose_name="替换的更新", null=True, blank=True, related_name="+"
    )
    box = models.PositiveSmallIntegerField("专栏号")
    box_title = models.CharField("专栏标题", max_length=100)
    section = models.CharField("专栏内分类", max_length=100)
    order = models.PositiveSmallIntegerField("专栏内位置")
    name = models.CharField("名称", max_length=200)
    slug = models.CharField("网址名", max_length=100)
    search_key = models.TextField("查找用字", blank=True)
    planned_stage = models.CharField("计划阶段", max_length=20, choices=Stage.choices(), blank=True)
    reached_stage = models.CharField("已达阶段", max_length=20, choices=Stage.choices(), blank=True)
    wording = models.TextField("原文")
    group = models.BooleanField("成组项目", default=False)
    quantity = models.CharField("数量", max_length=30, blank=True)
    department = models.CharField("牵头单位", max_length=100, blank=True)
    as_of = models.DateField("截至日期", null=True, blank=True)
    percent = models.DecimalField("完成比例（%）", max_digits=5, decimal_places=2, null=True, blank=True)
    progress = models.TextField("形象进度", blank=True)

    # The light as it was that day, in words that name no amount, and the rules that it was read by.
    light = models.CharField("进度灯", max_length=10, choices=Light.choices(), blank=True)
    light_reason = models.CharField("进度灯说明", max_length=200, blank=True)
    light_rules = models.ForeignKey(
        RuleSet, models.PROTECT, verbose_name="进度灯规则", null=True, blank=True, related_name="+"
    )
    source_title = models.CharField("来源", max_length=200, blank=True)
    source_url = models.URLField("来源网址", max_length=500, blank=True)
    source_place = models.CharField("出处", max_length=100, blank=True)

    # The files that everybody may read, as `Document.told` gives them.
    documents = models.JSONField("公开的佐证材料", default=list, blank=True)

    objects = PublishedTaskQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "已发布任务"
        ordering = ["-publication_id", "box", "order"]
        indexes = [
            models.Index(fields=["task", "-publication"], name="projects_newest_task"),
            models.Index(fields=["slug", "-publication"], name="projects_newest_of_slug"),
        ]
        triggers = [
            append_only(),
            agrees(
                "task_of_published_plan",
                where="(SELECT plan_id FROM projects_annualtask WHERE id = NEW.task_id) ="
                " (SELECT plan_id FROM plans_publication WHERE id = NEW.publication_id)",
                says="年度任务不属于所发布的计划",
            ),
        ]
        constraints = [
            one_of("planned_stage", Stage, blank=True),
            one_of("reached_stage", Stage, blank=True),
            one_of("light", Light, blank=True),
            models.CheckConstraint(
                condition=Q(light="", light_reason="", light_rules__isnull=True)
                | (~Q(light="") & ~Q(light_reason="") & Q(light_rules__isnull=False, update__isnull=False)),
                name="projects_publishedtask_light_explained",
                violation_error_message="进度灯须有进展更新为据，并写明说明和所依据的规则。",
            ),
            models.UniqueConstraint(
                fields=["publication", "task"],
                name="projects_publishedtask_once",
                violation_error_message="一次发布中每项任务只能有一行。",
            ),
            models.CheckConstraint(
                condition=Q(update__isnull=False) | Q(reached_stage=""),
                name="projects_publishedtask_reached_by_update",
                violation_error_message="已达阶段须有进展更新为据。",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True)
                | (Q(update__isnull=False) & ~Q(replaces=models.F("update"))),
                name="projects_publishedtask_replaced_by_update",
                violation_error_message="只有另一条进展更新能替换已发布的更新。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug}·{self.publication_id}"
