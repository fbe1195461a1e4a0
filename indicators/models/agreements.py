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
