"""The page of downloads: every list from one register, its dictionary from its schema, an excerpt from live rows."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from pytest_django import Settings

from indicators.judging.terms import Verdict
from indicators.schemas import IndicatorOut
from projects.schemas import TaskOut
from wanzhou.kernel.pages.asof import as_of
from wanzhou.kernel.pages.columns import columns_of
from wanzhou.kernel.pages.pages import rendered
from wanzhou.kernel.pages.visits import Visit
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.plans.shown import published_plans
from wanzhou.site.dashboard import datasets
from wanzhou.site.dashboard.datasets import (
    Dataset,
    each_pair,
    each_period,
    each_year,
    offered,
    one_of_many,
    whole,
)
from wanzhou.site.dashboard.views.downloads import downloads

from .plans import figure, publish, row
from .public_pages import (
    PLANTED,
    anchors_lead_somewhere,
    assert_sound,
    fifty_more_years,
    links_of,
    plant_what_is_not_public,
    queries_anew,
)
from .reading import page_at

FORMS = (".csv", ".xlsx", ".json")


def files_of(html: str) -> set[str]:
    return {link for link in links_of(html) if link.partition("?")[0].endswith(FORMS)}


def test_every_download_is_there(client: Client, year_over: int, year_under_way: int) -> None:
    found = files_of(client.get("/data/").content.decode())
    assert {"/2031/indicators.json", "/2032/indicators.json", "/2031/projects.json"} <= found
    assert {link: client.get(link).status_code for link in found} == dict.fromkeys(found, 200)


def test_older_periods_are_asked_for_by_name(client: Client, year_over: int) -> None:
    row(publish(year_over, Period.FIRST_HALF), 1, pace="on_pace", **figure("6.5"))
    html = client.get("/data/").content.decode()
    assert "/2031/indicators.json?period=first_half" in files_of(html)
    assert "2031 年上半年" in page_at(client, "/data/")


def test_rows_are_counted_and_sources_named(client: Client, year_over: int, year_under_way: int) -> None:
    words = page_at(client, "/data/")
    assert "2031 年全年8 项与 1 个分项" in words
    assert "2032 年上半年8 项" in words
    assert "2031 年点名 2 条《虚构报告》" in words


def test_a_replaced_row_counts_once(client: Client, year_over: int) -> None:
    act = publish(year_over, Period.FULL_YEAR)
    row(act, 1, "6", verdict=Verdict.MET, gap="0.6", order=1, **figure("6.6"))
    assert "2031 年全年8 项与 1 个分项" in page_at(client, "/data/")


def test_a_plan_of_which_only_targets_are_published(client: Client, db: None) -> None:
    row(publish(2033), 1)
    assert "2033 年计划目标1 项" in page_at(client, "/data/")


@pytest.mark.parametrize("schema", [IndicatorOut, TaskOut])
def test_every_field_is_explained(client: Client, year_over: int, schema: type) -> None:
    words = page_at(client, "/data/")
    for column in columns_of(schema):
        assert f"{column.code}{column.label}{column.kind.label}{column.meaning}" in words


def test_the_excerpt_is_what_the_file_says(client: Client, year_over: int) -> None:
    html = client.get("/data/").content.decode()
    shown = re.search(
        r'<pre class="note json"><b>GET <a href="([^"]+)">.*?</b>\s*(.*?)</pre>', html, re.DOTALL
    )
    assert shown is not None
    address, text = shown.groups()
    excerpt = json.loads(text.replace("&#34;", '"').replace("&lt;", "<").replace("&gt;", ">"))
    whole_file = client.get(address).json()
    assert (excerpt["year"], excerpt["period"]) == (whole_file["year"], whole_file["period"])
    first = whole_file["indicators"][0]
    assert excerpt["indicators"][0] == {key: first[key] for key in excerpt["indicators"][0]}
    assert f"略去 {len(first) - len(excerpt['indicators'][0])} 个" in html


def test_no_licence_is_invented(client: Client, year_over: int, settings: Settings) -> None:
    assert "许可" not in page_at(client, "/data/")
    settings.DATA_LICENCE = "虚构许可：注明来源即可使用。"
    settings.DEBUG = True  # a release is read once per process
    assert "虚构许可：注明来源即可使用。" in page_at(client, "/data/")


def test_the_interface_is_led_to(client: Client, year_over: int) -> None:
    assert {"/api/docs", "/api/openapi.json", "/feed.xml"} <= links_of(client.get("/data/").content.decode())


def test_links_keep_the_day(client: Client, year_over: int) -> None:
    today = as_of("").day.isoformat()
    links = files_of(client.get(f"/data/?as_of={today}").content.decode())
    assert links
    assert [link for link in links if f"as_of={today}" not in link] == ["/api/openapi.json"]


def test_before_the_first_publication_there_is_nothing_to_download(client: Client, year_over: int) -> None:
    words = page_at(client, "/data/?as_of=2020-01-01")
    assert "还没有可以下载的文件" in words
    assert "虚构" not in words


def test_an_empty_site_is_calm(client: Client, db: None) -> None:
    assert "还没有可以下载的文件" in page_at(client, "/data/")


def test_what_is_not_public_never_shows(client: Client, year_over: int) -> None:
    plant_what_is_not_public(year_over)
    html = client.get("/data/").content.decode()
    assert PLANTED not in html
    assert "8 项与 1 个分项" in html


def test_the_page_is_sound(client: Client, year_over: int, year_under_way: int) -> None:
    html = client.get("/data/").content.decode()
    assert_sound(html)
    anchors_lead_somewhere(html)


def test_an_exported_page_offers_no_file_that_a_parameter_asks_for(year_over: int) -> None:
    row(publish(year_over, Period.FIRST_HALF), 1, pace="on_pace", **figure("6.5"))
    visit = Visit("/data/", as_of(""), exported=True)
    html = rendered(downloads.__wrapped__(visit), visit)  # type: ignore[attr-defined]
    assert "/2031/indicators.json" in html
    assert "?" not in "".join(part.split('"')[0] for part in html.split('href="')[1:])
    assert_sound(html)


def test_other_years_cost_no_queries(client: Client, year_over: int, year_under_way: int) -> None:
    alone = queries_anew(client, "/data/")
    fifty_more_years()
    assert queries_anew(client, "/data/") == alone <= 7


def test_a_list_registers_with_one_line(
    client: Client, year_over: int, year_under_way: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans, moment = published_plans(), as_of("").moment
    lines = {
        "whole": (whole("/2031/indicators"), {"/2031/indicators.json"}),
        "year": (each_year("/{year}/projects"), {"/2031/projects.json", "/2032/projects.json"}),
        "period": (each_period("/{year}/indicators"), {"/2031/indicators.json", "/2032/indicators.json"}),
        "pair": (each_pair("/{after}/projects"), {"/2032/projects.json"}),
        "one": (
            one_of_many("/{}/projects", "每年一份，如 2031 年", lambda _moment: "2031"),
            {"/2031/projects.json"},
        ),
        "none": (one_of_many("/{}/projects", "", lambda _moment: ""), set()),
        "unserved": (whole("/nowhere/at-all"), set()),
    }
    for code, (places, expected) in lines.items():
        monkeypatch.setattr(datasets, "DATASETS", (Dataset(code, "虚构表", "虚构", TaskOut, places),))
        lists = offered(plans, moment)
        found = {link.href for one in lists for sheet in one.sheets for link in sheet.links}
        assert {link for link in found if link.endswith(".json")} == expected, code


@pytest.mark.usefixtures("loaded_plans")
def test_the_real_plans(client: Client) -> None:
    words = page_at(client, "/data/")
    for text in ("2022 年全年22 项与 2 个分项", "2023 年上半年25 项与 2 个分项", "点名 167 条", "点名 41 条"):
        assert text in words
    assert '"code": "gdp-growth"' in words
    assert '"value": "3.5"' in words
