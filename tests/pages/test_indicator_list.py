"""The list of a year's indicators: filtered, sorted, and the same as a file."""

from __future__ import annotations

import csv
import io
import re

import openpyxl
import pytest
from django.test import Client

from indicators.judging.terms import Verdict
from indicators.models import AnnualTarget, QuarterlyActual
from tests.pages.plans import figure, publish, publisher, row
from tests.pages.reading import page_at
from tests.pages.test_overview import queries_of
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.plans.periods import Period

LIST = "/2031/indicators/"


def names(html: str) -> list[str]:
    """The names of the rows, in the order of the page."""
    return re.findall(r'<th role="rowheader" scope="row">(?:其中：)?<a href="[^"]*">([^<]*)</a>', html)


def listed(client: Client, query: str = "") -> list[str]:
    response = client.get(LIST + query)
    assert response.status_code == 200, response.content.decode()[:300]
    return names(response.content.decode())


def test_the_whole_table_in_the_order_of_the_report(client: Client, year_over: int) -> None:
    found = listed(client)
    assert found[:5] == ["虚构指标1", "虚构指标2", "虚构指标3", "虚构分项", "虚构指标4"]
    assert len(found) == 9
    assert "8 项指标" in page_at(client, LIST)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?nature=binding", ["虚构指标4"]),
        ("?state=missed", ["虚构指标2", "虚构指标3", "虚构分项"]),
        ("?state=awaiting_city&nature=anticipatory", []),
        ("?q=分项", ["虚构分项"]),
        ("?q=xgzb1", ["虚构指标1"]),
        ("?q=xugou%20fenxiang", ["虚构分项"]),
        ("?q=FENXIANG", ["虚构分项"]),
        ("?q=%E8%99%9A%E6%9E%84%E6%8C%87%E6%A0%87%EF%BC%91", ["虚构指标1"]),
        ("?q=%25", []),
    ],
)
def test_filters(client: Client, year_over: int, query: str, found: list[str]) -> None:
    assert listed(client, query) == found


def test_what_is_set_can_be_taken_away(client: Client, year_over: int) -> None:
    html = client.get(f"{LIST}?state=missed&q=分项").content.decode()
    assert 'href="/2031/indicators/?q=%E5%88%86%E9%A1%B9"' in html
    assert "筛选出 1 行" in html
    assert "没有符合这些条件的指标" in client.get(f"{LIST}?q=没有这个").content.decode()


def test_sorted_rows_keep_their_sub_rows_and_the_unknown_stays_last(client: Client, year_over: int) -> None:
    act = publish(2031, Period.FULL_YEAR)
    row(act, 2, "7", verdict=Verdict.MISSED, gap="-2.5", order=2, department="乙单位", **figure("4.5"))
    row(act, 3, "8", verdict=Verdict.MISSED, gap="-1", order=3, department="甲单位", **figure("7"))
    backwards = listed(client, "?sort=-ordinal")
    assert backwards[-1] == "虚构指标1"
    assert backwards[backwards.index("虚构指标3") + 1] == "虚构分项"
    by_department = listed(client, "?sort=department")
    assert by_department[:3] == ["虚构指标2", "虚构指标3", "虚构分项"]
    assert listed(client, "?sort=-department")[:2] == ["虚构指标3", "虚构分项"]
    assert 'aria-sort="descending"' in client.get(f"{LIST}?sort=-department").content.decode()


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("?nature=xyz", "属性没有“xyz”；可选：binding（约束性）、anticipatory（预期性）"),
        ("?state=on_pace", "结论没有“on_pace”"),
        ("?sort=target", "不能按“target”排序；可选：ordinal（序号）"),
        ("?sort=--name", "不能按“--name”排序"),
        ("?as_of=heute", "请写成 2023-01-31 的样子"),
        ("?q=" + "长" * 10_000, "太长"),
        ("?q=%00", "不能显示的字符"),
    ],
)
def test_nonsense_is_told_what_would_be_accepted(
    client: Client, year_over: int, query: str, says: str
) -> None:
    assert says in page_at(client, LIST + query, 400)


@pytest.mark.parametrize(
    "address", ["/2050/indicators/", "/99999999999999999999/indicators/", "/2031/indicators.pdf"]
)
def test_what_does_not_exist(client: Client, year_over: int, address: str) -> None:
    page_at(client, address, 404)


def test_another_period(client: Client, year_over: int) -> None:
    row(publish(2031, Period.FIRST_HALF), 1, pace="behind", gap="-0.1", **figure("5.9"))
    html = client.get(f"{LIST}?period=first_half&state=behind").content.decode()
    assert names(html) == ["虚构指标1"]
    assert '<input type="hidden" name="period" value="first_half">' in html
    assert "2031 年上半年" in html


def test_without_a_year_it_leads_to_the_year_of_the_front_page(client: Client, year_over: int) -> None:
    assert client.get("/indicators/")["Location"] == "/2031/indicators/"
    assert client.get("/indicators/?as_of=2001-01-01").status_code == 404


def test_the_csv_holds_what_the_page_holds(client: Client, year_over: int) -> None:
    response = client.get("/2031/indicators.csv?state=missed")
    assert response.content.startswith("\ufeff".encode())
    assert "indicators-2031.csv" in response["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [line["name"] for line in rows] == ["虚构指标2", "虚构指标3", "虚构分项"]
    assert rows[0]["gap"] == "-2.5"
    assert rows[0]["verdict"] == "missed"


def test_the_workbook_has_numbers_as_numbers(client: Client, year_over: int) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get("/2031/indicators.xlsx?q=xgzb2").content))
    sheet = book.worksheets[0]
    values = dict(zip((cell.value for cell in sheet[1]), sheet[2], strict=True))
    assert len(list(sheet.rows)) == 2
    assert float(values["与目标之差"].value) == -2.5
    assert sheet.freeze_panes


def test_the_json_filters_in_the_same_words(client: Client, year_over: int) -> None:
    found = client.get("/2031/indicators.json?state=missed&q=xgfx").json()
    assert [line["name"] for line in found["indicators"]] == ["虚构分项"]
    refused = client.get("/2031/indicators.json?nature=xyz")
    assert refused.status_code == 400
    assert "可选：binding（约束性）" in refused.json()["detail"]
    assert client.get("/2031/indicators.json?as_of=2001-01-01").status_code == 404


def test_the_twins_carry_the_filters_and_validators(client: Client, year_over: int) -> None:
    html = client.get(f"{LIST}?nature=binding&sort=name").content.decode()
    for form in ("csv", "xlsx", "json"):
        assert f'href="/2031/indicators.{form}?nature=binding"' in html
        twin = client.get(f"/2031/indicators.{form}")
        again = client.get(f"/2031/indicators.{form}", headers={"If-None-Match": twin["ETag"]})
        assert (again.status_code, again["ETag"]) == (304, twin["ETag"])
        assert twin["Last-Modified"]


def test_no_draft_shows_anywhere(client: Client, year_over: int) -> None:
    QuarterlyActual.objects.create(
        target=AnnualTarget.objects.get(indicator__code="invented-8"),
        period=ReportingPeriod.objects.get(plan__first_year=2031),
        value="98765.4321",
        wording="98765.4321",
        entered_by=publisher(),
    )
    for address in (LIST, "/2031/indicators.csv", "/2031/indicators.json"):
        assert "98765" not in client.get(address).content.decode()


@pytest.mark.parametrize("query", ["", "?state=missed&q=xg"])
def test_a_fixed_number_of_queries(client: Client, year_over: int, query: str) -> None:
    alone = queries_of(client, LIST + query)
    act = publish(2031, Period.FULL_YEAR)
    for ordinal in range(20, 60):
        row(act, ordinal, order=ordinal, verdict=Verdict.MISSED, gap="-1", **figure("5"))
    assert queries_of(client, LIST + query) == alone <= 6
