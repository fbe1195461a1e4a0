"""Writes around plans that touch several rows or need an order: publications, approval, periods."""

from __future__ import annotations

from django.db import connection, transaction

from wanzhou.kernel.accounts.models import User

from .models import Plan, Publication, ReportingPeriod

# One publication at a time: ids then commit in their own order, and the newest id is an honest stamp.
PUBLISHING_LOCK = 0x57414E5A


@transaction.atomic
def open_publication(*, plan: Plan, period: ReportingPeriod | None, by: User, why: str) -> Publication:
    """Begin an act of publication; it holds the publishing lock until its transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHING_LOCK])
    return Publication.objects.create(plan=plan, period=period, by=by, why=why, rule_set_id=plan.rule_set_id)
