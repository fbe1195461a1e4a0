"""指标."""

from __future__ import annotations

from django.contrib import admin

from indicators.models import Indicator
from wanzhou.kernel.accounts.desks import Desk


@admin.register(Indicator)
class IndicatorDesk(Desk):
    """指标: what stays the same from year to year."""

    list_display = ("name", "code", "accrual", "favourable", "frequency")
    list_filter = ("accrual", "favourable", "frequency")
    search_fields = ("name", "code", "aliases", "definition")
    search_help_text = "按名称、别名或代码查找"
