"""Waiting for the city: a request with its bureau, its dates and every reminder that was sent."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wanzhou.kernel.accounts.history import tracked
from wanzhou.kernel.plans.models import ReportingPeriod

from .agreements import target_and_period_agree
from .targets import AnnualTarget


class CityRequestQuerySet(models.QuerySet["CityRequest"]):
    """Requests in the domain's words."""

    def waiting(self) -> CityRequestQuerySet:
        """Requests that the city has not answered."""
        return self.filter(closed_on__isnull=True)


@tracked()
class CityRequest(models.Model):
    """A figure that only the city can give (催办); what is not known, such as since when, stays empty."""

    target = models.ForeignKey(
        AnnualTarget, models.PROTECT, verbose_name="年度目标", related_name="city_requests"
    )
    period = models.ForeignKey(
        ReportingPeriod, models.PROTECT, verbose_name="填报期", related_name="city_requests"
    )
    bureau = models.CharField("市级部门", max_length=100, blank=True)
    since = models.DateField("自何日等待", null=True, blank=True)
    expected = models.DateField("预计反馈日期", null=True, blank=True)
    closed_on = models.DateField("反馈日期", null=True, blank=True)
    note = models.TextField("备注", blank=True)

    objects = CityRequestQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "市级数据请求"
        ordering = ["-period__plan__last_year", "target__order"]
        triggers = [
            target_and_period_agree(),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "period"],
                name="indicators_cityrequest_once",
                violation_error_message="这一指标这一期已有市级数据请求。",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(closed_on__isnull=True) | Q(closed_on__gte=F("since")),
                name="indicators_cityrequest_closed_after_opened",
                violation_error_message="反馈日期不能早于开始等待的日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target}·待市级反馈"


@tracked()
class Chase(models.Model):
    """One reminder sent to the city."""

    request = models.ForeignKey(
        CityRequest, models.PROTECT, verbose_name="市级数据请求", related_name="chases"
    )
    on = models.DateField("日期")
    channel = models.CharField("方式", max_length=50)
    note = models.TextField("备注", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="经办人", related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "催办记录"
        ordering = ["request", "on", "id"]

    def __str__(self) -> str:
        return f"{self.on} {self.channel}"
