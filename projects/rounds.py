"""Rounds (调度): opened, answered department by department, closed, and read as one sheet."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import Plan
from wanzhou.kernel.workflow.actions import MoveRefused

from .lighting import rules_at, rules_in_force, signal_of_task, situation_of, thresholds_of
from .lights import MONTHS, Signal, Thresholds, due_by_then, stale
from .models import AnnualTask, Rhythm, Round, StatusUpdate
from .models.updates import HANDED_IN

OPENS = "projects.add_round"
CLOSES = "projects.change_round"


@dataclass(frozen=True, slots=True)
class Answered:
    """How many of a department's tasks were answered for in a round."""

    department: str
    department_id: int | None
    asked: int
    answered: int

    @property
    def is_done(self) -> bool:
        return self.asked == self.answered


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A line of the 调度表: a task, the newest word on it in time for the round, and its light.

    Rates are percentages; `due` is what was to be invested by the day, in 万元; None is unknown.
    """

    number: int
    task: AnnualTask
    update: StatusUpdate | None
    signal: Signal
    stale: str
    answered: bool
    due: Decimal | None
    rate: Decimal | None
    rate_of_due: Decimal | None

    @property
    def invested_in_all(self) -> Decimal | None:
        """What was invested from the beginning; None where either part is unknown."""
        before, now = self.task.invested_before, self.update.invested_this_year if self.update else None
        return None if before is None or now is None else before + now


def open_round(
    *, plan: Plan, rhythm: Rhythm, as_of: datetime.date, due_on: datetime.date, note: str, by: User
) -> Round:
    """Ask every lead department of the plan. Raises MoveRefused."""
    if not by.has_perm(OPENS):
        raise MoveRefused(f"{by}没有发起调度的权限。")
    if Round.objects.filter(plan=plan, closed_at=None).exists():
        raise MoveRefused("这份计划还有一次调度没有结束，请先结束它。")
    try:
        with transaction.atomic():
            return Round.objects.create(
                plan=plan, rhythm=rhythm, as_of=as_of, due_on=due_on, note=note, opened_by=by
            )
    except IntegrityError as error:
        raise MoveRefused("截至这一天的调度已经有了，或报送期限早于截至日期。") from error


@transaction.atomic
def close_round(asked: Round, *, by: User) -> Round:
    """End a round: later updates belong to the next one. Raises MoveRefused."""
    if not by.has_perm(CLOSES):
        raise MoveRefused(f"{by}没有结束调度的权限。")
    fresh = Round.objects.select_for_update(of=("self",)).select_related("plan").get(pk=asked.pk)
    if not fresh.is_open:
        raise MoveRefused(f"“{fresh}”已经结束。")
    fresh.closed_by, fresh.closed_at = by, timezone.now()
    fresh.save(update_fields=["closed_by", "closed_at"])
    return fresh


def open_round_of(plan: Plan) -> Round | None:
    """The round in which the plan's departments are asked now."""
    return Round.objects.filter(plan=plan, closed_at=None).select_related("plan").first()


def last_closed(plan: Plan) -> Round | None:
    """The newest round of the plan that has ended."""
    return Round.objects.filter(plan=plan, closed_at__isnull=False).select_related("plan").first()


def answers_in(asked: Round) -> QuerySet[StatusUpdate]:
    """The updates that were handed in while the round was open."""
    answers = StatusUpdate.objects.filter(
        state__in=HANDED_IN, task__plan_id=asked.plan_id, submitted_at__gte=asked.opened_at
    )
    return answers if asked.closed_at is None else answers.filter(submitted_at__lte=asked.closed_at)


def answered_by(asked: Round) -> tuple[Answered, ...]:
    """Every lead department with what it was asked and what it answered; one query."""
    answered = Exists(answers_in(asked).filter(task=OuterRef("pk")))
    tasks = AnnualTask.objects.filter(plan=asked.plan_id).annotate(answered=answered).order_by()
    rows = tasks.values("department", "department__name").annotate(
        asked=Count("pk"), done=Count("pk", filter=Q(answered=True))
    )
    return tuple(
        Answered(row["department__name"] or "未定牵头单位", row["department"], row["asked"], row["done"])
        for row in rows.order_by("department__order", "department")
    )


def sheet_of(asked: Round) -> list[SheetRow]:
    """The 调度表 of a round, as far as it was answered; a closed one stays as it was. Three queries."""
    words = _words_by(asked)
    answers = set(answers_in(asked).values_list("task_id", flat=True))
    rules = rules_at(asked.closed_at) if asked.closed_at else None
    by = thresholds_of(rules or rules_in_force())
    tasks = AnnualTask.objects.filter(plan=asked.plan_id).select_related("project", "box", "department")
    return [
        _row(number, task, words.get(task.pk), task.pk in answers, asked, by)
        for number, task in enumerate(tasks.order_by("box__number", "order"), 1)
    ]


def _words_by(asked: Round) -> dict[int, StatusUpdate]:
    """The newest update of every task that was handed in by the end of the round."""
    words = StatusUpdate.objects.filter(task__plan_id=asked.plan_id, state__in=HANDED_IN)
    if asked.closed_at is not None:
        words = words.filter(submitted_at__lte=asked.closed_at)
    return {word.task_id: word for word in words.order_by("task_id", "-pk").distinct("task_id")}


def _row(
    number: int,
    task: AnnualTask,
    update: StatusUpdate | None,
    answered: bool,
    asked: Round,
    by: Thresholds,
) -> SheetRow:
    year = int(asked.plan.year)
    known = situation_of(task, update, year)
    invested = known.invested
    due = None if known.as_of is None or known.investment is None else due_by_then(known)
    return SheetRow(
        number=number,
        task=task,
        update=update,
        signal=signal_of_task(task, update, year, by),
        stale=stale(known, by, asked.as_of),
        answered=answered,
        due=None if due is None else Decimal(due.numerator) / due.denominator,
        rate=percent_of(invested, known.investment),
        rate_of_due=percent_of(invested, None if due is None else Decimal(due.numerator) / due.denominator),
    )


def percent_of(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """The part in percent, to two decimals; None where one is unknown or the whole is 0."""
    return None if part is None or not whole else (100 * part / whole).quantize(Decimal("0.01"))


def quarter_of(day: datetime.date) -> int:
    """1 to 4: the quarter that the day lies in."""
    return (day.month - 1) * 4 // MONTHS + 1
