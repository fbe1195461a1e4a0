"""参考数据."""

from __future__ import annotations

from django.contrib import admin

from indicators.models import ReferenceFigure
from wanzhou.kernel.accounts.desks import Desk


@admin.register(ReferenceFigure)
class ReferenceFigureDesk(Desk):
    """参考数据: the same indicator elsewhere."""

    list_display = ("indicator", "year", "period", "region", "value", "rank", "of", "wording", "source")
    list_filter = ("year", "period", "region")
    search_fields = ("indicator__name", "indicator__aliases", "region", "wording")
    search_help_text = "按指标、地区或原文查找"
    joined = ("indicator", "source")
