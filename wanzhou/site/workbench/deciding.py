"""Approving and sending back what was submitted, several kinds of entries at once: all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.workflow import actions as steps
from wanzhou.kernel.workflow.actions import MoveRefused, Seen
from wanzhou.kernel.workflow.models import Submission
from wanzhou.kernel.workflow.moves import State

from .keys import KINDS, Key, entries_of

Step = Callable[[list[Submission], Seen], list[Submission]]


@dataclass(frozen=True, slots=True)
class Decision:
    """What came of it: the entries that moved, and those that the same person had moved already."""

    moved: tuple[Submission, ...]
    already: tuple[Submission, ...]


def approve(keys: Iterable[Key], *, by: User) -> Decision:
    """Approve the entries as they were seen; raises MoveRefused, naming every entry that cannot be approved."""
    return _decide(list(keys), by, State.APPROVED, lambda rows, seen: steps.approve(rows, by=by, seen=seen))


def send_back(keys: Iterable[Key], *, by: User, note: str) -> Decision:
    """Send the entries back with a note; raises MoveRefused likewise."""
    return _decide(
        list(keys), by, State.RETURNED, lambda rows, seen: steps.send_back(rows, by=by, note=note, seen=seen)
    )


@transaction.atomic
def _decide(keys: Sequence[Key], by: User, after: State, step: Step) -> Decision:
    if not keys:
        raise MoveRefused("没有选中任何一条。")
    moved: list[Submission] = []
    already: list[Submission] = []
    problems: list[str] = []
    for kind in KINDS:
        chosen = {key.pk: key for key in keys if key.kind == kind}
        rows = list(entries_of(kind, by).filter(pk__in=chosen)) if chosen else []
        problems += ["选中的一条已经不存在，或不属于您。"] * (len(chosen) - len(rows))
        done = [row for row in rows if _was_done(row, chosen[row.pk], after, by)]
        already += done
        try:
            seen = {pk: key.revision for pk, key in chosen.items()}
            moved += step([row for row in rows if row not in done], seen)
        except MoveRefused as refusal:
            problems += refusal.problems
    if problems:
        raise MoveRefused(*problems)
    return Decision(tuple(moved), tuple(already))


def _was_done(row: Any, key: Key, after: State, by: User) -> bool:
    """Whether this very step was taken a moment ago by the same person: a second click, not a conflict."""
    doer = row.approved_by if after is State.APPROVED else row.returned_by
    return bool(row.state == after and row.revision == key.revision + 1 and doer == by)
