"""Every desk opens, in Chinese, without styles or scripts in its pages, with a number of queries that stays."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from indicators.models import AnnualTarget, Chase, CityRequest, QuarterlyActual, ReferenceFigure, SignedRow
from tests.admin.conftest import SignIn
from tests.admin.office import DESKS, Office, address
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.evidence.models import Holds

pytestmark = pytest.mark.django_db
# What is added elsewhere (publishing), or never by hand.
NOT_ADDED = {
    *(
        "plans.publication",
        "indicators.publishedrow",
        "indicators.publishedworktarget",
        "indicators.citedfact",
        "projects.publishedtask",
        "auth.group",
        "admin.logentry",
        "accounts.signin",
    ),
    *("projects.likeness", "projects.question", "projects.quotation", "projects.finding"),
    *("projects.round", "projects.problem"),
}
APPS = {"accounts", "plans", "indicators", "projects"}
# Shown where they were made: the list of imports beside the grid, the briefs at the desk of documents.
ELSEWHERE = {"indicators.intake", "indicators.intakerow", "plans.brief"}
WIDEST = 20


@pytest.fixture
def at_desk(office: Office, superuser: User, sign_in: SignIn) -> Client:
    return sign_in(superuser)


def inline(page: str) -> list[str]:
    """Styles and scripts that a strict policy would refuse."""
    return re.findall(r'<style|\sstyle="|<script(?![^>]*(?:src=|type="application/json"))|\son\w+="', page)


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_every_model_has_a_desk() -> None:
    ours = {
        model._meta.label_lower
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if not hasattr(model, "pgh_tracked_model") and not model._meta.auto_created and not model._meta.proxy
        # Evidence stands on the page of what it attests, and signed sheets on the page of the sheet.
        if not issubclass(model, Holds | SignedRow) and model._meta.managed
    }
    assert ours - ELSEWHERE == {label for label in DESKS if label.partition(".")[0] in APPS}


@pytest.mark.parametrize("label", DESKS)
def test_lists_open_with_a_number_of_queries_that_stays(label: str, at_desk: Client, office: Office) -> None:
    model = DESKS[label]
    at_desk.get(address(model, "changelist"))
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            response = at_desk.get(address(model, "changelist"))
        assert response.status_code == 200
        assert model._default_manager.exists(), "an empty list proves nothing"
        assert inline(text_of(response)) == []
        counts.append(len(queries))
        office.furnish()
    assert counts[0] == counts[1] <= WIDEST


@pytest.mark.parametrize("label", DESKS)
def test_searching_and_filtering(label: str, at_desk: Client) -> None:
    model = DESKS[label]
    desk = admin.site.get_model_admin(model)
    assert desk.search_fields
    assert desk.search_help_text
    page = text_of(at_desk.get(address(model, "changelist"), {"q": "没有这样的内容"}))
    assert "0 " in page
    listed = text_of(at_desk.get(address(model, "changelist")))
    for choice in set(re.findall(r'href="(\?[^"]+=[^"]+)"', listed)):
        assert at_desk.get(address(model, "changelist") + choice.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize("label", DESKS)
def test_pages_of_a_row_open(label: str, at_desk: Client) -> None:
    model = DESKS[label]
    row = model._default_manager.latest("pk")
    for page in ("change", "history"):
        response = at_desk.get(address(model, page, row.pk))
        assert response.status_code == 200
        assert inline(text_of(response)) == []
        assert " you" not in text_of(response)
    added = at_desk.get(address(model, "add"))
    assert added.status_code == (403 if label in NOT_ADDED else 200)


@pytest.mark.parametrize("label", DESKS)
def test_labels_are_chinese(label: str, at_desk: Client) -> None:
    model = DESKS[label]
    row = model._default_manager.latest("pk")
    pages = [at_desk.get(address(model, "change", row.pk)), at_desk.get(address(model, "changelist"))]
    if label not in NOT_ADDED:
        pages.append(at_desk.get(address(model, "add")))
    for page in pages:
        for words in labels_in(text_of(page)):
            assert re.search("[\u4e00-\u9fff]", words) or words in {"", "ID"}, words


def labels_in(page: str) -> list[str]:
    """Names of fields and columns."""
    found = re.findall(r"<label[^>]*>(.*?)</label>", page, re.S)
    found += re.findall(r'<div class="text">(.*?)</div>', page, re.S)
    return [re.sub(r"<[^>]+>|\s|[::]", "", words) for words in found]


def test_index_and_sign_in_name_the_district(client: Client, at_desk: Client, settings: Any) -> None:
    settings.DISTRICT = replace(settings.DISTRICT, name="测试区", site_title="测试发展计划公开")
    for page in (client.get("/admin/login/"), at_desk.get("/admin/")):
        text = text_of(page)
        assert "测试发展计划公开" in text
        assert "万州" not in text
        assert inline(text) == []
        assert "unsafe" not in page["Content-Security-Policy"]


def test_choices_are_what_the_other_desk_shows(office: Office) -> None:
    request = RequestFactory().get("/")
    request.user = office.cast.clerk
    form = admin.site.get_model_admin(QuarterlyActual).get_form(request)
    targets = form.base_fields["target"].queryset  # type: ignore[attr-defined]
    assert office.own[AnnualTarget] in targets
    assert office.theirs[AnnualTarget] not in targets


def test_history_tells_what_changed(at_desk: Client, office: Office, superuser: User) -> None:
    asked = office.own[CityRequest]
    at_desk.post(
        address(CityRequest, "change", asked.pk),
        {"target": asked.target_id, "period": asked.period_id, "bureau": "市测试局", "note": ""},
    )
    page = text_of(at_desk.get(address(CityRequest, "history", asked.pk)))
    assert "市级部门：市测试局" in page
    assert str(superuser) in page
    assert "127.0.0.1" in page
    assert page.index("修改") < page.index("新增")


def test_history_of_the_record_is_the_auditors(office: Office, sign_in: SignIn) -> None:
    place = address(QuarterlyActual, "history", office.own[QuarterlyActual].pk)
    assert "变更记录，新的在前" in text_of(sign_in(office.cast.auditor).get(place))
    assert "变更记录，新的在前" not in text_of(sign_in(office.cast.clerk).get(place))


@pytest.mark.parametrize("model", [CityRequest, Chase, ReferenceFigure])
def test_what_is_written_on_a_page_of_its_own_is_listed_for_readers_only(
    office: Office, sign_in: SignIn, model: type[Any]
) -> None:
    """The address stays, for links from elsewhere; the auditor, who has no such page to write on, finds it listed."""
    for who, listed in (("reviewer", False), ("publisher", False), ("auditor", True)):
        client = sign_in(getattr(office.cast, who))
        menu = client.get("/admin/").content.decode()
        assert (f'href="{address(model, "changelist")}"' in menu) == listed, who
        assert client.get(address(model, "changelist")).status_code == 200
