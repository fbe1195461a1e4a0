"""已发布指标: what the public was told, to be read and never edited."""

from __future__ import annotations

from django.contrib import admin

from indicators.models import PublishedRow
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
