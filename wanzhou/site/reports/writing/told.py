"""The facts of a document as the public was told them: from publications and nothing else."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from django.conf import settings

from indicators.judging.terms import Accrual, Favourable, OutcomeState, Pace, Verdict
from indicators.listing import listed_rows
from indicators.models import Nature, PublishedRow
from indicators.scoreboard import demands_explanations, tolerances_of
from indicators.wordings import approving_body
from projects.listing import listed_tasks
from projects.models import PublishedTask
from wanzhou.kernel.plans.models import Origin, Plan, ReportingPeriod, RuleSet
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.plans.shown import NotPublished, PublishedPlan
from wanzhou.site.reports.gaps import gap_words

from .cells import figure_cell, outcome_cell
from .checking import problems_of_goals, problems_of_outcomes
from .facts import Names, OtherBasis, Row, Task, Year

Moment = datetime.datetime | None
Rules = dict[int, RuleSet]
# The rows of a plan itself and of its full year, by the plan's id and whether they tell of a period.
Told = dict[tuple[int, bool], list[PublishedRow]]


def district_names() -> Names:
    """The district as its documents call it."""
    district = settings.DISTRICT
    return Names(f"{district.city}{district.name}", district.commission, f"全{district.name[-1:]}")


def year_told(plans: tuple[PublishedPlan, ...], year: int, moment: Moment) -> Year:
    """A finished year; raises NotPublished where its full year was never told."""
    published = next((each for each in plans if each.plan.year == year), None)
    if published is None:
        raise NotPublished(f"没有已发布的{year}年年度计划")
    for period in published.periods:
        if period.period == Period.FULL_YEAR:
            return _told(published.plan, period, moment)
    raise NotPublished(f"{year}年全年的完成情况还没有发布，报告要等到那时才能生成")


def plan_told(plans: tuple[PublishedPlan, ...], year: int, moment: Moment) -> Year | None:
    """What the year's plan asks for; None where it was not told by itself."""
    published = next((each for each in plans if each.plan.year == year), None)
    if published is None:
        return None
    told = _told(published.plan, None, moment)
    return told if told.rows else None


def period_told(period: ReportingPeriod, moment: datetime.datetime) -> Year:
    """A plan at any period, as the public could read it at the moment; raises NotPublished where it never could."""
    told = _told(period.plan, period, moment)
    if not told.rows:
        raise NotPublished(f"{period}还没有发布")
    return replace(told, explained=demands_explanations(period), asked=period.origin == Origin.REPORTED)


def refused_years(plans: tuple[PublishedPlan, ...], moment: datetime.datetime) -> frozenset[int]:
    """The finished years whose report cannot be written from what was published; one query."""
    finished = [each.plan for each in plans if _is_finished(each)]
    if not finished:
        return frozenset()
    told: Told = defaultdict(list)
    for row in PublishedRow.objects.of_reports([each.plan for each in plans], as_of=moment):
        told[row.publication.plan_id, row.publication.period_id is not None].append(row)
    by_year = {each.plan.year: each.plan for each in plans}
    return frozenset(plan.year for plan in finished if _problems(plan, by_year.get(plan.year + 1), told))


def _problems(plan: Plan, following: Plan | None, told: Told) -> tuple[str, ...]:
    of_year = problems_of_outcomes(_of_rows(plan, told[plan.pk, True]))
    if following is None:
        return of_year
    return (*of_year, *problems_of_goals(_of_rows(following, told[following.pk, False])))


def _is_finished(plan: PublishedPlan) -> bool:
    return any(period.period == Period.FULL_YEAR for period in plan.periods)


def _of_rows(plan: Plan, rows: list[PublishedRow]) -> Year:
    """A year of which only the rows are asked."""
    rules = {row.publication.rule_set_id: row.publication.rule_set for row in rows}
    told = tuple(row_told(row, rules) for row in sorted(rows, key=lambda row: row.order))
    return Year(plan.year, plan.title, plan.approved_by, None, told, (), None)


def _told(plan: Plan, period: ReportingPeriod | None, moment: Moment) -> Year:
    """A plan at a period; at most four queries, and one for the rules."""
    rows = listed_rows(plan, period, as_of=moment)
    tasks = listed_tasks(plan, as_of=moment)
    acts = [row.publication for row in rows] + [task.publication for task in tasks]
    rules = RuleSet.objects.in_bulk({row.publication.rule_set_id for row in rows})
    return Year(
        year=plan.year,
        title=plan.title,
        approved_by=plan.approved_by,
        period=Period(period.period) if period else None,
        rows=tuple(row_told(row, rules) for row in rows),
        tasks=tuple(task_told(task) for task in tasks),
        moment=max((act.at for act in acts), default=None),
        sources=tuple(dict.fromkeys(row.source_title for row in rows if row.source_title)),
    )


def row_told(row: PublishedRow, rules: Rules) -> Row:
    """A row as a publication tells it."""
    value = (row.base or {}).get("value")
    return Row(
        ordinal=row.ordinal,
        code=row.code,
        name=row.name,
        unit=row.unit,
        binding=row.nature == Nature.BINDING,
        wording=row.wording,
        outcome=outcome_cell(row.outcome_wording, row.outcome_value, row.outcome_state, row.unit),
        figure=figure_cell(row.outcome_wording, row.outcome_value, row.outcome_state, row.unit),
        state=OutcomeState(row.outcome_state) if row.outcome_state else None,
        verdict=Verdict(row.verdict) if row.verdict else None,
        pace=Pace(row.pace) if row.pace else None,
        accrual=Accrual(row.accrual),
        favourable=Favourable(row.favourable),
        tolerances=tolerances_of(rules[row.publication.rule_set_id]),
        baseline=Decimal(value) if value else None,
        difference=gap_words(row),
        sentence=row.sentence,
        ruled=row.ruling_id is not None,
        basis=_basis(row),
        adjusted_by=approving_body(row.adjustment),
        department=row.department,
        bureau=(row.waiting or {}).get("bureau") or "",
        cause=row.cause,
        measures=row.measures,
    )


def _basis(row: PublishedRow) -> OtherBasis | None:
    if row.basis_value is None:
        return None
    return OtherBasis(row.basis_note, row.basis_value, row.basis_unit)


def task_told(task: PublishedTask) -> Task:
    """A task as a publication tells it."""
    return Task(
        box=task.box,
        box_title=task.box_title,
        section=task.section,
        name=task.name,
        wording=task.wording,
        planned=task.planned_stage,
        reached=task.reached_stage,
        quantity=task.quantity,
    )
