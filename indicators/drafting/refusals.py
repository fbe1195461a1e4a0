"""Why a draft cannot be made, kept or approved, in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import Plan, PlanState

DRAFTS = (
    "plans.add_plan",
    "plans.change_plan",
    "indicators.add_annualtarget",
    "indicators.change_annualtarget",
)


class DraftRefused(Exception):
    """The step cannot be taken; `problems` say why, `by_row` the same for single rows, by their key."""

    def __init__(self, *problems: str, by_row: Mapping[str, tuple[str, ...]] | None = None) -> None:
        super().__init__(*problems)
        self.problems = problems
        self.by_row = dict(by_row or {})


def permit(by: User) -> None:
    """Raise DraftRefused unless the person may draft plans."""
    if not by.has_perms(DRAFTS):
        raise DraftRefused(f"{by}没有编制计划的权限。")


def locked(plan: Plan) -> Plan:
    """The plan as the database has it now; two people's steps wait for each other here."""
    return Plan.objects.select_for_update(of=("self",)).select_related("rule_set").get(pk=plan.pk)


def require_draft(plan: Plan) -> None:
    """Raise DraftRefused once the congress has approved the plan."""
    if plan.state == PlanState.APPROVED:
        raise DraftRefused(f"{plan.year}年计划已经审查批准，目标表述只能通过“目标调整”改变。")
