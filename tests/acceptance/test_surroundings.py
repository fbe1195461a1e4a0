"""What the real plans say around their rows: who is waited for, what a target leans on, how others stand."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import call_command

from indicators.models import PublishedRow
from projects.models import PublishedTask
from wanzhou.kernel.plans.models import Plan, ReportingPeriod
from wanzhou.kernel.plans.periods import Period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_plans")]

UNKNOWN: dict[str, Any] = {"bureau": None, "since": None, "expected": None, "chases": []}


def rows(year: int, period: Period | None) -> dict[str, PublishedRow]:
    plan = Plan.objects.get(last_year=year)
    reported = ReportingPeriod.objects.get(plan=plan, period=period) if period else None
    return {row.code: row for row in PublishedRow.objects.current(plan, reported)}


def test_four_rows_of_2022_wait_and_the_report_says_neither_for_whom_nor_since_when() -> None:
    waiting = {code: row.waiting for code, row in rows(2022, Period.FULL_YEAR).items() if row.waiting}
    assert waiting == dict.fromkeys(
        ["emerging-industries-growth", "culture-industry-growth", "rd-intensity", "energy-emission-carbon"],
        UNKNOWN,
    )


def test_the_nation_and_the_city_stand_beside_the_half_year_of_2023() -> None:
    references = {code: row.references for code, row in rows(2023, Period.FIRST_HALF).items()}
    said = [(each["region"], each["value"], each["wording"]) for each in references.pop("gdp-growth")]
    wording = "增速比全国、全市分别高0.5个、1.4个百分点"
    assert said == [("全国", "5.5", wording), ("全市", "4.6", wording)]
    assert not any(references.values())


@pytest.mark.parametrize("period", [None, Period.FIRST_HALF])
def test_the_target_for_rd_in_2023_leans_on_2022s_figure_which_is_awaited(period: Period | None) -> None:
    bases = {code: row.base for code, row in rows(2023, period).items() if row.base}
    assert bases == {
        "rd-intensity": {
            "code": "rd-intensity",
            "year": 2022,
            "period": "full_year",
            "value": None,
            "state": "awaiting_city",
        }
    }


def test_every_row_and_task_can_be_found() -> None:
    assert "changjiang" in rows(2023, None)["yangtze-water-quality"].search_key
    assert not PublishedRow.objects.filter(search_key="").exists()
    assert not PublishedRow.objects.filter(frequency="").exists()
    assert not PublishedTask.objects.filter(search_key="").exists()
    assert PublishedTask.objects.filter(search_key__contains="gongyuan").exists()


def test_an_indicator_across_years() -> None:
    found = PublishedRow.objects.of_indicator("gdp-growth")
    told = [(row.publication.plan.year, row.publication.period, row.outcome_wording) for row in found]
    assert [(year, period.period if period else None, said) for year, period, said in told] == [
        (2022, None, ""),
        (2022, "first_half", "同比增长2.8%"),
        (2022, "full_year", "3.5"),
        (2023, None, ""),
        (2023, "first_half", "同比增长6%"),
    ]


def test_judging_again_finds_nothing_else() -> None:
    said = io.StringIO()
    call_command("rejudge", stdout=said)
    assert said.getvalue() == "没有不同。\n"
