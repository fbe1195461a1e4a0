"""The figures that a report states of the year behind it, each with its sentence (有数的工作成绩)."""

from __future__ import annotations

import datetime

import pgtrigger
from django.db import models
from django.db.models import Q

from wanzhou.kernel.plans.constraints import agrees
from wanzhou.kernel.plans.models import Plan, Publication, Source


class CitedFactQuerySet(models.QuerySet["CitedFact"]):
    """Cited facts in the domain's words."""

    def visible(self, moment: datetime.datetime) -> CitedFactQuerySet:
        """What the public could read at the moment, newest year first, in the order of the report."""
        told = self.filter(publication__in=Publication.objects.visible(moment).order_by())
        return told.order_by("-plan__last_year", "order")

    def of_plan(self, plan: Plan, *, as_of: datetime.datetime) -> CitedFactQuerySet:
        """The same of one plan year."""
        return self.visible(as_of).filter(plan=plan)


class CitedFact(models.Model):
    """One figure of the prose: what it is of, its words, and the whole sentence. Never judged, never counted.

    It is complete in itself: once a publication names it, it is what the public reads and stays as it is.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="年度计划", related_name="cited_facts")
    order = models.PositiveSmallIntegerField("先后", help_text="按报告中的先后，从1数起。")
    section = models.CharField("章节", max_length=100, blank=True)
    name = models.CharField("名称", max_length=100)
    wording = models.CharField("表述", max_length=200)
    unit = models.CharField("单位", max_length=30, blank=True)
    sentence = models.TextField("报告原句")
    source = models.ForeignKey(Source, models.PROTECT, verbose_name="来源文件")
    place = models.CharField("出处", max_length=100, blank=True)
    source_title = models.CharField("来源", max_length=200, blank=True, editable=False)
    source_url = models.URLField("来源网址", max_length=500, blank=True, editable=False)
    search_key = models.TextField("查找用字", blank=True, editable=False)
    publication = models.ForeignKey(
        Publication,
        models.PROTECT,
        verbose_name="发布",
        null=True,
        blank=True,
        related_name="cited_facts",
        editable=False,
    )

    objects = CitedFactQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "报告所述成绩"
        ordering = ["-plan__last_year", "order"]
        triggers = [
            pgtrigger.Protect(
                name="published_fact_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__publication__isnull=False),
            ),
            agrees(
                "fact_of_published_plan",
                where="NEW.publication_id IS NULL OR NEW.plan_id ="
                " (SELECT plan_id FROM plans_publication WHERE id = NEW.publication_id)",
                says="报告所述成绩不属于所发布的计划",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "order"],
                name="indicators_citedfact_order_once",
                violation_error_message="这一年里已经有一条占着这个位置。",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(wording="") & ~Q(sentence=""),
                name="indicators_citedfact_is_whole",
                violation_error_message="名称、表述和报告原句都要写。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan.year}年{self.name}{self.wording}"
