"""Acts of publication, and the editions that the congress saw."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from wanzhou.kernel.plans.constraints import agrees, append_only, together

from .plan import Plan, PlanKind
from .reporting import ReportingPeriod
from .rules import RuleSet


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Publications in the domain's words."""

    def visible(self, moment: datetime.datetime) -> PublicationQuerySet:
        """What the public may read at the moment; what must wait for the city (`not_before`) is not there yet."""
        return self.filter(Q(not_before__isnull=True) | Q(not_before__lte=moment), at__lte=moment)


class Publication(models.Model):
    """An act: what was published when, by whom and why. Without a period it publishes the plan itself."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="年度计划", related_name="publications")
    period = models.ForeignKey(
        ReportingPeriod,
        models.PROTECT,
        verbose_name="填报期",
        null=True,
        blank=True,
        related_name="publications",
    )
    at = models.DateTimeField("发布时间", default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="发布人", related_name="+")
    why = models.CharField("缘由", max_length=200)
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, verbose_name="判定规则", related_name="+")
    secrecy_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="保密审查人",
        null=True,
        blank=True,
        related_name="+",
    )
    secrecy_at = models.DateTimeField("保密审查时间", null=True, blank=True)
    not_before = models.DateTimeField("不早于", null=True, blank=True)
    note = models.TextField("备注", blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "发布"
        ordering = ["-id"]
        permissions = [("check_secrecy", "可以进行保密和公开审查")]
        triggers = [
            append_only(),
            agrees(
                "period_of_this_plan",
                where="NEW.period_id IS NULL OR NEW.plan_id ="
                " (SELECT plan_id FROM plans_reportingperiod WHERE id = NEW.period_id)",
                says="填报期不属于这份计划",
            ),
        ]
        constraints = [
            together("secrecy_by", "secrecy_at", says="保密审查人与审查时间须同时填写或同时留空。"),
            models.CheckConstraint(
                condition=~Q(why=""),
                name="plans_publication_reasoned",
                violation_error_message="须写明发布缘由。",
            ),
            models.CheckConstraint(
                condition=Q(secrecy_at__isnull=True) | Q(secrecy_at__lte=F("at")),
                name="plans_publication_checked_before",
                violation_error_message="保密审查须在发布之前。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period or self.plan}·{self.why}"


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions in the domain's words."""

    def readable(self, moment: datetime.datetime) -> EditionQuerySet:
        """The editions of annual plans that the public could read of at the moment, the newest first."""
        marked = Q(marked_at__isnull=True) | Q(marked_at__lte=moment)
        seen = Publication.objects.visible(moment).order_by()
        found = self.filter(marked, publication__in=seen, publication__plan__kind=PlanKind.ANNUAL)
        return found.select_related("publication__plan", "publication__period__plan").order_by("-id")

    def of_report(self, year: int, moment: datetime.datetime) -> EditionQuerySet:
        """Those of the report on a year, which tells its results and the plan of the next one."""
        results = Q(publication__plan__last_year=year, publication__period__isnull=False)
        goals = Q(publication__plan__last_year=year + 1, publication__period__isnull=True)
        return self.readable(moment).filter(results | goals)


class Edition(models.Model):
    """A publication as it was put before the congress (大会版本), with its document's fingerprint.

    What was public then is what the publications up to this one tell. `public` lets everybody have the document.
    """

    publication = models.ForeignKey(Publication, models.PROTECT, verbose_name="发布", related_name="editions")
    title = models.CharField("名称", max_length=200)
    issued_on = models.DateField("印发日期", null=True, blank=True)
    document = models.FileField("文件", upload_to="editions/", blank=True)
    sha256 = models.CharField("文件指纹", max_length=64, blank=True)
    public = models.BooleanField("公开下载", default=False)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="标记人",
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    marked_at = models.DateTimeField("标记时间", null=True, blank=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "大会版本"
        ordering = ["-id"]
        triggers = [append_only()]
        constraints = [
            together("marked_by", "marked_at", says="标记人与标记时间须同时填写或同时留空。"),
            models.CheckConstraint(
                condition=Q(public=False) | ~Q(document=""),
                name="plans_edition_public_document",
                violation_error_message="没有文件，就没有可以公开下载的。",
            ),
            models.CheckConstraint(
                condition=Q(document="", sha256="") | (~Q(document="") & Q(sha256__regex=r"^[0-9a-f]{64}$")),
                name="plans_edition_fingerprinted",
                violation_error_message="有文件就须有它的 SHA-256 指纹，没有文件则不能有。",
            ),
        ]

    def __str__(self) -> str:
        return self.title
