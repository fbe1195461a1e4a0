"""The figures that relative targets refer to: an earlier year's, another indicator's, another region's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.db.models import Q

from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.wording import fold
from wanzhou.kernel.workflow.moves import State

from .judging.targets import read_target
from .judging.terms import Kind, OutcomeState
from .models import AnnualTarget, Indicator, QuarterlyActual, ReferenceFigure

NAMED_YEAR = re.compile(r"(?:较|比|与)(20\d{2})年")


@dataclass(frozen=True, slots=True)
class Base:
    """The figure that a target leans on: whose, of when, and what is known of it.

    `code` is None where no indicator has the name in the wording, `period` where only the plan is at hand. Without
    `value` the base is not known yet, or must not be used (across a series break); `state` says what was reported.
    """

    code: str | None
    year: int
    period: Period | None
    value: Decimal | None = None
    state: OutcomeState | None = None

    def known(self, actual: QuarterlyActual | None) -> Base:
        """The same base, with what was reported."""
        if actual is None:
            return self
        return replace(self, value=actual.value, state=OutcomeState(actual.outcome_state))


@dataclass(frozen=True, slots=True)
class Bases:
    """Known base figures of one period's rows, by target id; a target that is not in `figures` has no base yet.

    `bases` has every target that leans on a year or on another indicator, known or not.
    """

    figures: Mapping[int, Decimal]
    bases: Mapping[int, Base] = field(default_factory=dict)

    def of(self, target: AnnualTarget) -> Decimal | None:
        """The base figure, or None while it is not known."""
        return self.figures.get(target.pk)

    @classmethod
    def gather(
        cls,
        period: ReportingPeriod | None,
        wordings: Mapping[AnnualTarget, str | None],
        states: Sequence[State],
    ) -> Bases:
        """Look up the bases of all relative targets: at most four queries, none when no target is relative.

        Without a period, as the plan itself is published, only earlier years can be known.
        """
        related: dict[Kind, dict[AnnualTarget, str]] = {}
        for target, wording in wordings.items():
            if wording:
                related.setdefault(_relation(target, wording), {})[target] = wording
        bases = _earlier_years(related.get(Kind.RELATIVE_YEAR, {}), states)
        bases |= _other_indicators(period, related.get(Kind.RELATIVE_INDICATOR, {}), states)
        regions = _regions(period, related.get(Kind.RELATIVE_REGION, {})) if period else {}
        return cls(regions | _known({key: base.value for key, base in bases.items()}), bases)


def _relation(target: AnnualTarget, wording: str) -> Kind:
    return read_target(wording, unit=target.unit).kind


def _earlier_years(wordings: Mapping[AnnualTarget, str], states: Sequence[State]) -> dict[int, Base]:
    """Full-year figures of the year named in the wording, else of the year before; never across a series break."""
    bases = {
        target: Base(target.indicator.code, _base_year(target, wording), Period.FULL_YEAR)
        for target, wording in wordings.items()
    }
    match = Q()
    for target, base in bases.items():
        match |= Q(target__indicator=target.indicator_id, target__plan__last_year=base.year)
    if not match:
        return {}
    actuals = {
        (actual.target.indicator_id, actual.target.plan.year): actual
        for actual in QuarterlyActual.objects.filter(match, period__period=Period.FULL_YEAR, state__in=states)
        .select_related("target__plan")
        .order_by("id")
    }
    return {
        t.pk: base if t.series_break else base.known(actuals.get((t.indicator_id, base.year)))
        for t, base in bases.items()
    }


def _base_year(target: AnnualTarget, wording: str) -> int:
    named = NAMED_YEAR.search(fold(wording))
    return int(named[1]) if named else target.plan.year - 1


def _regions(period: ReportingPeriod, wordings: Mapping[AnnualTarget, str]) -> dict[int, Decimal]:
    """Figures of the region that the wording names (全市, 全国, …), for the same period."""
    if not wordings:
        return {}
    figures: dict[int, list[ReferenceFigure]] = {}
    for figure in ReferenceFigure.objects.filter(
        indicator__in=[t.indicator_id for t in wordings],
        year=period.plan.year,
        period=period.period,
        value__isnull=False,
    ):
        figures.setdefault(figure.indicator_id, []).append(figure)
    return _known(
        {
            target.pk: next(
                (f.value for f in figures.get(target.indicator_id, []) if f.region in wording), None
            )
            for target, wording in wordings.items()
        }
    )


def _other_indicators(
    period: ReportingPeriod | None, wordings: Mapping[AnnualTarget, str], states: Sequence[State]
) -> dict[int, Base]:
    """This period's figure of the indicator that the wording names by its name or an alias."""
    if not wordings:
        return {}
    indicators = Indicator.objects.for_tables().order_by("id")
    named = {target: _indicator_named(wording, target, indicators) for target, wording in wordings.items()}
    wanted = [indicator.pk for indicator in named.values() if indicator]
    actuals = (
        {
            actual.target.indicator_id: actual
            for actual in QuarterlyActual.objects.filter(
                period=period, state__in=states, target__indicator__in=wanted
            )
            .select_related("target")
            .order_by("id")
        }
        if period and wanted
        else {}
    )
    term = Period(period.period) if period else None
    return {
        target.pk: Base(other.code, target.plan.year, term).known(actuals.get(other.pk))
        if other
        else Base(None, target.plan.year, term)
        for target, other in named.items()
    }


def _indicator_named(wording: str, target: AnnualTarget, indicators: Iterable[Indicator]) -> Indicator | None:
    """The other indicator whose name or alias is the longest that stands in the wording."""
    names = {
        name: indicator
        for indicator in indicators
        if indicator.pk != target.indicator_id
        for name in indicator.names
        if name in wording
    }
    return names[max(names, key=len)] if names else None


def _known(figures: Mapping[int, Decimal | None]) -> dict[int, Decimal]:
    return {key: figure for key, figure in figures.items() if figure is not None}
