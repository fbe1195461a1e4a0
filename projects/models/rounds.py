"""Rounds of asking after projects (调度), and what has to be settled between departments."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from wanzhou.kernel.accounts.history import tracked
from wanzhou.kernel.accounts.models import Department
from wanzhou.kernel.plans.constraints import one_of, together
from wanzhou.kernel.plans.models import Plan
from wanzhou.kernel.terms import Term

from .catalogue import person
from .tasks import AnnualTask
from .updates import StatusUpdate


class Rhythm(Term):
    """How often projects are asked after."""

    MONTHLY = "monthly", "月调度"
    QUARTERLY = "quarterly", "季调度"


@tracked()
class Round(models.Model):
    """One round (调度): every lead department of the plan is asked how its projects stood on a day.

    A department has answered for a task with an update handed in between the opening and the closing.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="年度计划", related_name="rounds")
    rhythm = models.CharField("调度方式", max_length=10, choices=Rhythm.choices())
    as_of = models.DateField("截至日期", help_text="进度统计到哪一天。")
    due_on = models.DateField("报送期限")
    note = models.TextField("要求", blank=True)
    opened_by = person("发起人")
    opened_at = models.DateTimeField("发起时间", default=timezone.now, editable=False)
    closed_by = person("结束人", null=True)
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "调度"
        ordering = ["-as_of", "-id"]
        constraints = [
            one_of("rhythm", Rhythm),
            together("closed_by", "closed_at", says="结束人与结束时间须同时填写或同时留空。"),
            models.UniqueConstraint(
                fields=["plan", "as_of"],
                name="projects_round_once",
                violation_error_message="这份计划里截至这一天的调度已经有了。",
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(closed_at__isnull=True),
                name="projects_round_one_open",
                violation_error_message="这份计划还有一次调度没有结束，请先结束它。",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("as_of")),
                name="projects_round_due_after_its_day",
                violation_error_message="报送期限不能早于截至日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan.year}年{Rhythm(self.rhythm).label}（截至{self.as_of:%-m月%-d日}）"

    @property
    def is_open(self) -> bool:
        """Whether departments are asked now."""
        return self.closed_at is None


@tracked()
class Problem(models.Model):
    """Something that has to be settled (需协调事项): who settles it, until when, and how it was settled."""

    task = models.ForeignKey(AnnualTask, models.PROTECT, verbose_name="年度任务", related_name="problems")
    update = models.ForeignKey(
        StatusUpdate,
        models.SET_NULL,
        verbose_name="提出它的更新",
        null=True,
        blank=True,
        related_name="problems",
    )
    text = models.TextField("需协调事项")
    owner = models.ForeignKey(
        Department, models.PROTECT, verbose_name="协调单位", null=True, blank=True, related_name="problems"
    )
    due_on = models.DateField("办结期限", null=True, blank=True)
    raised_by = person("登记人")
    raised_at = models.DateTimeField("登记时间", default=timezone.now, editable=False)
    answer = models.TextField("办理情况", blank=True)
    solved_by = person("办结人", null=True)
    solved_at = models.DateTimeField("办结时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "需协调事项"
        ordering = ["due_on", "id"]
        constraints = [
            together("solved_by", "solved_at", says="办结人与办结时间须同时填写或同时留空。"),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="projects_problem_said",
                violation_error_message="须写明需要协调什么。",
            ),
            models.CheckConstraint(
                condition=Q(solved_at__isnull=True) | ~Q(answer=""),
                name="projects_problem_solved_how",
                violation_error_message="办结须写明办理情况。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}：{self.text[:30]}"
