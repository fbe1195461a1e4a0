"""What the public was told of the work targets (重点工作目标): the quantified commitments of the report's prose.

They stand apart from the numbered table: other rows, other pages, and no tally counts them.
"""

from __future__ import annotations

import datetime

from django.db import models

from indicators.judging.terms import OutcomeState, Pace, Verdict
from wanzhou.kernel.plans.constraints import agrees, append_only, one_of
from wanzhou.kernel.plans.models import Plan, Publication
from wanzhou.kernel.plans.periods import Period

from .actuals import QuarterlyActual
from .targets import AnnualTarget

_IN_ORDER_OF_TIME = models.Case(
    *(models.When(publication__period__period=period, then=period.position) for period in Period), default=0
)


class PublishedWorkTargetQuerySet(models.QuerySet["PublishedWorkTarget"]):
    """Published work targets; with `as_of` only what the public could read at that moment counts."""

    def visible(self, moment: datetime.datetime) -> PublishedWorkTargetQuerySet:
        """Rows of publications that the public may read at the moment."""
        return self.filter(publication__in=Publication.objects.visible(moment).order_by())

    def current(self, plan: Plan, *, as_of: datetime.datetime | None = None) -> PublishedWorkTargetQuerySet:
        """The newest row of each target of the plan, of its newest period, in the order of the report."""
        rows = self.filter(publication__plan=plan)
        rows = rows if as_of is None else rows.visible(as_of)
        newest = rows.alias(place=_IN_ORDER_OF_TIME).order_by("target_id", "-place", "-publication_id")
        keys = newest.distinct("target_id").values("pk")
        return self.filter(pk__in=keys).select_related("publication__period").order_by("order")

    def newest_of_years(self, *, as_of: datetime.datetime) -> PublishedWorkTargetQuerySet:
        """The newest row of each target of every plan, newest plan first."""
        newest = self.visible(as_of).alias(place=_IN_ORDER_OF_TIME)
        newest = newest.order_by("target_id", "-place", "-publication_id").distinct("target_id")
        rows = self.filter(pk__in=newest.values("pk")).select_related("publication__plan")
        return rows.order_by("-publication__plan__last_year", "order")


class PublishedWorkTarget(models.Model):
    """A work target as published: its sentence, its wording, and its verdict or pace where a figure is known."""

    publication = models.ForeignKey(
        Publication, models.PROTECT, verbose_name="发布", related_name="work_targets"
    )
    target = models.ForeignKey(
        AnnualTarget, models.PROTECT, verbose_name="年度目标", related_name="published_work"
    )
    actual = models.ForeignKey(
        QuarterlyActual,
        models.PROTECT,
        verbose_name="季度实绩",
        null=True,
        blank=True,
        related_name="published_work",
    )
    order = models.PositiveSmallIntegerField("先后")
    code = models.CharField("代码", max_length=60)
    name = models.CharField("名称", max_length=100)
    unit = models.CharField("单位", max_length=30, blank=True)
    section = models.CharField("章节", max_length=100, blank=True)
    department = models.CharField("责任单位", max_length=100, blank=True)
    wording = models.CharField("目标表述", max_length=200, blank=True)
    quoted = models.TextField("报告原句", blank=True)
    reading = models.JSONField("系统理解")
    outcome_state = models.CharField("填报情况", max_length=20, choices=OutcomeState.choices(), blank=True)
    outcome_value = models.DecimalField("数值", max_digits=24, decimal_places=6, null=True, blank=True)
    outcome_wording = models.CharField("完成情况表述", max_length=200, blank=True)
    verdict = models.CharField("结论", max_length=20, choices=Verdict.choices(), blank=True)
    pace = models.CharField("序时进度", max_length=20, choices=Pace.choices(), blank=True)
    sentence = models.TextField("判定说明", blank=True)
    source_title = models.CharField("来源", max_length=200, blank=True)
    source_url = models.URLField("来源网址", max_length=500, blank=True)
    source_place = models.CharField("出处", max_length=100, blank=True)
    figure_source = models.CharField("完成情况的来源", max_length=200, blank=True)
    search_key = models.TextField("查找用字", blank=True)

    objects = PublishedWorkTargetQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "已发布重点工作目标"
        ordering = ["-publication_id", "order"]
        indexes = [models.Index(fields=["target", "-publication"], name="indicators_newest_work")]
        triggers = [
            append_only(),
            agrees(
                "work_target_of_published_plan",
                where="EXISTS (SELECT 1 FROM indicators_annualtarget t, plans_publication p WHERE t.id = NEW.target_id"
                " AND p.id = NEW.publication_id AND t.plan_id = p.plan_id AND t.tier = 'work')",
                says="重点工作目标不属于所发布的计划",
            ),
        ]
        constraints = [
            one_of("outcome_state", OutcomeState, blank=True),
            one_of("verdict", Verdict, blank=True),
            one_of("pace", Pace, blank=True),
            models.UniqueConstraint(
                fields=["publication", "target"],
                name="indicators_publishedworktarget_once",
                violation_error_message="一次发布中每个重点工作目标只能有一行。",
            ),
            models.CheckConstraint(
                condition=models.Q(verdict="") | models.Q(pace=""),
                name="indicators_publishedworktarget_verdict_or_pace",
                violation_error_message="年度结论与序时进度不能并存。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}·{self.publication_id}"
