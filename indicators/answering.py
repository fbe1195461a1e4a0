"""What a department says of figures that others entered for it: confirmed, or disputed with a note."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.workflow.moves import State

from .actions import CellsRefused, NotTheirs, is_for_others, locked_rows
from .models import Answer, QuarterlyActual


@transaction.atomic
def answer_entries(
    *, period: ReportingPeriod, answers: Mapping[int, tuple[Answer, str]], by: User
) -> list[QuarterlyActual]:
    """Record that the department confirms or disputes figures entered for it; by target id, with the note."""
    if not by.has_perm("indicators.change_quarterlyactual"):
        raise NotTheirs("您没有确认数据的权限。")
    targets, current = locked_rows(period, answers, by)
    reasons: dict[int, str] = {}
    for pk, (answer, note) in answers.items():
        actual = current.get(pk)
        if actual is None or actual.provided_at is None or actual.state == State.PUBLISHED:
            reasons[pk] = "这一行没有等待确认的代填数据。"
        elif targets[pk].department_id is None or is_for_others(targets[pk], by):
            reasons[pk] = "代填的数据由责任单位自己确认。"
        elif answer is Answer.DISPUTED and not note.strip():
            reasons[pk] = "有异议须写明。"
    if reasons:
        raise CellsRefused(reasons)
    return [_answered(current[pk], answer, note, by) for pk, (answer, note) in answers.items()]


def _answered(actual: QuarterlyActual, answer: Answer, note: str, by: User) -> QuarterlyActual:
    actual.answer, actual.answered_by, actual.answered_at = answer, by, timezone.now()
    actual.answer_note = note.strip() if answer is Answer.DISPUTED else ""
    actual.revision += 1
    actual.save(update_fields=["answer", "answered_by", "answered_at", "answer_note", "revision"])
    return actual
