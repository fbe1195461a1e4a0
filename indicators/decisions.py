"""What people decide about a row: a ruling, a cause, an adjusted target, a changed calibre."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import ReportingPeriod, Source
from wanzhou.kernel.workflow import actions as workflow
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.kernel.workflow.models import Submission
from wanzhou.kernel.workflow.moves import State

from .arrivals import record
from .evidence import Attach, no_files
from .judging.terms import OutcomeState, Verdict
from .models import AnnualTarget, Cause, QuarterlyActual, Replacement, Ruling, TargetAdjustment
from .scoreboard import Basis, Scoreboard, ScoreRow
from .submitting import Figure, submit

RULES = "indicators.add_ruling"
EXPLAINS = "indicators.add_cause"
ADJUSTS = "indicators.add_targetadjustment"
CHANGES_TARGETS = "indicators.change_annualtarget"


# --- rulings ----------------------------------------------------------------------------------------------
def open_to_ruling(actual: QuarterlyActual) -> ScoreRow:
    """The row in which this figure is judged, where the rules leave it to a person; raises MoveRefused else."""
    board = Scoreboard.for_period(actual.period, basis=Basis.SUBMITTED)
    row = next((row for row in board.rows if row.actual == actual), None)
    if row is None:
        raise MoveRefused("这条数据尚未报送，或已被更新的数据替换，不能认定。")
    if row.assessment.verdict is not Verdict.REVIEW or row.in_force.wording is None:
        raise MoveRefused(f"只有待认定的数据才能人工认定。{row.assessment.reason}")
    return row


def ruling_under_way(actual: QuarterlyActual) -> Ruling | None:
    """The ruling on this figure that is not published yet."""
    rulings = Ruling.objects.exclude(state=State.PUBLISHED).filter(actual=actual)
    return rulings.select_related("entered_by").order_by("-id").first()


@transaction.atomic
def rule_upon(
    actual: QuarterlyActual, *, verdict: Verdict, reason: str, by: User, attach: Attach = no_files
) -> Ruling:
    """Give a person's verdict on the figure as judged now, for a second person to approve.

    Wording and rules are taken from there; what attests it is attached on the way.

    Raises MoveRefused where the figure decides by itself, where a ruling is with somebody else, or where the person
    may not.
    """
    _may(by, RULES, "认定")
    row = open_to_ruling(actual)
    draft = _own_draft(ruling_under_way(actual), by) or Ruling(actual=actual, entered_by=by)
    assert isinstance(draft, Ruling)
    draft.wording, draft.rule_set = row.in_force.wording or "", actual.period.plan.rule_set
    draft.verdict, draft.reason = verdict, reason.strip()
    _save(draft)
    attach(draft)
    return workflow.submit([draft], by=by)[0]


# --- causes -----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a target was missed or is behind, what will be done, and what is expected of the year (never public)."""

    text: str
    measures: str = ""
    forecast: Decimal | None = None
    source: Source | None = None
    place: str = ""


def cause_under_way(target: AnnualTarget, period: ReportingPeriod) -> Cause | None:
    """The cause of a row that is not published yet."""
    causes = Cause.objects.exclude(state=State.PUBLISHED).filter(target=target, period=period)
    return causes.select_related("entered_by", "source").order_by("-id").first()


@transaction.atomic
def explain(
    target: AnnualTarget,
    period: ReportingPeriod,
    said: Explanation,
    *,
    by: User,
    hand_in: bool,
    attach: Attach = no_files,
) -> Cause:
    """Keep a cause as a draft, or hand it in; raises MoveRefused where it is with somebody else or too late."""
    _may(by, EXPLAINS, "填写原因说明")
    draft = _own_draft(cause_under_way(target, period), by)
    draft = draft or Cause(target=target, period=period, entered_by=by)
    assert isinstance(draft, Cause)
    for name in said.__slots__:
        setattr(draft, name, getattr(said, name))
    _save(draft)
    attach(draft)
    if not hand_in:
        return draft
    handed = submit([draft], by=by)[0]
    assert isinstance(handed, Cause)
    return handed


# --- adjusted targets -------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Adjusted:
    """A target's new wording, and who approved it: body, meeting, day and document, all of them."""

    wording: str
    body: str
    meeting: str
    approved_on: datetime.date
    document: str
    source: Source | None = None
    place: str = ""
    note: str = ""


@transaction.atomic
def adjust_target(
    target: AnnualTarget, said: Adjusted, *, by: User, attach: Attach = no_files
) -> TargetAdjustment:
    """Put a new wording into force; the first one stays. Raises MoveRefused, naming everything that is wrong."""
    _may(by, ADJUSTS, "调整目标")
    AnnualTarget.objects.select_for_update(of=("self",)).get(pk=target.pk)
    problems = unfit(target, said)
    if problems:
        raise MoveRefused(*problems)
    made = TargetAdjustment.objects.create(
        target=target,
        wording=said.wording.strip(),
        approved_by=f"{said.body.strip()}{said.meeting.strip()}",
        approved_on=said.approved_on,
        document=said.document.strip(),
        source=said.source,
        place=said.place,
        note=said.note,
        entered_by=by,
    )
    attach(made)
    return made


def unfit(target: AnnualTarget, said: Adjusted) -> list[str]:
    """What is wrong with a new adjustment of this target, one Chinese sentence each."""
    newest = target.adjustments.order_by("-id").first()
    year, day = target.plan.year, said.approved_on
    problems = []
    if said.wording.strip() == (newest.wording if newest else target.wording):
        problems.append("调整后的目标与现行目标相同，没有调整。")
    if day > timezone.localdate():
        problems.append("批准日期不能晚于今天。")
    elif day.year != year:
        problems.append(f"批准日期须在计划年度（{year}年）之内：目标只能在当年调整。")
    if newest is not None and newest.approved_on is not None and day < newest.approved_on:
        problems.append(f"批准日期早于上一次调整（{newest.approved_on:%Y-%m-%d}），不能排在它后面。")
    return problems


# --- changed calibres -------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class CalibreChange:
    """That a figure's calibre is no longer its target's, why, and from which year on lines must break."""

    explanation: str
    source: Source | None = None
    place: str = ""
    breaks: AnnualTarget | None = None  # the target that cannot be compared with the year before it
    public_note: str | None = None  # what stands beside the row in public; None leaves it as it is


@transaction.atomic
def change_calibre(
    target: AnnualTarget,
    period: ReportingPeriod,
    said: CalibreChange,
    *,
    by: User,
    attach: Attach = no_files,
) -> QuarterlyActual:
    """Record that the row is not judged because its calibre changed, for a second person to approve.

    Raises MoveRefused as `record` does. The break of the series and the note hold at once for staff; the public
    reads them at the next publication.
    """
    _may(by, CHANGES_TARGETS, "登记口径调整")
    figure = Figure(outcome_state=OutcomeState.REDEFINED, source=said.source, place=said.place)
    entry = record(
        target,
        period,
        figure,
        because=Replacement.CALIBRE,
        reason=said.explanation,
        by=by,
        attach=attach,
    )
    if said.breaks is not None:
        AnnualTarget.objects.filter(pk=said.breaks.pk).update(series_break=True)
    if said.public_note is not None:
        AnnualTarget.objects.filter(pk=target.pk).update(note=said.public_note.strip())
    return entry


# --- what they share --------------------------------------------------------------------------------------
def _may(by: User, permission: str, what: str) -> None:
    if not by.has_perm(permission):
        raise MoveRefused(f"{by}没有{what}的权限。")


def _own_draft(draft: Submission | None, by: User) -> Submission | None:
    """The entry under way, if this person may change it."""
    if draft is None:
        return None
    state, who = State(draft.state).label, draft.entered_by
    if not draft.is_editable():
        raise MoveRefused(f"已有一条{draft._meta.verbose_name}（{state}，{who}录入）；要改请先退回。")
    approves = by.has_perm(f"{draft._meta.app_label}.approve_{draft._meta.model_name}")
    if draft.entered_by_id != by.pk and approves:
        raise MoveRefused(
            f"已有一条{draft._meta.verbose_name}（{state}，{who}录入）；审核的人不改别人写的，请由录入人修改。"
        )
    return draft


def _save(draft: Submission) -> None:
    if draft.pk:
        draft.revision += 1
    draft.save()
