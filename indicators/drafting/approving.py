"""A draft on its way through the congress: put before it, and approved with its session and date."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from indicators.models import AnnualTarget
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import Plan, PlanState, Source

from .problems import problems_of
from .refusals import DraftRefused, locked, permit, require_draft
from .sheets import FIELDS, last_plan, rows_of


@transaction.atomic
def submit_plan(plan: Plan, *, by: User) -> Plan:
    """Put the draft before the congress (提请审查)."""
    permit(by)
    plan = locked(plan)
    require_draft(plan)
    if plan.state != PlanState.DRAFT:
        raise DraftRefused(f"{plan.year}年计划已经提请审查。")
    plan.state = PlanState.SUBMITTED
    plan.save(update_fields=["state"])
    return plan


@transaction.atomic
def approve_plan(
    plan: Plan, *, by: User, meeting: str, on: datetime.date, seen: str, source: Source | None = None
) -> Plan:
    """Record that the congress approved exactly what was seen (`seen`, a digest); its wordings then stay.

    The document is written on the plan, and on every row that names none.
    Raises DraftRefused when a problem blocks, the rows changed since, or the plan is approved already.
    """
    permit(by)
    plan = locked(plan)
    require_draft(plan)
    rows = rows_of(plan)
    if digest_of(plan, rows) != seen:
        raise DraftRefused("页面打开之后计划又有改动，没有批准；请看过下面的新内容再确认。")
    if not meeting.strip():
        raise DraftRefused("须写明批准机关与会议。")
    if on > timezone.localdate():
        raise DraftRefused("批准日期不能晚于今天。")
    blocking = [one for one in problems_of(rows, plan.rule_set, units_before(plan)) if one.blocks]
    if blocking:
        raise DraftRefused(*(f"{one.name}{'：' if one.name else ''}{one.says}" for one in blocking))
    plan.state, plan.approved_by, plan.approved_on = PlanState.APPROVED, meeting.strip(), on
    plan.source = source or plan.source
    plan.save(update_fields=["state", "approved_by", "approved_on", "source"])
    if source is not None:
        plan.targets.filter(source=None).update(source=source)
    return plan


def digest_of(plan: Plan, rows: Sequence[AnnualTarget]) -> str:
    """The fingerprint of everything that is approved: the same digest means the same plan."""
    said = [
        plan.title,
        plan.rule_set_id,
        [[row.pk, *(getattr(row, field) for field in FIELDS)] for row in rows],
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def units_before(plan: Plan) -> dict[int, str]:
    """Last year's units by indicator; one query or two."""
    last = last_plan(plan)
    return dict(last.targets.values_list("indicator_id", "unit")) if last else {}
