"""The panel: who reads, adds, marks, removes and withdraws, at every desk, of the own and a foreign department."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.db import DatabaseError, transaction
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from indicators.models import (
    AdjustmentDocument,
    Cause,
    CauseDocument,
    FigureDocument,
    QuarterlyActual,
    TargetAdjustment,
)
from projects.models import StatusUpdate, UpdateDocument
from tests.admin.office import Office
from tests.cast import Cast
from tests.evidence import files
from wanzhou.kernel.evidence.actions import take_in
from wanzhou.kernel.evidence.models import Attachment, Document, Withdrawal
from wanzhou.kernel.workflow import actions as steps
from wanzhou.site.reports.publishing import publish

pytestmark = pytest.mark.django_db

TABLES: dict[type[Model], type[Attachment]] = {
    QuarterlyActual: FigureDocument,
    Cause: CauseDocument,
    TargetAdjustment: AdjustmentDocument,
    StatusUpdate: UpdateDocument,
}
# What each may do with the evidence of a clerk's draft (of an adjustment that nobody was told of):
# r reads, i adds for inside, p adds for the public, m marks anew or removes. Clerk and head belong to "own".
ENTRIES = {
    "clerk": {"own": "ripm", "theirs": ""},
    "head": {"own": "ripm", "theirs": ""},
    "reviewer": {"own": "ri", "theirs": "ri"},
    "publisher": {"own": "ri", "theirs": "ri"},
    "administrator": {"own": "", "theirs": ""},
    "auditor": {"own": "r", "theirs": "r"},
    "visitor": {"own": "", "theirs": ""},
}
ADJUSTMENTS = ENTRIES | {
    "clerk": {"own": "", "theirs": ""},
    "head": {"own": "", "theirs": ""},
    "reviewer": {"own": "r", "theirs": "r"},
    "publisher": {"own": "ripm", "theirs": "ripm"},
}
CELLS = [(model, who, whose) for model in TABLES for who in ENTRIES for whose in ("own", "theirs")]


@pytest.fixture
def office(cast: Cast) -> Office:
    return Office.of(cast)


def client_of(office: Office, who: str) -> Client:
    client = Client()
    if who != "visitor":
        client.force_login(getattr(office.cast, who))
    return client


def attach(row: Any, *, public: bool = False, name: str = "证明.pdf") -> Attachment:
    table = TABLES[type(row)]
    (document,) = take_in([files.upload(name, files.pdf())], by=row.entered_by)
    made: Attachment = table._default_manager.create(document=document, public=public, **{table.ABOUT: row})
    return made


def place_of(row: Model, key: int | None = None) -> str:
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_evidence"
    return reverse(f"{name}_file", args=[row.pk, key]) if key else reverse(name, args=[row.pk])


def attached(row: Any) -> Any:
    table = TABLES[type(row)]
    return table._default_manager.filter(**{table.ABOUT: row})


@pytest.mark.parametrize(("model", "who", "whose"), CELLS)
def test_who_does_what(office: Office, model: type[Model], who: str, whose: str) -> None:
    may = (ADJUSTMENTS if model is TargetAdjustment else ENTRIES)[who][whose]
    row = getattr(office, whose)[model]
    one = attach(row)
    client = client_of(office, who)
    assert [client.get(place_of(row, one.pk)).status_code == 200] == ["r" in may]
    assert (client.get(place_of(row)).status_code == 200) == ("r" in may)
    for more, letter in (({}, "i"), ({"public": "on"}, "p")):
        before = attached(row).count()
        sent = {"do": "attach", "files": files.upload("新.pdf", files.pdf()), **more}
        answer = client.post(place_of(row), sent)
        assert (answer.status_code == 303) == (letter in may), letter
        assert attached(row).count() - before == (letter in may)
    for act in ("public", "remove"):
        answer = client.post(place_of(row), {"do": f"{act}:{attached(row).earliest('pk').pk}"})
        assert (answer.status_code == 303) == ("m" in may), act
        if not may and who != "visitor":
            assert answer.status_code in (302, 403, 404)
    assert attached(row).filter(pk=one.pk).exists() == ("m" not in may)


@pytest.mark.parametrize("model", [QuarterlyActual, Cause, StatusUpdate])
def test_what_others_check_keeps_its_evidence(office: Office, model: type[Model]) -> None:
    one = attach(office.own[model], public=True)
    row = office.submitted(model)
    clerk = client_of(office, "clerk")
    for act in ("remove", "internal"):
        assert clerk.post(place_of(row), {"do": f"{act}:{one.pk}"}).status_code == 403
    late = {"do": "attach", "files": files.upload("补.pdf", files.pdf())}
    assert clerk.post(place_of(row), {**late, "public": "on"}).status_code == 403
    late["files"] = files.upload("补.pdf", files.pdf())
    assert clerk.post(place_of(row), late).status_code == 303
    with pytest.raises(DatabaseError, match="不能移除"), transaction.atomic():
        one.delete()
    with pytest.raises(DatabaseError, match="只能补充内部材料"), transaction.atomic():
        TABLES[model]._default_manager.create(document=one.document, public=True, **{one.ABOUT: row})
    with pytest.raises(DatabaseError), transaction.atomic():
        attached(row).update(public=False)
    assert [each.public for each in attached(row).order_by("pk")] == [True, False]


def test_a_draft_that_is_taken_back_takes_its_evidence_along(office: Office) -> None:
    row = office.own[StatusUpdate]
    attach(row)
    row.delete()
    assert not UpdateDocument.objects.exists()
    assert Document.objects.count() == 1  # until the sweep


def test_the_panel_stands_on_the_page(office: Office) -> None:
    for model in TABLES:
        row = office.own[model]
        attach(row, name=f"{model.__name__}.pdf")
        page = admin.site._registry[model]
        assert page.change_form_template
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        who = "publisher" if model is TargetAdjustment else "clerk"
        said = client_of(office, who).get(reverse(name, args=[row.pk])).content.decode()
        for word in (
            f"{model.__name__}.pdf",
            "只供内部",
            'enctype="multipart/form-data" class="attach"',
            "PDF，",
        ):
            assert word in said, word
        seen = client_of(office, "auditor").get(reverse(name, args=[row.pk])).content.decode()
        assert f"{model.__name__}.pdf" in seen
        assert 'class="attach"' not in seen


def test_a_refusal_names_the_file_and_keeps_the_choice(office: Office) -> None:
    row = office.own[QuarterlyActual]
    sent = {"do": "attach", "public": "on", "files": files.upload("表.pdf", files.office("docm"))}
    answer = client_of(office, "clerk").post(place_of(row), sent)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "“表.pdf”没有保存：带宏的 Office 文件" in said
    assert 'name="public" checked' in said
    for nonsense in ("", "remove:", "remove:x", "remove:999999", f"dance:{attach(row).pk}"):
        answer = client_of(office, "clerk").post(place_of(row), {"do": nonsense})
        assert answer.status_code == 422, nonsense
    assert client_of(office, "clerk").get(place_of(row, 999_999)).status_code == 404


def test_marking_anew_changes_who_will_read(office: Office) -> None:
    row = office.own[QuarterlyActual]
    one = attach(row)
    clerk = client_of(office, "clerk")
    clerk.post(place_of(row), {"do": f"public:{one.pk}"})
    again = attached(row).get()
    assert (again.public, again.document) == (True, one.document)
    clerk.post(place_of(row), {"do": f"internal:{again.pk}", "alone": "1"})
    assert attached(row).get().public is False


@pytest.mark.parametrize("who", list(ENTRIES))
def test_only_a_publisher_withdraws(office: Office, who: str) -> None:
    one = attach(office.own[QuarterlyActual], public=True)
    row = office.submitted(QuarterlyActual)
    steps.approve([row], by=office.cast.reviewer)
    early = client_of(office, "publisher").post(place_of(row), {"do": f"withdraw:{one.pk}", "reason": "早"})
    assert (early.status_code, Withdrawal.objects.exists()) == (422, False)
    publish(plan=row.period.plan, period=row.period, by=office.cast.publisher, why="测试")
    client = client_of(office, who)
    silent = client.post(place_of(row), {"do": f"withdraw:{one.pk}", "reason": " "})
    assert silent.status_code == (422 if who == "publisher" else silent.status_code)
    client.post(place_of(row), {"do": f"withdraw:{one.pk}", "reason": "含个人信息"})
    assert Withdrawal.objects.exists() == (who == "publisher")


def test_headers_tell_the_browser_to_run_nothing(office: Office) -> None:
    row = office.own[QuarterlyActual]
    one = attach(row, name="统计 表\u201c1\u201d.pdf")
    clerk = client_of(office, "clerk")
    answer = clerk.get(place_of(row, one.pk))
    assert answer.content == files.pdf()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E7%BB%9F")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert answer["Cache-Control"].startswith("private, no-cache")
    assert "no-store" in answer["Cache-Control"]  # nothing stays on a shared computer
    assert answer["ETag"] == f'"{one.document.sha256}"'
    same = clerk.get(place_of(row, one.pk), headers={"if-none-match": answer["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    assert clerk.post(place_of(row, one.pk)).status_code == 405


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-4", 206, slice(0, 5)),
        ("bytes=5-", 206, slice(5, None)),
        ("bytes=-6", 206, slice(-6, None)),
        ("bytes=0-99999999", 206, slice(0, None)),
        ("bytes=99999999-", 416, slice(0, 0)),
        ("bytes=4-2", 416, slice(0, 0)),
        ("bytes=0-1,3-4", 200, slice(0, None)),
        ("bytes=-", 200, slice(0, None)),
        ("lines=1-2", 200, slice(0, None)),
    ],
)
def test_parts_of_a_file(office: Office, asked: str, status: int, part: slice) -> None:
    row = office.own[QuarterlyActual]
    one = attach(row)
    answer = client_of(office, "clerk").get(place_of(row, one.pk), headers={"range": asked})
    assert (answer.status_code, answer.content) == (status, files.pdf()[part])


def test_a_missing_file_is_a_calm_404(office: Office, vault: Any) -> None:
    row = office.own[QuarterlyActual]
    one = attach(row)
    (vault / one.document.sha256[:2] / one.document.sha256).unlink()
    assert client_of(office, "clerk").get(place_of(row, one.pk)).status_code == 404
