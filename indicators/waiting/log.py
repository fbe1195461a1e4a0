"""The city log as the commission keeps it: every figure that only the city can give, how far its answer has come."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from indicators.bases import Base, Bases
from indicators.judging.terms import OutcomeState
from indicators.models import AnnualTarget, Chase, CityRequest, QuarterlyActual, Tier
from indicators.wordings import wording_in_force
from wanzhou.kernel.accounts.desks import of_own_department
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import PlanKind, ReportingPeriod
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.terms import Term
from wanzhou.kernel.workflow.moves import State

Row = tuple[int, int]  # ids of a target and of a period


class Standing(Term):
    """How far the city's answer has come; the request closes when the answer is published."""

    OPEN = "open", "等待市级"
    ENTERED = "entered", "已录入，待审核"
    RETURNED = "returned", "已录入，被退回"
    APPROVED = "approved", "已审核，待发布"
    CLOSED = "closed", "已反馈"


@dataclass(frozen=True, slots=True)
class Hanging:
    """A later target, or one beside it, that the awaited figure is the base of or last year's figure to."""

    target: AnnualTarget
    leans: bool

    def __str__(self) -> str:
        what = "的基数" if self.leans else "的上年数"
        return f"{self.target.plan.year}年“{self.target.name}”{what}"


@dataclass(frozen=True, slots=True)
class LogLine:
    """A figure that is waited for; without a request nobody has written down yet whom we wait for."""

    target: AnnualTarget
    period: ReportingPeriod
    request: CityRequest | None
    entry: QuarterlyActual | None  # the newest, whatever its state
    hanging: tuple[Hanging, ...]

    @property
    def key(self) -> str:
        return f"{self.target.pk}-{self.period.pk}"

    @property
    def bureau(self) -> str:
        return self.request.bureau if self.request else ""

    @property
    def since(self) -> datetime.date | None:
        return self.request.since if self.request else None

    @property
    def expected(self) -> datetime.date | None:
        return self.request.expected if self.request else None

    @property
    def chases(self) -> tuple[Chase, ...]:
        return tuple(self.request.chases.all()) if self.request else ()

    def days(self, on: datetime.date) -> int | None:
        """Days waited up to a day; None where it is not known since when."""
        return (on - self.since).days if self.since and self.since <= on else None

    def is_late(self, on: datetime.date) -> bool:
        """Whether the city's expected day has passed without an answer."""
        return self.standing is Standing.OPEN and self.expected is not None and self.expected < on

    @property
    def standing(self) -> Standing:
        if self.request is not None and self.request.closed_on is not None:
            return Standing.CLOSED
        entry = self.entry
        if entry is None or entry.outcome_state == OutcomeState.AWAITING_CITY:
            return Standing.OPEN
        return {
            State.SUBMITTED.value: Standing.ENTERED,
            State.RETURNED.value: Standing.RETURNED,
            State.APPROVED.value: Standing.APPROVED,
        }.get(entry.state, Standing.OPEN)

    @property
    def purpose(self) -> str:
        """What the figure is needed for, as a letter to the city says it."""
        own = f"{self.period}{'计划目标判定' if self.period.period == Period.FULL_YEAR else '执行情况分析'}"
        leaning = [str(each) for each in self.hanging if each.leans]
        return "；".join([own, *leaning])


def waiting_lines(reader: User) -> tuple[LogLine, ...]:
    """Every figure that is waited for, by year and table; a fixed number of queries."""
    requests = {(r.target_id, r.period_id): r for r in _requests(reader).filter(closed_on__isnull=True)}
    silent = {(f.target_id, f.period_id): f for f in _figures_that_await(reader)}
    rows = {key: (figure.target, figure.period) for key, figure in silent.items()}
    rows |= {key: (asked.target, asked.period) for key, asked in requests.items()}
    entries = _newest_entries(rows)
    answered = {key for key in silent.keys() - requests.keys() if not _still_awaits(entries.get(key))}
    kept = {key: row for key, row in rows.items() if key not in answered}
    return tuple(sorted(_lines(kept, requests, entries), key=_in_order))


def line_of(target: AnnualTarget, period: ReportingPeriod, reader: User) -> LogLine:
    """One row's line, whether it is waited for or not."""
    key = (target.pk, period.pk)
    asked = _requests(reader).filter(target=target, period=period).first()
    requests = {} if asked is None else {key: asked}
    rows = {key: (target, period)}
    return next(_lines(rows, requests, _newest_entries(rows)))


def _in_order(line: LogLine) -> tuple[int, int, int]:
    year, position = line.target.plan.year, Period(line.period.period).position
    return -year, -position, line.target.order


def _requests(reader: User) -> QuerySet[CityRequest]:
    chases = Prefetch("chases", Chase.objects.select_related("by").order_by("on", "id"))
    joined = ("target__plan", "target__indicator", "target__department", "period__plan")
    rows = CityRequest.objects.select_related(*joined).prefetch_related(chases)
    return of_own_department(rows, "target__department", reader)


def _figures_that_await(reader: User) -> QuerySet[QuarterlyActual]:
    """Figures that were handed in, or are public, and say that the city has not answered."""
    replaced = QuarterlyActual.objects.filter(replaces__isnull=False, state=State.PUBLISHED)
    joined = ("target__plan", "target__indicator", "target__department", "period__plan")
    rows = (
        QuarterlyActual.objects.awaiting_city()
        .exclude(state__in=[State.DRAFT, State.RETURNED])
        .exclude(pk__in=replaced.values("replaces"))
        .select_related(*joined)
    )
    return of_own_department(rows, "target__department", reader)


def _newest_entries(rows: Mapping[Row, object]) -> dict[Row, QuarterlyActual]:
    """The newest entry of each row; one query."""
    about = QuarterlyActual.objects.filter(
        target__in={target for target, _ in rows}, period__in={period for _, period in rows}
    )
    entries = about.select_related("entered_by", "source").order_by("id")
    return {(entry.target_id, entry.period_id): entry for entry in entries}


def _still_awaits(entry: QuarterlyActual | None) -> bool:
    """Whether nothing public answers the wait; an answer under way does not yet."""
    if entry is None or entry.outcome_state == OutcomeState.AWAITING_CITY:
        return True
    return entry.state != State.PUBLISHED


def _lines(
    rows: Mapping[Row, tuple[AnnualTarget, ReportingPeriod]],
    requests: Mapping[Row, CityRequest],
    entries: Mapping[Row, QuarterlyActual],
) -> Iterator[LogLine]:
    related = _Related.gather([target for target, _ in rows.values()])
    for key, (target, period) in rows.items():
        yield LogLine(target, period, requests.get(key), entries.get(key), related.hanging_on(target, period))


@dataclass(frozen=True, slots=True)
class _Related:
    """Every target of the plans from the earliest on, with the base that it leans on."""

    targets: tuple[AnnualTarget, ...]
    bases: Mapping[int, Base]

    @classmethod
    def gather(cls, awaited: list[AnnualTarget]) -> _Related:
        if not awaited:
            return cls((), {})
        first = min(target.plan.year for target in awaited)
        found = tuple(
            AnnualTarget.objects.filter(
                plan__last_year__gte=first, plan__kind=PlanKind.ANNUAL, tier=Tier.HEADLINE
            )
            .select_related("plan", "indicator")
            .prefetch_related("adjustments")
            .order_by("plan__last_year", "order")
        )
        in_words = {
            target: wording_in_force(target, list(target.adjustments.all()), None).wording for target in found
        }
        return cls(found, Bases.gather(None, in_words, [State.PUBLISHED]).bases)

    def hanging_on(self, target: AnnualTarget, period: ReportingPeriod) -> tuple[Hanging, ...]:
        """What leans on the figure; only a full year's figure reaches into another year."""
        full_year = period.period == Period.FULL_YEAR
        hanging = []
        for other in self.targets:
            base = self.bases.get(other.pk)
            leans = base is not None and base.code == target.indicator.code and base.year == target.plan.year
            same_year = other.plan.year == target.plan.year
            follows = other.indicator_id == target.indicator_id and other.plan.year == target.plan.year + 1
            if other.pk != target.pk and (leans and (full_year or same_year)):
                hanging.append(Hanging(other, leans=True))
            elif full_year and follows and not other.series_break:
                hanging.append(Hanging(other, leans=False))
        return tuple(hanging)
