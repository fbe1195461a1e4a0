"""Every document that was handed in, with what it is attached to: one list, asked for by what is known of it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Final

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from indicators.models import (
    AdjustmentDocument,
    CauseDocument,
    FigureDocument,
    ReferenceDocument,
    RulingDocument,
    SignedSheet,
)
from projects.models import UpdateDocument
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.evidence.kinds import Kind
from wanzhou.kernel.evidence.models import Attachment, Document, Holds, Withdrawal
from wanzhou.kernel.plans.models import Plan, PlanKind
from wanzhou.kernel.terms import Term

from . import places
from .forms import Day, PlainForm

READS: Final = "evidence.view_document"
PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Holder:
    """A table that keeps documents: where its rows' year stands, and what the name of a fact is made from."""

    year: str
    joined: tuple[str, ...]


HOLDERS: Final[Mapping[type[Holds], Holder]] = {
    FigureDocument: Holder(
        "actual__period__plan__last_year", ("actual__target__plan", "actual__period__plan")
    ),
    CauseDocument: Holder("cause__period__plan__last_year", ("cause__target__plan", "cause__period__plan")),
    RulingDocument: Holder(
        "ruling__actual__period__plan__last_year",
        ("ruling__actual__target__plan", "ruling__actual__period__plan"),
    ),
    AdjustmentDocument: Holder("adjustment__target__plan__last_year", ("adjustment__target__plan",)),
    ReferenceDocument: Holder("figure__year", ("figure__indicator",)),
    UpdateDocument: Holder("update__task__plan__last_year", ("update__task__plan",)),
    SignedSheet: Holder("period__plan__last_year", ("period__plan", "department")),
}


class Standing(Term):
    """Who may read a document."""

    PUBLIC = "public", "随发布公开"
    INTERNAL = "internal", "只供内部"
    WITHDRAWN = "withdrawn", "已撤回"


@dataclass(frozen=True, slots=True)
class Place:
    """A fact that a document is attached to."""

    what: str
    name: str
    href: str
    public: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of the list; `href` opens it, through the first fact that it is attached to."""

    name: str
    what: str
    by: str
    at: datetime.datetime
    standing: Standing
    reason: str
    places: tuple[Place, ...]
    href: str


class PapersForm(PlainForm):
    """Which documents."""

    name = forms.CharField(label="文件名", max_length=100, required=False)
    kind = forms.ChoiceField(
        label="类型", choices=[("", "全部"), ("picture", "图片"), *Kind.choices()], required=False
    )
    year = forms.ChoiceField(label="计划", required=False)
    standing = forms.ChoiceField(label="谁能看", choices=[("", "全部"), *Standing.choices()], required=False)
    person = forms.ModelChoiceField(
        label="上传人", queryset=User.objects.none(), required=False, empty_label="全部"
    )
    since = Day(label="从", required=False)
    until = Day(label="到", required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        year, person = self.fields["year"], self.fields["person"]
        assert isinstance(year, forms.ChoiceField)
        assert isinstance(person, forms.ModelChoiceField)
        plans = Plan.objects.filter(kind=PlanKind.ANNUAL).values_list("last_year", flat=True)
        year.choices = [("", "全部"), *((str(each), f"{each}年") for each in plans)]
        uploaders = Document.objects.values("uploaded_by")
        person.queryset = User.objects.filter(pk__in=uploaders).order_by("last_name", "first_name", "pk")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("since") and said.get("until") and said["since"] > said["until"]:
            self.add_error("until", "结束日期不能早于开始日期。")
        return said

    def found(self) -> QuerySet[Document]:
        """The documents that are asked for, newest first."""
        said, rows = self.cleaned_data, Document.objects.order_by("-pk")
        if said["name"]:
            rows = rows.filter(name__icontains=said["name"])
        if said["kind"]:
            pictures = [kind for kind in Kind if kind.is_picture]
            rows = rows.filter(kind__in=pictures if said["kind"] == "picture" else [said["kind"]])
        if said["person"]:
            rows = rows.filter(uploaded_by=said["person"])
        if said["since"]:
            rows = rows.filter(uploaded_at__gte=_midnight(said["since"]))
        if said["until"]:
            rows = rows.filter(uploaded_at__lt=_midnight(said["until"] + datetime.timedelta(days=1)))
        if said["year"]:
            rows = rows.filter(_held(lambda _, holder: {holder.year: int(said["year"])}))
        return _standing(rows, said["standing"])


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def _held(where: Any) -> Q:
    """Documents that a row of one of the tables keeps; `where` says which rows, None leaves the table out."""
    tables = (
        Exists(table._default_manager.filter(document=OuterRef("pk"), **chosen))
        for table, holder in HOLDERS.items()
        if (chosen := where(table, holder)) is not None
    )
    return reduce(or_, (Q(found) for found in tables))


def _standing(rows: QuerySet[Document], asked: str) -> QuerySet[Document]:
    if not asked:
        return rows
    withdrawn = Exists(Withdrawal.objects.filter(sha256=OuterRef("sha256")))
    public = _held(lambda table, _: {"public": True} if issubclass(table, Attachment) else None)
    if asked == Standing.INTERNAL:
        return rows.exclude(public)
    return rows.filter(public, withdrawn if asked == Standing.WITHDRAWN else ~withdrawn)


def papers_of(documents: Sequence[Document]) -> tuple[Paper, ...]:
    """The documents as the list shows them; a query for each table, and one for withdrawals."""
    held = _places(documents)
    prints = [document.sha256 for document in documents]
    withdrawn = dict(Withdrawal.objects.filter(sha256__in=prints).values_list("sha256", "reason"))
    return tuple(_paper(document, held[document.pk], withdrawn) for document in documents)


def _paper(document: Document, held: Sequence[tuple[Place, str]], withdrawn: Mapping[str, str]) -> Paper:
    found = tuple(place for place, _ in held)
    public = any(place.public for place in found)
    reason = withdrawn.get(document.sha256, "") if public else ""
    return Paper(
        name=document.name,
        what=f"{document.found.label}，{document.size_in_words}",
        by=str(document.uploaded_by),
        at=document.uploaded_at,
        standing=Standing.WITHDRAWN if reason else Standing.PUBLIC if public else Standing.INTERNAL,
        reason=reason,
        places=found,
        href=held[0][1] if held else "",
    )


def _places(documents: Sequence[Document]) -> dict[int, list[tuple[Place, str]]]:
    """What each is attached to, with the address that opens it there."""
    places_of: dict[int, list[tuple[Place, str]]] = defaultdict(list)
    for table, holder in HOLDERS.items():
        rows: Iterable[Any] = (
            table._default_manager.filter(document__in=documents)
            .select_related(*holder.joined)
            .order_by("pk")
        )
        for row in rows:
            places_of[row.document_id].append(_place(row))
    return places_of


def _place(row: Any) -> tuple[Place, str]:
    if isinstance(row, SignedSheet):
        sheet = [row.period.plan.year, row.period.period.replace("_", "-"), row.department.code]
        page = reverse("admin:entry_scans", args=sheet)
        return Place("签字确认表", str(row), page, public=False), reverse(
            "admin:entry_scan", args=[*sheet, row.pk]
        )
    fact = getattr(row, row.ABOUT)
    what = f"{fact._meta.app_label}_{fact._meta.model_name}"
    place = Place(
        str(fact._meta.verbose_name), str(fact), f"{places.row_of(fact)}#evidence", public=row.public
    )
    return place, reverse(f"admin:{what}_evidence_file", args=[fact.pk, row.pk])


def listed(rows: QuerySet[Document], before: int | None) -> Iterator[Document]:
    """A page of the list, and one document more where there are older ones."""
    chosen = rows if before is None else rows.filter(pk__lt=before)
    yield from chosen.select_related("uploaded_by")[: PAGE + 1]
