"""What the machine understands a wording as, said at once, and what deserves a second look."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.judging.readings import Reading
from indicators.judging.sentences import describe
from indicators.judging.targets import read_target
from indicators.judging.terms import Favourable, Kind
from indicators.models import AnnualTarget, Indicator
from indicators.scoreboard import tolerances_of
from wanzhou.kernel.plans.models import RuleSet

NOT_WRITTEN = "未填写"


@dataclass(frozen=True, slots=True)
class Echo:
    """A wording as understood, in the staff's short form; `doubt` says what a person should look at again."""

    says: str
    doubt: str = ""


def reading_of(wording: str, *, unit: str, indicator: Indicator, rules: RuleSet) -> Reading:
    """The wording as it would be judged in a row of this unit and indicator."""
    return read_target(
        wording, unit=unit, favourable=Favourable(indicator.favourable), tolerances=tolerances_of(rules)
    )


def echo_of(wording: str, *, unit: str, indicator: Indicator, rules: RuleSet) -> Echo:
    """The short form of what is understood; never raises, and never guesses."""
    if not wording.strip():
        return Echo(NOT_WRITTEN)
    reading = reading_of(wording, unit=unit, indicator=indicator, rules=rules)
    said = describe(reading)
    kind = "" if reading.kind in (Kind.ABOUT, Kind.RANGE) else f"{reading.kind.label}："
    return Echo(
        said if said.startswith(("由上级", "不考核")) else f"{kind}{said}", doubt_of(reading, indicator)
    )


def echo_of_target(target: AnnualTarget, rules: RuleSet) -> Echo:
    """The same for a row as it is stored; needs its indicator joined."""
    return echo_of(target.wording or "", unit=target.unit, indicator=target.indicator, rules=rules)


def doubt_of(reading: Reading, indicator: Indicator) -> str:
    """Why a reading deserves a second look; empty where it does not."""
    if reading.kind is Kind.NARRATIVE:
        return "系统读不懂这一表述，到期由人认定"
    if reading.kind is Kind.ASSIGNED and not reading.comparable:
        return "数值由上级下达，录入之前不作判定"
    favourable = Favourable(indicator.favourable)
    if reading.comparable and reading.kind in ONE_SIDED and reading.direction is not favourable:
        return f"这个指标{favourable.label}，表述却是“{reading.kind.label}”，请核对"
    return ""


ONE_SIDED = (Kind.AT_LEAST, Kind.AT_MOST, Kind.ABOVE, Kind.BELOW)
