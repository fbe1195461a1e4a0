"""市级数据请求 and 催办记录."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from indicators.models import Chase, CityRequest
from indicators.wordings import UNKNOWN
from wanzhou.kernel.accounts.desks import Desk, person


class AnsweredFilter(admin.SimpleListFilter):
    """Whether the city has answered."""

    title = "反馈情况"
    parameter_name = "answered"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "等待中"), ("yes", "已反馈")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[CityRequest]) -> QuerySet[CityRequest]:
        if self.value() is None:
            return queryset
        return queryset.filter(closed_on__isnull=self.value() == "no")


@admin.register(CityRequest)
class CityRequestDesk(Desk):
    """市级数据请求; asked for, chased and answered in the city log."""

    written_elsewhere = True

    list_display = ("target", "period_label", "bureau_or_unknown", "since", "expected", "closed_on", "chased")
    list_filter = (AnsweredFilter, "target__plan", "target__department")
    search_fields = ("target__name", "bureau", "note")
    search_help_text = "按指标、市级部门或备注查找"
    joined = ("target__plan", "period__plan")
    department_path = "target__department"
    autocomplete_fields = ("target",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request).annotate(chase_count=Count("chases"))
        return rows

    @admin.display(description="填报期", ordering="period")
    def period_label(self, asked: CityRequest) -> str:
        return str(asked.period)

    @admin.display(description="市级部门", ordering="bureau")
    def bureau_or_unknown(self, asked: CityRequest) -> str:
        return asked.bureau or UNKNOWN

    @admin.display(description="催办次数", ordering="chase_count")
    def chased(self, asked: Any) -> int:
        return int(asked.chase_count)


@admin.register(Chase)
class ChaseDesk(Desk):
    """催办记录; written in the city log."""

    written_elsewhere = True

    list_display = ("on", "request", "channel", "by", "note")
    list_filter = ("on", "request__target__plan")
    search_fields = ("request__target__name", "request__bureau", "channel", "note")
    search_help_text = "按指标、市级部门、方式或备注查找"
    joined = ("request__target__plan", "by")
    department_path = "request__target__department"
    readonly_fields = ("by",)

    def save_model(self, request: HttpRequest, obj: Chase, form: Any, change: bool) -> None:
        if not change:
            obj.by = person(request)
        super().save_model(request, obj, form, change)
