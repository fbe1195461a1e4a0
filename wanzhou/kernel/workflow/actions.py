"""The steps of an entry: each checks the table of moves and the person's permission, then writes at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import Publication

from .models import Submission
from .moves import Move, State, move_between

Entry = TypeVar("Entry", bound=Submission)


class MoveRefused(Exception):
    """An entry cannot take this step; the message says in Chinese which entry and why."""


@transaction.atomic
def submit(entries: Iterable[Entry], *, by: User) -> list[Entry]:
    """Hand drafts or returned entries to the reviewer."""
    return _move(entries, State.SUBMITTED, by, submitted_by=by, submitted_at=timezone.now())


@transaction.atomic
def send_back(entries: Iterable[Entry], *, by: User, note: str) -> list[Entry]:
    """Return entries to who entered them; the note says what to mend."""
    if not note.strip():
        raise MoveRefused("退回须写明意见。")
    step = {"returned_by": by, "returned_at": timezone.now(), "returned_note": note.strip()}
    return _move(entries, State.RETURNED, by, **step, approved_by=None, approved_at=None)


@transaction.atomic
def approve(entries: Iterable[Entry], *, by: User) -> list[Entry]:
    """Approve what others entered and submitted."""
    chosen = list(entries)
    own = next((entry for entry in chosen if by.pk in (entry.entered_by_id, entry.submitted_by_id)), None)
    if own is not None:
        raise MoveRefused(f"“{own}”是您自己录入或报送的，须由另一人审核。")
    return _move(chosen, State.APPROVED, by, approved_by=by, approved_at=timezone.now())


@transaction.atomic
def publish(entries: Iterable[Entry], *, publication: Publication) -> list[Entry]:
    """Mark approved entries as published by this act."""
    return _move(entries, State.PUBLISHED, publication.by, publication=publication)


def _move(entries: Iterable[Entry], after: State, by: User, **step: Any) -> list[Entry]:
    """Lock the rows, check every one, then write them all or none."""
    fresh = _locked(list(entries))
    for entry in fresh:
        _check(entry, _move_of(entry, after), by)
        for field, value in (*step.items(), ("state", after), ("revision", entry.revision + 1)):
            setattr(entry, field, value)
    if fresh:
        type(fresh[0])._default_manager.bulk_update(fresh, [*step, "state", "revision"], batch_size=500)
    return fresh


def _locked(entries: Sequence[Entry]) -> list[Entry]:
    """The rows as the database has them now, locked, in the order they were given."""
    if not entries:
        return []
    rows = type(entries[0])._default_manager.select_for_update(of=("self",)).in_bulk([e.pk for e in entries])
    return [rows[entry.pk] for entry in entries]


def _move_of(entry: Submission, after: State) -> Move:
    before = State(entry.state)
    move = move_between(before, after)
    if move is None:
        raise MoveRefused(f"“{entry}”现在是{before.label}，不能变为{after.label}。")
    return move


def _check(entry: Submission, move: Move, by: User) -> None:
    permission = f"{entry._meta.app_label}.{move.act}_{entry._meta.model_name}"
    if not by.has_perm(permission):
        raise MoveRefused(f"{by}没有{move.label}“{entry._meta.verbose_name}”的权限。")
