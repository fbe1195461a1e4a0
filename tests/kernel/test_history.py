"""The auditor's record: who changed what, old and new, from which address; and nobody rewrites it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from indicators.models import AnnualTarget
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.accounts.middleware import HistoryMiddleware

# Rows that are only ever added to are their own history.
OWN_HISTORY = {
    "RuleSet", "Publication", "Edition", "PublishedRow", "PublishedTask", "SignIn", "IntakeRow", "Brief",
    "PublishedWorkTarget", "CitedFact",
}  # fmt: skip


def test_every_table_of_ours_is_recorded_or_is_its_own_history() -> None:
    for label in ("accounts", "plans", "indicators", "projects"):
        models = {m.__name__: m for m in apps.get_app_config(label).get_models()}
        events = {name.removesuffix("Event") for name in models if name.endswith("Event")}
        recorded = {
            name
            for name, m in models.items()
            if not name.endswith("Event") and not m._meta.auto_created and m._meta.managed
        }
        assert recorded - events <= OWN_HISTORY, label


@pytest.mark.django_db
def test_every_way_of_writing_is_seen(cast: Cast) -> None:
    target = SmallPlan.of(cast).target(note="first")
    AnnualTarget.objects.filter(pk=target.pk).update(note="second")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE indicators_annualtarget SET note = 'third' WHERE id = %s", [target.pk])
    target.delete()
    events = apps.get_model("indicators", "AnnualTargetEvent").objects.order_by("pgh_id")
    assert [(event.pgh_label, event.note) for event in events] == [
        ("insert", "first"),
        ("update", "second"),
        ("update", "third"),
        ("delete", "third"),
    ]


@pytest.mark.django_db
def test_a_request_names_the_person_and_the_address(cast: Cast) -> None:
    small = SmallPlan.of(cast)

    def view(request: HttpRequest) -> HttpResponse:
        small.target(note="written by a request")
        return HttpResponse()

    request = RequestFactory().post("/somewhere/", REMOTE_ADDR="192.0.2.7")
    request.user = cast.publisher
    HistoryMiddleware(view)(request)  # type: ignore[no-untyped-call]  # the library is not typed
    event = apps.get_model("indicators", "AnnualTargetEvent").objects.get(note="written by a request")
    assert event.pgh_context.metadata == {
        "user": cast.publisher.pk,
        "url": "/somewhere/",
        "address": "192.0.2.7",
    }


@pytest.mark.django_db
def test_the_record_itself_cannot_be_rewritten(cast: Cast) -> None:
    SmallPlan.of(cast).target()
    for sql in (
        "UPDATE indicators_annualtargetevent SET note = 'x'",
        "DELETE FROM indicators_annualtargetevent",
    ):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            connection.cursor().execute(sql)


@pytest.mark.django_db
def test_passwords_are_not_recorded() -> None:
    fields = {field.name for field in apps.get_model("accounts", "UserEvent")._meta.fields}
    assert "username" in fields
    assert not fields & {"password", "last_login"}
