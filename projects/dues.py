"""Whether a task's department should say something now, and why; pure."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from projects.stages import Stage
from wanzhou.kernel.terms import Term
from wanzhou.kernel.workflow.moves import State

SETTLED = (Stage.COMPLETED, Stage.WITHDRAWN)
"""Stages after which nothing more is expected."""


class Due(Term):
    """Where a task stands in its department's work; in the order in which it is shown."""

    RETURNED = "returned", "被退回"
    FIRST = "first", "还没有更新过"
    STALE = "stale", "久未更新"
    DRAFT = "draft", "草稿，还没有报送"
    RECENT = "recent", "近期已更新"
    SUBMITTED = "submitted", "已报送，等待审核"
    APPROVED = "approved", "已审核，等待发布"
    SETTLED = "settled", "已竣工或调出，不用再更新"


ASKED = (Due.RETURNED, Due.FIRST, Due.STALE)
"""What waits for the department."""
_OF_STATE = {
    State.DRAFT: Due.DRAFT,
    State.RETURNED: Due.RETURNED,
    State.SUBMITTED: Due.SUBMITTED,
    State.APPROVED: Due.APPROVED,
}


@dataclass(frozen=True, slots=True)
class Word:
    """The newest word on a task that the public has: its stage, and the day it speaks of (None: unknown)."""

    stage: Stage
    as_of: datetime.date | None


def due_of(on_its_way: State | None, last: Word | None, *, today: datetime.date, stale_days: int) -> Due:
    """What is due; what is on its way goes before what was said last."""
    if on_its_way is not None:
        return _OF_STATE[on_its_way]
    if last is None:
        return Due.FIRST
    if last.stage in SETTLED:
        return Due.SETTLED
    if last.as_of is not None and (today - last.as_of).days <= stale_days:
        return Due.RECENT
    return Due.STALE
