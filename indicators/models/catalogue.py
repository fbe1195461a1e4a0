"""The indicators themselves: what stays the same when a year's plan renames or re-united one."""

from __future__ import annotations

from django.db import models

from indicators.judging.terms import Accrual, Favourable
from wanzhou.kernel.accounts.history import tracked
from wanzhou.kernel.plans.constraints import one_of
from wanzhou.kernel.terms import Term


class Frequency(Term):
    """How often a figure comes into being."""

    QUARTERLY = "quarterly", "按季"
    ANNUAL = "annual", "年度"


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    """Indicators in the domain's words."""

    def for_tables(self) -> IndicatorQuerySet:
        """Those that a numbered table may have: not those that only work targets ever asked for."""
        asked = models.Q(targets__isnull=True) | models.Q(targets__tier="headline")
        return self.filter(asked).distinct()


@tracked()
class Indicator(models.Model):
    """One indicator across years (指标), known by a permanent code."""

    code = models.SlugField("代码", max_length=60, unique=True)
    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("短名", max_length=20, help_text="格条上的两行短名，以一个空格分行。")
    aliases = models.TextField("别名", blank=True, help_text="以“；”分开，用于查找和粘贴匹配。")
    accrual = models.CharField("累计方式", max_length=20, choices=Accrual.choices())
    favourable = models.CharField("向好方向", max_length=10, choices=Favourable.choices())
    frequency = models.CharField("频次", max_length=20, choices=Frequency.choices())
    definition = models.TextField("定义", blank=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "指标"
        ordering = ["id"]
        constraints = [
            one_of("accrual", Accrual),
            one_of("favourable", Favourable),
            one_of("frequency", Frequency),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and its aliases."""
        return tuple(filter(None, (self.name, *self.aliases.split("；"))))
