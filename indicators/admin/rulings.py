"""人工认定 and 原因说明."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from indicators import submitting as steps
from indicators.judging.terms import Verdict
from indicators.models import Cause, CauseDocument, QuarterlyActual, Ruling
from indicators.scoreboard import Basis, Scoreboard, ScoreRow
from wanzhou.kernel.accounts.desks import RefusableForm
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.evidence.desks import EvidenceDesk
from wanzhou.kernel.workflow.admin import PEOPLE, SubmissionDesk

from .understanding import NOT_YET, UNDERSTOOD, target_understood


class RulingForm(RefusableForm):
    """A ruling is given on the figure as judged now: wording and rules are taken from there, not typed."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        actual = cleaned.get("actual")
        if actual is None:
            return cleaned
        row = judged_row(actual)
        if row is None:
            raise ValidationError({"actual": "这条数据尚未报送，或已被更新的数据替换，不能认定。"})
        if row.assessment.verdict is not Verdict.REVIEW or row.in_force.wording is None:
            raise ValidationError({"actual": f"只有待认定的数据才能人工认定。{row.assessment.reason}"})
        self.instance.wording = row.in_force.wording
        self.instance.rule_set = actual.period.plan.rule_set
        return cleaned


def judged_row(actual: QuarterlyActual) -> ScoreRow | None:
    """The row of the board in which this figure is judged; None where another or none is."""
    board = Scoreboard.for_period(actual.period, basis=Basis.SUBMITTED)
    return next((row for row in board.rows if row.actual == actual), None)


@admin.register(Ruling)
class RulingDesk(SubmissionDesk):
    """人工认定: a person's verdict where the rules leave it open."""

    form = RulingForm
    list_display = ("actual", "wording", "understood", "verdict", "reason", "standing", "entered_by")
    list_filter = ("state", "verdict", "actual__target__plan", "actual__target__department")
    search_fields = ("actual__target__name", "wording", "reason")
    search_help_text = "按指标、表述或理由查找"
    joined = (
        *("actual__target__plan__rule_set", "actual__target__indicator", "actual__period__plan", "rule_set"),
        *PEOPLE,
    )
    department_path = "actual__target__department"
    autocomplete_fields = ("actual",)
    computed = ("wording", "rule_set", "understood")
    content = (
        (None, {"fields": ("actual", "wording", "understood", "rule_set")}),
        ("认定", {"fields": ("verdict", "reason")}),
    )

    @admin.display(description=UNDERSTOOD)
    def understood(self, ruling: Ruling) -> str:
        return target_understood(ruling.actual.target, ruling.wording) if ruling.pk else NOT_YET


@admin.register(Cause)
class CauseDesk(EvidenceDesk, SubmissionDesk):
    """原因说明."""

    attachment = CauseDocument
    publishes_with = "原因说明"
    list_display = ("target", "period_label", "text", "standing", "entered_by", "source")
    list_filter = ("state", "target__plan", "period__period", "target__department")
    search_fields = ("target__name", "text", "measures")
    search_help_text = "按指标、原因或措施查找"
    joined = ("target__plan", "period__plan", "source", *PEOPLE)
    department_path = "target__department"
    autocomplete_fields = ("target",)
    content = (
        (None, {"fields": ("target", "period")}),
        ("说明", {"fields": ("text", "measures")}),
        ("内部研判（不公开）", {"fields": ("forecast",)}),
        ("来源", {"fields": ("source", "place")}),
    )

    def submitted(self, entries: QuerySet[Any], by: User) -> list[Any]:
        """Not after their period was closed."""
        return list(steps.submit(entries, by=by))

    @admin.display(description="填报期", ordering="period")
    def period_label(self, cause: Cause) -> str:
        return str(cause.period)
