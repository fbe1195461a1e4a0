"""The interface described, for programs and for people: the same document twice."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from wanzhou.site.dashboard.interface import document, interface_of

from .public_pages import anchors_lead_somewhere, assert_sound, links_of, queries_anew
from .reading import page_at


@pytest.fixture
def described() -> dict[str, Any]:
    return document()


def test_the_document_is_sent_with_validators(client: Client, db: None, described: dict[str, Any]) -> None:
    sent = client.get("/api/openapi.json")
    assert sent["Content-Type"] == "application/json; charset=utf-8"
    assert sent.json() == described
    assert described["openapi"].startswith("3.1")
    again = client.get("/api/openapi.json", headers={"if-none-match": sent["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_every_operation_parameter_and_reply_stands_on_the_page(
    client: Client, year_over: int, described: dict[str, Any]
) -> None:
    words = page_at(client, "/api/docs")
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}" in words
            assert operation["description"] in words
            for parameter in operation.get("parameters", []):
                assert f"{parameter['name']}{parameter['schema']['title']}" in words
            for status, reply in operation["responses"].items():
                assert f"{status} {reply['description']}" in words


def test_every_field_of_every_object_stands_on_the_page(
    client: Client, year_over: int, described: dict[str, Any]
) -> None:
    words = page_at(client, "/api/docs")
    for name, schema in described["components"]["schemas"].items():
        assert name in words
        for code, told in schema["properties"].items():
            assert f"{code}{told['title']}" in words
            assert told["description"] in words


def test_codes_stand_with_their_words_and_objects_are_linked(described: dict[str, Any]) -> None:
    schemas = {schema.name: {f.code: f for f in schema.fields} for schema in interface_of(described).schemas}
    row = schemas["IndicatorOut"]
    assert ("met", "达到或超过") in row["verdict"].words
    assert (row["verdict"].kind, row["verdict"].nullable) == ("代码", True)
    assert (row["reading"].kind, row["reading"].refers) == ("对象", "ReadingOut")
    assert (row["gap"].kind, row["gap"].example) == ("精确小数，写成字符串", "-0.5")
    assert row["published_on"].kind == "日期（年-月-日）"
    assert row["ordinal"].kind == "整数"
    whole = schemas["YearIndicators"]["indicators"]
    assert (whole.kind, whole.refers, whole.nullable) == ("列表", "IndicatorOut", False)


def test_the_examples_can_be_opened(client: Client, year_over: int, year_under_way: int) -> None:
    html = client.get("/api/docs").content.decode()
    examples = {link for link in links_of(html) if link.endswith(".json") and "openapi" not in link}
    assert f"/{year_under_way}/indicators.json" in examples
    assert all(client.get(link).status_code == 200 for link in examples)
    assert f"curl &#39;http://testserver/{year_under_way}/indicators.json&#39;" in html or (
        f"curl 'http://testserver/{year_under_way}/indicators.json'" in html
    )


def test_an_empty_site_describes_the_interface_too(client: Client, db: None) -> None:
    assert "GET /{year}/indicators.json" in page_at(client, "/api/docs")


def test_the_page_is_sound_and_leads_back(client: Client, year_over: int) -> None:
    html = client.get("/api/docs").content.decode()
    assert_sound(html)
    anchors_lead_somewhere(html)
    assert {"/data/", "/api/openapi.json"} <= links_of(html)
    assert "swagger" not in html.lower()


@pytest.mark.parametrize("address", ["/api/docs", "/api/openapi.json"])
def test_it_costs_next_to_nothing(client: Client, year_over: int, address: str) -> None:
    assert queries_anew(client, address) <= 3


@pytest.mark.parametrize("address", ["/api/", "/api/v1", "/api/docs/more", "/api/openapi.yaml"])
def test_what_is_not_there_is_a_friendly_404(client: Client, db: None, address: str) -> None:
    assert "没有这个页面" in page_at(client, address, 404)
