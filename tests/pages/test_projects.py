"""Key projects: the list of a year and one project across years."""

from __future__ import annotations

import csv
import datetime
import io
import re

import pytest
from django.test import Client

from projects.models import PublishedTask
from projects.stages import Stage
from tests.pages.plans import publish, task
from tests.pages.reading import page_at
from tests.pages.test_overview import queries_of
from tests.pages.test_report import fixture
from wanzhou.kernel.plans.periods import Period


def names(client: Client, address: str) -> list[str]:
    """The names of the entries, in the order of the page."""
    html = client.get(address).content.decode()
    return re.findall(r'<th role="rowheader" scope="row"><a href="[^"]*">([^<]*)</a>', html)


@pytest.fixture
def two_years(db: None) -> None:
    """One project in two years' boxes, with an update in the second; forty others."""
    act = publish(2031, Period.FULL_YEAR)
    task(act, 1, "虚构道路", "虚构大道", reached_stage=Stage.UNDERWAY, as_of=datetime.date(2031, 12, 20))
    plan = publish(2032)
    task(plan, 1, "虚构道路", "虚构大道", planned_stage=Stage.COMPLETED, department="虚构住建委")
    for number in range(2, 42):
        task(plan, 2, "虚构水利", f"虚构水库{number}", planned_stage=Stage.STARTED)


def test_the_list_says_what_is_planned_and_pages(client: Client, two_years: None) -> None:
    words = page_at(client, "/2032/projects/")
    assert "41 条重点项目" in words
    assert "1 条安排年内竣工" in words
    assert "竣工投用" not in words
    assert len(names(client, "/2032/projects/")) == 30
    assert len(names(client, "/2032/projects/?page=2")) == 11


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?box=1", 1),
        ("?stage=started", 30),
        ("?section=虚构道路", 1),
        ("?department=虚构住建委", 1),
        ("?q=xgdd", 1),
        ("?q=虚构大道", 1),
        ("?q=没有", 0),
    ],
)
def test_filters(client: Client, two_years: None, query: str, count: int) -> None:
    assert len(names(client, f"/2032/projects/{query}")) == count


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("?stage=x", 400, "可选"),
        ("?box=99", 400, "可选"),
        ("?page=99", 404, "没有第 99 页"),
        ("?page=-1", 400, "页码"),
        ("?page=99999999999999999999", 400, "页码"),
        ("?sort=x", 400, "不能按“x”排序"),
    ],
)
def test_nonsense_is_told_what_would_be_accepted(
    client: Client, two_years: None, query: str, status: int, says: str
) -> None:
    assert says in page_at(client, f"/2032/projects/{query}", status)


def test_the_twins_filter_in_the_same_words(client: Client, two_years: None) -> None:
    found = client.get("/2032/projects.json?q=xgdd").json()["tasks"]
    assert [one["name"] for one in found] == ["虚构大道"]
    lines = csv.DictReader(io.StringIO(client.get("/2032/projects.csv?box=2").content.decode("utf-8-sig")))
    assert len(list(lines)) == 40
    assert client.get("/2032/projects.xlsx").content.startswith(b"PK")
    refused = client.get("/2032/projects.json?stage=x")
    assert (refused.status_code, "可选" in refused.json()["detail"]) == (400, True)


def test_one_project_across_years(client: Client, two_years: None) -> None:
    words = page_at(client, "/projects/invented-1-1/")
    assert "虚构大道" in words
    assert "2031" in words
    assert "2032" in words
    assert "加快建设" in words
    assert "虚构大道等项目" in words
    assert "虚构住建委" in words


def test_the_past_knows_less(client: Client, two_years: None) -> None:
    page_at(client, "/projects/invented-1-1/?as_of=2001-01-01", 404)
    page_at(client, "/2032/projects/?as_of=2001-01-01", 404)


@pytest.mark.parametrize(
    "address", ["/projects/nobody-knows/", "/projects/nobody-knows.csv", "/2050/projects/"]
)
def test_what_does_not_exist(client: Client, two_years: None, address: str) -> None:
    page_at(client, address, 404)


def test_a_fixed_number_of_queries(client: Client, two_years: None) -> None:
    alone = queries_of(client, "/2032/projects/")
    act = publish(2032)
    for number in range(50, 120):
        task(act, 3, "虚构交通", f"虚构公路{number}", planned_stage=Stage.STARTED)
    assert queries_of(client, "/2032/projects/") == alone


def test_every_entry_of_the_report_has_its_page(client: Client, loaded_plans: None) -> None:
    slugs = {one["slug"]: one for year in (2022, 2023) for one in fixture(f"{year}/tasks.csv")}
    for slug, entry in slugs.items():
        words = page_at(client, f"/projects/{slug}/")
        assert entry["name"] in words, slug
        assert entry["wording"] in words, slug
    assert len(slugs) == PublishedTask.objects.values("slug").distinct().count()


def test_the_source_stands_as_printed(client: Client, loaded_plans: None) -> None:
    assert "167 条重点项目，51 条安排年内竣工" in page_at(client, "/2023/projects/")
    assert "报告专栏 2 至 5点名 167 条" in page_at(client, "/2023/projects/").replace("5 点名", "5点名")
    doubles = [one["slug"] for one in fixture("2023/tasks.csv") if one["name"] == "新能源开发"]
    assert len(set(doubles)) == 2
    for slug in doubles:
        assert "同名项目" in page_at(client, f"/projects/{slug}/")
