"""系统理解为：what a wording is understood as, in the short form that stands beside it."""

from __future__ import annotations

from typing import Any

from indicators.judging.outcomes import Outcome, read_outcome
from indicators.judging.sentences import describe, figure, rule
from indicators.judging.targets import read_target
from indicators.judging.terms import Favourable, Kind, OutcomeState
from indicators.models import AnnualTarget, QuarterlyActual
from indicators.scoreboard import tolerances_of
from indicators.wordings import UNKNOWN

UNDERSTOOD = "系统理解为"
NOTHING = "—"
NOT_YET = "保存后显示"


def target_understood(target: AnnualTarget, wording: str | None) -> str:
    """A wording as read for this target under its plan's rules; needs plan, rule set and indicator joined."""
    if wording is None:
        return UNKNOWN
    reading = read_target(
        wording,
        unit=target.unit,
        favourable=Favourable(target.indicator.favourable),
        tolerances=tolerances_of(target.plan.rule_set),
    )
    return describe(reading)


def outcome_understood(actual: QuarterlyActual) -> str:
    """An entry's wording as read in its target's unit."""
    if not actual.wording:
        return NOTHING
    outcome = read_outcome(actual.wording, unit=actual.target.unit)
    version = f"（{outcome.version.label}）" if outcome.version else ""
    state = "" if outcome.state is OutcomeState.REPORTED else f"{outcome.state.label} "
    return f"{state}{_told(outcome)}{version}".strip()


def _told(outcome: Outcome) -> str:
    if outcome.grade:
        return f"{outcome.grade}类"
    known = outcome.known
    if known is None:
        return ""
    unit = "" if outcome.unit in ("", "%") else f" {outcome.unit}"
    if known.low is not None and known.low == known.high:
        return figure(known.low) + unit
    return rule(known) + unit


def published_understood(reading: dict[str, Any]) -> str:
    """A reading as it was published, never read anew."""
    if reading.get("parts"):
        return "；".join(published_understood(part) for part in reading["parts"])
    low, high = reading.get("low"), reading.get("high")
    signs = [
        f"{'>' if reading.get('low_open') else '≥'} {low}" if low is not None else "",
        f"{'<' if reading.get('high_open') else '≤'} {high}" if high is not None else "",
    ]
    bounds = " 且 ".join(filter(None, signs))
    return bounds or Kind(reading["kind"]).label
