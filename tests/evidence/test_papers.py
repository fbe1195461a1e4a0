"""The list of all documents: where each is attached, who may read it, and what is asked for."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.admin.office import Office
from tests.cast import Cast
from tests.evidence import files
from tests.evidence.test_desks import TABLES, attach
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.evidence.actions import take_in, withdraw
from wanzhou.kernel.evidence.models import Document, Holds
from wanzhou.site.workbench.papers import HOLDERS, PAGE

pytestmark = pytest.mark.django_db
PLACE = "/admin/papers/"


@pytest.fixture
def office(cast: Cast) -> Office:
    return Office.of(cast)


def asked(reader: User, /, **query: Any) -> Any:
    client = Client()
    client.force_login(reader)
    return client.get(PLACE, query)


def named(reader: User, /, **query: Any) -> list[str]:
    """The names of the documents on the page, in order."""
    page = asked(reader, **query).content.decode()
    found = re.findall(r"<li>.*?<div>\s*<p>(?:<a [^>]*>)?([^<]+)", page, re.S)
    return [name.strip() for name in found]


def test_every_table_that_keeps_documents_is_on_the_list() -> None:
    assert set(HOLDERS) == {model for model in apps.get_models() if issubclass(model, Holds)}, (
        "a new table of attachments: add it to HOLDERS in wanzhou/site/workbench/papers.py"
    )


def test_each_is_shown_with_where_it_is_attached(office: Office) -> None:
    for number, model in enumerate(TABLES):
        attach(office.own[model], name=f"{number}.pdf", public=number == 0)
    page = asked(office.cast.auditor).content.decode()
    assert named(office.cast.auditor) == ["3.pdf", "2.pdf", "1.pdf", "0.pdf"]
    for model in TABLES:
        row = office.own[model]
        assert f"附在{model._meta.verbose_name}" in page
        assert f'/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/#evidence"' in page
    for href in re.findall(r'<div>\s*<p><a href="([^"]+)"', page):
        client = Client()
        client.force_login(office.cast.auditor)
        assert client.get(href).content == files.pdf()


def test_what_is_asked_for_is_found(office: Office) -> None:
    cast = office.cast
    first, second, third = list(TABLES)[:3]
    attach(office.own[first], name="公报.pdf", public=True)
    told = attach(office.theirs[second], name="来函.pdf", public=True)
    attach(office.own[third], name="草稿.pdf")
    (picture,) = take_in([files.upload("现场.png", files.png())], by=cast.head)
    withdraw(told.document, by=cast.publisher, reason="含个人信息")
    year = office.own[first].period.plan.year
    today, tomorrow = timezone.localdate(), timezone.localdate() + datetime.timedelta(days=1)
    everything = ["现场.png", "草稿.pdf", "来函.pdf", "公报.pdf"]
    reader = cast.reviewer
    for query, found in (
        ({}, everything),
        ({"kind": "picture"}, ["现场.png"]),
        ({"kind": "pdf"}, everything[1:]),
        ({"standing": "public"}, []),
        ({"standing": "withdrawn"}, ["来函.pdf", "公报.pdf"]),  # two names of one content
        ({"standing": "internal"}, ["现场.png", "草稿.pdf"]),
        ({"person": cast.head.pk}, ["现场.png"]),
        ({"name": "来"}, ["来函.pdf"]),
        ({"year": year}, everything[1:]),
        ({"since": today, "until": today}, everything),
        ({"since": tomorrow}, []),
    ):
        assert named(reader, **query) == found, query
    page = asked(reader).content.decode()
    assert "撤回理由：含个人信息" in page
    assert "没有附在任何内容上" in page
    assert picture.name in page


@pytest.mark.parametrize(
    "query", [{"kind": "x"}, {"year": "1066"}, {"person": "x"}, {"since": "x"}, {"name": "\x00"},
              {"since": "2026-02-02", "until": "2026-01-01"}],
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_said_to_be_so(office: Office, query: dict[str, str]) -> None:
    answer = asked(office.cast.auditor, **query)
    assert answer.status_code == 400
    assert "errorlist" in answer.content.decode()


def test_a_long_list_is_turned_page_by_page_and_costs_the_same(office: Office) -> None:
    row = next(iter(office.own[model] for model in TABLES))
    (one,) = take_in([files.upload("0.pdf", files.pdf())], by=office.cast.clerk)
    table = TABLES[type(row)]

    def more(names: range) -> None:
        for number in names:
            document = Document.objects.create(
                name=f"{number}.pdf",
                kind="pdf",
                size=one.size,
                sha256=one.sha256,
                uploaded_by=one.uploaded_by,
            )
            table._default_manager.create(document=document, public=False, **{table.ABOUT: row})

    more(range(1, 3))
    client = Client()
    client.force_login(office.cast.auditor)
    client.get(PLACE)
    counts = []
    for names in (range(0), range(3, PAGE + 5)):
        more(names)
        with CaptureQueriesContext(connection) as queries:
            client.get(PLACE)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20
    page = client.get(PLACE).content.decode()
    (older,) = re.findall(r'href="([^"]+)">更早的材料', page)
    assert len(named(office.cast.auditor)) == PAGE
    rest = client.get(older.replace("&amp;", "&")).content.decode()
    assert "0.pdf" in rest
    assert "回到最新" in rest
    assert "更早的材料" not in rest
    assert client.get(PLACE, {"before": "x" * 30}).status_code == 200
