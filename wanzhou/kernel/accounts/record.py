"""One row's history as people read it: when, who, and which fields went from what to what."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Field, Model
from django.utils import timezone

from .models import Membership, SecondFactor, User

STEPS = {"insert": "新增", "update": "修改", "delete": "删除"}
STEPS |= {
    "granted": "授予角色",
    "withdrawn": "收回角色",
    "enabled": "启用两步验证",
    "removed": "取消两步验证",
}
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


def _open_to(reader: User, events: Any) -> bool:
    return reader.has_perm(f"{events._meta.app_label}.view_{events._meta.model_name}")


def changes_of(row: Model, reader: User) -> list[Change] | None:
    """The record of a row, newest first; None where none is kept or the reader may not see it. Two queries."""
    events = getattr(row, "pgh_event_model", None)
    if events is None or not _open_to(reader, events):
        return None
    kept = list(events.objects.filter(pgh_obj_id=row.pk).select_related("pgh_context").order_by("pgh_id"))
    people = User.objects.in_bulk({key for event in kept for key in _people_in(event)})
    before = [None, *kept]
    changes = [_change(event, old, people) for event, old in zip(kept, before, strict=False)]
    return changes[::-1]


def changes_of_person(user: User, reader: User) -> list[Change] | None:
    """The record of a person with the roles and the second factor, newest first."""
    changes = changes_of(user, reader)
    if changes is None:
        return None
    granted = Membership.pgh_event_model.objects.filter(user_id=user.pk)
    factors = SecondFactor.pgh_event_model.objects.filter(user_id=user.pk)
    beside = [
        event
        for rows in (granted, factors)
        for event in rows.select_related("pgh_context").order_by("-pgh_id")
    ]
    people = User.objects.in_bulk({_context(event).get("user") for event in beside} - {None})
    roles = dict(Group.objects.values_list("pk", "name")) if granted else {}
    told = [_beside(event, people, roles) for event in beside]
    # What one act did has one time; a person is made before anything is granted.
    return sorted([*told, *changes], key=lambda change: change.at, reverse=True)


def _beside(event: Any, people: People, roles: dict[int, str]) -> Change:
    role = roles.get(getattr(event, "group_id", 0), "")
    return _told(event, people, (("角色", "", role),) if role else ())


def _change(event: Any, before: Any, people: People) -> Change:
    return _told(event, people, tuple(_differences(event, before, people)))


def _told(event: Any, people: People, fields: tuple[tuple[str, str, str], ...]) -> Change:
    context = _context(event)
    by = people.get(context.get("user"))
    return Change(
        at=event.pgh_created_at,
        step=STEPS.get(event.pgh_label, event.pgh_label),
        by=str(by) if by else "系统",
        address=str(context.get("address") or ""),
        fields=fields,
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
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.related_model is not None:
        return str(people.get(value, "")) if field.related_model is User else f"编号{value}"
    if isinstance(value, datetime.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
    text = str(dict(field.flatchoices).get(value, value))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
