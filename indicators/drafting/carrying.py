"""Carrying a plan forward: next year's draft from this year's rows, with every wording still to be written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from indicators.models import AnnualTarget
from indicators.models.targets import Tier
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import Plan, PlanKind, PlanState, ReportingPeriod, RuleSet
from wanzhou.kernel.plans.periods import Period

from .refusals import DraftRefused, locked, permit


@dataclass(frozen=True, slots=True)
class Carried:
    """The plan of the next year; `made` is False where it existed already and nothing was changed."""

    plan: Plan
    made: bool


@transaction.atomic
def carry_forward(last: Plan, *, by: User, chosen: Collection[int] | None = None) -> Carried:
    """Make the draft of the next year from the rows of `last` (`chosen`, or all), with its four periods.

    Indicators, order, departments, natures, units and sections go along; wordings, documents and notes do not, for
    nobody has written them yet. Raises DraftRefused.
    """
    permit(by)
    last = locked(last)
    if last.kind != PlanKind.ANNUAL:
        raise DraftRefused("只有年度计划可以转入下一年。")
    year = last.year + 1
    existing = Plan.objects.filter(kind=PlanKind.ANNUAL, first_year=year).first()
    if existing is not None:
        return Carried(existing, made=False)
    if says := unfinished(last):
        raise DraftRefused(says)
    rows = _chosen(last, chosen)
    plan = Plan.objects.create(
        first_year=year,
        last_year=year,
        title=title_of(last),
        rule_set=RuleSet.objects.latest("version"),
        note=f"由《{last}》转入{len(rows)}行，目标表述另行填写。",
    )
    for period in Period:
        ReportingPeriod.objects.create(plan=plan, period=period)
    _copy(rows, plan)
    return Carried(plan, made=True)


def unfinished(last: Plan) -> str:
    """Why a plan cannot be carried forward yet: nobody knows what a draft will ask for; empty where it can."""
    if last.state == PlanState.DRAFT:
        return f"{last.year}年计划还在起草；提请审查或批准之后，才能转入{last.year + 1}年。"
    return ""


def title_of(last: Plan) -> str:
    """The title of the next year's plan: the same words with the year after."""
    before, after = str(last.year), str(last.year + 1)
    return last.title.replace(before, after) if before in last.title else f"{after}年{last.title}"[:200]


def _chosen(last: Plan, chosen: Collection[int] | None) -> list[AnnualTarget]:
    every = list(last.targets.headline())
    rows = [row for row in every if chosen is None or row.pk in chosen]
    if not rows:
        raise DraftRefused("没有选中任何一行，计划不能是空的。")
    keys = {row.pk for row in rows}
    alone = [row.name for row in rows if row.parent_id is not None and row.parent_id not in keys]
    if alone:
        raise DraftRefused(f"其中行要与所属行一起转入：{'、'.join(alone)}。")
    return rows


def _copy(rows: Sequence[AnnualTarget], plan: Plan) -> None:
    """First the rows that stand by themselves, then their sub-rows."""
    copies = dict(zip((row.pk for row in rows), _copies(rows, plan), strict=True))
    AnnualTarget.objects.bulk_create(copies[row.pk] for row in rows if row.parent_id is None)
    for row in rows:
        if row.parent_id is not None:
            copies[row.pk].parent = copies[row.parent_id]
    AnnualTarget.objects.bulk_create(copies[row.pk] for row in rows if row.parent_id is not None)


def _copies(rows: Sequence[AnnualTarget], plan: Plan) -> Iterator[AnnualTarget]:
    """Numbered anew from 1, so that a row left behind leaves no gap."""
    orders = dict.fromkeys(Tier, 0)
    numbers = dict.fromkeys(Tier, 0)
    for row in rows:
        tier = Tier(row.tier)
        orders[tier] += 1
        numbers[tier] += row.ordinal is not None
        yield AnnualTarget(
            plan=plan,
            indicator_id=row.indicator_id,
            tier=tier,
            ordinal=numbers[tier] if row.ordinal is not None else None,
            order=orders[tier],
            name=row.name,
            unit=row.unit,
            nature=row.nature,
            department_id=row.department_id,
            section=row.section,
        )
