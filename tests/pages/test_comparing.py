"""Two plans compared: any two published years, in either order, and nothing that is not published."""

from __future__ import annotations

import csv
import datetime
import io
from typing import Any

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from indicators.judging.targets import read_target
from indicators.judging.terms import Favourable
from indicators.models import AnnualTarget, Nature
from wanzhou.kernel.plans.models import Publication
from wanzhou.kernel.plans.periods import Period

from .plans import plan_of, publish, publisher
from .plans import row as published_row
from .reading import page_at

LOWER = {"favourable": Favourable.LOWER}


def row(publication: Publication, ordinal: int | None, wording: str, **facts: Any) -> None:
    """A published row whose wording is read as it is when it is really published."""
    unit, favourable = facts.get("unit", "%"), facts.get("favourable", Favourable.HIGHER)
    reading = read_target(wording, unit=unit, favourable=favourable).as_dict()
    published_row(publication, ordinal, wording, reading=reading, **facts)


@pytest.fixture
def two_plans(db: None) -> None:
    """2031 and 2032: one row of every change, a sub-row that was dropped, and a row that nobody asked again."""
    first, second = publish(2031), publish(2032)
    row(first, 1, "6", code="raised", name="虚构提高")
    row(first, 2, "5.5以内", code="tighter", name="虚构收紧", **LOWER)
    row(first, 3, "1.6", code="reunited", name="虚构换单位", unit="亿美元", nature=Nature.BINDING)
    row(first, None, "3", code="below", name="虚构旧分项", parent_code="raised")
    row(first, 4, "3", code="dropped", name="虚构不再列入")
    row(second, 1, "7", code="raised", name="虚构提高")
    row(second, 2, "5以内", code="tighter", name="虚构收紧", **LOWER)
    row(second, 3, "1500", code="reunited", name="虚构换单位", unit="万美元", nature=Nature.BINDING)


@pytest.mark.usefixtures("two_plans")
def test_every_change_is_said_in_words(client: Client) -> None:
    words = page_at(client, "/compare/2031/2032/")
    for text in (
        "2032 年计划比 2031 年少 1 项指标，1 项提高，1 项降低",
        "不再列入 1 项，1 项换了单位或口径、不比较高低。约束性指标都是 1 项。",
        "提高 1 个百分点",
        "降低 0.5 个百分点，收紧",
        "2031 年：虚构换单位（亿美元）",
        "换了单位，不比较高低；说明：报告未载",
    ):
        assert text in words
    assert words.index("虚构提高") < words.index("其中：虚构旧分项") < words.index("虚构收紧")


@pytest.mark.usefixtures("two_plans")
@pytest.mark.parametrize("ending", ["/", ".json", ".csv", ".xlsx"])
def test_years_in_the_other_order_lead_to_the_one_address(client: Client, ending: str) -> None:
    answer = client.get(f"/compare/2032/2031{ending}")
    assert (answer.status_code, answer["Location"]) == (302, f"/compare/2031/2032{ending}")
    assert client.get("/compare/")["Location"] == "/compare/2031/2032/"


@pytest.mark.usefixtures("two_plans")
@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/compare/2031/2031/", 400, "2031 年不能与自己比较"),
        ("/compare/2031/2050/", 404, "没有已发布的2050年年度计划"),
        ("/compare/1/2/", 404, "没有已发布的1年年度计划"),
        ("/compare/2031/99999999999999999999/", 404, "没有已发布的"),
        ("/compare/2031/2032.pdf", 404, "没有 .pdf 形式的文件"),
        ("/compare/2031/2031.json", 400, "不能与自己比较"),
        ("/compare/2031/2050.json", 404, "没有已发布的2050年年度计划"),
    ],
)
def test_what_cannot_be_compared_is_said_in_chinese(
    client: Client, address: str, status: int, says: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert says in answer.content.decode()


@pytest.mark.django_db
def test_one_plan_alone_is_not_compared(client: Client) -> None:
    publish(2031)
    assert "还不能比较" in page_at(client, "/compare/", 404)
    assert "与上年计划比较" not in page_at(client, "/2031/")


@pytest.mark.usefixtures("two_plans")
def test_the_overview_leads_to_the_comparison_where_there_is_a_year_before(client: Client) -> None:
    assert 'href="/compare/2031/2032/"' in client.get("/2032/").content.decode()
    assert "与上年计划比较" not in page_at(client, "/2031/")


@pytest.mark.usefixtures("two_plans")
def test_years_apart_are_compared_and_a_break_between_them_forbids_it(client: Client) -> None:
    third = publish(2033)
    row(third, 1, "8", code="raised", name="虚构提高")
    publish_break(2032, "raised")
    words = page_at(client, "/compare/2031/2033/")
    assert "换了口径，不比较高低虚构的口径变化" in words
    assert "2032 年" in words


def publish_break(year: int, code: str) -> None:
    """The row once more, as of a plan whose calibre is found to have changed."""
    row(publish(year), 1, "7", code=code, name="虚构提高", series_break=True, note="虚构的口径变化")


@pytest.mark.usefixtures("two_plans")
def test_a_year_between_that_is_not_public_is_named(client: Client) -> None:
    row(publish(2034), 1, "8", code="raised", name="虚构提高")
    assert "2033 年的计划没有公开" in page_at(client, "/compare/2032/2034/")


@pytest.mark.usefixtures("two_plans")
def test_the_wording_in_force_is_compared_whatever_was_published_last(client: Client) -> None:
    adjusted = {"first_wording": "7", "adjustment": "目标经虚构会议批准调整为“6.2”；调整前的目标：“7”。"}
    facts = {"code": "raised", "name": "虚构提高"}
    row(publish(2032, Period.FIRST_THREE_QUARTERS), 1, "6.2", **facts, **adjusted)
    row(publish(2032, Period.FIRST_HALF), 1, "7", **facts)  # told late, and judged by what was asked then
    words = page_at(client, "/compare/2031/2032/")
    assert "提高 0.2 个百分点" in words
    assert "2032 年目标经虚构会议批准调整为“6.2”" in words


@pytest.mark.usefixtures("two_plans")
def test_drafts_and_what_must_wait_never_appear(client: Client) -> None:
    AnnualTarget.objects.filter(plan=plan_of(2032), indicator__code="raised").update(wording="77.7")
    later = Publication.objects.create(
        plan=plan_of(2032),
        by=publisher(),
        why="测试",
        rule_set=plan_of(2032).rule_set,
        not_before=timezone.now() + datetime.timedelta(days=1),
    )
    row(later, 1, "88.8", code="raised", name="虚构提高")
    for ending in ("/", ".json", ".csv"):
        body = client.get(f"/compare/2031/2032{ending}").content.decode()
        assert "77.7" not in body
        assert "88.8" not in body


@pytest.mark.usefixtures("two_plans")
def test_the_past_shows_the_past(client: Client) -> None:
    assert "没有已发布的" in page_at(client, "/compare/2031/2032/?as_of=2020-01-01", 404)
    today = timezone.localdate().isoformat()
    assert (
        f'href="/indicators/raised/?as_of={today}"'
        in client.get(f"/compare/2031/2032/?as_of={today}").content.decode()
    )


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.usefixtures("two_plans")
def test_the_page_asks_a_fixed_number_of_questions(client: Client) -> None:
    before = queries_of(client, "/compare/2031/2032/")
    for year in range(2040, 2060):
        row(publish(year), 1, "6", code="raised", name="虚构提高")
    assert queries_of(client, "/compare/2031/2032/") == before == 4
    assert queries_of(client, "/compare/2031/2059/") == before


@pytest.mark.usefixtures("two_plans")
def test_the_markup_is_sound_and_needs_no_inline_style(client: Client) -> None:
    html = client.get("/compare/2031/2032/").content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    assert "style=" not in html
    assert "<script" not in html


@pytest.mark.usefixtures("two_plans")
def test_the_sheets_hold_the_same_rows(client: Client) -> None:
    told = client.get("/compare/2031/2032.json").json()["indicators"]
    lines = list(
        csv.DictReader(io.StringIO(client.get("/compare/2031/2032.csv").content.decode("utf-8-sig")))
    )
    assert [line["code"] for line in lines] == [one["code"] for one in told]
    assert [line["movement_label"] for line in lines][:2] == ["提高", "不再列入"]
    assert lines[0]["amount"] == "1"
    sheet = load_workbook(io.BytesIO(client.get("/compare/2031/2032.xlsx").content)).worksheets[0]
    assert sheet.max_row == len(told) + 1


@pytest.mark.django_db
def test_grades_unknown_wordings_and_new_rows_are_said_as_they_are(client: Client) -> None:
    first, second = publish(2031), publish(2032)
    grade = {"code": "grade", "name": "虚构水质", "unit": "", **LOWER}
    row(first, 1, "总体保持III类", **grade)
    row(second, 1, "总体保持II类", **grade)
    row(publish(2031, Period.FIRST_HALF), 2, "", code="unknown", name="虚构不明", order=2)
    row(second, 2, "7", code="unknown", name="虚构不明")
    row(first, 3, "7", code="gone", name="虚构旧指标", order=3)
    row(second, 3, "7", code="new", name="虚构新指标", note="虚构的新指标说明")
    words = page_at(client, "/compare/2031/2032/")
    assert "2032 年计划与 2031 年都是 3 项指标，1 项提高" in words
    assert "等级提高" in words
    assert "目标表述报告未载，不比较高低" in words
    assert "虚构的新指标说明" in words
