"""Published rows in the fields of the indicator list, as every twin of it has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from indicators.judging.tallies import pace_tally, tally
from indicators.judging.terms import OutcomeState, Pace, Period, Verdict
from indicators.models import PublishedRow
from indicators.models.actuals import SILENT
from wanzhou.kernel.evidence.telling import Told, files_named, files_out, still_told
from wanzhou.kernel.pages.columns import decimal_text

from .schemas import BasisOut, IndicatorOut, OutcomeOut, PaceTallyOut, RulingOut, TallyOut, YearIndicators


def year_out(year: int, period: Period | None, rows: Sequence[PublishedRow]) -> YearIndicators:
    """The list as published; one of the tallies is null, and both are before any outcome."""
    finished, begun = period is Period.FULL_YEAR, period is not None
    indicators = indicators_out(rows, period)
    return YearIndicators(
        year=year,
        period=period,
        published_on=max((row.published_on for row in indicators), default=None),
        tally=_tally(rows) if finished else None,
        pace_tally=_pace_tally(rows) if begun and not finished else None,
        indicators=indicators,
    )


def indicators_out(rows: Sequence[PublishedRow], period: Period | None) -> list[IndicatorOut]:
    """Published rows as every twin of the list has them; `period` is the one that they were published for."""
    told_of = still_told(row.documents for row in rows)
    return [indicator_out(row, period, documents) for row, documents in zip(rows, told_of, strict=True)]


def indicator_out(row: PublishedRow, period: Period | None, documents: Sequence[Told]) -> IndicatorOut:
    """One of them, with those of its documents that the public may still read (see `still_told`)."""
    return IndicatorOut(
        ordinal=row.ordinal,
        code=row.code,
        parent=row.parent_code or None,
        name=row.name,
        unit=row.unit,
        nature=row.nature,
        wording=row.wording or None,
        reading=row.reading,
        outcome=_outcome(row, period),
        verdict=row.verdict or None,
        computed_verdict=row.computed or None,
        ruling=RulingOut(verdict=row.verdict, reason=row.ruling_reason) if row.ruling_reason else None,
        pace=row.pace or None,
        gap=decimal_text(row.gap),
        reason=row.sentence,
        counted=row.counted,
        department=row.department,
        source="，".join(filter(None, [row.source_title, row.source_place])),
        **_added(row),
        files=files_out(documents),
        files_named=files_named(documents) or None,
    )


def _added(row: PublishedRow) -> dict[str, Any]:
    """What joined the row's description later, behind the first keys."""
    return {
        "cause": row.cause or None,
        "cause_source": row.cause_source or None,
        "adjustment": row.adjustment or None,
        "first_wording": row.first_wording or None,
        "basis": _basis(row),
        "series_break": row.series_break,
        "section": row.section or None,
        "accrual": row.accrual,
        "favourable": row.favourable,
        "expected": decimal_text(row.expected),
        "reachability": row.reachability or None,
        "published_on": timezone.localdate(row.publication.at),
        "source_url": row.source_url or None,
        "source_published_on": row.source_published_on,
    }


def _outcome(row: PublishedRow, period: Period | None) -> OutcomeOut:
    return OutcomeOut(
        state=row.outcome_state or None,
        value=decimal_text(row.outcome_value),
        wording=row.outcome_wording or _said_instead(row),
        period=period,
        version=row.outcome_version or None,
    )


def _said_instead(row: PublishedRow) -> str | None:
    """What stands in the cell where a figure would: 市级暂未反馈, 口径调整; nothing where nobody said anything."""
    state = row.outcome_state
    return OutcomeState(state).label if state in SILENT else None


def _basis(row: PublishedRow) -> BasisOut | None:
    if row.basis_value is None and not row.basis_note:
        return None
    return BasisOut(value=decimal_text(row.basis_value), unit=row.basis_unit or None, note=row.basis_note)


def _tally(rows: Sequence[PublishedRow]) -> TallyOut:
    return TallyOut(**tally((row.counted, Verdict(row.verdict)) for row in rows).as_dict())


def _pace_tally(rows: Sequence[PublishedRow]) -> PaceTallyOut:
    return PaceTallyOut(**pace_tally((row.counted, Pace(row.pace)) for row in rows).as_dict())
