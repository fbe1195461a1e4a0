"""What people decide and explain: rulings on rows in review, and causes of missed targets."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from indicators.judging.terms import Verdict
from wanzhou.kernel.accounts.history import tracked
from wanzhou.kernel.plans.models import ReportingPeriod, RuleSet, Source
from wanzhou.kernel.workflow.models import Submission, acts_on
from wanzhou.kernel.workflow.moves import State

from .actuals import QuarterlyActual
from .agreements import closed_to_entries, target_and_period_agree
from .targets import AnnualTarget


@tracked()
class Ruling(Submission):
    """A named person's verdict (人工认定) on exactly this figure, wording and rule version."""

    actual = models.ForeignKey(
        QuarterlyActual, models.PROTECT, verbose_name="季度实绩", related_name="rulings"
    )
    wording = models.CharField("当时的目标表述", max_length=200)
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, verbose_name="判定规则", related_name="+")
    verdict = models.CharField(
        "认定", max_length=20, choices=[(v.value, v.label) for v in (Verdict.MET, Verdict.MISSED)]
    )
    reason = models.TextField("理由")

    class Meta(Submission.Meta):
        verbose_name = verbose_name_plural = "人工认定"
        ordering = ["-id"]
        permissions = acts_on("ruling", "人工认定")
        triggers = [
            *Submission.Meta.triggers,
        ]
        constraints = [
            *Submission.Meta.constraints,
            models.CheckConstraint(
                condition=Q(verdict__in=[Verdict.MET, Verdict.MISSED]),
                name="indicators_ruling_decides",
                violation_error_message="认定只能是达到或超过，或未完成。",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="indicators_ruling_reasoned",
                violation_error_message="认定须写明理由。",
            ),
            models.UniqueConstraint(
                fields=["actual", "wording", "rule_set"],
                condition=~Q(state=State.PUBLISHED),
                name="indicators_ruling_one_unpublished",
                violation_error_message="这条数据已有一条未发布的认定。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actual}认定为{Verdict(self.verdict).label}"


@tracked()
class Cause(Submission):
    """Why a target was missed or is behind (原因说明), and what will be done."""

    target = models.ForeignKey(AnnualTarget, models.PROTECT, verbose_name="年度目标", related_name="causes")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, verbose_name="填报期", related_name="causes")
    text = models.TextField("原因")
    measures = models.TextField("下一步措施", blank=True)
    # Internal for good: no published row has a place for it.
    forecast = models.DecimalField(
        "全年预计",
        max_digits=24,
        decimal_places=6,
        null=True,
        blank=True,
        help_text="按目标的单位填写；只供内部研判，任何时候都不公开。",
    )
    source = models.ForeignKey(Source, models.PROTECT, verbose_name="来源文件", null=True, blank=True)
    place = models.CharField("出处", max_length=100, blank=True)

    class Meta(Submission.Meta):
        verbose_name = verbose_name_plural = "原因说明"
        ordering = ["-id"]
        permissions = acts_on("cause", "原因说明")
        triggers = [
            *Submission.Meta.triggers,
            target_and_period_agree(),
            # A figure that was replaced after the closing, as when the city answers late, may need its cause.
            closed_to_entries(
                but="EXISTS (SELECT 1 FROM indicators_quarterlyactual r WHERE r.target_id = NEW.target_id"
                " AND r.period_id = NEW.period_id AND r.replaces_id IS NOT NULL)"
            ),
        ]
        constraints = [
            *Submission.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(text=""),
                name="indicators_cause_says_why",
                violation_error_message="须写明原因。",
            ),
            models.UniqueConstraint(
                fields=["target", "period"],
                condition=~Q(state=State.PUBLISHED),
                name="indicators_cause_one_unpublished",
                violation_error_message="这一指标这一期已有一条未发布的原因说明。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target}·{self.period.get_period_display()}的原因"
