"""The table of a year's targets as data, filled from publications only; numbers are decimal strings."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.errors import HttpError

from indicators.judging.tallies import pace_tally, tally
from indicators.judging.terms import OutcomeState, Pace, Period, Verdict
from indicators.models import PublishedRow
from indicators.models.actuals import SILENT
from wanzhou.kernel.plans.shown import NotPublished, Shown, published_plans, shown

router = Router(tags=["指标"])


class OutcomeOut(Schema):
    """What was reported for the period."""

    state: str
    value: str | None
    wording: str | None
    period: str | None


class RulingOut(Schema):
    """A named person's ruling where the computed verdict was 待认定."""

    verdict: str
    reason: str


class IndicatorOut(Schema):
    """One row of the table; a sub-row has no ordinal, names its parent and is not counted."""

    ordinal: int | None
    code: str
    parent: str | None
    name: str
    unit: str
    nature: str
    wording: str | None
    reading: dict[str, Any]
    outcome: OutcomeOut
    verdict: str | None
    computed_verdict: str | None
    ruling: RulingOut | None
    pace: str | None
    gap: str | None
    reason: str
    counted: bool
    department: str
    source: str


class YearIndicators(Schema):
    """A year's table at one period; one of the tallies is null, and both are before any outcome."""

    year: int
    period: str | None
    published_on: str | None
    tally: dict[str, int] | None
    pace_tally: dict[str, int] | None
    indicators: list[IndicatorOut]


@router.get("/{int:year}/indicators.json", response=YearIndicators, url_name="indicators")
def year_indicators(request: HttpRequest, year: int, period: str = "") -> YearIndicators:
    """The year at its newest published period, or at the one asked for; 404 where it was never published."""
    try:
        asked = shown(published_plans(), year, period)
    except NotPublished as missing:
        raise HttpError(404, str(missing)) from missing
    return _year(asked)


def _year(asked: Shown) -> YearIndicators:
    rows = list(PublishedRow.objects.current(asked.plan, asked.period))
    finished, begun = asked.term == Period.FULL_YEAR, asked.term is not None
    return YearIndicators(
        year=asked.year,
        period=asked.term.value if asked.term else None,
        published_on=_published_on(rows),
        tally=_tally(rows) if finished else None,
        pace_tally=_pace_tally(rows) if begun and not finished else None,
        indicators=[_indicator(row, asked) for row in rows],
    )


def _tally(rows: list[PublishedRow]) -> dict[str, int]:
    return tally((row.counted, Verdict(row.verdict)) for row in rows).as_dict()


def _pace_tally(rows: list[PublishedRow]) -> dict[str, int]:
    return pace_tally((row.counted, Pace(row.pace)) for row in rows).as_dict()


def _published_on(rows: list[PublishedRow]) -> str | None:
    """The day, in the district's time, of the newest publication shown."""
    moments = [row.publication.at for row in rows]
    return timezone.localdate(max(moments)).isoformat() if moments else None


def _indicator(row: PublishedRow, asked: Shown) -> IndicatorOut:
    return IndicatorOut(
        ordinal=row.ordinal,
        code=row.code,
        parent=row.parent_code or None,
        name=row.name,
        unit=row.unit,
        nature=row.nature,
        wording=row.wording or None,
        reading=row.reading,
        outcome=_outcome(row, asked),
        verdict=row.verdict or None,
        computed_verdict=row.computed or None,
        ruling=RulingOut(verdict=row.verdict, reason=row.ruling_reason) if row.ruling_reason else None,
        pace=row.pace or None,
        gap=_digits(row.gap),
        reason=row.sentence,
        counted=row.counted,
        department=row.department,
        source="，".join(filter(None, [row.source_title, row.source_place])),
    )


def _outcome(row: PublishedRow, asked: Shown) -> OutcomeOut:
    return OutcomeOut(
        state=row.outcome_state,
        value=_digits(row.outcome_value),
        wording=row.outcome_wording or _said_instead(row),
        period=asked.term.value if asked.term else None,
    )


def _said_instead(row: PublishedRow) -> str | None:
    """What stands in the cell where a figure would: 市级暂未反馈, 口径调整; nothing where nobody said anything."""
    state = row.outcome_state
    return OutcomeState(state).label if state in SILENT else None


def _digits(value: Decimal | None) -> str | None:
    """The shortest exact notation: `-2.500000` reads `-2.5`."""
    if value is None:
        return None
    digits = f"{value or Decimal(0):f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
