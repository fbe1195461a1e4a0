"""Reporting periods: deadlines, closing, and being declared complete."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from wanzhou.kernel.accounts.history import tracked
from wanzhou.kernel.plans.constraints import one_of, together
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.terms import Term

from .plan import Plan


class Origin(Term):
    """Where a period's figures come from; only a reported period can owe anybody a figure."""

    REPORTED = "reported", "部门填报"
    PUBLIC_SOURCES = "public_sources", "公开资料收录"


@tracked()
class ReportingPeriod(models.Model):
    """A period of a plan year (填报期) with its deadline, its closing and its being declared complete."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="年度计划", related_name="periods")
    period = models.CharField("期别", max_length=30, choices=Period.choices())
    origin = models.CharField("数据来路", max_length=20, choices=Origin.choices(), default=Origin.REPORTED)
    due_on = models.DateField("截止日期", null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="开启人",
        null=True,
        blank=True,
        related_name="+",
    )
    opened_at = models.DateTimeField("开启时间", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="关闭人",
        null=True,
        blank=True,
        related_name="+",
    )
    closed_at = models.DateTimeField("关闭时间", null=True, blank=True)
    # The newest reopening; earlier ones stand in the record of changes.
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="重新开启人",
        null=True,
        blank=True,
        related_name="+",
    )
    reopened_at = models.DateTimeField("重新开启时间", null=True, blank=True)
    reopened_reason = models.TextField("重新开启的理由", blank=True)
    complete_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="宣布完整的人",
        null=True,
        blank=True,
        related_name="+",
    )
    complete_at = models.DateTimeField("宣布完整的时间", null=True, blank=True)
    note = models.TextField("备注", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "填报期"
        ordering = ["-plan__last_year", "id"]
        constraints = [
            one_of("period", Period),
            one_of("origin", Origin),
            models.UniqueConstraint(
                fields=["plan", "period"],
                name="plans_reportingperiod_once",
                violation_error_message="该计划的这一期已经存在。",
            ),
            together("opened_by", "opened_at", says="开启人与开启时间须同时填写或同时留空。"),
            together("closed_by", "closed_at", says="关闭人与关闭时间须同时填写或同时留空。"),
            together("reopened_by", "reopened_at", says="重新开启人与重新开启时间须同时填写或同时留空。"),
            together("complete_by", "complete_at", says="宣布完整的人与时间须同时填写或同时留空。"),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True) | ~Q(reopened_reason=""),
                name="plans_reportingperiod_reopening_says_why",
                violation_error_message="重新开启填报期须写明理由。",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=False),
                name="plans_reportingperiod_opened_before_closed",
                violation_error_message="没有开启过的填报期不能关闭。",
            ),
            models.CheckConstraint(
                condition=Q(origin=Origin.REPORTED) | Q(due_on__isnull=True),
                name="plans_reportingperiod_nobody_owes",
                violation_error_message="由公开资料收录的填报期没有截止日期：没有单位欠报。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan.year}年{self.get_period_display()}"

    @property
    def is_closed(self) -> bool:
        """Whether departments may no longer enter anything."""
        return self.closed_at is not None

    @property
    def is_open(self) -> bool:
        """Whether departments are asked for their figures now."""
        return self.opened_at is not None and not self.is_closed

    @property
    def is_owed(self) -> bool:
        """Whether departments were asked for this period at all; what public sources lack, nobody owes."""
        return self.origin == Origin.REPORTED and self.opened_at is not None
