"""A project's task that serves a target of the same year, and what the public was told of it."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q

from indicators.models import AnnualTarget
from indicators.models.targets import Tier
from projects.models import AnnualTask
from wanzhou.kernel.accounts.history import tracked
from wanzhou.kernel.plans.constraints import agrees, append_only, one_of
from wanzhou.kernel.plans.models import Publication


@tracked()
class Contribution(models.Model):
    """A task serves a target (项目支撑指标): somebody of the commission says so; it is no figure and no verdict.

    One that no longer holds is kept with `stands` unset, so that the public can be told that it fell away.
    """

    WORDS = 300  # characters

    task = models.ForeignKey(
        AnnualTask, models.PROTECT, verbose_name="年度任务", related_name="contributions"
    )
    target = models.ForeignKey(
        AnnualTarget, models.PROTECT, verbose_name="年度目标", related_name="contributions"
    )
    words = models.CharField("怎样支撑", max_length=WORDS, blank=True)
    stands = models.BooleanField("有效", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "项目支撑指标"
        ordering = ["target", "task"]
        triggers = [
            agrees(
                "both_of_one_plan",
                where="(SELECT plan_id FROM projects_annualtask WHERE id = NEW.task_id) ="
                " (SELECT plan_id FROM indicators_annualtarget WHERE id = NEW.target_id)",
                says="年度任务和年度目标不属于同一份计划",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "target"],
                name="links_contribution_once",
                violation_error_message="这项任务已经与这个目标关联。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}→{self.target}"


class PublishedContributionQuerySet(models.QuerySet["PublishedContribution"]):
    """Published contributions in the domain's words."""

    def visible(self, moment: datetime.datetime) -> PublishedContributionQuerySet:
        """Those of publications that the public may read at the moment."""
        return self.filter(publication__in=Publication.objects.visible(moment).order_by())

    def newest(self, *, as_of: datetime.datetime | None = None) -> PublishedContributionQuerySet:
        """The last word on each contribution, also on those that fell away."""
        told = self if as_of is None else self.visible(as_of)
        last = told.order_by("contribution_id", "-publication_id").distinct("contribution_id")
        return self.filter(pk__in=last.values("pk"))

    def standing(self, *, as_of: datetime.datetime) -> PublishedContributionQuerySet:
        """What holds at the moment, the newest plan first, in the order of the table and of the boxes."""
        rows = self.newest(as_of=as_of).filter(stands=True).select_related("publication__plan")
        return rows.order_by("-publication__plan__last_year", "tier", "row_order", "box", "task_order")


class PublishedContribution(models.Model):
    """A contribution as published; `stands` is unset where the public was told that it holds no more."""

    publication = models.ForeignKey(
        Publication, models.PROTECT, verbose_name="发布", related_name="contributions"
    )
    contribution = models.ForeignKey(
        Contribution, models.PROTECT, verbose_name="项目支撑指标", related_name="published"
    )
    slug = models.CharField("项目网址名", max_length=100)
    project = models.CharField("项目名称", max_length=200)
    code = models.CharField("指标代码", max_length=60)
    tier = models.CharField("层级", max_length=20, choices=Tier.choices())
    indicator = models.CharField("指标名称", max_length=100)
    row_order = models.PositiveSmallIntegerField("表中位置")
    box = models.PositiveSmallIntegerField("专栏号")
    task_order = models.PositiveSmallIntegerField("专栏内位置")
    words = models.CharField("怎样支撑", max_length=Contribution.WORDS, blank=True)
    stands = models.BooleanField("有效")

    objects = PublishedContributionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "已发布的项目支撑指标"
        ordering = ["-publication_id", "row_order", "box", "task_order"]
        indexes = [
            models.Index(fields=["slug", "-publication"], name="links_newest_of_slug"),
            models.Index(fields=["code", "-publication"], name="links_newest_of_code"),
        ]
        triggers = [append_only()]
        constraints = [
            one_of("tier", Tier),
            models.CheckConstraint(
                condition=~Q(slug="") & ~Q(code=""),
                name="links_publishedcontribution_named",
                violation_error_message="须写明是哪个项目、哪个指标。",
            ),
            models.UniqueConstraint(
                fields=["publication", "contribution"],
                name="links_publishedcontribution_once",
                violation_error_message="一次发布中每个关联只能有一行。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}→{self.indicator}"
