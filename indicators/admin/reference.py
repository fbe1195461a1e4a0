"""参考数据."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from indicators.models import PublishedRow, ReferenceDocument, ReferenceFigure
from wanzhou.kernel.evidence.desks import EvidenceDesk


@admin.register(ReferenceFigure)
class ReferenceFigureDesk(EvidenceDesk):
    """参考数据: the same indicator elsewhere, typed period by period on a page of its own.

    Papers stay once the public was told of them.
    """

    attachment = ReferenceDocument
    written_elsewhere = True
    publishes_with = "这一期的数据"
    list_display = ("indicator", "year", "period", "region", "value", "rank", "of", "wording", "source")
    list_filter = ("year", "period", "region")
    search_fields = ("indicator__name", "indicator__aliases", "region", "wording")
    search_help_text = "按指标、地区或原文查找"
    joined = ("indicator", "source")

    def may_rearrange(self, request: HttpRequest, row: ReferenceFigure) -> bool:
        return self.has_change_permission(request, row)

    def is_told(self, row: ReferenceFigure) -> bool:
        told = PublishedRow.objects.filter(code=row.indicator.code, publication__plan__last_year=row.year)
        return told.exclude(documents=[]).exists()
