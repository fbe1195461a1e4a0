"""Writes around figures that touch several rows: submitting them with their causes, replacing a published one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.actions import PeriodRefused, require_open
from wanzhou.kernel.plans.models import ReportingPeriod, Source
from wanzhou.kernel.workflow import actions as workflow
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.kernel.workflow.moves import EDITABLE

from .checks import blocking
from .evidence import Attach, no_files
from .explaining import DEMANDED
from .judging.terms import OutcomeState
from .ledger import Ledger
from .models import AnnualTarget, Cause, Channel, QuarterlyActual, Replacement
from .scoreboard import Basis, Scoreboard


class NotReady(MoveRefused):
    """Figures that cannot be submitted as they are; `reasons` say why, by target id."""

    def __init__(self, reasons: Mapping[int, str], named: Mapping[int, str]) -> None:
        super().__init__(*(f"“{named[pk]}”{reason}" for pk, reason in reasons.items()))
        self.reasons = dict(reasons)


REPLACES = "indicators.replace_quarterlyactual"
Entry = QuarterlyActual | Cause

__all__ = ["Figure", "NotReady", "PeriodRefused", "replace_published", "require_open", "submit"]


@dataclass(frozen=True, slots=True)
class Figure:
    """What a replacement says, as it would stand in a row: a figure or a state, and where it comes from."""

    outcome_state: OutcomeState
    value: Decimal | None = None
    wording: str = ""
    version: str = ""
    source: Source | None = None
    place: str = ""
    provider: str = ""
    channel: Channel = Channel.SYSTEM
    provided_at: datetime.datetime | None = None


@transaction.atomic
def submit(entries: Iterable[Entry], *, by: User) -> list[Entry]:
    """Hand figures and causes to the reviewer, each figure together with its own unsubmitted cause.

    Raises MoveRefused, naming every row, where the period is closed and where the table of moves or a permission says
    no; NotReady where a check blocks a figure, and where a row behind its pace has no cause or no measures while
    departments are asked for it.
    """
    chosen = list(entries)
    closed = list(_closed(chosen))
    if closed:
        raise MoveRefused(*closed)
    figures = [entry for entry in chosen if isinstance(entry, QuarterlyActual)]
    causes = [entry for entry in chosen if isinstance(entry, Cause)]
    _refuse(dict(_blocked(figures)))
    beside = _causes_beside(figures, causes)
    submitted = workflow.submit(figures, by=by)
    explained = workflow.submit([*causes, *beside], by=by)
    _refuse(dict(_unexplained(submitted)))
    return [*submitted, *explained]


@transaction.atomic
def replace_published(
    published: QuarterlyActual,
    figure: Figure,
    *,
    because: Replacement,
    reason: str,
    by: User,
    attach: Attach = no_files,
) -> QuarterlyActual:
    """Put a new figure in the place of a published one, for a second person to approve and a publisher to publish.

    The old figure stays. Raises MoveRefused where the person may not, no reason is given, the figure is not the
    published one any more, or another replacement is under way.
    """
    if not by.has_perm(REPLACES):
        raise MoveRefused(f"{by}没有替换已发布数据的权限。")
    if not reason.strip():
        raise MoveRefused(f"替换“{published}”须写明理由。")
    row = QuarterlyActual.objects.select_for_update(of=("self",)).get(pk=published.pk)
    _refuse_second_replacement(row, published)
    said = {name: getattr(figure, name) for name in figure.__slots__}
    draft = QuarterlyActual.objects.create(
        target_id=row.target_id,
        period_id=row.period_id,
        **(said | {"provided_at": figure.provided_at or timezone.now()}),
        note=reason.strip(),
        replaces=row,
        replaced_because=because,
        entered_by=by,
    )
    attach(draft)
    return workflow.submit([draft], by=by)[0]


def _refuse_second_replacement(row: QuarterlyActual, named: QuarterlyActual) -> None:
    if not QuarterlyActual.objects.published().filter(pk=row.pk).exists():
        raise MoveRefused(f"“{named}”不是现在公布的数据（未发布，或已被替换），不能替换。")
    under_way = QuarterlyActual.objects.unpublished().filter(target=row.target_id, period=row.period_id)
    pending = under_way.select_related("entered_by").first()
    if pending is not None:
        state = pending.get_state_display()
        raise MoveRefused(
            f"“{named}”已有一条尚未发布的替换（{state}，{pending.entered_by}录入），请先处理它。"
        )


def _closed(entries: Sequence[Entry]) -> Iterator[str]:
    """Why closed periods do not take entries: a replacement and its cause may come late, nothing else."""
    periods = ReportingPeriod.objects.select_related("plan").in_bulk({entry.period_id for entry in entries})
    replacements = QuarterlyActual.objects.filter(period__in=periods, replaces__isnull=False)
    late = set(replacements.values_list("target_id", "period_id"))
    for entry in entries:
        try:
            require_open(periods[entry.period_id])
        except PeriodRefused as refusal:
            if (entry.target_id, entry.period_id) not in late:
                yield f"“{entry}”不能报送：{refusal}"


def _causes_beside(figures: Sequence[QuarterlyActual], causes: Sequence[Cause]) -> list[Cause]:
    """The unsubmitted causes of the figures' rows that were not chosen themselves."""
    rows = {(figure.target_id, figure.period_id) for figure in figures}
    drafts = Cause.objects.filter(
        target__in={target for target, _ in rows},
        period__in={period for _, period in rows},
        state__in=EDITABLE,
    ).exclude(pk__in=[cause.pk for cause in causes])
    return [cause for cause in drafts if (cause.target_id, cause.period_id) in rows]


def _refuse(reasons: Mapping[int, str]) -> None:
    if reasons:
        targets = AnnualTarget.objects.in_bulk(reasons)
        raise NotReady(reasons, {pk: target.name for pk, target in targets.items()})


def _periods_of(figures: Iterable[QuarterlyActual]) -> QuerySet[ReportingPeriod]:
    periods = ReportingPeriod.objects.filter(pk__in={figure.period_id for figure in figures})
    return periods.select_related("plan__rule_set")


def _blocked(figures: Sequence[QuarterlyActual]) -> Iterator[tuple[int, str]]:
    """What the checks of entry hold against figures of departments; a replacement states what others decided."""
    asked = [figure for figure in figures if figure.replaces_id is None]
    for period in _periods_of(asked):
        ids = {figure.target_id for figure in asked if figure.period_id == period.pk}
        ledger = Ledger.of(period, period.plan.targets.select_related("plan", "indicator"))
        cells = {target.pk: ledger.cell(target) for target in ledger.targets}
        for target in ledger.targets:
            if target.pk in ids and (held := blocking(ledger.remarks(target, cells), cells[target.pk].note)):
                yield target.pk, "".join(remark.says for remark in held)


def _unexplained(submitted: Sequence[QuarterlyActual]) -> Iterator[tuple[int, str]]:
    """Rows behind their pace that were submitted without a word of why and what next."""
    ids = {figure.pk for figure in submitted}
    for period in _periods_of(submitted):
        board = Scoreboard.for_period(period, basis=Basis.SUBMITTED)
        for row in board.rows if board.demands_explanations else ():
            if row.actual is not None and row.actual.pk in ids and row.lacks_explanation:
                yield row.target.pk, DEMANDED
