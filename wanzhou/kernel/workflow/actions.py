"""The steps of an entry: each checks the table of moves and the person's permission, then writes at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import Publication

from .models import Submission
from .moves import Move, State, move_between

Entry = TypeVar("Entry", bound=Submission)
# What a person was looking at: the revision of each entry, by its id.
Seen = Mapping[int, int]


class MoveRefused(Exception):
    """Entries cannot take this step; each problem says in Chinese which entry and why."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@transaction.atomic
def submit(entries: Iterable[Entry], *, by: User) -> list[Entry]:
    """Hand drafts or returned entries to the reviewer."""
    return _move(entries, State.SUBMITTED, by, submitted_by=by, submitted_at=timezone.now())


@transaction.atomic
def send_back(entries: Iterable[Entry], *, by: User, note: str, seen: Seen | None = None) -> list[Entry]:
    """Return entries to who entered them; the note says what to mend."""
    if not note.strip():
        raise MoveRefused("退回须写明意见。")
    step = {"returned_by": by, "returned_at": timezone.now(), "returned_note": note.strip()}
    return _move(entries, State.RETURNED, by, seen=seen, **step, approved_by=None, approved_at=None)


@transaction.atomic
def approve(entries: Iterable[Entry], *, by: User, seen: Seen | None = None) -> list[Entry]:
    """Approve what others entered and submitted; with `seen`, only what has not changed since it was looked at."""
    step = {"approved_by": by, "approved_at": timezone.now()}
    return _move(entries, State.APPROVED, by, seen=seen, **step)


@transaction.atomic
def publish(entries: Iterable[Entry], *, publication: Publication) -> list[Entry]:
    """Mark approved entries as published by this act."""
    return _move(entries, State.PUBLISHED, publication.by, publication=publication)


def _move(
    entries: Iterable[Entry], after: State, by: User, *, seen: Seen | None = None, **step: Any
) -> list[Entry]:
    """Lock the rows, check every one, then write them all or none."""
    chosen = list(entries)
    fresh = _locked(chosen)
    # The given entry lends its name: it may know its target already, and the locked row would ask for it.
    named = zip(chosen, fresh, strict=True)
    problems = [problem for given, row in named for problem in _problems(row, given, after, by, seen)]
    if problems:
        raise MoveRefused(*problems)
    for entry in fresh:
        for field, value in (*step.items(), ("state", after), ("revision", entry.revision + 1)):
            setattr(entry, field, value)
    if fresh:
        type(fresh[0])._default_manager.bulk_update(fresh, [*step, "state", "revision"], batch_size=500)
    return fresh


def _locked(entries: Sequence[Entry]) -> list[Entry]:
    """The rows as the database has them now, locked, in the order they were given."""
    if not entries:
        return []
    chosen = type(entries[0])._default_manager.filter(pk__in=[entry.pk for entry in entries])
    # Locked in one order, so that two people who choose the same rows wait for each other and never for ever.
    rows = {row.pk: row for row in chosen.order_by("pk").select_for_update(of=("self",))}
    gone = [entry for entry in entries if entry.pk not in rows]
    if gone:
        raise MoveRefused(*(f"“{entry}”已经被删除。" for entry in gone))
    return [rows[entry.pk] for entry in entries]


def _problems(
    entry: Submission, given: Submission, after: State, by: User, seen: Seen | None
) -> Iterator[str]:
    """What stands against this entry's step: at most one sentence."""
    before = State(entry.state)
    move = move_between(before, after)
    if move is None:
        yield f"“{given}”现在是{before.label}，不能变为{after.label}。"
    elif not by.has_perm(_permission(entry, move)):
        yield f"{by}没有{move.label}“{entry._meta.verbose_name}”的权限。"
    elif seen is not None and seen.get(entry.pk) != entry.revision:
        yield f"“{given}”在您打开页面之后被改动过（现在是{before.label}），请看过新的内容再决定。"
    elif after == State.APPROVED and by.pk in (entry.entered_by_id, entry.submitted_by_id):
        yield f"“{given}”是您自己录入或报送的，须由另一人审核。"


def _permission(entry: Submission, move: Move) -> str:
    return f"{entry._meta.app_label}.{move.act}_{entry._meta.model_name}"
