"""A report that somebody handed in, as it was read, and what people said of every piece of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from wanzhou.kernel.plans.constraints import together
from wanzhou.kernel.plans.models import Plan

from .report import Report
from .stored import from_stored


class Reading(models.Model):
    """A report read in (读入的报告). Nothing of it counts until a plan is made of it."""

    name = models.CharField("文件名", max_length=200)
    title = models.CharField("报告标题", max_length=300, blank=True)
    year = models.PositiveSmallIntegerField("计划年度", null=True, blank=True)
    text = models.TextField("全文", help_text="逐行或逐段，位置按此数。")
    counted_in = models.CharField("位置单位", max_length=4)
    sha256 = models.CharField("文件指纹", max_length=64)
    payload = models.JSONField("读出的内容")
    decisions = models.JSONField("逐条决定", default=dict, blank=True)
    revision = models.PositiveIntegerField("修订号", default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="读入人", related_name="+")
    at = models.DateTimeField("读入时间", default=timezone.now, editable=False)
    plan = models.ForeignKey(
        Plan, models.PROTECT, verbose_name="据此编制的计划", null=True, blank=True, related_name="readings"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="编制人",
        null=True,
        blank=True,
        related_name="+",
    )
    made_at = models.DateTimeField("编制时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "读入的报告"
        ordering = ["-at", "-id"]
        constraints = [
            together(
                "plan", "made_by", "made_at", says="据此编制的计划、编制人和编制时间要么都有，要么都没有。"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.name

    @property
    def report(self) -> Report:
        """What was read."""
        return from_stored(self.payload)

    @property
    def lines(self) -> list[str]:
        """The passages as they were numbered, from 1."""
        return self.text.split("\n")
