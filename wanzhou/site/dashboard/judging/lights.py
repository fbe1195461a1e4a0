"""The rules of the lights of projects, with what comes of each at its edge: said by the rules themselves."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from projects.lighting import thresholds_of
from projects.lights import MONTHS, Situation, Thresholds, signal_of
from projects.stages import Stage
from wanzhou.kernel.numerals import plain
from wanzhou.kernel.plans.models import RuleSet
from wanzhou.site.dashboard.lightmarks import light_mark
from wanzhou.site.dashboard.tones import Tone

_YEAR = 2001  # any year: the rules know none
_HUNDRED = Decimal(100)
_BARELY = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class LightCase:
    """A case, and the light that the rules in force give it."""

    case: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class LightRules:
    """A version of the rules of lights, as people read them."""

    version: int
    at: datetime.datetime
    reason: str
    yellow: str
    red: str
    start_yellow: int
    start_red: int
    stale_days: int
    cases: tuple[LightCase, ...]


def light_rules_of(rules: RuleSet) -> LightRules:
    """The rules with their cases."""
    by = thresholds_of(rules)
    return LightRules(
        version=rules.version,
        at=rules.at,
        reason=rules.reason,
        yellow=plain(-by.yellow),
        red=plain(-by.red),
        start_yellow=by.start_yellow,
        start_red=by.start_red,
        stale_days=by.stale_days,
        cases=tuple(_cases(by)),
    )


def _cases(by: Thresholds) -> list[LightCase]:
    june = datetime.date(_YEAR, 6, 30)
    invested = [
        (f"投资进度比序时进度低 {plain(short)} 个百分点", _short(short, june))
        for short in (-by.yellow, -by.yellow + _BARELY, -by.red, -by.red + _BARELY)
    ]
    started = [
        (f"年内计划开工，截至 {month} 月底仍在前期工作", _waiting(month))
        for month in (by.start_yellow, by.start_red)
    ]
    stages = [
        ("已竣工投用，不论投资多少", _at(Stage.COMPLETED)),
        ("没有投资数，已达到年度安排的阶段", Situation(_YEAR, Stage.UNDERWAY, Stage.UNDERWAY, june)),
        ("停工", _at(Stage.SUSPENDED)),
        ("缓建或调出", _at(Stage.DEFERRED)),
        ("没有更新，或者公开的进展不足以评灯", Situation(_YEAR, Stage.COMPLETED)),
    ]
    return [_case(words, known, by) for words, known in (*invested, *started, *stages)]


def _case(words: str, known: Situation, by: Thresholds) -> LightCase:
    return LightCase(words, light_mark(signal_of(known, by).light))


def _short(points: Decimal, day: datetime.date) -> Situation:
    """So many percentage points short at the middle of the year, whatever that makes of the amount."""
    return Situation(_YEAR, None, Stage.UNDERWAY, day, investment=_HUNDRED, invested=_HUNDRED / 2 - points)


def _waiting(month: int) -> Situation:
    last = (datetime.date(_YEAR + month // MONTHS, month % MONTHS + 1, 1)) - datetime.timedelta(days=1)
    return Situation(_YEAR, Stage.STARTED, Stage.PREPARATORY, last)


def _at(stage: Stage) -> Situation:
    return Situation(_YEAR, Stage.UNDERWAY, stage, datetime.date(_YEAR, 6, 30), _HUNDRED, _HUNDRED)
