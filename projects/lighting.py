"""The lights of stored tasks: by the rules in force, one by one, and as one SQL expression for lists of thousands."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DecimalField,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    Q,
    Value,
    When,
)
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from wanzhou.kernel.plans.models import RuleSet

from .lights import MONTHS, NOTHING_AWAITED, Light, Signal, Situation, Thresholds, signal_of
from .models import AnnualTask, StatusUpdate
from .stages import ON_TRACK, Stage

UPDATE = "newest__update__"
_AMOUNT = DecimalField(max_digits=40, decimal_places=10)


def rules_in_force() -> RuleSet:
    """The newest rules.

    Lights are warnings of the day: unlike the tolerances, which a plan names, they follow the newest rules at once.
    """
    (newest,) = RuleSet.objects.order_by("-version")[
        :1
    ]  # a preview publishes twice in one request, and asks twice
    return newest


def rules_at(moment: datetime.datetime) -> RuleSet | None:
    """The rules that were the newest at a moment; None before the first."""
    return RuleSet.objects.filter(at__lte=moment).order_by("-version").first()


def thresholds_of(rules: RuleSet) -> Thresholds:
    """What a version of the rules says of lights."""
    return Thresholds(
        yellow=rules.investment_yellow,
        red=rules.investment_red,
        start_yellow=rules.start_yellow_month,
        start_red=rules.start_red_month,
        stale_days=rules.stale_days,
    )


def situation_of(task: AnnualTask, update: StatusUpdate | None, year: int) -> Situation:
    """What is known of a task of the year's plan by this update."""
    return Situation(
        year=year,
        planned=Stage(task.planned_stage) if task.planned_stage else None,
        reached=Stage(update.reached_stage) if update else None,
        as_of=update.as_of if update else None,
        investment=task.planned_investment,
        invested=update.invested_this_year if update else None,
        quarters=quarters_of(task),
    )


def quarters_of(task: AnnualTask) -> tuple[Decimal, Decimal, Decimal] | None:
    """The planned investment, cumulative to the end of the first three quarters; None spreads it evenly."""
    first, half, three = task.planned_first_quarter, task.planned_first_half, task.planned_three_quarters
    return None if first is None or half is None or three is None else (first, half, three)


def signal_of_task(task: AnnualTask, update: StatusUpdate | None, year: int, by: Thresholds) -> Signal:
    """The light of a task by this update, with its sentences."""
    return signal_of(situation_of(task, update, year), by)


def light_expression(by: Thresholds, year: int) -> Case:
    """The light of each `AnnualTask` of the year's plan by its newest update: the same as `signal_of` says."""
    reached = f"{UPDATE}reached_stage"
    return Case(
        When(Q(**{f"{reached}__isnull": True}), then=Value(Light.OFF)),
        When(Q(**{reached: Stage.COMPLETED}), then=Value(Light.GREEN)),
        When(Q(**{reached: Stage.SUSPENDED}), then=Value(Light.RED)),
        When(Q(**{f"{reached}__in": [Stage.DEFERRED, Stage.WITHDRAWN]}), then=Value(Light.OFF)),
        When(_late_start(by.start_red, year) | _short(by.red, year), then=Value(Light.RED)),
        When(_late_start(by.start_yellow, year) | _short(by.yellow, year), then=Value(Light.YELLOW)),
        When(_invested() | _reached(), then=Value(Light.GREEN)),
        default=Value(Light.OFF),
        output_field=CharField(),
    )


def stale_tasks(by: Thresholds, year: int, today: datetime.date) -> Q:
    """Tasks of the year's plan of which nothing was told for too long; see `lights.stale`."""
    last = min(today, datetime.date(year, MONTHS, 31)) - datetime.timedelta(days=by.stale_days)
    awaited = ~Q(**{f"{UPDATE}reached_stage__in": NOTHING_AWAITED})
    return Q(**{f"{UPDATE}as_of__lte": last}) & awaited


def _reached() -> Q:
    """The stage that the year planned, or a later one."""
    found = Q(pk__in=[])
    for place, planned in enumerate(ON_TRACK):
        found |= Q(planned_stage=planned, **{f"{UPDATE}reached_stage__in": ON_TRACK[place:]})
    return found


def _late_start(months: int, year: int) -> Q:
    awaited = {"planned_stage": Stage.STARTED, f"{UPDATE}reached_stage": Stage.PREPARATORY}
    return Q(GreaterThanOrEqual(_months(year), Value(months)), **awaited)


def _invested() -> Q:
    """Both figures are known, and something was to be invested."""
    known = {f"{UPDATE}as_of__isnull": False, f"{UPDATE}invested_this_year__isnull": False}
    return Q(planned_investment__gt=0, **known)


def _short(points: Decimal, year: int) -> Q:
    """Less was invested than was due, by more than so many percentage points; twelvefold, to be exact."""
    quarters = (F("planned_first_quarter"), F("planned_first_half"), F("planned_three_quarters"))
    due = Func(
        _months(year),
        F("planned_investment"),
        *quarters,
        function="projects_due_twelvefold",
        output_field=_AMOUNT,
    )
    invested = F(f"{UPDATE}invested_this_year") * Value(Decimal(MONTHS), _AMOUNT)
    limit = F("planned_investment") * Value(points * MONTHS / 100, _AMOUNT)
    return _invested() & Q(LessThan(_amount(invested - due), _amount(limit)))


def _months(year: int) -> Func:
    """The months of the year that are over by the end of the day that is told of, 0 to 12."""
    day = F(f"{UPDATE}as_of")
    return Func(Value(year), day, function="projects_months_over", output_field=IntegerField())


def _amount(expression: Any) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(expression, output_field=_AMOUNT)
