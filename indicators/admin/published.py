"""已发布指标, 已发布重点工作目标, 报告所述成绩: what the public was told, to be read and never edited."""

from __future__ import annotations

from django.contrib import admin

from indicators.models import CitedFact, PublishedRow, PublishedWorkTarget
from wanzhou.kernel.accounts.desks import ReadOnlyDesk

from .understanding import NOTHING, UNDERSTOOD, published_understood


@admin.register(PublishedRow)
class PublishedRowDesk(ReadOnlyDesk):
    """已发布指标."""

    list_display = ("order", "name", "wording", "understood", "outcome", "conclusion", "department", "act")
    list_display_links = ("name",)
    list_filter = ("publication__plan", "publication__period__period", "verdict", "pace", "nature")
    search_fields = ("name", "code", "wording", "sentence", "department")
    search_help_text = "按名称、代码、表述、判定说明或责任单位查找"
    joined = ("publication__plan", "publication__period__plan")
    exclude = ("reading", "search_key", "waiting", "base", "references")
    readonly_fields = ("understood",)

    @admin.display(description=UNDERSTOOD)
    def understood(self, row: PublishedRow) -> str:
        return published_understood(row.reading)

    @admin.display(description="完成情况")
    def outcome(self, row: PublishedRow) -> str:
        return row.outcome_wording or row.get_outcome_state_display() or NOTHING

    @admin.display(description="结论")
    def conclusion(self, row: PublishedRow) -> str:
        return row.get_verdict_display() or row.get_pace_display() or NOTHING

    @admin.display(description="发布", ordering="publication")
    def act(self, row: PublishedRow) -> str:
        return str(row.publication)


@admin.register(PublishedWorkTarget)
class PublishedWorkTargetDesk(ReadOnlyDesk):
    """已发布重点工作目标."""

    list_display = ("order", "name", "wording", "understood", "conclusion", "department", "act")
    list_display_links = ("name",)
    list_filter = ("publication__plan", "verdict", "pace")
    search_fields = ("name", "wording", "quoted", "department")
    search_help_text = "按名称、表述、原句或责任单位查找"
    joined = ("publication__plan", "publication__period__plan")
    exclude = ("reading", "search_key")
    readonly_fields = ("understood",)

    @admin.display(description=UNDERSTOOD)
    def understood(self, row: PublishedWorkTarget) -> str:
        return published_understood(row.reading)

    @admin.display(description="结论")
    def conclusion(self, row: PublishedWorkTarget) -> str:
        return row.get_verdict_display() or row.get_pace_display() or NOTHING

    @admin.display(description="发布", ordering="publication")
    def act(self, row: PublishedWorkTarget) -> str:
        return str(row.publication)


@admin.register(CitedFact)
class CitedFactDesk(ReadOnlyDesk):
    """报告所述成绩."""

    list_display = ("order", "name", "wording", "section", "year", "act")
    list_display_links = ("name",)
    list_filter = ("plan",)
    search_fields = ("name", "wording", "sentence", "section")
    search_help_text = "按名称、表述、原句或章节查找"
    joined = ("plan", "publication__plan", "publication__period__plan")
    exclude = ("search_key",)

    @admin.display(description="年份", ordering="plan__last_year")
    def year(self, fact: CitedFact) -> int:
        return fact.plan.year

    @admin.display(description="发布", ordering="publication")
    def act(self, fact: CitedFact) -> str:
        return str(fact.publication or "尚未发布")
