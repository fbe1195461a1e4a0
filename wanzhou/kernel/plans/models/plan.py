"""The plan of a year and where it stands."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wanzhou.kernel.accounts.history import tracked
from wanzhou.kernel.plans.constraints import one_of
from wanzhou.kernel.terms import Term

from .rules import RuleSet
from .sources import Source


class PlanKind(Term):
    """Annual plans now; a five-year plan is the same shape over more years."""

    ANNUAL = "annual", "年度计划"
    FIVE_YEAR = "five_year", "五年规划"


class PlanState(Term):
    """How far a plan has come on its way through the congress."""

    DRAFT = "draft", "起草"
    SUBMITTED = "submitted", "提请审查（草案）"
    APPROVED = "approved", "审查批准"


@tracked()
class Plan(models.Model):
    """A plan (年度计划): the year, where it stands, and the rule version that judges it."""

    kind = models.CharField("类别", max_length=20, choices=PlanKind.choices(), default=PlanKind.ANNUAL)
    first_year = models.PositiveSmallIntegerField("起始年")
    last_year = models.PositiveSmallIntegerField("终止年")
    title = models.CharField("名称", max_length=200)
    state = models.CharField("状态", max_length=20, choices=PlanState.choices(), default=PlanState.DRAFT)
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, verbose_name="判定规则", related_name="plans")
    approved_by = models.CharField("批准机关与会议", max_length=200, blank=True)
    approved_on = models.DateField("批准日期", null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, verbose_name="来源文件", null=True, blank=True)
    note = models.TextField("备注", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "年度计划"
        ordering = ["-first_year", "kind"]
        constraints = [
            one_of("kind", PlanKind),
            one_of("state", PlanState),
            models.UniqueConstraint(
                fields=["kind", "first_year", "last_year"],
                name="plans_plan_once",
                violation_error_message="这一年份的计划已经存在。",
            ),
            models.CheckConstraint(
                condition=Q(kind=PlanKind.ANNUAL, last_year=F("first_year"))
                | Q(kind=PlanKind.FIVE_YEAR, last_year=F("first_year") + 4),
                name="plans_plan_years",
                violation_error_message="年度计划的起止年份须相同，五年规划须相差四年。",
            ),
            models.CheckConstraint(
                condition=Q(state=PlanState.APPROVED) | Q(approved_by="", approved_on__isnull=True),
                name="plans_plan_approval",
                violation_error_message="未批准的计划不能有批准机关或批准日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def year(self) -> int:
        """The plan year; a longer plan goes by its last."""
        return self.last_year
