"""One row's history as people read it: when, who, and which fields went from what to what."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Field, Model
from django.utils import timezone

from .models import Membership, SecondFactor, User
from .naming import Names, Reference

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


def open_to(reader: User, events: Any) -> bool:
    """Whether a person may see the record of this table."""
    return reader.has_perm(f"{events._meta.app_label}.view_{events._meta.model_name}")


def changes_of(row: Model, reader: User) -> list[Change] | None:
    """The record of a row, newest first; None where none is kept or the reader may not see it.

    Related rows are called by their names; the number of queries does not grow with the changes.
    """
    events = getattr(row, "pgh_event_model", None)
    if events is None or not open_to(reader, events):
        return None
    kept = list(events.objects.filter(pgh_obj_id=row.pk).select_related("pgh_context").order_by("pgh_id"))
    names = Names(reference for event in kept for reference in references_in(event))
    people = User.objects.in_bulk({context_of(event).get("user") for event in kept} - {None})
    changes = [
        _told(event, people, tuple(differences(event, old, names)))
        for event, old in zip(kept, [None, *kept], strict=False)
    ]
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
    people = User.objects.in_bulk({context_of(event).get("user") for event in beside} - {None})
    roles = dict(Group.objects.values_list("pk", "name")) if granted else {}
    told = [_beside(event, people, roles) for event in beside]
    # What one act did has one time; a person is made before anything is granted.
    return sorted([*told, *changes], key=lambda change: change.at, reverse=True)


def _beside(event: Any, people: People, roles: dict[int, str]) -> Change:
    role = roles.get(getattr(event, "group_id", 0), "")
    return _told(event, people, (("角色", "", role),) if role else ())


def _told(event: Any, people: People, fields: tuple[tuple[str, str, str], ...]) -> Change:
    context = context_of(event)
    by = people.get(context.get("user"))
    return Change(
        at=event.pgh_created_at,
        step=STEPS.get(event.pgh_label, event.pgh_label),
        by=str(by) if by else "系统",
        address=str(context.get("address") or ""),
        fields=fields,
    )


def context_of(event: Any) -> dict[str, Any]:
    """Who, from where and on which page, as the request said; empty where no request was."""
    return event.pgh_context.metadata if event.pgh_context else {}


def _recorded(event: Any) -> list[Field[Any, Any]]:
    return [field for field in event._meta.fields if field.name != "id" and not field.name.startswith("pgh_")]


def references_in(event: Any) -> Iterator[Reference]:
    """The rows that a row names."""
    for field in _recorded(event):
        key = getattr(event, field.attname)
        if field.related_model is not None and key is not None:
            related: Any = field.related_model
            yield related, key


def differences(
    event: Any, before: Any, names: Names, longest: int | None = LONGEST
) -> Iterator[tuple[str, str, str]]:
    """What changed: the fields' labels with old and new, in words; all that is not empty where nothing was before."""
    for field in _recorded(event):
        new = _shown(event, field, names)
        old = _shown(before, field, names) if before is not None else ""
        if new != old:
            yield str(field.verbose_name), _cut(old, longest), _cut(new, longest)


def _cut(text: str, longest: int | None) -> str:
    return text if longest is None or len(text) <= longest else f"{text[:longest]}…"


def _shown(event: Any, field: Field[Any, Any], names: Names) -> str:
    value = getattr(event, field.attname)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.related_model is not None:
        related: Any = field.related_model
        return names.of(related, value)
    if isinstance(value, datetime.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(dict(field.flatchoices).get(value, value))
