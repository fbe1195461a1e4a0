"""The promise: our verdicts on 2022, judged from the printed wording, equal the published report."""

from __future__ import annotations

import re

import pytest

from indicators.models import PublishedRow
from indicators.scoreboard import Scoreboard
from tests.acceptance.printed_report import REPORT
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.plans.periods import Period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_plans")]

TALLY = re.compile(
    r"审查批准的(?P<numbered>\d+)项年度目标中，“(?P<redefined>[^”]+)”指标口径调整，"
    r"(?P<awaiting>[^。；]+?)(?P<awaiting_city>\d+)项指标市级暂未反馈数据；"
    r"其余(?P<judged>\d+)项指标中(?P<met>\d+)项达到或超过年度目标"
)
MISSES = re.compile(
    r"。(?P<names>[^。；]+?)(?P<missed>\d+)项指标未完成年度目标，(?P<cause>主要原因：[^。]+。)"
)


@pytest.fixture
def period() -> ReportingPeriod:
    return ReportingPeriod.objects.select_related("plan__rule_set").get(
        plan__last_year=2022, period=Period.FULL_YEAR
    )


@pytest.fixture
def rows(period: ReportingPeriod) -> list[PublishedRow]:
    return list(PublishedRow.objects.current(period.plan, period))


def names(rows: list[PublishedRow], verdict: str) -> set[str]:
    return {row.name for row in rows if row.counted and row.verdict == verdict}


def test_the_tally_is_the_sentence_of_the_report(period: ReportingPeriod, rows: list[PublishedRow]) -> None:
    said = TALLY.search(REPORT)
    misses = MISSES.search(REPORT)
    assert said is not None
    assert misses is not None
    tally = Scoreboard.for_period(period).tally()
    assert tally.as_dict() == {
        "numbered": int(said["numbered"]),
        "met": int(said["met"]),
        "missed": int(misses["missed"]),
        "awaiting_city": int(said["awaiting_city"]),
        "redefined": 1,
        "review": 0,
        "not_judged": 0,
        "unreported": 0,
        "not_collected": 0,
    }
    assert tally.as_dict() == {**tally.as_dict(), "numbered": 22, "met": 14, "missed": 3, "awaiting_city": 4}
    assert (tally.judged, tally.adds_up()) == (int(said["judged"]), True)


def test_the_named_rows_are_the_ones_the_report_names(rows: list[PublishedRow]) -> None:
    said = TALLY.search(REPORT)
    misses = MISSES.search(REPORT)
    assert said is not None
    assert misses is not None
    assert names(rows, "missed") == set(misses["names"].split("、"))
    assert names(rows, "awaiting_city") == set(said["awaiting"].split("、"))
    assert names(rows, "redefined") == {said["redefined"]}


def test_every_miss_gives_the_cause_in_the_reports_words(rows: list[PublishedRow]) -> None:
    misses = MISSES.search(REPORT)
    assert misses is not None
    causes = {row.cause for row in rows if row.counted and row.verdict == "missed"}
    assert causes == {misses["cause"]}
    assert not any(row.cause for row in rows if row.verdict != "missed")


def test_sub_rows_are_judged_and_not_counted(rows: list[PublishedRow]) -> None:
    sub_rows = {row.name: (row.verdict, row.parent_code) for row in rows if not row.counted}
    assert sub_rows == {
        "税收收入增速": ("met", "public-budget-revenue-growth"),
        "农村居民人均可支配收入增速": ("missed", "resident-income-growth"),
    }


def test_differences_are_stated_from_the_printed_number(rows: list[PublishedRow]) -> None:
    gaps = {row.name: str(row.gap.normalize()) for row in rows if row.gap is not None}
    assert gaps["地区生产总值增速"] == "-2.5"
    assert gaps["固定资产投资增速"] == "-2.9"
    assert gaps["社会消费品零售总额增速"] == "-7.9"
    assert gaps["一般公共预算收入增速"] == "0.1"
    assert gaps["空气质量优良天数"] == "17"


def test_every_verdict_has_its_sentence(rows: list[PublishedRow]) -> None:
    assert len(rows) == 24
    for row in rows:
        assert row.wording in row.sentence or row.verdict in {"awaiting_city", "redefined"}, row.sentence
    gdp = next(row for row in rows if row.code == "gdp-growth")
    assert gdp.sentence == "目标“6左右”按不低于5.9判定；完成3.5，低2.5个百分点，未完成。"


def test_the_adjusted_target_keeps_its_unknown_original(rows: list[PublishedRow]) -> None:
    fiscal = next(row for row in rows if row.code == "public-budget-revenue-growth")
    assert (fiscal.wording, fiscal.first_wording, fiscal.verdict) == ("0", "", "met")
    assert "区六届人大常委会第六次会议" in fiscal.adjustment
    assert "调整前的目标：报告未载" in fiscal.adjustment


def test_figures_on_another_basis_stand_beside_and_judge_nothing(rows: list[PublishedRow]) -> None:
    beside = {
        row.code: (str(row.basis_value.normalize()), row.basis_unit, row.basis_note)
        for row in rows
        if row.basis_value is not None
    }
    assert beside["public-budget-revenue-growth"][0] == "6"
    assert beside["tax-revenue-growth"][0] == "0.7"
    assert beside["foreign-capital"][:2] == ("7.8E+2", "万美元")
    capital = next(row for row in rows if row.code == "foreign-capital")
    assert (capital.verdict, capital.outcome_value) == ("redefined", None)


def test_binding_targets_are_those_with_a_star(rows: list[PublishedRow]) -> None:
    assert [row.ordinal for row in rows if row.nature == "binding"] == [11, 12, 13, 14, 18]
