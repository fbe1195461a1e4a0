"""Writes around plans that touch several rows or need an order: publications, approval, periods."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from wanzhou.kernel.accounts.models import User

from .models import Origin, Plan, Publication, ReportingPeriod
from .periods import Period

# One publication at a time: ids then commit in their own order, and the newest id is an honest stamp.
PUBLISHING_LOCK = 0x57414E5A
CHANGES_PERIODS = "plans.change_reportingperiod"


class PeriodRefused(Exception):
    """A period cannot take this step, or takes no entries; the message says in Chinese which and why."""


@dataclass(frozen=True, slots=True)
class SecrecyCheck:
    """Who made sure that nothing secret or not for disclosure is in what will be published, and when."""

    by: User
    at: datetime.datetime


@transaction.atomic
def open_publication(
    *,
    plan: Plan,
    period: ReportingPeriod | None,
    by: User,
    why: str,
    secrecy: SecrecyCheck | None = None,
    not_before: datetime.datetime | None = None,
    note: str = "",
) -> Publication:
    """Begin an act of publication; it holds the publishing lock until its transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHING_LOCK])
    return Publication.objects.create(
        plan=plan,
        period=period,
        by=by,
        why=why,
        rule_set_id=plan.rule_set_id,
        secrecy_by=secrecy.by if secrecy else None,
        secrecy_at=secrecy.at if secrecy else None,
        not_before=not_before,
        note=note,
    )


def require_open(period: ReportingPeriod) -> None:
    """Raise PeriodRefused when the period takes no entries any more; whoever enters or submits asks first."""
    if period.closed_at is not None:
        on = timezone.localtime(period.closed_at)
        raise PeriodRefused(
            f"{period}已于{on:%Y-%m-%d %H:%M}关闭，不能再录入、修改或报送；需要时请发改发布重新开启并写明理由。"
        )


@transaction.atomic
def open_period(*, plan: Plan, period: Period, due_on: datetime.date | None, by: User) -> ReportingPeriod:
    """Ask the departments for this period's figures, until the due date."""
    _permit(by)
    row, _ = ReportingPeriod.objects.get_or_create(plan=plan, period=period)
    row = _locked(row)
    if row.origin != Origin.REPORTED:
        raise PeriodRefused(f"{row}由公开资料收录，不向部门收数，不能开启填报。")
    if row.opened_at is not None:
        raise PeriodRefused(f"{row}已经开启过；关闭后可以写明理由重新开启。")
    if row.complete_at is not None:
        raise PeriodRefused(f"{row}已经宣布完整，不再收数；要改已发布的数据，请用替换。")
    row.opened_by, row.opened_at, row.due_on = by, timezone.now(), due_on
    return _kept(row)


@transaction.atomic
def set_due(period: ReportingPeriod, *, due_on: datetime.date | None, by: User) -> ReportingPeriod:
    """Another due date for a period that takes entries."""
    _permit(by)
    row = _locked(period)
    if not row.is_open:
        raise PeriodRefused(f"{row}没有在填报，不能改截止日期。")
    row.due_on = due_on
    return _kept(row)


@transaction.atomic
def close_period(period: ReportingPeriod, *, by: User) -> ReportingPeriod:
    """Take no more entries; what was submitted is still checked and published."""
    _permit(by)
    row = _locked(period)
    if row.opened_at is None:
        raise PeriodRefused(f"{row}还没有开启，不能关闭。")
    if row.is_closed:
        raise PeriodRefused(f"{row}已经由{row.closed_by}关闭。")
    row.closed_by, row.closed_at = by, timezone.now()
    return _kept(row)


@transaction.atomic
def reopen_period(period: ReportingPeriod, *, reason: str, by: User) -> ReportingPeriod:
    """Take entries again, for a reason; who, when and why are kept, earlier ones in the record of changes."""
    _permit(by)
    row = _locked(period)
    if not row.is_closed:
        raise PeriodRefused(f"{row}没有关闭，不需要重新开启。")
    if not reason.strip():
        raise PeriodRefused(f"重新开启{row}须写明理由。")
    row.closed_by = row.closed_at = None
    row.reopened_by, row.reopened_at, row.reopened_reason = by, timezone.now(), reason.strip()
    return _kept(row)


@transaction.atomic
def declare_complete(period: ReportingPeriod, *, by: User) -> ReportingPeriod:
    """Say that the period's published figures are all there: the front page may open it from now on."""
    _permit(by)
    row = _locked(period)
    if row.complete_at is not None:
        raise PeriodRefused(f"{row}已经由{row.complete_by}宣布完整。")
    if not row.publications.exists():
        raise PeriodRefused(f"{row}还没有发布过，不能宣布完整。")
    row.complete_by, row.complete_at = by, timezone.now()
    return _kept(row)


def _permit(by: User) -> None:
    if not by.has_perm(CHANGES_PERIODS):
        raise PeriodRefused(f"{by}没有管理填报期的权限。")


def _locked(period: ReportingPeriod) -> ReportingPeriod:
    """The row as the database has it now; two people's steps wait for each other here."""
    return ReportingPeriod.objects.select_for_update(of=("self",)).select_related("plan").get(pk=period.pk)


def _kept(row: ReportingPeriod) -> ReportingPeriod:
    row.save()
    return row
