"""How far each department is with each open period: what is asked, entered, submitted, approved, published."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from indicators.models import AnnualTarget, Frequency, QuarterlyActual
from wanzhou.kernel.accounts.models import Department, User
from wanzhou.kernel.plans.models import Origin, ReportingPeriod
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.workflow.moves import EDITABLE, State


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure that an open period asks of a department, and the entry that answers so far."""

    period: ReportingPeriod
    target: AnnualTarget
    entry: QuarterlyActual | None

    @property
    def is_missing(self) -> bool:
        """Whether the department still has to submit it."""
        return self.entry is None or self.entry.state in EDITABLE

    @property
    def is_returned(self) -> bool:
        """Whether it was sent back."""
        return self.entry is not None and self.entry.state == State.RETURNED

    @property
    def is_checked(self) -> bool:
        """Whether it was approved, and perhaps published."""
        return self.entry is not None and self.entry.state in (State.APPROVED, State.PUBLISHED)

    def is_late(self, today: datetime.date) -> bool:
        """Whether the due date has passed without it."""
        due = self.period.due_on
        return self.is_missing and due is not None and due < today


@dataclass(frozen=True, slots=True)
class Progress:
    """A department's share of a period."""

    period: ReportingPeriod
    department: Department | None
    asked: tuple[Asked, ...]

    @property
    def name(self) -> str:
        """The department, or that there is none."""
        return str(self.department or "未定责任单位")

    @property
    def total(self) -> int:
        return len(self.asked)

    @property
    def submitted(self) -> int:
        """How many the department has handed in."""
        return sum(not each.is_missing for each in self.asked)

    @property
    def checked(self) -> int:
        """How many of them are approved."""
        return sum(each.is_checked for each in self.asked)

    @property
    def missing(self) -> tuple[Asked, ...]:
        """What is still to be handed in."""
        return tuple(each for each in self.asked if each.is_missing)

    def is_late(self, today: datetime.date) -> bool:
        """Whether something is missing past the due date."""
        return any(each.is_late(today) for each in self.asked)


def open_periods() -> list[ReportingPeriod]:
    """The periods that take entries now, the newest first."""
    rows = ReportingPeriod.objects.filter(
        origin=Origin.REPORTED, opened_at__isnull=False, closed_at__isnull=True
    ).select_related("plan__rule_set")
    return sorted(rows, key=lambda row: (row.plan.year, Period(row.period).position), reverse=True)


def asked_of(reader: User, periods: Iterable[ReportingPeriod]) -> tuple[Asked, ...]:
    """Everything that the periods ask of the reader's departments, in table order; two queries."""
    periods = list(periods)
    targets = list(
        AnnualTarget.objects.for_user(reader)
        .headline()
        .filter(plan__in={period.plan_id for period in periods})
        .select_related("department", "indicator")
    )
    # Rows in the order of their ids: a replacement comes after what it replaces.
    entries = {
        (entry.period_id, entry.target_id): entry
        for entry in QuarterlyActual.objects.filter(period__in=periods, target__in=targets).order_by("id")
    }
    return tuple(
        Asked(period, target, entries.get((period.pk, target.pk)))
        for period in periods
        for target in targets
        if target.plan_id == period.plan_id and _is_due(target, period)
    )


def _is_due(target: AnnualTarget, period: ReportingPeriod) -> bool:
    """A figure that comes into being once a year is asked for at the year's end."""
    return period.period == Period.FULL_YEAR or target.indicator.frequency != Frequency.ANNUAL


def progress_of(asked: Iterable[Asked]) -> tuple[Progress, ...]:
    """By period and department, departments in their order."""
    shares: dict[tuple[int, int | None], list[Asked]] = {}
    for each in asked:
        shares.setdefault((each.period.pk, each.target.department_id), []).append(each)
    found = [Progress(rows[0].period, rows[0].target.department, tuple(rows)) for rows in shares.values()]
    return tuple(
        sorted(
            found,
            key=lambda share: (
                -share.period.plan.year,
                -Period(share.period.period).position,
                share.department.order if share.department else 10_000,
                share.name,
            ),
        )
    )
