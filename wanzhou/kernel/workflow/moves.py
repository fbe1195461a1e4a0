"""The states of an entry and the one table of allowed moves; the database enforces the same table."""

from __future__ import annotations

from dataclasses import dataclass

from wanzhou.kernel.terms import Term


class State(Term):
    """Where an entry stands between its clerk and the public."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已报送"
    RETURNED = "returned", "退回"
    APPROVED = "approved", "已审核"
    PUBLISHED = "published", "已发布"


EDITABLE = (State.DRAFT, State.RETURNED)


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed step; `act` names the permission that it needs (`indicators.approve_cause`)."""

    before: State
    after: State
    act: str
    label: str


MOVES = (
    Move(State.DRAFT, State.SUBMITTED, "submit", "报送"),
    Move(State.RETURNED, State.SUBMITTED, "submit", "再次报送"),
    Move(State.SUBMITTED, State.RETURNED, "approve", "退回"),
    Move(State.SUBMITTED, State.APPROVED, "approve", "审核通过"),
    Move(State.APPROVED, State.RETURNED, "approve", "撤销审核并退回"),
    Move(State.APPROVED, State.PUBLISHED, "publish", "发布"),
)

ACTS = {"submit": "报送", "approve": "审核", "publish": "发布"}


def move_between(before: State, after: State) -> Move | None:
    """The move from one state to another, or None where there is none."""
    return next((move for move in MOVES if (move.before, move.after) == (before, after)), None)
