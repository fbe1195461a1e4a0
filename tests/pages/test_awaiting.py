"""What awaits the city: aged from known dates alone, in chains where one figure waits for another, until answered."""

from __future__ import annotations

import csv
import datetime
import io
from typing import Any

import openpyxl
import pytest
import time_machine
from django.test import Client

from indicators.judging.terms import OutcomeState, Pace, Verdict
from indicators.models import Nature, PublishedRow
from tests.pages.plans import figure, publish, row
from tests.pages.public_pages import assert_sound, fifty_more_years, plant_what_is_not_public, queries_anew
from tests.pages.reading import page_at
from wanzhou.kernel.plans.models import Publication
from wanzhou.kernel.plans.periods import Period

WAITING = {"verdict": Verdict.AWAITING_CITY, "outcome_state": OutcomeState.AWAITING_CITY}
KNOWN = {
    "bureau": "虚构市局",
    "since": "2032-01-20",
    "expected": "2032-09-30",
    "chases": [{"on": "2032-03-01", "channel": "函询"}, {"on": "2032-05-06", "channel": "电话"}],
}
UNKNOWN: dict[str, Any] = {"bureau": None, "since": None, "expected": None, "chases": []}
MARCH, JUNE = datetime.date(2032, 3, 1), datetime.date(2032, 6, 28)


def at(day: datetime.date) -> time_machine.travel:
    """Noon of a day in the district."""
    return time_machine.travel(datetime.datetime.combine(day, datetime.time(4), datetime.UTC), tick=False)


def waiting_row(act: Publication, ordinal: int | None, **facts: Any) -> PublishedRow:
    return row(act, ordinal, **{"waiting": UNKNOWN, **WAITING, **facts})


@pytest.fixture
def waits(db: None) -> None:
    """2031 waits for two figures, one of them dated; a target of 2032 leans on the undated one."""
    with at(MARCH):
        over = publish(2031, Period.FULL_YEAR, complete=True)
        waiting_row(over, 1, waiting=KNOWN, nature=Nature.BINDING)
        waiting_row(over, 2, wording="1.7左右")
        row(over, 3, verdict=Verdict.MET, **figure("7"))
        under_way = publish(2032, Period.FIRST_HALF)
        row(
            under_way,
            1,
            "8",
            pace=Pace.IN_PROGRESS,
            outcome_state=OutcomeState.NOT_COLLECTED,
            name="虚构新名",
        )
        row(
            under_way,
            2,
            "较2031年提升0.2个百分点",
            reading={"kind": "relative"},
            pace=Pace.AWAITING_CITY,
            outcome_state=OutcomeState.NOT_COLLECTED,
            base={
                "code": "invented-2",
                "year": 2031,
                "period": None,
                "value": None,
                "state": "awaiting_city",
            },
            waiting=UNKNOWN,
        )


@pytest.mark.usefixtures("loaded_plans")
def test_the_real_plans_wait_for_four_figures_and_a_base(client: Client) -> None:
    html = client.get("/awaiting/").content.decode()
    assert_sound(html)
    words = page_at(client, "/awaiting/")
    assert "2022 年还有 4 项，2023 年上半年还有 1 项等待市级反馈" in words
    assert "22 项指标中的 4 项；其中约束性 1 项" in words
    assert "列为“战略性新兴产业增加值增速”，目标 10%（第 3 项）；与上年不可比" in words
    assert "没有 2022 年的数字就没有基数" in words
    assert words.count("报告未载，不计天数") == 4
    assert html.count('class="chain"') == 1
    assert "2022 年 R&D占GDP比重待市级反馈2023 年 R&D占GDP比重待基数" in words
    assert "已反馈" not in words


@pytest.mark.parametrize(("day", "days"), [(MARCH, 41), (JUNE, 160)])
def test_days_are_counted_up_to_the_visit(client: Client, waits: None, day: datetime.date, days: int) -> None:
    with at(day):
        assert f"已等待{days} 天" in page_at(client, "/awaiting/")
        assert [one["days_waited"] for one in client.get("/awaiting.json").json()["waits"]] == [
            days,
            None,
            None,
        ]
    with at(JUNE):
        assert f"已等待{days} 天" in page_at(client, f"/awaiting/?as_of={day}")


def test_what_is_known_of_a_wait_and_what_hangs_on_it(client: Client, waits: None) -> None:
    with at(JUNE):
        words = page_at(client, "/awaiting/")
    for told in (
        "市级部门虚构市局",
        "等待起始2032年1月20日",
        "预计反馈2032年9月30日",
        "催办记录2032年3月1日 函询；2032年5月6日 电话",
        "对 2032 年的影响列为“虚构新名”，目标 8%（第 1 项）",
        "市级部门、起始日期、预计反馈和催办：报告未载，不计天数",
        "2031 年 虚构指标2待市级反馈2032 年 虚构指标2待基数",
        "2031 年还有 2 项，2032 年上半年还有 1 项等待市级反馈数据",
    ):
        assert told in words


def test_a_base_that_waits_nowhere_is_still_named(client: Client, db: None) -> None:
    base = {"code": "invented-9", "year": 2030, "period": None, "value": None, "state": None}
    facts: dict[str, Any] = {**WAITING, "outcome_state": OutcomeState.NOT_COLLECTED, "base": base}
    row(publish(2031, Period.FULL_YEAR), 1, waiting=UNKNOWN, **facts)
    assert "2030 年 基数（invented-9）尚未取得" in page_at(client, "/awaiting/")


def test_sub_rows_are_shown_and_never_counted(client: Client, db: None) -> None:
    act = publish(2031, Period.FULL_YEAR)
    row(act, 1, verdict=Verdict.MET, **figure("7"))
    waiting_row(act, None, code="invented-below", name="虚构分项", parent_code="invented-1")
    words = page_at(client, "/awaiting/")
    assert "只有分项还在等待市级反馈" in words
    assert "2031 年：0 项" in words
    assert "虚构分项" in words


def test_many_years_are_counted_together(client: Client, db: None) -> None:
    for year in (2029, 2030, 2031):
        waiting_row(publish(year, Period.FULL_YEAR), 1)
    assert "3 个年度共 3 项等待市级反馈数据" in page_at(client, "/awaiting/")


def test_an_answer_ends_the_wait_and_the_past_still_shows_it(client: Client, waits: None) -> None:
    with at(JUNE):
        again = publish(2031, Period.FULL_YEAR)
        row(again, 1, verdict=Verdict.MISSED, gap="-2.5", replaced_because="arrival", **figure("3.5"))
        words = page_at(client, "/awaiting/")
        answered = client.get("/awaiting.json").json()["answered"]
        assert "已反馈" not in page_at(client, "/awaiting/?as_of=2032-03-02")
        assert "2031 年还有 2 项" in page_at(client, "/awaiting/?as_of=2032-03-02")
    assert "2031 年还有 1 项" in words
    assert "虚构指标12031 年3.5% 未完成 2032年6月28日发布，等待 160 天" in words
    assert answered == [
        {
            "year": 2031,
            "period": "full_year",
            "code": "invented-1",
            "name": "虚构指标1",
            "value": "3.5",
            "conclusion": "missed",
            "since": "2032-01-20",
            "answered_on": "2032-06-28",
        }
    ]


def test_nothing_waits(client: Client, db: None) -> None:
    row(publish(2031, Period.FULL_YEAR), 1, verdict=Verdict.MET, **figure("7"))
    words = page_at(client, "/awaiting/")
    assert "没有等待市级反馈的指标" in words
    assert "数据到位之后" in words


def test_nothing_is_published(client: Client, db: None) -> None:
    assert "没有等待市级反馈的指标" in page_at(client, "/awaiting/")
    assert client.get("/awaiting.json").json()["waits"] == []
    assert [client.get(f"/awaiting.{form}").status_code for form in ("csv", "xlsx")] == [200, 200]


def test_before_the_first_publication_and_in_no_other_form(client: Client, waits: None) -> None:
    with at(JUNE):
        assert "没有等待市级反馈的指标" in page_at(client, "/awaiting/?as_of=2001-01-01")
        assert client.get("/awaiting.json?as_of=2001-01-01").json()["waits"] == []
        page_at(client, "/awaiting.pdf", 404)
        assert "请写成 2023-01-31 的样子" in page_at(client, "/awaiting/?as_of=heute", 400)


def test_the_twins_hold_what_the_page_holds(client: Client, waits: None) -> None:
    with at(JUNE):
        text = client.get("/awaiting.csv").content.decode("utf-8-sig")
        book = openpyxl.load_workbook(io.BytesIO(client.get("/awaiting.xlsx").content))
    first, second, third = csv.DictReader(io.StringIO(text))
    assert (first["days_waited"], first["bureau"], first["reminder_count"]) == ("160", "虚构市局", "2")
    assert (second["days_waited"], second["since"], second["waits_for"]) == ("", "", "figure")
    assert (third["waits_for"], third["base_code"], third["base_year"]) == ("base", "invented-2", "2031")
    assert len(list(book.worksheets[0].rows)) == 4


def test_nothing_unpublished_shows(client: Client, year_over: int) -> None:
    plant_what_is_not_public(year_over)
    for address in ("/awaiting/", "/awaiting.json", "/awaiting.csv"):
        assert "98765" not in client.get(address).content.decode()


def test_other_years_cost_no_queries(client: Client, waits: None) -> None:
    with at(JUNE):
        alone = queries_anew(client, "/awaiting/")
        fifty_more_years()
        assert queries_anew(client, "/awaiting/") == alone <= 8
