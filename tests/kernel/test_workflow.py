"""An entry's way: the table of moves, who may take which step, and what the database refuses by itself."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from indicators.models import QuarterlyActual
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.actions import open_publication
from wanzhou.kernel.workflow import actions
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.kernel.workflow.moves import EDITABLE, MOVES, State, move_between

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(cast: Cast) -> SmallPlan:
    return SmallPlan.of(cast)


def refuses(row: QuarterlyActual, **changes: object) -> bool:
    """Whether the database refuses an update that goes round all our code."""
    try:
        with transaction.atomic():
            QuarterlyActual.objects.filter(pk=row.pk).update(**changes)
    except DatabaseError:
        return True
    return False


def test_the_way_from_draft_to_published(small: SmallPlan) -> None:
    row = small.approved(small.target())
    act = open_publication(plan=small.plan, period=small.period, by=small.cast.publisher, why="测试")
    (published,) = actions.publish([row], publication=act)
    assert (published.state, published.publication, published.revision) == (State.PUBLISHED, act, 3)
    assert (published.submitted_by, published.approved_by) == (small.cast.clerk, small.cast.reviewer)


def test_a_returned_entry_says_why_and_can_be_submitted_again(small: SmallPlan) -> None:
    (row,) = actions.submit([small.draft(small.target())], by=small.cast.clerk)
    (row,) = actions.send_back([row], by=small.cast.reviewer, note=" 请核对单位 ")
    assert (row.state, row.returned_note, row.approved_by) == (State.RETURNED, "请核对单位", None)
    assert row.is_editable()
    (row,) = actions.submit([row], by=small.cast.head)
    assert (row.state, row.submitted_by) == (State.SUBMITTED, small.cast.head)


def test_sending_back_without_a_note_is_refused(small: SmallPlan) -> None:
    (row,) = actions.submit([small.draft(small.target())], by=small.cast.clerk)
    with pytest.raises(MoveRefused, match="退回须写明意见"):
        actions.send_back([row], by=small.cast.reviewer, note="  ")


def test_approval_can_be_taken_back(small: SmallPlan) -> None:
    (row,) = actions.send_back([small.approved(small.target())], by=small.cast.reviewer, note="再核一次")
    assert (row.state, row.approved_by, row.approved_at) == (State.RETURNED, None, None)


@pytest.mark.parametrize("role", ["entered_by", "submitted_by"])
def test_nobody_approves_his_own_figures(small: SmallPlan, role: str) -> None:
    reviewer = small.cast.reviewer
    entered_by = reviewer if role == "entered_by" else small.cast.clerk
    draft = small.draft(small.target(), entered_by=entered_by)
    (row,) = actions.submit([draft], by=reviewer)
    with pytest.raises(MoveRefused, match="须由另一人审核"):
        actions.approve([row], by=reviewer)
    assert refuses(row, state=State.APPROVED, approved_by=reviewer, approved_at=row.submitted_at)


@pytest.mark.parametrize(
    ("act", "by"), [("submit", "auditor"), ("submit", "administrator"), ("approve", "head")]
)
def test_a_step_needs_its_permission(small: SmallPlan, act: str, by: str) -> None:
    row = small.draft(small.target())
    if act == "approve":
        (row,) = actions.submit([row], by=small.cast.clerk)
    person: User = getattr(small.cast, by)
    with pytest.raises(MoveRefused, match="没有"):
        getattr(actions, act)([row], by=person)


def test_one_refused_entry_stops_them_all(small: SmallPlan) -> None:
    first = small.draft(small.target())
    second = small.approved(small.target())
    with pytest.raises(MoveRefused, match="现在是已审核，不能变为已报送"):
        actions.submit([first, second], by=small.cast.clerk)
    first.refresh_from_db()
    assert first.state == State.DRAFT


def test_no_entries_is_no_step(small: SmallPlan) -> None:
    assert actions.submit(list[QuarterlyActual](), by=small.cast.clerk) == []


@pytest.mark.parametrize(("before", "after"), list(product(State, State)))
def test_the_database_knows_the_same_moves(small: SmallPlan, before: State, after: State) -> None:
    if before is after:
        return
    row = _row_in(small, before)
    act = open_publication(plan=small.plan, period=small.period, by=small.cast.publisher, why="再次")
    facts = {
        "state": after,
        "submitted_by": None if after is State.DRAFT else small.cast.clerk,
        "submitted_at": None if after is State.DRAFT else row.entered_at,
        "approved_by": small.cast.reviewer if after in (State.APPROVED, State.PUBLISHED) else None,
        "approved_at": row.entered_at if after in (State.APPROVED, State.PUBLISHED) else None,
        "publication": act if after is State.PUBLISHED else None,
    }
    assert refuses(row, **facts) is (move_between(before, after) is None)


def test_every_state_but_published_is_left_by_some_move() -> None:
    assert {move.before for move in MOVES} == set(State) - {State.PUBLISHED}
    assert set(EDITABLE) == {State.DRAFT, State.RETURNED}


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED, State.PUBLISHED])
def test_content_is_frozen_while_others_look_at_it(small: SmallPlan, state: State) -> None:
    row = _row_in(small, state)
    assert refuses(row, value="7")
    assert refuses(row, note="改动")
    assert refuses(row, entered_by=small.cast.head)


@pytest.mark.parametrize("state", [State.DRAFT, State.RETURNED])
def test_content_is_free_while_it_is_being_entered(small: SmallPlan, state: State) -> None:
    assert not refuses(_row_in(small, state), value="7")


@pytest.mark.parametrize("state", list(State))
def test_only_a_draft_can_be_deleted(small: SmallPlan, state: State) -> None:
    row = _row_in(small, state)
    if state is State.DRAFT:
        row.delete()
        assert not QuarterlyActual.objects.exists()
    else:
        with pytest.raises(DatabaseError), transaction.atomic():
            row.delete()
        assert QuarterlyActual.objects.exists()


def test_a_row_is_born_a_draft(small: SmallPlan) -> None:
    target = small.target()
    facts: dict[str, Any] = {"submitted_by": small.cast.clerk, "submitted_at": small.plan.rule_set.at}
    with pytest.raises(DatabaseError, match="insert"), transaction.atomic():
        small.draft(target, state=State.SUBMITTED, **facts)


def _row_in(small: SmallPlan, state: State) -> QuarterlyActual:
    """A row that came to the state by the ordinary way."""
    cast, row = small.cast, small.draft(small.target())
    if state is State.DRAFT:
        return row
    (row,) = actions.submit([row], by=cast.clerk)
    if state is State.RETURNED:
        return actions.send_back([row], by=cast.reviewer, note="测试")[0]
    if state is State.SUBMITTED:
        return row
    (row,) = actions.approve([row], by=cast.reviewer)
    if state is State.APPROVED:
        return row
    act = open_publication(plan=small.plan, period=small.period, by=cast.publisher, why="测试")
    return actions.publish([row], publication=act)[0]
