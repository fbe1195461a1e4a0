"""人工认定 and 原因说明."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from indicators import submitting as steps
from indicators.decisions import open_to_ruling
from indicators.models import Cause, CauseDocument, Ruling, RulingDocument
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.evidence.desks import EvidenceDesk
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.kernel.workflow.admin import PEOPLE, SeenForm, SubmissionDesk

from .understanding import NOT_YET, UNDERSTOOD, target_understood


class RulingForm(SeenForm):
    """A ruling is given on the figure as judged now: wording and rules are taken from there, not typed."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        actual = cleaned.get("actual")
        if actual is None:
            return cleaned
        try:
            row = open_to_ruling(actual)
        except MoveRefused as refusal:
            raise ValidationError({"actual": str(refusal)}) from refusal
        self.instance.wording = row.in_force.wording
        self.instance.rule_set = actual.period.plan.rule_set
        return cleaned


@admin.register(Ruling)
class RulingDesk(EvidenceDesk, SubmissionDesk):
    """人工认定: a person's verdict where the rules leave it open."""

    form = RulingForm
    attachment = RulingDocument
    publishes_with = "认定"
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
