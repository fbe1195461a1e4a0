"""The plan of a year and where it stands."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

import pgtrigger
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


# By these a plan is found, and what was published under it goes by them.
_SETTLED = ("kind", "first_year", "last_year")


def _unsettled() -> pgtrigger.Q:
    """The approval is taken back, or another year's plan is made of it."""
    changes = (pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")}) for name in _SETTLED)
    return reduce(or_, changes, ~pgtrigger.Q(new__state=PlanState.APPROVED))


def _refused(name: str, operation: Any, condition: Any, says: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        operation=operation,
        when=pgtrigger.Before,
        condition=condition,
        func=f"RAISE EXCEPTION '{says}' USING ERRCODE = 'check_violation';",
    )


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
        triggers = [
            _refused(
                "born_unapproved",
                pgtrigger.Insert,
                pgtrigger.Q(new__state=PlanState.APPROVED),
                "计划须先起草、列出各行，再记录审查批准",
            ),
            _refused(
                "approval_stays",
                pgtrigger.Update,
                pgtrigger.Q(old__state=PlanState.APPROVED) & _unsettled(),
                "计划已经审查批准，不能退回起草或提请审查，类别和年份也不再改变",
            ),
            _refused(
                "approved_plan_stays",
                pgtrigger.Delete,
                pgtrigger.Q(old__state=PlanState.APPROVED),
                "计划已经审查批准，不能删除",
            ),
        ]
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
