"""The published rows of a list, read with prepared queries, for pages and twins that must be quick."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet

from indicators.models import PublishedRow
from wanzhou.kernel.plans.models import Plan, Publication, ReportingPeriod
from wanzhou.kernel.prepared import Prepared

Moment = datetime.datetime | None


def listed_rows(plan: Plan, period: ReportingPeriod | None, *, as_of: Moment = None) -> list[PublishedRow]:
    """The same rows as `PublishedRow.objects.current`, with their publications; two queries."""
    asked = {"plan": plan.pk, "period": period.pk if period else None}
    rows = _ROWS.rows(**asked, as_of=as_of)
    acts = {act.pk: act for act in _ACTS.rows(**asked)}
    for row in rows:
        row.publication = acts[row.publication_id]
    return rows


def _rows(plan: int, period: int | None, as_of: Moment) -> QuerySet[PublishedRow]:
    reported = ReportingPeriod(pk=period) if period else None
    return PublishedRow.objects.current(Plan(pk=plan), reported, as_of=as_of).select_related(None)


def _acts(plan: int, period: int | None) -> QuerySet[Publication]:
    return Publication.objects.filter(plan=plan, period=period).order_by()


_ROWS = Prepared(PublishedRow, _rows)
_ACTS = Prepared(Publication, _acts)
