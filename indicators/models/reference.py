"""The same indicator elsewhere: the nation, the city, another district, or a rank among them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wanzhou.kernel.accounts.history import tracked
from wanzhou.kernel.plans.constraints import one_of
from wanzhou.kernel.plans.models import Source
from wanzhou.kernel.plans.periods import Period

from .catalogue import Indicator


@tracked()
class ReferenceFigure(models.Model):
    """A figure of another region for the same indicator and period (参考数据), with its source."""

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, verbose_name="指标", related_name="reference_figures"
    )
    year = models.PositiveSmallIntegerField("年份")
    period = models.CharField("期别", max_length=30, choices=Period.choices())
    region = models.CharField("地区", max_length=50)
    value = models.DecimalField("数值", max_digits=24, decimal_places=6, null=True, blank=True)
    rank = models.PositiveSmallIntegerField("位次", null=True, blank=True)
    of = models.PositiveSmallIntegerField("参与排位数", null=True, blank=True)
    wording = models.CharField("原文", max_length=200, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, verbose_name="来源文件", null=True, blank=True)
    place = models.CharField("出处", max_length=100, blank=True)
    note = models.TextField("备注", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "参考数据"
        ordering = ["-year", "indicator", "region"]
        constraints = [
            one_of("period", Period),
            models.UniqueConstraint(
                fields=["indicator", "year", "period", "region"],
                name="indicators_referencefigure_once",
                violation_error_message="这一指标这一期已有该地区的参考数据。",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(rank__isnull=False),
                name="indicators_referencefigure_says_something",
                violation_error_message="须有数值或位次。",
            ),
            models.CheckConstraint(
                condition=Q(rank__isnull=True) | Q(of__isnull=True) | Q(rank__gte=1, rank__lte=F("of")),
                name="indicators_referencefigure_rank_within",
                violation_error_message="位次须在1与参与排位数之间。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年{Period(self.period).label}{self.region}{self.indicator}"
