"""Every row of a period with what may be decided about it, each act a link to its form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indicators.decisions import ADJUSTS, CHANGES_TARGETS, EXPLAINS, RULES
from indicators.judging.terms import OutcomeState, Verdict
from indicators.models import AnnualTarget
from indicators.scoreboard import Basis, Scoreboard, ScoreRow
from indicators.submitting import REPLACES
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.workflow.moves import State
from wanzhou.site.dashboard.tones import Tone, tone_of

from . import places
from .city import READS as READS_REQUESTS
from .figures import said_of


@dataclass(frozen=True, slots=True)
class Act:
    """One form; urgent where the row waits for it."""

    what: str
    href: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class ActRow:
    """One row of the table as judged on what was submitted."""

    name: str
    ordinal: int | None
    wording: str
    said: str
    unit: str
    tone: Tone | None
    sentence: str
    acts: tuple[Act, ...]


def act_rows(period: ReportingPeriod, reader: User) -> tuple[ActRow, ...]:
    """The reader's rows of the period; a fixed number of queries."""
    board = Scoreboard.for_period(period, basis=Basis.SUBMITTED)
    own = set(AnnualTarget.objects.for_user(reader).filter(plan=period.plan_id).values_list("pk", flat=True))
    return tuple(_row(row, board, reader) for row in board.rows if row.target.pk in own)


def _row(row: ScoreRow, board: Scoreboard, reader: User) -> ActRow:
    state = row.verdict or row.assessment.pace
    actual = row.actual
    return ActRow(
        name=row.target.name,
        ordinal=row.target.ordinal,
        wording=row.in_force.wording or "",
        said=said_of(actual) if actual else row.assessment.outcome.state.label,
        unit=row.target.unit if actual is not None and actual.value is not None else "",
        tone=tone_of(state.value, counted=row.counted) if state else None,
        sentence=row.assessment.reason,
        acts=tuple(_acts(row, board, reader)),
    )


def _acts(row: ScoreRow, board: Scoreboard, reader: User) -> Iterator[Act]:
    """What this reader may do about the row as it stands."""
    about = row.target.pk, board.period.pk
    actual = row.actual
    if actual is not None and row.assessment.verdict is Verdict.REVIEW and reader.has_perm(RULES):
        yield Act("人工认定", places.ruling(actual.pk), urgent=row.ruling is None)
    if reader.has_perm(EXPLAINS):
        owes = row.lacks_cause or (board.demands_explanations and row.lacks_explanation)
        yield Act("原因说明", places.cause(*about), urgent=owes)
    if reader.has_perm(READS_REQUESTS) and actual and actual.outcome_state == OutcomeState.AWAITING_CITY:
        yield Act("市级数据", places.city_line(*about), urgent=True)
    if reader.has_perm(ADJUSTS):
        yield Act("目标调整", places.adjustment(row.target.pk))
    if reader.has_perms([REPLACES, CHANGES_TARGETS]):
        yield Act("口径调整", places.calibre(*about))
    if actual is not None and actual.state == State.PUBLISHED and reader.has_perm(REPLACES):
        yield Act("替换数据", places.replacement(actual.pk))
