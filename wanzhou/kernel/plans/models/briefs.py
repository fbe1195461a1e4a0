"""What a leader was told on one page, so that the next page can say what changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from wanzhou.kernel.plans.constraints import append_only

from .reporting import ReportingPeriod


class Brief(models.Model):
    """A brief that was handed out (一页纸): of which period, on which basis, when, by whom, and where every row stood.

    `standings` holds for each indicator's code its name, its figure and its state in words.
    """

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, verbose_name="填报期", related_name="briefs")
    basis = models.CharField("依据", max_length=20)
    at = models.DateTimeField("制作时间", default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="制作人", related_name="+")
    standings = models.JSONField("各项情况")

    class Meta:
        verbose_name = verbose_name_plural = "一页纸"
        ordering = ["-id"]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.period}一页纸"
