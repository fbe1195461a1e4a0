"""Which documents there are, and how one is asked for and made."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone

from indicators.scoreboard import Basis
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import Brief, Plan, PlanKind, ReportingPeriod
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.plans.shown import NotPublished, published_plans
from wanzhou.kernel.terms import Term

from .annual import DRAFT, annual_report
from .brief import brief
from .documents import Document, DocumentRefused
from .facts import Year
from .midyear import midyear_report
from .scored import plan_scored, year_scored
from .standings import Before, Standing, standings_of
from .told import district_names, period_told, plan_told, year_told


class Sort(Term):
    """The documents that can be written."""

    ANNUAL = "annual", "年度报告"
    MIDYEAR = "midyear", "年中报告"
    BRIEF = "brief", "一页纸"


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: which document of which year and period (empty: the newest that fits), on which basis.

    A `draft` is watermarked and made in spite of what is still open.
    """

    sort: Sort
    year: int
    period: str = ""
    basis: Basis = Basis.PUBLISHED
    draft: bool = False

    @property
    def internal(self) -> bool:
        """Whether it tells what the public does not know."""
        return self.basis is not Basis.PUBLISHED


@dataclass(frozen=True, slots=True)
class Made:
    """A document, the period it is of (none for the annual report), and the facts that it tells."""

    document: Document
    period: ReportingPeriod | None
    year: Year


def make(order: Order, moment: datetime.datetime | None = None) -> Made:
    """Make what was ordered, as of now; raises DocumentRefused, also where there is no such year or period."""
    now = moment or timezone.now()
    if order.sort is Sort.ANNUAL:
        return _annual(order, now)
    period = _period(order)
    year = _year(period, order.basis, now)
    stamp, before = stamp_of(order, now), before_of(period, order.basis)
    if order.sort is Sort.BRIEF:
        document = brief(year, district_names(), before=before, stamp=stamp)
    else:
        draft = DRAFT if order.draft else ""
        document = midyear_report(year, district_names(), draft=draft, stamp=stamp, before=before)
    return Made(document, period, year)


def stamp_of(order: Order, moment: datetime.datetime) -> str:
    """What an internal document bears: who may read it and up to when it knows."""
    if not order.internal:
        return ""
    return f"内部 · 截至{timezone.localtime(moment):%Y-%m-%d %H:%M} · 依据：{order.basis.label}的数据"


def keep(made: Made, basis: Basis, by: User) -> Brief:
    """Remember a brief that is handed out, so that the next one says what changed since."""
    assert made.period is not None
    told = {
        code: {"name": one.name, "figure": one.figure, "state": one.state}
        for code, one in standings_of(made.year).items()
    }
    return Brief.objects.create(period=made.period, basis=basis, by=by, standings=told)


def before_of(period: ReportingPeriod, basis: Basis) -> Before | None:
    """The brief that was made last of this period on this basis."""
    last = Brief.objects.filter(period=period, basis=basis).first()
    if last is None:
        return None
    return Before(
        timezone.localtime(last.at), {code: Standing(**told) for code, told in last.standings.items()}
    )


def _year(period: ReportingPeriod, basis: Basis, now: datetime.datetime) -> Year:
    """A period on a basis. What is published means what the public can read, not what still waits for its moment."""
    if basis is not Basis.PUBLISHED:
        return year_scored(period, basis, now, timezone.localdate(now))
    try:
        return period_told(period, now)
    except NotPublished as reason:
        raise DocumentRefused((f"{reason}；可以改按已审核或已报送的数据写内部文稿。",)) from reason


def _annual(order: Order, now: datetime.datetime) -> Made:
    if order.period not in ("", Period.FULL_YEAR):
        raise DocumentRefused(("年度报告只写全年；年中各期请选年中报告或一页纸。",))
    if order.internal and not order.draft:
        raise DocumentRefused(("按未发布的数据只能写征求意见稿；请选择征求意见稿，或改按已发布的数据。",))
    year, following = _scored_years(order, now) if order.internal else _told_years(order, now)
    document = annual_report(year, following, district_names(), draft=order.draft, stamp=stamp_of(order, now))
    return Made(document, None, year)


def _told_years(order: Order, now: datetime.datetime) -> tuple[Year, Year | None]:
    plans = published_plans(now)
    try:
        return year_told(plans, order.year, now), plan_told(plans, order.year + 1, now)
    except NotPublished as reason:
        raise DocumentRefused((f"{reason}。",)) from reason


def _scored_years(order: Order, now: datetime.datetime) -> tuple[Year, Year | None]:
    period = _period(Order(order.sort, order.year, Period.FULL_YEAR, order.basis))
    following = Plan.objects.filter(kind=PlanKind.ANNUAL, last_year=order.year + 1).first()
    return (
        year_scored(period, order.basis, now, timezone.localdate(now)),
        plan_scored(following, order.basis, now) if following else None,
    )


def _period(order: Order) -> ReportingPeriod:
    """The period asked for, or else the newest of the year that fits the document; raises DocumentRefused."""
    periods = ReportingPeriod.objects.filter(plan__kind=PlanKind.ANNUAL, plan__last_year=order.year)
    found = sorted(
        periods.select_related("plan__rule_set"), key=lambda one: Period(one.period).position, reverse=True
    )
    fitting = [one for one in found if _fits(order, one)]
    if order.period:
        fitting = [one for one in fitting if one.period == order.period]
    if not fitting:
        raise DocumentRefused((_no_period(order, found),))
    return fitting[0]


def _fits(order: Order, period: ReportingPeriod) -> bool:
    return order.sort is not Sort.MIDYEAR or period.period != Period.FULL_YEAR


def _no_period(order: Order, found: list[ReportingPeriod]) -> str:
    known = "、".join(Period(one.period).label for one in reversed(found))
    if not found:
        return f"{order.year}年没有填报期，写不了{order.sort.label}。"
    named = f"“{order.period[:30]}”这一期" if order.period else "合适的填报期"
    return f"{order.year}年没有{named}，写不了{order.sort.label}；这一年有：{known}。"
