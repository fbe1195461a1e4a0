"""The desk of documents: what is made, what is refused with what was typed, and what is marked for the congress."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.admin.conftest import SignIn
from tests.cast import Cast
from wanzhou.kernel.plans.models import Brief, Edition, Publication

pytestmark = [pytest.mark.django_db]
DESK = "/admin/writing/"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def desk(loaded_plans: None, cast: Cast, sign_in: SignIn, settings: Settings, tmp_path: Path) -> Client:
    settings.MEDIA_ROOT = tmp_path
    return sign_in(cast.publisher)


def told(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.mark.parametrize("form", ["docx", "xlsx", "html", "txt"])
@pytest.mark.parametrize(
    ("sort", "of"),
    [("annual", "2022-full_year"), ("midyear", "2023-first_half"), ("brief", "2022-full_year")],
)
@pytest.mark.parametrize("basis", ["published", "submitted"])
def test_every_document_in_every_form_on_every_basis(
    desk: Client, sort: str, of: str, form: str, basis: str
) -> None:
    asked = {"of": of, "basis": basis, "form": form, "draft": "on"}
    answer = desk.get(f"{DESK}{sort}/file/", asked)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    assert not Brief.objects.exists()


def test_an_internal_document_is_stamped(desk: Client) -> None:
    asked = {"of": "2023-first_half", "basis": "approved", "form": "docx"}
    answer = desk.get(f"{DESK}brief/file/", asked)
    file = docx.Document(io.BytesIO(answer.content))
    assert file.paragraphs[0].text.startswith("内部 · 截至")


def test_a_refusal_says_why_and_keeps_what_was_chosen(desk: Client) -> None:
    answer = desk.get(f"{DESK}annual/file/", {"of": "2022-full_year", "basis": "approved", "form": "xlsx"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "按未发布的数据只能写征求意见稿" in page
    assert '<option value="approved" selected>' in page
    assert '<option value="xlsx" selected>' in page


@pytest.mark.parametrize("asked", [{}, {"of": "1800-full_year", "basis": "x", "form": "exe"}])
def test_nonsense_is_refused_in_chinese(desk: Client, asked: dict[str, str]) -> None:
    answer = desk.get(f"{DESK}midyear/file/", asked)
    assert answer.status_code == 400
    assert "必填" in answer.content.decode() or "选择" in answer.content.decode()
    assert desk.get(f"{DESK}nonsense/file/").status_code == 404


def test_a_brief_that_is_handed_out_is_kept_and_the_next_one_compares(desk: Client, cast: Cast) -> None:
    asked = {"of": "2023-first_half", "basis": "submitted", "form": "txt"}
    first = desk.post(f"{DESK}brief/", asked).content.decode()
    assert "这是本期的第一份" in first
    [kept] = Brief.objects.all()
    assert (kept.by_id, kept.basis, str(kept.period)) == (cast.publisher.pk, "submitted", "2023年上半年")
    second = desk.post(f"{DESK}brief/", asked).content.decode()
    assert "没有变化。" in second
    assert "记下的一页纸" in told(desk, DESK)


def test_what_was_kept_stays(desk: Client) -> None:
    desk.post(f"{DESK}brief/", {"of": "2023-first_half", "basis": "submitted", "form": "txt"})
    kept = Brief.objects.get()
    for change in (lambda: Brief.objects.update(basis="published"), kept.delete):
        with pytest.raises(Exception, match="plans_brief"), transaction.atomic():
            change()


def facts(**typed: object) -> dict[str, object]:
    act = Publication.objects.filter(plan__first_year=2022, period__period="full_year").get()
    return {"publication": act.pk, "title": "虚构大会文件", "issued_on": "", "source": "none", **typed}


def test_an_edition_is_marked_with_the_generated_document(desk: Client, cast: Cast) -> None:
    answer = desk.post(f"{DESK}editions/", facts(source="generated", public="on"))
    assert answer.status_code == 302
    edition = Edition.objects.get()
    with edition.document.open("rb") as document:
        assert hashlib.sha256(document.read()).hexdigest() == edition.sha256
    assert (edition.public, edition.marked_by_id) == (True, cast.publisher.pk)
    assert "核对无误" in told(desk, DESK)
    assert desk.get(f"{DESK}editions/{edition.pk}/").status_code == 200
    assert "虚构大会文件" in told(Client(), "/2022/report/")


def test_the_generated_document_is_the_public_one_of_that_day(desk: Client) -> None:
    """The plan of 2023 was told after the year 2022 in the loading, and so is not in its edition."""
    desk.post(f"{DESK}editions/", facts(source="generated"))
    edition = Edition.objects.get()
    with edition.document.open("rb") as document:
        said = [one.text for one in docx.Document(io.BytesIO(document.read())).paragraphs]
    assert any("22项年度目标中" in text for text in said)
    assert not any(text.startswith("表2") for text in said)
    plan = Publication.objects.get(plan__first_year=2023, period=None)
    desk.post(f"{DESK}editions/", facts(source="generated", publication=plan.pk))
    with Edition.objects.latest("id").document.open("rb") as document:
        said = [one.text for one in docx.Document(io.BytesIO(document.read())).paragraphs]
    assert any(text.startswith("表2") for text in said)


def test_an_upload_is_examined(desk: Client) -> None:
    good = facts(source="uploaded", document=SimpleUploadedFile("大会文件.pdf", PDF))
    assert desk.post(f"{DESK}editions/", good).status_code == 302
    assert str(Edition.objects.get().document).endswith(".pdf")
    for name, content in (
        ("a.pdf", b"<html>"),
        ("a.docx", b"PK\x03\x04rubbish"),
        ("a.png", b"\x89PNG\r\n\x1a\n"),
    ):
        bad = facts(source="uploaded", document=SimpleUploadedFile(name, content), title="不收的")
        answer = desk.post(f"{DESK}editions/", bad)
        assert answer.status_code == 400
        assert "不收的" in answer.content.decode(), "what was typed is kept"
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"source": "uploaded"}, "请选要上传的文件"),
        ({"source": "none", "public": "on"}, "没有可以下载的"),
        ({"title": ""}, "这个字段是必填项"),
        ({"publication": 999_999}, "选择"),
        ({"issued_on": "明天"}, "日期"),
    ],
)
def test_what_an_edition_lacks_is_said_beside_the_field(
    desk: Client, typed: dict[str, object], says: str
) -> None:
    answer = desk.post(f"{DESK}editions/", facts(**typed))
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert not Edition.objects.exists()


def test_a_changed_document_is_noticed(desk: Client) -> None:
    desk.post(f"{DESK}editions/", facts(source="generated"))
    edition = Edition.objects.get()
    Path(edition.document.path).write_bytes(b"other")
    assert "与登记的指纹不一致" in told(desk, DESK)
    assert desk.get(f"{DESK}editions/{edition.pk}/").status_code == 404


def test_the_database_refuses_a_public_document_that_is_not_there(desk: Client) -> None:
    act = Publication.objects.earliest("id")
    with pytest.raises(IntegrityError, match="plans_edition_public_document"), transaction.atomic():
        Edition.objects.create(publication=act, title="无", public=True)


def test_the_queries_of_the_desk_are_fixed(desk: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(DESK).status_code == 200
        return len(queries)

    asked()
    alone = asked()
    for _ in range(3):
        desk.post(f"{DESK}editions/", facts())
        desk.post(f"{DESK}brief/", {"of": "2023-first_half", "basis": "submitted", "form": "txt"})
    told(desk, DESK)
    assert asked() == alone
