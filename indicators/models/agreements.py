"""What rows of this app must agree on among themselves, kept by the database."""

from __future__ import annotations

import pgtrigger

from wanzhou.kernel.plans.constraints import agrees


def target_and_period_agree() -> pgtrigger.Trigger:
    """A row about a target and a period: both belong to the same plan."""
    return agrees(
        "target_and_period_in_same_plan",
        where="(SELECT plan_id FROM indicators_annualtarget WHERE id = NEW.target_id) ="
        " (SELECT plan_id FROM plans_reportingperiod WHERE id = NEW.period_id)",
        says="年度目标与填报期不属于同一份计划",
    )


def closed_to_entries(*, but: str) -> pgtrigger.Trigger:
    """An entry about a closed period is neither begun nor changed nor submitted, unless the SQL `but` over NEW holds.

    What was submitted in time is still checked, sent back and published.
    """
    steps_of_others = (
        "NEW.state IN ('approved', 'published')"
        " OR (TG_OP = 'UPDATE' AND NEW.state = 'returned' AND OLD.state <> 'returned')"
    )
    closed = "EXISTS (SELECT 1 FROM plans_reportingperiod p WHERE p.id = NEW.period_id AND p.closed_at IS NOT NULL)"
    return agrees(
        "closed_to_entries",
        where=f"NOT {closed} OR {steps_of_others} OR {but}",
        says="填报期已经关闭，不能再录入、修改或报送；需要时请发改发布重新开启",
    )
