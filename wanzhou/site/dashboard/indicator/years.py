"""An indicator's published rows, year by year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from indicators.judging.terms import OutcomeState, Pace, Verdict
from indicators.models import Nature, PublishedRow
from wanzhou.kernel.plans.models import Origin
from wanzhou.kernel.plans.periods import Period
from wanzhou.site.dashboard.rows import Row, row_of


@dataclass(frozen=True, slots=True)
class Told:
    """A published row of one year's period, or of the plan itself, with what tables show of it."""

    year: int
    term: Period | None
    row: PublishedRow
    shown: Row

    @classmethod
    def of(cls, row: PublishedRow) -> Told:
        """From a row that was read together with its plan and period."""
        period = row.publication.period
        term = Period(period.period) if period else None
        return cls(row.publication.plan.year, term, row, row_of(row))

    @property
    def when(self) -> str:
        """What the row covers: 2022 年全年, 2023 年上半年, 2023 年计划."""
        return f"{self.year} 年{self.term.label if self.term else '计划'}"

    @property
    def state(self) -> str:
        """The verdict or the pace; empty where only the target is published."""
        return self.shown.state

    @property
    def awaits_base(self) -> bool:
        """Whether it is the target that waits for a figure, not the outcome."""
        waits = self.state in {Verdict.AWAITING_CITY, Pace.AWAITING_CITY}
        return waits and self.row.outcome_state != OutcomeState.AWAITING_CITY

    @property
    def grave(self) -> bool:
        """Whether a binding target was missed."""
        return self.state == Verdict.MISSED and self.row.nature == Nature.BINDING

    @property
    def from_public_sources(self) -> bool:
        """Whether the figure was found in public sources, not reported by a department."""
        period = self.row.publication.period
        return period is not None and period.origin == Origin.PUBLIC_SOURCES

    @property
    def stated(self) -> bool:
        """Whether somebody said something of the outcome, if only that it is awaited; else only the target is known."""
        silent = {OutcomeState.NOT_COLLECTED, OutcomeState.UNREPORTED, ""}
        return bool(self.row.outcome_wording) or self.row.outcome_state not in silent

    @property
    def aimed(self) -> str:
        """The target in a sentence: a number with its unit, or a wording in quotes, which stands close to its label."""
        words = self.shown.target_words
        return f"目标“{words}”" if self.row.wording and self.shown.target.text else f"目标 {words}"


@dataclass(frozen=True, slots=True)
class PlanYear:
    """One plan year of the indicator: its rows in the order of time, the plan's own first."""

    year: int
    told: tuple[Told, ...]

    @property
    def newest(self) -> Told:
        """What the public was told last of this year."""
        return self.told[-1]

    @property
    def periods(self) -> tuple[Told, ...]:
        """The rows that tell of an outcome."""
        return tuple(told for told in self.told if told.term)

    @property
    def finished(self) -> bool:
        """Whether the full year's outcome is published."""
        return self.newest.term is Period.FULL_YEAR

    @property
    def anchor(self) -> str:
        """The year's place on the page."""
        return f"y{self.year}"

    @property
    def place(self) -> str:
        """Where the year's table has the row: 2022 年第 1 项."""
        ordinal = self.newest.row.ordinal
        return f"{self.year} 年第 {ordinal} 项" if ordinal is not None else f"{self.year} 年“其中”行"


def years_of(rows: Iterable[PublishedRow]) -> tuple[PlanYear, ...]:
    """The years of the rows, which are in the order of time."""
    told = [Told.of(row) for row in rows]
    return tuple(PlanYear(year, tuple(each)) for year, each in groupby(told, key=lambda one: one.year))
