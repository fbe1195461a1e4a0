"""The row that a form is about: its wording, how it is read, its figure, the computed verdict and its sentence."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.admin.understanding import target_understood
from indicators.judging.terms import Verdict
from indicators.models import AnnualTarget, Cause, Ruling
from indicators.scoreboard import Basis, Scoreboard, ScoreRow
from indicators.wordings import UNKNOWN
from wanzhou.kernel.plans.models import ReportingPeriod, RuleSet
from wanzhou.site.dashboard.tones import Tone, tone_of

from .figures import said_of


@dataclass(frozen=True, slots=True)
class Subject:
    """One row as judged now, on what has been submitted."""

    target: AnnualTarget
    period: ReportingPeriod
    wording: str
    first_wording: str  # where the wording in force is another
    understood: str
    said: str
    unit: str
    entry: str  # in which state the figure is
    tone: Tone | None  # the effective verdict or pace
    computed: Tone | None  # where a ruling stands beside the computed verdict
    sentence: str
    rules: str
    ruling: Ruling | None
    cause: Cause | None
    lacks_explanation: bool


def subject_of(target: AnnualTarget, period: ReportingPeriod) -> Subject | None:
    """The row of the board; None for a target outside the numbered table, which is not judged."""
    board = Scoreboard.for_period(period, basis=Basis.SUBMITTED)
    row = next((row for row in board.rows if row.target.pk == target.pk), None)
    return _subject(target, board, row) if row is not None else None


def _subject(target: AnnualTarget, board: Scoreboard, row: ScoreRow) -> Subject:
    in_force = row.in_force.wording
    actual = row.actual
    state = row.verdict or row.assessment.pace
    return Subject(
        target=target,
        period=board.period,
        wording=in_force or UNKNOWN,
        first_wording=(target.wording or UNKNOWN) if row.in_force.adjustment else "",
        understood=target_understood(target, in_force),
        said=said_of(actual) if actual else row.assessment.outcome.state.label,
        unit=target.unit if actual and actual.value is not None else "",
        entry=actual.get_state_display() if actual else "",
        tone=tone_of(state.value, counted=row.counted) if state else None,
        computed=tone_of(Verdict.REVIEW.value) if row.ruling else None,
        sentence=row.assessment.reason,
        rules=rules_in_words(board.rule_set),
        ruling=row.ruling,
        cause=row.cause,
        lacks_explanation=row.lacks_cause or (board.demands_explanations and row.lacks_explanation),
    )


def rules_in_words(rules: RuleSet) -> str:
    """Which version judges, and what 左右 means under it."""
    bands = [f"{band.normalize():f}" for band in (rules.rate_firm, rules.rate_wide)]
    shares = [f"{(band * 100).normalize():f}%" for band in (rules.share_firm, rules.share_wide)]
    return (
        f"判定规则第{rules.version}版。“左右”：差距不超过{bands[0]}个百分点（总量类{shares[0]}）算达到，"
        f"不超过{bands[1]}个百分点（总量类{shares[1]}）由人认定，再差就是未完成。"
    )
