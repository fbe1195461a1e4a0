"""The desks of plans, their periods and sources, the rules, and what was published."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from wanzhou.kernel.accounts.desks import AppendOnlyDesk, Desk, ReadOnlyDesk, person
from wanzhou.kernel.accounts.models import User

from . import actions as steps
from .actions import PeriodRefused
from .models import Edition, Plan, PlanState, Publication, ReportingPeriod, RuleSet, Source
from .periods import Period

# Once the congress has approved a plan, neither its years nor its approval are taken back here.
SETTLED = ("kind", "first_year", "last_year", "state")
# Before that, it is approved where its rows are checked first: at the desk of drafts.
APPROVED_ELSEWHERE = ("state", "approved_by", "approved_on")


@admin.register(Plan)
class PlanDesk(Desk):
    """年度计划."""

    list_display = ("title", "first_year", "kind", "state", "approved_by", "approved_on", "rule_set")
    list_filter = ("kind", "state")
    search_fields = ("title", "approved_by", "note")
    search_help_text = "按名称、批准机关或备注查找"
    joined = ("rule_set", "source")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return SETTLED if obj is not None and obj.state == PlanState.APPROVED else APPROVED_ELSEWHERE


@admin.register(ReportingPeriod)
class ReportingPeriodDesk(Desk):
    """填报期: opened, closed and declared complete by steps, which record who and when; reopened on their own page."""

    list_display = ("__str__", "origin", "due_on", "opened_at", "closed_at", "complete_at")
    list_filter = ("plan", "period", "origin")
    search_fields = ("plan__title", "note")
    search_help_text = "按计划名称或备注查找"
    joined = ("plan",)
    readonly_fields = (
        *("opened_by", "opened_at", "closed_by", "closed_at"),
        *("reopened_by", "reopened_at", "reopened_reason", "complete_by", "complete_at"),
    )
    actions = ("open_periods", "close_periods", "declare_complete")

    @admin.action(description="开启填报", permissions=["change"])
    def open_periods(self, request: HttpRequest, queryset: QuerySet[ReportingPeriod]) -> None:
        def step(row: ReportingPeriod, by: User) -> ReportingPeriod:
            return steps.open_period(plan=row.plan, period=Period(row.period), due_on=row.due_on, by=by)

        self._each(request, queryset, step, "已开启")

    @admin.action(description="关闭填报", permissions=["change"])
    def close_periods(self, request: HttpRequest, queryset: QuerySet[ReportingPeriod]) -> None:
        self._each(request, queryset, lambda row, by: steps.close_period(row, by=by), "已关闭")

    @admin.action(description="宣布数据完整", permissions=["change"])
    def declare_complete(self, request: HttpRequest, queryset: QuerySet[ReportingPeriod]) -> None:
        self._each(request, queryset, lambda row, by: steps.declare_complete(row, by=by), "已宣布完整")

    def _each(
        self,
        request: HttpRequest,
        periods: QuerySet[ReportingPeriod],
        step: Callable[[ReportingPeriod, User], ReportingPeriod],
        done: str,
    ) -> None:
        """Take the step with each period that can take it, and say of every other why not."""
        for period in periods:
            try:
                self.message_user(request, f"{done}：{step(period, person(request))}。", messages.SUCCESS)
            except PeriodRefused as refusal:
                self.message_user(request, str(refusal), messages.ERROR)


@admin.register(Source)
class SourceDesk(Desk):
    """来源文件."""

    list_display = ("title", "publisher", "published_on", "code")
    list_filter = ("publisher",)
    search_fields = ("title", "publisher", "code", "note")
    search_help_text = "按标题、发布单位或代码查找"


@admin.register(RuleSet)
class RuleSetDesk(AppendOnlyDesk):
    """判定规则: a change is a new version, with its author and reason."""

    list_display = ("version", "rate_firm", "rate_wide", "share_firm", "share_wide", "by", "at", "reason")
    list_filter = ("at",)
    search_fields = ("reason",)
    search_help_text = "按理由查找"
    joined = ("by",)
    readonly_fields = ("version", "by", "at")
    fieldsets = (
        (
            "“左右”怎么算（计划写明依据哪一版，改计划才换版）",
            {"fields": (("rate_firm", "rate_wide"), ("share_firm", "share_wide"))},
        ),
        (
            "项目进度灯（保存之后立即生效，各处都按最新一版；已发布的灯不变）",
            {
                "fields": (
                    ("investment_yellow", "investment_red"),
                    ("start_yellow_month", "start_red_month"),
                    "stale_days",
                )
            },
        ),
        (None, {"fields": ("reason", "version", "by", "at")}),
    )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new version starts from the newest one."""
        newest = RuleSet.objects.order_by("-version").values().first()
        kept = ("version", "by_id", "at", "reason", "id")
        return {name: value for name, value in newest.items() if name not in kept} if newest else {}

    def save_model(self, request: HttpRequest, obj: RuleSet, form: Any, change: bool) -> None:
        obj.by = person(request)
        obj.version = (RuleSet.objects.aggregate(newest=Max("version"))["newest"] or 0) + 1
        super().save_model(request, obj, form, change)


@admin.register(Publication)
class PublicationDesk(ReadOnlyDesk):
    """发布: acts that were done; publishing itself has its own pages."""

    list_display = ("id", "plan", "period_label", "at", "by", "why", "rule_set")
    list_display_links = ("id", "plan")
    list_filter = ("plan", "period__period", "at")
    search_fields = ("why", "note", "plan__title")
    search_help_text = "按缘由、备注或计划名称查找"
    joined = ("plan", "period__plan", "by", "rule_set")

    @admin.display(description="填报期", ordering="period")
    def period_label(self, publication: Publication) -> str:
        return publication.period.get_period_display() if publication.period else "（计划本身）"


@admin.register(Edition)
class EditionDesk(AppendOnlyDesk):
    """大会版本: the fingerprint is taken from the document itself."""

    list_display = ("title", "publication", "issued_on", "public", "sha256", "marked_by", "marked_at")
    list_filter = ("publication__plan", "public", "issued_on")
    search_fields = ("title", "sha256")
    search_help_text = "按名称或文件指纹查找"
    joined = ("publication__plan", "publication__period__plan", "marked_by")
    readonly_fields = ("sha256", "marked_by", "marked_at")

    def save_model(self, request: HttpRequest, obj: Edition, form: Any, change: bool) -> None:
        obj.marked_by, obj.marked_at = person(request), timezone.now()
        if obj.document:
            with obj.document.open("rb") as document:
                obj.sha256 = hashlib.file_digest(document, "sha256").hexdigest()
                document.seek(0)
                super().save_model(request, obj, form, change)
            return
        super().save_model(request, obj, form, change)
