"""The figures that relative targets refer to: an earlier year's, another indicator's, another region's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.wording import fold
from wanzhou.kernel.workflow.moves import State

from .judging.targets import read_target
from .judging.terms import Kind
from .models import AnnualTarget, Indicator, QuarterlyActual, ReferenceFigure

NAMED_YEAR = re.compile(r"(?:较|比|与)(20\d{2})年")


@dataclass(frozen=True, slots=True)
class Bases:
    """Known base figures of one period's rows, by target id; a target that is not in it has no base yet."""

    figures: Mapping[int, Decimal]

    def of(self, target: AnnualTarget) -> Decimal | None:
        """The base figure, or None while it is not known."""
        return self.figures.get(target.pk)

    @classmethod
    def gather(
        cls, period: ReportingPeriod, wordings: Mapping[AnnualTarget, str | None], states: Sequence[State]
    ) -> Bases:
        """Look up the bases of all relative targets: at most four queries, none when no target is relative."""
        kinds = {target: _relation(target, wording) for target, wording in wordings.items() if wording}
        found: dict[int, Decimal] = {}
        found |= _earlier_years(
            {t: w for t, w in wordings.items() if w and kinds[t] is Kind.RELATIVE_YEAR}, states
        )
        found |= _regions(
            period, {t: w for t, w in wordings.items() if w and kinds[t] is Kind.RELATIVE_REGION}
        )
        others = {t: w for t, w in wordings.items() if w and kinds[t] is Kind.RELATIVE_INDICATOR}
        return cls(found | _other_indicators(period, others, states))


def _relation(target: AnnualTarget, wording: str) -> Kind:
    return read_target(wording, unit=target.unit).kind


def _earlier_years(wordings: Mapping[AnnualTarget, str], states: Sequence[State]) -> dict[int, Decimal]:
    """Full-year figures of the year named in the wording, else of the year before; never across a series break."""
    wanted = {t: _base_year(t, w) for t, w in wordings.items() if not t.series_break}
    if not wanted:
        return {}
    match = Q()
    for target, year in wanted.items():
        match |= Q(target__indicator=target.indicator_id, target__plan__last_year=year)
    figures = {
        (actual.target.indicator_id, actual.target.plan.year): actual.value
        for actual in QuarterlyActual.objects.filter(
            match, period__period=Period.FULL_YEAR, state__in=states, value__isnull=False
        )
        .select_related("target__plan")
        .order_by("id")
    }
    return _known({t.pk: figures.get((t.indicator_id, year)) for t, year in wanted.items()})


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
    period: ReportingPeriod, wordings: Mapping[AnnualTarget, str], states: Sequence[State]
) -> dict[int, Decimal]:
    """This period's figure of the indicator that the wording names by its name or an alias."""
    if not wordings:
        return {}
    named = {target: _indicator_named(wording, target) for target, wording in wordings.items()}
    figures = {
        actual.target.indicator_id: actual.value
        for actual in QuarterlyActual.objects.filter(
            period=period, state__in=states, value__isnull=False, target__indicator__in=named.values()
        )
        .select_related("target")
        .order_by("id")
    }
    return _known({t.pk: figures.get(other) for t, other in named.items() if other is not None})


def _indicator_named(wording: str, target: AnnualTarget) -> int | None:
    """The longest name or alias of another indicator that stands in the wording."""
    names = {
        name: indicator.pk
        for indicator in Indicator.objects.exclude(pk=target.indicator_id)
        for name in (indicator.name, *indicator.aliases.split("；"))
        if name and name in wording
    }
    return names[max(names, key=len)] if names else None


def _known(figures: Mapping[int, Decimal | None]) -> dict[int, Decimal]:
    return {key: figure for key, figure in figures.items() if figure is not None}
