"""年度目标 and 目标调整, each wording beside what the system understands it as."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from indicators.decisions import Adjusted, unfit
from indicators.models import AdjustmentDocument, AnnualTarget, PublishedRow, TargetAdjustment
from indicators.models.targets import Tier
from wanzhou.kernel.accounts.desks import Desk, RefusableForm, person
from wanzhou.kernel.evidence.desks import EvidenceDesk
from wanzhou.kernel.plans.models import PlanState

from .understanding import NOT_YET, UNDERSTOOD, target_understood


@admin.register(AnnualTarget)
class AnnualTargetDesk(Desk):
    """年度目标. Once its plan is approved, a wording changes only through a 目标调整."""

    list_display = ("position", "name", "unit", "nature", "wording", "understood", "department", "year")
    list_display_links = ("name",)
    list_filter = ("plan", "tier", "nature", "series_break", "department")
    search_fields = ("name", "indicator__name", "indicator__aliases", "indicator__code", "wording")
    search_help_text = "按名称、别名、代码或目标表述查找"
    joined = ("plan__rule_set", "indicator", "department")
    department_path = "department"
    autocomplete_fields = ("parent",)
    readonly_fields = ("understood",)
    fieldsets = (
        (None, {"fields": ("plan", "indicator", "tier", ("ordinal", "order"), "parent", "name")}),
        ("目标", {"fields": ("nature", "unit", "wording", "understood", "series_break")}),
        ("归口与来源", {"fields": ("department", "section", "source", "place", "note")}),
    )

    @admin.display(description="年份", ordering="plan__last_year")
    def year(self, target: AnnualTarget) -> int:
        return target.plan.year

    @admin.display(description="序号", ordering="order")
    def position(self, target: AnnualTarget) -> str:
        if target.tier == Tier.WORK:
            return "重点工作"
        return str(target.ordinal) if target.ordinal is not None else "其中"

    @admin.display(description=UNDERSTOOD)
    def understood(self, target: AnnualTarget) -> str:
        return target_understood(target, target.wording) if target.pk else NOT_YET

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A work target also has its sentence, and a tick for the quarterly grid; headline rows are all in it."""
        own = (("重点工作目标", {"fields": ("quoted", "in_grid")}),) if obj and obj.tier == Tier.WORK else ()
        return (*self.fieldsets, *own)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        approved = obj is not None and obj.plan.state == PlanState.APPROVED
        return (*self.readonly_fields, *(("plan", "indicator", "tier", "wording") if approved else ()))


class AdjustmentForm(RefusableForm):
    """A new adjustment has its day and its document, as on the workbench; what was loaded may lack them (报告未载)."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name in {"approved_on", "document"} & self.fields.keys():
            self.fields[name].required = self.instance.pk is None

    def clean(self) -> dict[str, Any] | None:
        said = super().clean() or {}
        if self.instance.pk is None and {"target", "wording", "approved_by", "approved_on"} <= said.keys():
            meant = Adjusted(said["wording"], said["approved_by"], "", said["approved_on"], "")
            for problem in unfit(said["target"], meant):
                self.add_error(None, problem)
        return said


@admin.register(TargetAdjustment)
class TargetAdjustmentDesk(EvidenceDesk):
    """目标调整; its papers may be added by whoever may adjust, and stay once the public was told of them."""

    form = AdjustmentForm
    attachment = AdjustmentDocument
    publishes_with = "调整后的目标"
    list_display = ("target", "wording", "understood", "approved_by", "approved_on", "entered_by")
    list_filter = ("target__plan", "approved_on")
    search_fields = ("target__name", "wording", "approved_by", "document")
    search_help_text = "按指标、表述、批准机关或文件查找"
    joined = ("target__plan__rule_set", "target__indicator", "entered_by")
    department_path = "target__department"
    autocomplete_fields = ("target",)
    readonly_fields = ("understood", "entered_by", "entered_at")
    fieldsets = (
        (None, {"fields": ("target", "wording", "understood")}),
        ("批准", {"fields": ("approved_by", "approved_on", "document")}),
        ("来源与录入", {"fields": ("source", "place", "note", ("entered_by", "entered_at"))}),
    )

    def may_rearrange(self, request: HttpRequest, row: TargetAdjustment) -> bool:
        return self.has_add_permission(request)

    def is_told(self, row: TargetAdjustment) -> bool:
        return PublishedRow.objects.filter(target=row.target_id).exclude(documents=[]).exists()

    @admin.display(description=UNDERSTOOD)
    def understood(self, adjustment: TargetAdjustment) -> str:
        return target_understood(adjustment.target, adjustment.wording) if adjustment.pk else NOT_YET

    def save_model(self, request: HttpRequest, obj: TargetAdjustment, form: Any, change: bool) -> None:
        if not change:
            obj.entered_by = person(request)
        super().save_model(request, obj, form, change)
