"""Which wording of a target is in force, and for which periods; pure over the adjustments given."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from wanzhou.kernel.plans.periods import Period

from .models import AnnualTarget, TargetAdjustment

UNKNOWN = "报告未载"
_APPROVED = re.compile(r"目标经(?P<body>.+?)批准调整为“")


@dataclass(frozen=True, slots=True)
class WordingInForce:
    """What a row is judged by: its wording (None when unknown), the adjustment behind it, why it is not judged."""

    wording: str | None
    adjustment: TargetAdjustment | None = None
    unjudged_because: str = ""


def wording_in_force(
    target: AnnualTarget, adjustments: Sequence[TargetAdjustment], period: Period | None
) -> WordingInForce:
    """The wording at the period's end; an adjustment of unknown date judges the full year only (DOMAIN §7)."""
    if not adjustments:
        return WordingInForce(target.wording)
    if period in (None, Period.FULL_YEAR):
        return WordingInForce(adjustments[-1].wording, adjustments[-1])
    if any(adjustment.approved_on is None for adjustment in adjustments):
        return WordingInForce(None, None, _unknown_date(adjustments))
    ended = period_end(target.plan.year, period)
    reached = [adjustment for adjustment in adjustments if (adjustment.approved_on or ended) <= ended]
    return WordingInForce(reached[-1].wording, reached[-1]) if reached else WordingInForce(target.wording)


def period_end(year: int, period: Period) -> datetime.date:
    """The last day of a period of the year."""
    month = period.position * 3
    return datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)


def describe_adjustment(target: AnnualTarget, adjustment: TargetAdjustment) -> str:
    """One sentence on an adjustment: by whom, from what to what, when; the unknown reads 报告未载."""
    first = f"“{target.wording}”" if target.wording else UNKNOWN
    on = f"{adjustment.approved_on:%Y-%m-%d}" if adjustment.approved_on else UNKNOWN
    return f"目标经{adjustment.approved_by}批准调整为“{adjustment.wording}”；调整前的目标：{first}；批准日期：{on}。"


def approving_body(told: str) -> str:
    """Who approved an adjustment, from what `describe_adjustment` told of it; empty where nothing was adjusted."""
    found = _APPROVED.match(told)
    return found["body"] if found else ""


def _unknown_date(adjustments: Sequence[TargetAdjustment]) -> str:
    by = adjustments[-1].approved_by
    return f"年度目标曾经{by}批准调整，调整日期{UNKNOWN}，本期适用哪个目标不明，不作判定。"
