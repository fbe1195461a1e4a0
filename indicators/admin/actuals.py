"""季度实绩."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from indicators import submitting as steps
from indicators.entry.urls import entry_urls
from indicators.judging.sentences import figure
from indicators.models import FigureDocument, QuarterlyActual
from wanzhou.kernel.accounts.desks import person
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.evidence.desks import EvidenceDesk
from wanzhou.kernel.workflow.admin import PEOPLE, SubmissionDesk

from .understanding import NOT_YET, NOTHING, UNDERSTOOD, outcome_understood, target_understood


@admin.register(QuarterlyActual)
class QuarterlyActualDesk(EvidenceDesk, SubmissionDesk):
    """季度实绩: a year-to-date figure or the words that stand for it."""

    attachment = FigureDocument
    change_form_template = "admin/indicators/quarterlyactual/change_form.html"
    list_display = (
        *("name", "period_label", "outcome_state", "amount", "wording", "understood", "standing"),
        *("department", "entered_by"),
    )
    list_filter = ("state", "target__plan", "period__period", "outcome_state", "target__department")
    search_fields = ("target__name", "target__indicator__aliases", "wording", "provider", "note")
    search_help_text = "按指标、表述、提供人或备注查找"
    joined = ("target__plan__rule_set", "target__indicator", "target__department", "period__plan", *PEOPLE)
    department_path = "target__department"
    autocomplete_fields = ("target", "replaces")
    computed = ("asked", "understood")
    content = (
        (None, {"fields": ("target", "period", "asked")}),
        ("完成情况", {"fields": ("outcome_state", ("value", "wording"), "understood", "version")}),
        ("另一口径", {"fields": (("basis_value", "basis_unit"), "basis_note")}),
        ("提供与来源", {"fields": (("provider", "channel"), "provided_at", "source", "place", "note")}),
        ("替换已发布的数据", {"fields": ("replaces", "replaced_because")}),
    )

    def get_urls(self) -> list[Any]:
        """The pages of quarterly entry stand beside the desk's own."""
        return [*entry_urls(self.admin_site), *super().get_urls()]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A replacement of what was published is begun on its own page, by those who may."""
        kept = () if person(request).has_perm(steps.REPLACES) else ("replaces", "replaced_because")
        return (*super().get_readonly_fields(request, obj), *kept)

    def submitted(self, entries: QuerySet[Any], by: User) -> list[Any]:
        """With their causes, and not behind their pace without one; the figures are what is counted."""
        return [entry for entry in steps.submit(entries, by=by) if isinstance(entry, QuarterlyActual)]

    @admin.display(description="指标", ordering="target__order")
    def name(self, actual: QuarterlyActual) -> str:
        return actual.target.name

    @admin.display(description="填报期", ordering="period")
    def period_label(self, actual: QuarterlyActual) -> str:
        return str(actual.period)

    @admin.display(description="数值", ordering="value")
    def amount(self, actual: QuarterlyActual) -> str:
        """0 is a figure, blank is none."""
        return NOTHING if actual.value is None else f"{figure(actual.value)} {actual.target.unit}".strip()

    @admin.display(description=UNDERSTOOD)
    def understood(self, actual: QuarterlyActual) -> str:
        return outcome_understood(actual) if actual.pk else NOT_YET

    @admin.display(description="年度目标表述")
    def asked(self, actual: QuarterlyActual) -> str:
        if not actual.pk:
            return NOT_YET
        target = actual.target
        return f"{target.wording or ''} {UNDERSTOOD}：{target_understood(target, target.wording)}".strip()

    @admin.display(description="责任单位", ordering="target__department")
    def department(self, actual: QuarterlyActual) -> str:
        return str(actual.target.department or NOTHING)
