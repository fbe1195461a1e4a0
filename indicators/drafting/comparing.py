"""A draft held against the plan of the year before, from the facts as staff have them."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.comparison import Asked, Break, Compared, Meant, compare
from indicators.judging.terms import Favourable
from indicators.models import AnnualTarget
from indicators.models.targets import Nature
from indicators.wordings import wording_in_force

from .echoes import reading_of


def compared(before: Sequence[AnnualTarget], after: Sequence[AnnualTarget]) -> tuple[Compared, ...]:
    """Which targets rose, which are new, which were dropped; rows as `rows_of` reads them."""
    breaks = {row.indicator.code: [Break(row.plan.year, row.note)] for row in after if row.series_break}
    return compare(_asked_of(before), _asked_of(after), breaks)


def _asked_of(rows: Sequence[AnnualTarget]) -> list[Asked]:
    codes = {row.pk: row.indicator.code for row in rows}
    return [_asked(row, codes.get(row.parent_id or 0, "")) for row in rows]


def _asked(row: AnnualTarget, parent_code: str) -> Asked:
    """A row as the comparison takes it, in the wording in force."""
    wording = wording_in_force(row, list(row.adjustments.all()), None).wording or ""
    reading = reading_of(wording, unit=row.unit, indicator=row.indicator, rules=row.plan.rule_set)
    return Asked(
        code=row.indicator.code,
        name=row.name,
        wording=wording,
        meant=Meant(reading.kind, reading.number, reading.unit, reading.accepted),
        ordinal=row.ordinal,
        parent_code=parent_code,
        unit=row.unit,
        binding=row.nature == Nature.BINDING,
        favourable=Favourable(row.indicator.favourable),
        note=row.note,
    )
