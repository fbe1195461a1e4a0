"""What a change will do to the verdicts: it is carried out, judged, and taken back; nothing is guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction

from wanzhou.kernel.plans.models import PlanKind, ReportingPeriod
from wanzhou.kernel.plans.periods import Period

from .models import AnnualTarget
from .scoreboard import Basis, Scoreboard, ScoreRow


@dataclass(frozen=True, slots=True)
class RowEffect:
    """One row that would read otherwise; the states are codes of a verdict or a pace."""

    target: AnnualTarget
    before: str
    after: str
    sentence_before: str
    sentence: str

    @property
    def turns(self) -> bool:
        """Whether the verdict or the pace itself changes, and not its sentence only."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to one period: its rows, the numbered rows by state, and how many still owe their cause."""

    period: ReportingPeriod
    rows: tuple[RowEffect, ...]
    counts_before: Counter[str]
    counts: Counter[str]
    owing_before: int
    owing: int

    @property
    def is_empty(self) -> bool:
        return not self.rows and self.owing_before == self.owing


class _TakenBack(Exception):
    """Unwinds a change that was only looked at."""


def effects_of(change: Callable[[], object], periods: Iterable[ReportingPeriod]) -> tuple[Effect, ...]:
    """Carry the change out inside a transaction, judge each period before and after, and take the change back.

    What is submitted counts, as in the review. Whatever the change raises is raised here, and then too nothing is
    written. Periods that read the same are left out, except the first, which the change is about.
    """
    chosen = list(periods)
    before = [_judged(period) for period in chosen]
    after: list[Scoreboard] = []
    try:
        with transaction.atomic():
            change()
            after += [_judged(period) for period in chosen]
            raise _TakenBack
    except _TakenBack:
        effects = [_effect(*pair) for pair in zip(before, after, strict=True)]
    return tuple(effect for place, effect in enumerate(effects) if not place or not effect.is_empty)


def periods_leaning_on(target: AnnualTarget, period: ReportingPeriod) -> list[ReportingPeriod]:
    """The period itself, then those of later years whose plan has the same indicator: its figure may be their base."""
    own = ReportingPeriod.objects.select_related("plan__rule_set").get(pk=period.pk)
    if period.period != Period.FULL_YEAR:
        return [own]
    later = ReportingPeriod.objects.filter(
        plan__kind=PlanKind.ANNUAL,
        plan__last_year__gt=target.plan.year,
        plan__targets__indicator=target.indicator_id,
    ).distinct()
    ordered = later.select_related("plan__rule_set").order_by("plan__last_year", "id")
    return [own, *sorted(ordered, key=lambda each: (each.plan.year, Period(each.period).position))]


def _judged(period: ReportingPeriod) -> Scoreboard:
    return Scoreboard.for_period(period, basis=Basis.SUBMITTED)


def _effect(before: Scoreboard, after: Scoreboard) -> Effect:
    old = {row.target.pk: row for row in before.rows}
    found = [_row(old[row.target.pk], row) for row in after.rows if row.target.pk in old]
    return Effect(
        period=after.period,
        rows=tuple(row for row in found if row.turns or row.sentence_before != row.sentence),
        counts_before=_counts(before),
        counts=_counts(after),
        owing_before=_owing(before),
        owing=_owing(after),
    )


def _row(before: ScoreRow, after: ScoreRow) -> RowEffect:
    return RowEffect(
        after.target, state_of(before), state_of(after), before.assessment.reason, after.assessment.reason
    )


def state_of(row: ScoreRow) -> str:
    """The code of the row's effective verdict, or of its pace; empty where it has neither."""
    state = row.verdict or row.assessment.pace
    return state.value if state else ""


def _counts(board: Scoreboard) -> Counter[str]:
    return Counter(state_of(row) for row in board.rows if row.counted and state_of(row))


def _owing(board: Scoreboard) -> int:
    """Rows that cannot be published before somebody says why."""
    return sum(
        row.lacks_cause or (board.demands_explanations and row.lacks_explanation) for row in board.rows
    )
