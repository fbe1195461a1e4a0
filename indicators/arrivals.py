"""What is learned late of a row that the public may already know: the city's answer, or that the calibre changed."""

from __future__ import annotations

from django.db import transaction

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.actions import PeriodRefused, require_open
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.kernel.workflow.moves import State

from .evidence import Attach, no_files
from .judging.terms import OutcomeState
from .models import AnnualTarget, QuarterlyActual, Replacement
from .submitting import Figure, replace_published, submit

ENTERS = "indicators.add_quarterlyactual"
APPROVES = "indicators.approve_quarterlyactual"


def newest_entry(target: AnnualTarget, period: ReportingPeriod) -> QuarterlyActual | None:
    """The newest entry of a row, whatever its state: a replacement is newer than what it replaces."""
    entries = QuarterlyActual.objects.filter(target=target, period=period)
    return entries.select_related("entered_by", "source").order_by("-id").first()


@transaction.atomic
def record(
    target: AnnualTarget,
    period: ReportingPeriod,
    figure: Figure,
    *,
    because: Replacement,
    reason: str,
    by: User,
    attach: Attach = no_files,
) -> QuarterlyActual:
    """Record what was learned, and hand it to a second person: in the place of what is published, else as an entry.

    What attests it is attached on the way.

    Raises MoveRefused, in Chinese, where the person may not, where the public knows another figure already, where
    somebody else's entry is under way, or where the period takes no entries.
    """
    entry = newest_entry(target, period)
    if entry is not None and entry.state == State.PUBLISHED:
        _refuse_known(entry, because)
        return replace_published(entry, figure, because=because, reason=reason, by=by, attach=attach)
    if not by.has_perm(ENTERS):
        raise MoveRefused(f"{by}没有录入数据的权限。")
    draft = entry or QuarterlyActual(target=target, period=period, entered_by=by)
    _refuse_under_way(draft, by)
    if draft.replaces_id is None:
        _require_open(period)
    else:
        draft.replaced_because = because
    for name in figure.__slots__:
        setattr(draft, name, getattr(figure, name))
    draft.note = reason.strip()
    if draft.pk:
        draft.revision += 1
    draft.save()
    attach(draft)
    submitted = submit([draft], by=by)[0]
    assert isinstance(submitted, QuarterlyActual)
    return submitted


def _refuse_known(entry: QuarterlyActual, because: Replacement) -> None:
    """An arrival answers a wait; a change of calibre is told once."""
    awaits = entry.outcome_state == OutcomeState.AWAITING_CITY
    if because is Replacement.ARRIVAL and not awaits:
        raise MoveRefused(f"“{entry}”已经公布了数据，不在等待市级；要改请用“替换已发布的数据”。")
    if because is Replacement.CALIBRE and entry.outcome_state == OutcomeState.REDEFINED:
        raise MoveRefused(f"“{entry}”公布的已经是口径调整。")


def _refuse_under_way(draft: QuarterlyActual, by: User) -> None:
    if draft.pk is None:
        return
    state = State(draft.state).label
    if not draft.is_editable():
        raise MoveRefused(
            f"“{draft}”已有一条数据（{state}，{draft.entered_by}录入），请先在审核台退回或发布它。"
        )
    if draft.entered_by_id != by.pk and by.has_perm(APPROVES):
        raise MoveRefused(
            f"“{draft}”已有一条{state}，由{draft.entered_by}录入；审核的人不改别人录入的数据，请由录入人填写。"
        )


def _require_open(period: ReportingPeriod) -> None:
    try:
        require_open(period)
    except PeriodRefused as refusal:
        raise MoveRefused(str(refusal)) from refusal
