"""Which entries a person chose, as he saw them: kind, id and revision in one word of a form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from indicators.models import Cause, QuarterlyActual, Ruling
from projects.models import StatusUpdate
from wanzhou.kernel.accounts.desks import of_own_department
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.workflow.models import Submission

# Every kind of entry: its short word in forms, and the way to its department.
KINDS: dict[str, tuple[type[Submission], str]] = {
    "figure": (QuarterlyActual, "target__department"),
    "cause": (Cause, "target__department"),
    "ruling": (Ruling, "actual__target__department"),
    "update": (StatusUpdate, "task__department"),
}
# What an entry's name is made from.
NAMED_BY: dict[str, tuple[str, ...]] = {
    "figure": ("target__plan", "period__plan", "entered_by", "submitted_by", "approved_by", "returned_by"),
    "cause": ("target__plan", "period__plan", "entered_by", "submitted_by", "approved_by", "returned_by"),
    "ruling": (
        *("actual__target__plan", "actual__period__plan"),
        *("entered_by", "submitted_by", "approved_by", "returned_by"),
    ),
    "update": ("task__plan", "task__department", "entered_by", "submitted_by", "approved_by", "returned_by"),
}
_KEY = re.compile(r"(?P<kind>[a-z]+)-(?P<pk>\d{1,18})-(?P<revision>\d{1,9})")


@dataclass(frozen=True, slots=True)
class Key:
    """One entry as it was seen."""

    kind: str
    pk: int
    revision: int

    def __str__(self) -> str:
        return f"{self.kind}-{self.pk}-{self.revision}"


def key_of(entry: Submission) -> Key:
    """The key of an entry as it stands now."""
    kind = next(kind for kind, (model, _) in KINDS.items() if isinstance(entry, model))
    return Key(kind, entry.pk, entry.revision)


def read_keys(words: Iterable[str]) -> Iterator[Key]:
    """The keys that a form sent; what is no key of ours is left out."""
    for word in words:
        found = _KEY.fullmatch(word)
        if found and found["kind"] in KINDS:
            yield Key(found["kind"], int(found["pk"]), int(found["revision"]))


def entries_of(kind: str, reader: User) -> QuerySet[Any]:
    """All entries of a kind that the reader may see, with what their names are made from."""
    model, path = KINDS[kind]
    rows = model._default_manager.select_related(*NAMED_BY[kind])
    return of_own_department(rows, path, reader)
