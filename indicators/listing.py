"""The published rows of a list, for pages and twins that must be quick."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet

from indicators.models import PublishedRow
from wanzhou.kernel.plans.models import Plan, ReportingPeriod
from wanzhou.kernel.remembered import Remembered

Moment = datetime.datetime | None


def listed_rows(plan: Plan, period: ReportingPeriod | None, *, as_of: Moment = None) -> list[PublishedRow]:
    """The same rows as `PublishedRow.objects.current`, with their publications; nobody may change them."""
    return _ROWS.listed(plan=plan.pk, period=period.pk if period else None, as_of=as_of)


def _current(plan: int, period: int | None, as_of: Moment) -> QuerySet[PublishedRow]:
    reported = ReportingPeriod(pk=period) if period else None
    return PublishedRow.objects.current(Plan(pk=plan), reported, as_of=as_of)


_ROWS = Remembered(lambda: PublishedRow.objects.select_related("publication"), _current)
