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
    ASKED = "asked", "本次调度还没有报"
    STALE = "stale", "久未更新"
    DRAFT = "draft", "草稿，还没有报送"
    RECENT = "recent", "近期已更新"
    SUBMITTED = "submitted", "已报送，等待审核"
    APPROVED = "approved", "已审核，等待发布"
    SETTLED = "settled", "已竣工或调出，不用再更新"


ASKED = (Due.RETURNED, Due.FIRST, Due.ASKED, Due.STALE)
"""What waits for the department."""
_OF_STATE = {
    State.DRAFT: Due.DRAFT,
    State.RETURNED: Due.RETURNED,
    State.SUBMITTED: Due.SUBMITTED,
    State.APPROVED: Due.APPROVED,
}


@dataclass(frozen=True, slots=True)
class Word:
    """The newest word on a task that the public has: its stage, the day it speaks of, when it was handed in."""

    stage: Stage
    as_of: datetime.date | None  # None: unknown
    handed_in_at: datetime.datetime | None = None

    def answers(self, asked_since: datetime.datetime | None) -> bool:
        """Whether it was handed in after a round of asking was opened; where nobody asks, every word will do."""
        return asked_since is None or (self.handed_in_at is not None and self.handed_in_at >= asked_since)


def due_of(
    on_its_way: State | None,
    last: Word | None,
    *,
    today: datetime.date,
    stale_days: int,
    asked_since: datetime.datetime | None = None,
) -> Due:
    """What is due; what is on its way goes before what was said last, a round under way before the stale days."""
    if on_its_way is not None:
        return _OF_STATE[on_its_way]
    if last is None:
        return Due.FIRST
    if not last.answers(asked_since):
        return Due.ASKED
    if last.stage in SETTLED:
        return Due.SETTLED
    if last.as_of is not None and (today - last.as_of).days <= stale_days:
        return Due.RECENT
    return Due.STALE
