"""What waits for the city: what is known of it, how long it lasts, what hangs on it, and what was answered."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
import time_machine
from django.test import Client

from indicators.judging.terms import OutcomeState, Verdict
from tests.pages.plans import figure, publish, row
from tests.pages.reading import page_at
from wanzhou.kernel.plans.periods import Period

WAITING = {"verdict": Verdict.AWAITING_CITY, "outcome_state": OutcomeState.AWAITING_CITY}
KNOWN = {
    "bureau": "虚构市局",
    "since": "2031-01-10",
    "expected": "2031-09-30",
    "chases": [{"on": "2031-03-01", "channel": "公函"}],
}
JULY = datetime.datetime(2031, 7, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def waits(db: None) -> None:
    """2030 waits for one figure that is known about, and one that is not; 2031's target leans on the first."""
    with time_machine.travel(datetime.datetime(2031, 2, 1, tzinfo=datetime.UTC)):
        act = publish(2030, Period.FULL_YEAR, complete=True)
        row(act, 1, "1.7左右", waiting=KNOWN, **WAITING)
        row(act, 2, "10", waiting={"bureau": None, "since": None, "expected": None, "chases": []}, **WAITING)
        base = {
            "code": "invented-1",
            "year": 2030,
            "period": "full_year",
            "value": None,
            "state": "awaiting_city",
        }
        half = publish(2031, Period.FIRST_HALF)
        relative = {"kind": "relative_year", "number": None, "low": None, "high": None}
        row(
            half,
            1,
            "较2030年提升0.2个百分点",
            reading=relative,
            pace="awaiting_city",
            outcome_state="not_collected",
            base=base,
        )


def test_days_are_counted_from_a_known_day_only(client: Client, waits: None) -> None:
    with time_machine.travel(JULY):
        words = page_at(client, "/awaiting/")
    assert "2030 年还有 2 项等待市级反馈" in words
    assert "已等待172 天" in words
    assert "虚构市局" in words
    assert "2031年3月1日，公函" in words
    assert "起始日期报告未载，不计天数" in words


def test_a_past_day_counts_to_that_day(client: Client, waits: None) -> None:
    with time_machine.travel(JULY):
        assert "已等待25 天" in page_at(client, "/awaiting/?as_of=2031-02-04")
        assert "没有等待市级反馈的指标" in page_at(client, "/awaiting/?as_of=2031-01-20")


def test_what_hangs_on_a_figure_is_shown_as_a_chain(client: Client, waits: None) -> None:
    with time_machine.travel(JULY):
        words = page_at(client, "/awaiting/")
    assert "2031 年第 1 项：目标 较2030年提升0.2个百分点，以 2030 年数为基数" in words
    assert "等待链2030 年 虚构指标12031 年 虚构指标1" in words


def test_an_answer_moves_the_row_to_those_answered(client: Client, waits: None) -> None:
    with time_machine.travel(JULY):
        row(publish(2030, Period.FULL_YEAR), 1, "1.7左右", verdict=Verdict.MET, gap="0", **figure("1.7"))
        words = page_at(client, "/awaiting/")
        twin = client.get("/awaiting.json").json()
    assert "2030 年还有 1 项等待市级反馈" in words
    assert "2030 年虚构指标1，等待 172 天：1.7%" in words
    assert [one["code"] for one in twin["answered"]] == ["invented-1"]


def test_the_twins_hold_the_same(client: Client, waits: None) -> None:
    with time_machine.travel(JULY):
        rows = list(csv.DictReader(io.StringIO(client.get("/awaiting.csv").content.decode("utf-8-sig"))))
        twin = client.get("/awaiting.json").json()
    assert [line["days_waited"] for line in rows] == ["172", "", ""]
    assert [line["waits_for"] for line in rows] == ["figure", "figure", "base"]
    assert [one["days_waited"] for one in twin["waits"]] == [172, None, None]


def test_nothing_waits_and_nothing_is_published(client: Client, db: None) -> None:
    assert "没有等待市级反馈的指标" in page_at(client, "/awaiting/")
    assert client.get("/awaiting.json").json()["waits"] == []
    row(publish(2030, Period.FULL_YEAR), 1, verdict=Verdict.MET, gap="1", **figure("7"))
    assert "没有等待市级反馈的指标" in page_at(client, "/awaiting/")


def test_what_the_report_says(client: Client, loaded_plans: None) -> None:
    words = page_at(client, "/awaiting/")
    assert "2022 年还有 4 项等待市级反馈，2023 年上半年还有 1 项等待市级反馈" in words
    assert "全部 22 项中，其中约束性 1 项" in words
    assert "2023 年第 11 项：目标 较2022年提升0.2个百分点，以 2022 年数为基数" in words
    assert words.count("起始日期报告未载，不计天数") == 4
