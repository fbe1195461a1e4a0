"""The description of the data interface: complete, in Chinese, and true of what is answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from django.test import Client

from wanzhou.site.dashboard.api import api

CHINESE = re.compile(r"[一-鿿]")


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return dict(api.get_openapi_schema())


def operations(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for address, methods in described["paths"].items():
        for operation in methods.values():
            yield address, operation


def test_the_document_is_openapi_3_1_and_says_what_it_describes(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    assert CHINESE.search(described["info"]["title"])
    assert CHINESE.search(described["info"]["description"])
    assert [tag["name"] for tag in described["tags"]] == [
        "指标",
        "重点项目",
        "计划比较",
        "发布与更正",
        "重点工作",
        "搜索",
    ]


def test_every_operation_has_a_summary_a_tag_and_answers_in_chinese(described: dict[str, Any]) -> None:
    tags = {tag["name"] for tag in described["tags"]}
    for address, operation in operations(described):
        assert CHINESE.search(operation["summary"]), address
        assert CHINESE.search(operation["description"]), address
        assert set(operation["tags"]) <= tags
        assert all(CHINESE.search(answer["description"]) for answer in operation["responses"].values())


def test_every_parameter_is_told_with_an_example(described: dict[str, Any]) -> None:
    for address, operation in operations(described):
        for parameter in operation["parameters"]:
            assert CHINESE.search(parameter["description"]), (address, parameter["name"])
            assert CHINESE.search(parameter["schema"]["title"]), (address, parameter["name"])
            assert parameter["example"]


def test_what_goes_wrong_is_described_by_its_detail(described: dict[str, Any]) -> None:
    for address, operation in operations(described):
        failures = {
            str(status): answer for status, answer in operation["responses"].items() if int(status) >= 400
        }
        assert failures.keys() & {"400", "404"}, address
        for answer in failures.values():
            assert answer["content"]["application/json"]["schema"]["$ref"].endswith("/Problem")
    assert list(described["components"]["schemas"]["Problem"]["properties"]) == ["detail"]


def test_every_field_has_a_title_a_meaning_and_an_example(described: dict[str, Any]) -> None:
    for name, schema in described["components"]["schemas"].items():
        assert CHINESE.search(schema["description"]), name
        for key, told_of in schema["properties"].items():
            assert CHINESE.search(told_of["title"]), (name, key)
            assert CHINESE.search(told_of["description"]), (name, key)
            assert told_of["examples"], (name, key)


def test_every_example_fits_its_field(described: dict[str, Any]) -> None:
    for name, schema in described["components"]["schemas"].items():
        for key, told_of in schema["properties"].items():
            if any("$ref" in branch for branch in told_of.get("anyOf", [told_of])):
                continue  # an object's example is an excerpt; its own fields have theirs
            fits = jsonschema_rs.validator_for({**told_of, "components": described["components"]})
            assert all(fits.is_valid(example) for example in told_of["examples"]), (name, key)


@pytest.mark.parametrize("address", ["indicators", "projects"])
@pytest.mark.parametrize("year", ["year_over", "year_under_way"])
def test_the_answers_are_as_described(
    client: Client, described: dict[str, Any], request: pytest.FixtureRequest, year: str, address: str
) -> None:
    answered = client.get(f"/{request.getfixturevalue(year)}/{address}.json")
    schema = described["paths"][f"/{{year}}/{address}.json"]["get"]["responses"][200]["content"]
    whole = {**schema["application/json"]["schema"], "components": described["components"]}
    assert list(jsonschema_rs.validator_for(whole).iter_errors(answered.json())) == []


@pytest.mark.parametrize(
    ("address", "told_as"),
    [
        ("/indicators.json", "/indicators.json"),
        ("/indicators/invented-4.json", "/indicators/{code}.json"),
        ("/indicators/invented-5.json", "/indicators/{code}.json"),
    ],
)
def test_indicators_across_years_are_as_described(
    client: Client,
    described: dict[str, Any],
    year_over: int,
    year_under_way: int,
    address: str,
    told_as: str,
) -> None:
    schema = described["paths"][told_as]["get"]["responses"][200]["content"]["application/json"]["schema"]
    whole = {**schema, "components": described["components"]}
    answered = client.get(address).json()
    assert list(jsonschema_rs.validator_for(whole).iter_errors(answered)) == []
