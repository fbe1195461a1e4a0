"""The auditor's record as a whole: every change of every tracked table, newest first, in sentences."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import IntegerField, Model, OuterRef, Q, Subquery, Value
from django.utils import timezone

from .models import User
from .naming import Names
from .record import LONGEST, STEPS, context_of, differences, open_to, references_in

BATCH = 500
SYSTEM = "system"
# What the tables of the library are called, and whose row a change of them is about.
CALLED = {"membership": "角色归属", "secondfactor": "两步验证"}
Place = tuple[datetime.datetime, int, int]


@dataclass(frozen=True, slots=True)
class Kind:
    """One tracked table: its number among all of them, its word in addresses, what it is called."""

    number: int
    key: str
    label: str
    events: Any
    department_path: str


@dataclass(frozen=True, slots=True)
class Question:
    """Which changes are asked for; everything empty asks for all. `person` is a user's id or the system."""

    person: str = ""
    kind: str = ""
    department: int | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One change: when, who, what was done to which row, and every field (label, old, new)."""

    place: Place
    at: datetime.datetime
    by: str
    username: str
    step: str
    kind: str
    name: str
    fields: tuple[tuple[str, str, str], ...]
    address: str
    page: str

    @property
    def sentence(self) -> str:
        """The change in one sentence."""
        new = self.step != STEPS["update"]
        said = "；".join(_stated(*field) if new else _changed(*field) for field in self.fields)
        return f"{self.by}{self.step}{self.kind}“{self.name}”{'：' if said else ''}{said}。"

    @property
    def cursor(self) -> str:
        """Where the list goes on behind this change."""
        at, number, key = self.place
        return f"{int(at.timestamp())}.{at.microsecond:06d}_{number}_{key}"


def _stated(label: str, _: str, new: str) -> str:
    return f"{label}“{new}”"


def _changed(label: str, old: str, new: str) -> str:
    before, after = (f"“{text}”" if text else "空" for text in (old, new))
    return f"{label}由{before}改为{after}"


def kinds_open_to(reader: User) -> tuple[Kind, ...]:
    """The tracked tables whose record the reader may see."""
    return tuple(kind for kind in _kinds() if open_to(reader, kind.events))


def reads_history(reader: User) -> bool:
    """Whether any of the record is open to the reader."""
    return bool(kinds_open_to(reader))


def _kinds() -> Iterator[Kind]:
    events = [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]
    for number, model in enumerate(sorted(events, key=lambda one: one._meta.label_lower)):
        tracked: type[Model] = model.pgh_tracked_model
        key = str(tracked._meta.model_name)
        yield Kind(number, key, CALLED.get(key, str(tracked._meta.verbose_name)), model, _path(tracked))


def _path(tracked: type[Model]) -> str:
    """From a change to the department that the row belongs to; empty where rows are everybody's."""
    if tracked is User:
        return "department"
    if str(tracked._meta.model_name) in CALLED:
        return "user__department"
    return str(getattr(admin.site._registry.get(tracked), "department_path", ""))


def changes(
    question: Question, kinds: Sequence[Kind], *, most: int, after: Place | None = None, whole: bool = False
) -> list[Told]:
    """At most so many changes, newest first, behind the one `after`; the number of queries grows with kinds only.

    Long texts are cut unless `whole`.
    """
    places = _places(question, kinds, most, after)
    by_kind: dict[int, list[int]] = {}
    for _, number, key in places:
        by_kind.setdefault(number, []).append(key)
    known = {kind.number: kind for kind in kinds}
    found = {number: _events(known[number], keys) for number, keys in by_kind.items()}
    names = Names(_references(known, found))
    people = User.objects.in_bulk(
        {context_of(event).get("user") for each in found.values() for event, _ in each.values()} - {None}
    )
    longest = None if whole else LONGEST
    return [
        _told(place, known[place[1]], *found[place[1]][place[2]], names, people, longest) for place in places
    ]


def every_change(question: Question, kinds: Sequence[Kind]) -> Iterator[Told]:
    """All changes that were asked for, read in batches: memory does not grow with the record."""
    after: Place | None = None
    while batch := changes(question, kinds, most=BATCH, after=after, whole=True):
        yield from batch
        if len(batch) < BATCH:
            return
        after = batch[-1].place


def read_cursor(text: str) -> Place | None:
    """The place that a link names; None for anything else."""
    at, _, rest = text.partition("_")
    number, _, key = rest.partition("_")
    if not (number.isdecimal() and key.isdecimal() and len(number) < 4 and len(key) < 10):
        return None
    try:
        seconds, _, micros = at.partition(".")
        moment = datetime.datetime.fromtimestamp(int(seconds), datetime.UTC)
        return moment.replace(microsecond=int(micros)), int(number), int(key)
    except (ValueError, OverflowError, OSError):
        return None


def _places(question: Question, kinds: Sequence[Kind], most: int, after: Place | None) -> list[Place]:
    asked = [
        kind
        for kind in kinds
        if question.kind in ("", kind.key) and (question.department is None or kind.department_path)
    ]
    if not asked:
        return []
    parts = [
        kind.events.objects.filter(_asked(question, kind) & _behind(after, kind.number))
        .order_by("-pgh_created_at", "-pgh_id")
        .annotate(of_kind=Value(kind.number, IntegerField()))
        .values_list("pgh_created_at", "of_kind", "pgh_id")[:most]
        for kind in asked
    ]
    every = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    rows = every.order_by("-pgh_created_at", "-of_kind", "-pgh_id")[:most] if len(parts) > 1 else every
    return [(at, number, key) for at, number, key in rows]


def _asked(question: Question, kind: Kind) -> Q:
    asked = Q()
    if question.person == SYSTEM:
        asked &= Q(pgh_context__isnull=True) | Q(pgh_context__metadata__user=None)
    elif question.person:
        asked &= Q(pgh_context__metadata__user=int(question.person))
    if question.department is not None:
        asked &= Q(**{kind.department_path: question.department})
    if question.since is not None:
        asked &= Q(pgh_created_at__gte=_midnight(question.since))
    if question.until is not None:
        asked &= Q(pgh_created_at__lt=_midnight(question.until + datetime.timedelta(days=1)))
    return asked


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def _behind(after: Place | None, number: int) -> Q:
    """What comes later in the list than a place: by time, then kind, then number, all falling."""
    if after is None:
        return Q()
    at, kind, key = after
    same = Q(pgh_created_at=at)
    if number == kind:
        return Q(pgh_created_at__lt=at) | (same & Q(pgh_id__lt=key))
    return Q(pgh_created_at__lte=at) if number < kind else Q(pgh_created_at__lt=at)


def _events(kind: Kind, keys: Iterable[int]) -> dict[int, tuple[Any, Any]]:
    """Each event with the one before it of the same row, if the table knows its rows; two queries."""
    rows = kind.events.objects.filter(pk__in=list(keys)).select_related("pgh_context")
    if not _knows_its_row(kind):
        return {event.pk: (event, None) for event in rows}
    earlier = kind.events.objects.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    events = list(rows.annotate(prior=Subquery(earlier.order_by("-pgh_id").values("pgh_id")[:1])))
    before = kind.events.objects.in_bulk({event.prior for event in events} - {None})
    return {event.pk: (event, before.get(event.prior)) for event in events}


def _knows_its_row(kind: Kind) -> bool:
    return any(field.name == "pgh_obj" for field in kind.events._meta.fields)


def _references(known: Mapping[int, Kind], found: Mapping[int, dict[int, tuple[Any, Any]]]) -> Iterator[Any]:
    for number, events in found.items():
        for event, before in events.values():
            yield from references_in(event)
            if before is not None:
                yield from references_in(before)
            if _knows_its_row(known[number]):
                yield known[number].events.pgh_tracked_model, event.pgh_obj_id


def _told(
    place: Place,
    kind: Kind,
    event: Any,
    before: Any,
    names: Names,
    people: Mapping[Any, User],
    longest: int | None,
) -> Told:
    context = context_of(event)
    by = people.get(context.get("user"))
    fields = () if event.pgh_label == "delete" else differences(event, before, names, longest)
    return Told(
        place=place,
        at=event.pgh_created_at,
        by=str(by) if by else "系统",
        username=by.username if by else "",
        step=STEPS.get(event.pgh_label, event.pgh_label),
        kind=kind.label,
        name=_name(kind, event, names),
        fields=tuple(fields),
        address=str(context.get("address") or ""),
        page=str(context.get("url") or ""),
    )


def _name(kind: Kind, event: Any, names: Names) -> str:
    """What the row is called now; one that is gone, by what the record has of its name."""
    if not _knows_its_row(kind):
        return names.of(User, event.user_id)
    model = kind.events.pgh_tracked_model
    if names.knows(model, event.pgh_obj_id):
        return names.of(model, event.pgh_obj_id)
    said = next((getattr(event, field, "") for field in ("name", "title", "username", "code")), "")
    return f"{said}（编号{event.pgh_obj_id}，已删除）" if said else names.of(model, event.pgh_obj_id)
