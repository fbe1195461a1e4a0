"""Published rows that await the city, what hangs on them, and those that were answered."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from indicators.judging.terms import OutcomeState, Pace, Verdict
from indicators.models import PublishedRow
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.plans.shown import PublishedPlan
from wanzhou.kernel.terms import Term

AWAITING = Q(verdict=Verdict.AWAITING_CITY) | Q(pace=Pace.AWAITING_CITY)
ANSWERED = Q(verdict__in=[Verdict.MET, Verdict.MISSED, Verdict.REVIEW, Verdict.REDEFINED]) | Q(
    pace__in=[Pace.ON_PACE, Pace.BEHIND]
)
MOST_ANSWERS = 20
JOINED = ("publication__plan", "publication__period")


class WaitsFor(Term):
    """What a row waits for."""

    FIGURE = "figure", "市级核定数"
    BASE = "base", "基数"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder to the city: when, and by which channel."""

    on: datetime.date
    channel: str


@dataclass(frozen=True, slots=True)
class Wait:
    """A row that awaits the city. What is not known, such as since when, is None or empty."""

    row: PublishedRow
    waits_for: WaitsFor
    bureau: str
    since: datetime.date | None
    expected: datetime.date | None
    reminders: tuple[Reminder, ...]

    @classmethod
    def of(cls, row: PublishedRow) -> Wait:
        """The wait of a published row; its plan and period are joined."""
        told: dict[str, Any] = row.waiting or {}
        reminders = (Reminder(_day(one["on"]), one["channel"]) for one in told.get("chases", ()))
        return cls(
            row=row,
            waits_for=_waits_for(row),
            bureau=told.get("bureau") or "",
            since=_day(told["since"]) if told.get("since") else None,
            expected=_day(told["expected"]) if told.get("expected") else None,
            reminders=tuple(reminders),
        )

    @property
    def year(self) -> int:
        return int(self.row.publication.plan.year)

    @property
    def period(self) -> Period:
        """The period that the row was published for; only rows of a period can wait."""
        reported = self.row.publication.period
        assert reported is not None
        return Period(reported.period)

    def days(self, on: datetime.date) -> int | None:
        """Days waited up to a day; None where it is not known since when."""
        return (on - self.since).days if self.since and self.since <= on else None

    def leans_on(self, other: Wait) -> bool:
        """Whether the other row's figure is this one's base."""
        return self.waits_for is WaitsFor.BASE and leans(self.row, other)


@dataclass(frozen=True, slots=True)
class Answered:
    """A row that once waited: as it is now, and until when which it was known to wait since when."""

    row: PublishedRow
    since: datetime.date | None

    @property
    def answered_on(self) -> datetime.date:
        """The day that the answer was published."""
        return timezone.localdate(self.row.publication.at)

    @property
    def days(self) -> int | None:
        return (self.answered_on - self.since).days if self.since else None


def waits_at(plans: tuple[PublishedPlan, ...], moment: datetime.datetime) -> tuple[Wait, ...]:
    """Every row that awaits the city at each plan's newest period, in the order of years; one query."""
    rows = _newest_of_plans(plans, moment).filter(AWAITING).select_related(*JOINED)
    return tuple(Wait.of(row) for row in rows.order_by("publication__plan__last_year", "order"))


def numbered_rows(plans: tuple[PublishedPlan, ...], moment: datetime.datetime) -> dict[int, int]:
    """How many numbered rows each year's newest period has; one query."""
    rows = _newest_of_plans(plans, moment).filter(ordinal__isnull=False).order_by()
    counts = rows.values_list("publication__plan__last_year").annotate(Count("pk"))
    return {int(year): count for year, count in counts}


def followers_of(waits: Sequence[Wait], moment: datetime.datetime) -> list[PublishedRow]:
    """Targets of the same indicators, and those whose base one of these is, as last published; one query."""
    codes = {wait.row.code for wait in waits}
    rows = PublishedRow.objects.visible(moment).filter(Q(code__in=codes) | Q(base__code__in=codes))
    newest = rows.order_by("target_id", "-publication_id").distinct("target_id").values("pk")
    joined = PublishedRow.objects.filter(pk__in=newest).select_related(*JOINED)
    return list(joined.order_by("publication__plan__last_year", "order"))


def hanging_on(wait: Wait, followers: Iterable[PublishedRow]) -> list[PublishedRow]:
    """What hangs on a wait: the next year's target of the same indicator, and every target that leans on it."""
    return [
        row
        for row in followers
        if leans(row, wait) or (row.code == wait.row.code and row.publication.plan.year == wait.year + 1)
    ]


def leans(row: PublishedRow, wait: Wait) -> bool:
    """Whether the row's target is relative to the figure that is waited for."""
    base: dict[str, Any] = row.base or {}
    return base.get("code") == wait.row.code and base.get("year") == wait.year


def chain_to(wait: Wait, waits: Sequence[Wait]) -> tuple[Wait, ...]:
    """The waits that this one hangs on, the first cause first, itself last."""
    chain = [wait]
    while True:
        earlier = [other for other in waits if chain[0].leans_on(other) and other not in chain]
        if not earlier:
            return tuple(chain)
        chain.insert(0, earlier[0])


def answered_at(moment: datetime.datetime) -> list[Answered]:
    """The rows that once waited and have a verdict now, the newest answers first; one query."""
    visible = PublishedRow.objects.visible(moment)
    each = ("target_id", "publication__period_id")
    newest = visible.order_by(*each, "-publication_id").distinct(*each).values("pk")
    waited = visible.filter(
        AWAITING,
        target=OuterRef("target"),
        publication__period=OuterRef("publication__period"),
        publication_id__lt=OuterRef("publication_id"),
    ).order_by("-publication_id")
    rows = PublishedRow.objects.filter(ANSWERED, Exists(waited), pk__in=newest).select_related(*JOINED)
    told: QuerySet[Any] = rows.annotate(waited=Subquery(waited.values("waiting")[:1])).order_by(
        "-publication_id", "order"
    )
    return [Answered(row, _since(row.waited)) for row in told[:MOST_ANSWERS]]


def _newest_of_plans(plans: tuple[PublishedPlan, ...], moment: datetime.datetime) -> QuerySet[Any]:
    periods = [published.periods[-1].pk for published in plans if published.periods]
    rows = PublishedRow.objects.visible(moment).filter(publication__period__in=periods)
    newest = rows.order_by("target_id", "-publication_id").distinct("target_id")
    return PublishedRow.objects.filter(pk__in=newest.values("pk"))


def _waits_for(row: PublishedRow) -> WaitsFor:
    """A row whose own figure is not awaited waits for the base that its target leans on."""
    base: dict[str, Any] = row.base or {}
    figure = row.outcome_state == OutcomeState.AWAITING_CITY or not base or base.get("value") is not None
    return WaitsFor.FIGURE if figure else WaitsFor.BASE


def _since(waiting: dict[str, Any] | None) -> datetime.date | None:
    since = (waiting or {}).get("since")
    return _day(since) if since else None


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
