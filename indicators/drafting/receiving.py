"""A draft plan from rows that were read elsewhere: all of it new, or nothing; never into a plan that exists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from indicators.models import AnnualTarget, Indicator
from indicators.models.targets import Nature, Tier
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import Plan, PlanKind, ReportingPeriod, RuleSet
from wanzhou.kernel.plans.periods import Period

from .carrying import title_of
from .refusals import DraftRefused, permit


@dataclass(frozen=True, slots=True)
class Received:
    """A row of the new plan; a sub-row belongs to the numbered row before it."""

    indicator: Indicator
    name: str
    unit: str
    wording: str
    nature: Nature = Nature.ANTICIPATORY
    tier: Tier = Tier.HEADLINE
    sub: bool = False
    section: str = ""
    quoted: str = ""
    place: str = ""


@transaction.atomic
def receive_plan(year: int, rows: Sequence[Received], *, by: User, note: str) -> Plan:
    """Make the draft of the year with its four periods, numbered anew from 1. Raises DraftRefused.

    Who is responsible is taken from the newest plan that has the indicator.
    """
    permit(by)
    if Plan.objects.filter(kind=PlanKind.ANNUAL, first_year=year).exists():
        raise DraftRefused(f"{year}年的计划已经存在，没有作任何改动；可以比较，不能并入。")
    if not any(row.tier is Tier.HEADLINE for row in rows):
        raise DraftRefused("没有接受任何一行指标，计划不能是空的。")
    twice = _twice(rows)
    if twice:
        raise DraftRefused(f"几行对上了同一个指标：{'、'.join(twice)}。")
    last = Plan.objects.filter(kind=PlanKind.ANNUAL, first_year__lt=year).order_by("-first_year").first()
    plan = Plan.objects.create(
        first_year=year,
        last_year=year,
        title=title_of(last) if last and last.year == year - 1 else f"{year}年国民经济和社会发展计划",
        rule_set=RuleSet.objects.latest("version"),
        note=note,
    )
    for period in Period:
        ReportingPeriod.objects.create(plan=plan, period=period)
    _insert(plan, rows)
    return plan


def _twice(rows: Sequence[Received]) -> list[str]:
    seen: set[tuple[int, Tier]] = set()
    twice = []
    for row in rows:
        key = (row.indicator.pk, row.tier)
        if key in seen:
            twice.append(row.name)
        seen.add(key)
    return twice


def _insert(plan: Plan, rows: Sequence[Received]) -> None:
    departments = _departments(rows)
    orders = dict.fromkeys(Tier, 0)
    number = 0
    above: AnnualTarget | None = None
    for row in rows:
        headline = row.tier is Tier.HEADLINE
        if row.sub and above is None:
            raise DraftRefused(f"“{row.name}”是其中行，前面却没有有序号的一行。")
        orders[row.tier] += 1
        number += headline and not row.sub
        made = AnnualTarget.objects.create(
            plan=plan,
            indicator=row.indicator,
            tier=row.tier,
            parent=above if row.sub else None,
            ordinal=number if headline and not row.sub else None,
            order=orders[row.tier],
            name=row.name,
            unit=row.unit,
            nature=row.nature,
            wording=row.wording or None,
            department_id=departments.get(row.indicator.pk),
            section=row.section,
            quoted=row.quoted,
            place=row.place,
            in_grid=headline,
        )
        if headline and not row.sub:
            above = made


def _departments(rows: Sequence[Received]) -> dict[int, int | None]:
    """Who is responsible for each indicator in the newest plan that has it."""
    known = AnnualTarget.objects.filter(indicator__in=[row.indicator.pk for row in rows])
    newest = known.order_by("plan__last_year", "-tier").values_list("indicator", "department")
    return dict(newest)
