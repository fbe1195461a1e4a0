"""The versioned rules that plans are judged by: tolerances and thresholds, never changed, only added to."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from wanzhou.kernel.plans.constraints import append_only


class RuleSet(models.Model):
    """A version of the rules (判定规则): tolerance of 左右 and thresholds of the lights; append-only."""

    version = models.PositiveIntegerField("版本", unique=True)
    rate_firm = models.DecimalField(
        "左右·比率达标幅度", max_digits=6, decimal_places=3, default=Decimal("0.1"), help_text="个百分点"
    )
    rate_wide = models.DecimalField(
        "左右·比率待认定幅度", max_digits=6, decimal_places=3, default=Decimal("0.5"), help_text="个百分点"
    )
    share_firm = models.DecimalField(
        "左右·数量达标幅度", max_digits=6, decimal_places=4, default=Decimal("0.01"), help_text="占目标的比例"
    )
    share_wide = models.DecimalField(
        "左右·数量待认定幅度",
        max_digits=6,
        decimal_places=4,
        default=Decimal("0.02"),
        help_text="占目标的比例",
    )
    investment_yellow = models.DecimalField(
        "投资黄灯", max_digits=6, decimal_places=2, default=Decimal("-10"), help_text="低于序时进度的百分点"
    )
    investment_red = models.DecimalField(
        "投资红灯", max_digits=6, decimal_places=2, default=Decimal("-30"), help_text="低于序时进度的百分点"
    )
    start_yellow_month = models.PositiveSmallIntegerField(
        "未开工黄灯", default=9, help_text="年内计划开工，到这个月底未开工亮黄灯"
    )
    start_red_month = models.PositiveSmallIntegerField(
        "未开工红灯", default=12, help_text="年内计划开工，到这个月底未开工亮红灯"
    )
    stale_days = models.PositiveSmallIntegerField("多少天未更新即提示", default=45)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="制定人", related_name="+")
    at = models.DateTimeField("制定时间", default=timezone.now, editable=False)
    reason = models.TextField("理由")

    class Meta:
        verbose_name = verbose_name_plural = "判定规则"
        ordering = ["-version"]
        triggers = [append_only()]
        constraints = [
            models.CheckConstraint(
                condition=Q(rate_firm__gte=0, share_firm__gte=0)
                & Q(rate_wide__gte=F("rate_firm"), share_wide__gte=F("share_firm")),
                name="plans_ruleset_bands_nested",
                violation_error_message="待认定幅度不得小于达标幅度，且都不得为负。",
            ),
            models.CheckConstraint(
                condition=Q(investment_red__lt=F("investment_yellow"), investment_yellow__lte=0),
                name="plans_ruleset_lights_ordered",
                violation_error_message="红灯界限须低于黄灯界限，且都不得高于序时进度。",
            ),
            models.CheckConstraint(
                condition=Q(
                    start_yellow_month__gte=1,
                    start_yellow_month__lt=F("start_red_month"),
                    start_red_month__lte=12,
                ),
                name="plans_ruleset_start_months_ordered",
                violation_error_message="未开工黄灯的月份须早于红灯的月份，都在1至12之间。",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="plans_ruleset_reasoned",
                violation_error_message="须写明制定理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.version}版"
