"""One row's history as people read it: when, who, and which fields went from what to what."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, Model
from django.utils import timezone

from .models import User

STEPS = {"insert": "新增", "update": "修改", "delete": "删除"}
LONGEST = 200
People = dict[Any, User]


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the record; `fields` are (label, old, new), old empty for a new row."""

    at: datetime.datetime
    step: str
    by: str
    address: str
    fields: tuple[tuple[str, str, str], ...]


def changes_of(row: Model, reader: User) -> list[Change] | None:
    """The record of a row, newest first; None where none is kept or the reader may not see it. Two queries."""
    events = getattr(row, "pgh_event_model", None)
    if events is None or not reader.has_perm(f"{events._meta.app_label}.view_{events._meta.model_name}"):
        return None
    kept = list(events.objects.filter(pgh_obj_id=row.pk).select_related("pgh_context").order_by("pgh_id"))
    people = User.objects.in_bulk({key for event in kept for key in _people_in(event)})
    before = [None, *kept]
    changes = [_change(event, old, people) for event, old in zip(kept, before, strict=False)]
    return changes[::-1]


def _change(event: Any, before: Any, people: People) -> Change:
    context = _context(event)
    by = people.get(context.get("user"))
    return Change(
        at=event.pgh_created_at,
        step=STEPS.get(event.pgh_label, event.pgh_label),
        by=str(by) if by else "系统",
        address=str(context.get("address") or ""),
        fields=tuple(_differences(event, before, people)),
    )


def _context(event: Any) -> dict[str, Any]:
    return event.pgh_context.metadata if event.pgh_context else {}


def _recorded(event: Any) -> list[Field[Any, Any]]:
    return [field for field in event._meta.fields if field.name != "id" and not field.name.startswith("pgh_")]


def _people_in(event: Any) -> Iterator[Any]:
    """Whoever acted, and whoever the row itself names."""
    named = [getattr(event, field.attname) for field in _recorded(event) if field.related_model is User]
    yield from (key for key in (_context(event).get("user"), *named) if key is not None)


def _differences(event: Any, before: Any, people: People) -> Iterator[tuple[str, str, str]]:
    for field in _recorded(event):
        new = _shown(event, field, people)
        old = _shown(before, field, people) if before is not None else ""
        if new != old:
            yield str(field.verbose_name), old, new


def _shown(event: Any, field: Field[Any, Any], people: People) -> str:
    value = getattr(event, field.attname)
    if value is None:
        return ""
    if field.related_model is not None:
        return str(people.get(value, "")) if field.related_model is User else f"编号{value}"
    if isinstance(value, datetime.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
    text = str(dict(field.flatchoices).get(value, value))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
