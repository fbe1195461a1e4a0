"""What stands beside every cell of a period: its target, earlier figures of the year and of the last, its own entry.

One reading serves the grid, the checks and the submission, in a fixed number of queries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from wanzhou.kernel.plans.models import PlanKind, ReportingPeriod
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.workflow.moves import EDITABLE, State

from .cells import WITHOUT_FIGURE, Cell, understand
from .checks import Context, Figure, Remark, check_cell
from .judging.intervals import plain
from .judging.outcomes import read_outcome
from .judging.sentences import figure, rule
from .judging.targets import read_target
from .judging.terms import Accrual, Favourable, OutcomeState
from .models import AnnualTarget, QuarterlyActual
from .models.actuals import SPOKEN
from .scoreboard import tolerances_of, wordings_of
from .wordings import WordingInForce

YEAR_AGO = "上年同期"
LAST_YEAR = "上年全年"


@dataclass(frozen=True, slots=True)
class Ledger:
    """The facts of one period, by target."""

    period: ReportingPeriod
    targets: tuple[AnnualTarget, ...]
    wordings: dict[int, WordingInForce]
    entries: dict[int, QuarterlyActual]  # the newest of this period, whatever its state
    earlier: dict[tuple[int, Period], QuarterlyActual]  # of this year, handed in at least
    year_ago: dict[tuple[int, Period], QuarterlyActual]  # of last year, by indicator and period
    rows: dict[int, AnnualTarget]
    sub_rows: dict[int, list[AnnualTarget]]  # by the row that they are part of

    @classmethod
    def of(cls, period: ReportingPeriod, targets: Iterable[AnnualTarget]) -> Ledger:
        """Read everything that stands beside these targets of the period's plan."""
        targets = tuple(targets)
        entries: dict[int, QuarterlyActual] = {}
        earlier: dict[tuple[int, Period], QuarterlyActual] = {}
        year_ago: dict[tuple[int, Period], QuarterlyActual] = {}
        for actual in _figures_around(period, targets):
            own_year = actual.period.plan_id == period.plan_id
            if actual.period_id == period.pk:
                entries[actual.target_id] = actual
            elif actual.state not in EDITABLE:
                of = actual.target_id if own_year else actual.target.indicator_id
                (earlier if own_year else year_ago)[of, Period(actual.period.period)] = actual
        wordings = wordings_of(period.plan, targets, Period(period.period))
        rows = {target.pk: target for target in targets}
        sub_rows: dict[int, list[AnnualTarget]] = {}
        for target in targets:
            if target.parent_id is not None:
                sub_rows.setdefault(target.parent_id, []).append(target)
        return cls(period, targets, wordings, entries, earlier, year_ago, rows, sub_rows)

    @property
    def own_period(self) -> Period:
        return Period(self.period.period)

    def before(self, target: AnnualTarget, period: Period) -> QuarterlyActual | None:
        """An earlier figure of this year."""
        return self.earlier.get((target.pk, period))

    def last_year(self, target: AnnualTarget, period: Period) -> QuarterlyActual | None:
        """Last year's figure of a period; None where the two years cannot be compared."""
        return None if target.series_break else self.year_ago.get((target.indicator_id, period))

    def cell(self, target: AnnualTarget) -> Cell:
        """The cell as it is stored now."""
        return cell_of(self.entries.get(target.pk))

    def context(self, target: AnnualTarget, cells: Mapping[int, Cell]) -> Context:
        """What the checks need to know beside a cell; `cells` are those on the screen, which totals refer to."""
        wording = self.wordings[target.pk].wording
        reading = read_target(
            wording,
            unit=target.unit,
            favourable=Favourable(target.indicator.favourable),
            tolerances=tolerances_of(self.period.plan.rule_set),
        )
        before = [period for period in Period if period.position < self.own_period.position]
        previous = (_named(period.label, self.before(target, period)) for period in reversed(before))
        is_plain = reading.number is not None and not reading.is_relative
        return Context(
            name=target.name,
            unit=target.unit,
            accrual=Accrual(target.indicator.accrual),
            period=self.own_period,
            year=self.period.plan.year,
            kind=reading.kind,
            target=reading.number if is_plain else None,
            previous=next((figure for figure in previous if figure is not None), None),
            same_period=_named(YEAR_AGO, self.last_year(target, self.own_period)),
            last_year=_named(LAST_YEAR, self.last_year(target, Period.FULL_YEAR)),
            total=self._total(target, cells),
            parts=self._parts(target, cells),
        )

    def remarks(self, target: AnnualTarget, cells: Mapping[int, Cell]) -> tuple[Remark, ...]:
        """What is to be said of a cell among the others on the screen."""
        cell = cells.get(target.pk) or Cell()
        return () if cell.is_blank else check_cell(cell, self.context(target, cells))

    def _total(self, target: AnnualTarget, cells: Mapping[int, Cell]) -> Figure | None:
        parent = None if target.parent_id is None else self.rows.get(target.parent_id)
        return None if parent is None else _in_unit_of(target, parent, cells)

    def _parts(self, target: AnnualTarget, cells: Mapping[int, Cell]) -> tuple[Figure, ...]:
        found = (_in_unit_of(target, part, cells) for part in self.sub_rows.get(target.pk, ()))
        return tuple(figure for figure in found if figure is not None)


def cell_of(actual: QuarterlyActual | None) -> Cell:
    """A stored entry as it stands in its cell."""
    if actual is None:
        return Cell()
    state = OutcomeState(actual.outcome_state)
    if state not in SPOKEN:
        return Cell("", state, actual.note)
    text = actual.wording or ("" if actual.value is None else plain(actual.value))
    return Cell(text, OutcomeState.REPORTED, actual.note)


Said = tuple[str, str, str]


def said_by(actual: QuarterlyActual | None) -> Said:
    """What an entry says, in the form in which two are compared: state, text, note."""
    cell = cell_of(actual)
    return ("" if cell.text or actual is None else cell.state.value, cell.text, cell.note)


def said_in(cell: Cell, unit: str) -> Said:
    """What a typed cell would say once it were stored."""
    read = understand(cell, unit=unit)
    state = read.state.value if read.state in WITHOUT_FIGURE else ""
    return state, read.wording, read.note


def shown(actual: QuarterlyActual | None) -> str:
    """An earlier figure in a few signs: a number, a class, a bound; its words where nothing else is understood."""
    if actual is None:
        return ""
    if actual.value is not None:
        return figure(actual.value)
    outcome = read_outcome(actual.wording, unit=actual.target.unit)
    if outcome.grade is not None:
        return f"{outcome.grade}类"
    bounds = rule(outcome.known) if outcome.known is not None else ""
    return bounds or actual.wording or OutcomeState(actual.outcome_state).label


def _named(label: str, actual: QuarterlyActual | None) -> Figure | None:
    if actual is None or actual.value is None:
        return None
    return Figure(label, actual.value.normalize() + Decimal(0))


def _in_unit_of(target: AnnualTarget, other: AnnualTarget, cells: Mapping[int, Cell]) -> Figure | None:
    """The other row's figure, where both rows are measured alike."""
    cell = cells.get(other.pk)
    if cell is None or other.unit != target.unit:
        return None
    value = understand(cell, unit=other.unit).value
    return None if value is None else Figure(other.name, value)


def _figures_around(period: ReportingPeriod, targets: Iterable[AnnualTarget]) -> Iterable[QuarterlyActual]:
    """The figures of these rows this year, and of their indicators last year; the newest of each comes last."""
    indicators = [target.indicator_id for target in targets]
    last = Q(
        period__plan__kind=PlanKind.ANNUAL,
        period__plan__last_year=period.plan.year - 1,
        target__indicator__in=indicators,
    )
    this = Q(period__plan=period.plan_id, target__in=[target.pk for target in targets])
    people = ("entered_by", "returned_by", "answered_by")
    return (
        QuarterlyActual.objects.filter(this | last)
        .exclude(~Q(period=period.pk) & Q(state__in=[State.DRAFT, State.RETURNED]))
        .select_related("target", "period__plan", *people)
        .order_by("pk")
    )
