"""Keeping the scan of a signed 确认表; with it, figures entered for the department are confirmed by paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from wanzhou.kernel.accounts.models import Department, User
from wanzhou.kernel.evidence.actions import take_in
from wanzhou.kernel.evidence.kinds import SCANS
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.workflow.moves import State

from .judging.terms import OutcomeState
from .models import AnnualTarget, Answer, QuarterlyActual, SignedRow, SignedSheet


@dataclass(frozen=True, slots=True)
class Signed:
    """The sheets that were kept, a scan each, and the figures that they confirmed."""

    sheets: tuple[SignedSheet, ...]
    confirmed: tuple[QuarterlyActual, ...]


def may_keep(by: User) -> bool:
    """Whether a person may add the scans of a department whose sheet he sees."""
    return by.has_perm("indicators.change_quarterlyactual")


@transaction.atomic
def keep_signed_sheet(
    *,
    period: ReportingPeriod,
    department: Department,
    files: Iterable[UploadedFile[Any]],
    confirms: bool,
    by: User,
) -> Signed:
    """Keep the scans, all or none; where they confirm, every figure that still waits for an answer is confirmed.

    A figure that the department disputes on screen stays disputed, and one that it entered itself needs no
    confirming. Raises FilesRefused.
    """
    documents = take_in(files, by=by, kinds=SCANS)
    sheets = [
        SignedSheet.objects.create(period=period, department=department, document=one, by=by)
        for one in documents
    ]
    waiting = _waiting(period, department, by) if confirms else []
    return Signed(tuple(sheets), tuple(_confirmed(actual, sheets[0], by) for actual in waiting))


def signed_sheets(period: ReportingPeriod, department: Department) -> Sequence[SignedSheet]:
    """The scans of a department's sheet, oldest first."""
    kept = SignedSheet.objects.filter(period=period, department=department)
    return list(kept.select_related("document", "by").order_by("pk"))


def confirmed_by_paper(period: ReportingPeriod, department: Department) -> frozenset[int]:
    """The ids of figures whose present answer came with a signed sheet."""
    rows = SignedRow.objects.filter(
        sheet__period=period, sheet__department=department, actual__answer=Answer.CONFIRMED
    )
    found = rows.values_list("actual_id", "actual__answered_at", "sheet__at")
    return frozenset(actual for actual, answered_at, at in found if answered_at == at)


def _waiting(period: ReportingPeriod, department: Department, by: User) -> list[QuarterlyActual]:
    mine = AnnualTarget.objects.for_user(by).filter(plan=period.plan_id, department=department)
    entries = QuarterlyActual.objects.filter(
        period=period, target__in=mine, provided_at__isnull=False, answer=""
    ).exclude(state=State.PUBLISHED)
    return list(entries.select_for_update(of=("self",)).order_by("pk"))


def _confirmed(actual: QuarterlyActual, sheet: SignedSheet, by: User) -> QuarterlyActual:
    said = actual.wording or (
        OutcomeState(actual.outcome_state).label if actual.value is None else f"{actual.value:f}"
    )
    SignedRow.objects.create(sheet=sheet, actual=actual, signed=said)
    actual.answer, actual.answered_by, actual.answered_at = Answer.CONFIRMED, by, sheet.at
    actual.revision += 1
    actual.save(update_fields=["answer", "answered_by", "answered_at", "revision"])
    return actual
