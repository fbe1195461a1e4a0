"""The running years: 2023's half-year equals the list of DOMAIN §5, and nobody is accused in 2022's."""

from __future__ import annotations

from decimal import Decimal

import pytest

from indicators.models import PublishedRow
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.plans.periods import Period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_plans")]

# DOMAIN §5, row by row; every row that is not here has no figure.
HALF_YEAR_2023 = {
    "gdp-growth": ("behind", "-0.5"),
    "fixed-investment-growth": ("behind", "-3.7"),
    "retail-sales-growth": ("behind", "-0.9"),
    "good-air-days": ("behind", "-9"),
    "resident-income-growth": ("behind", "-1.5"),
    "public-budget-revenue-growth": ("on_pace", "0.4"),
    "tax-revenue-growth": ("on_pace", "3.4"),
    "yangtze-water-quality": ("on_pace", None),
    "surveyed-unemployment": ("on_pace", "0"),
    "gdp-per-capita": ("in_progress", None),
    "invention-patents-per-10k": ("in_progress", None),
    "high-tech-enterprises": ("in_progress", None),
    "urbanisation-rate": ("in_progress", None),
    "forest-cover": ("in_progress", None),
    "rd-intensity": ("awaiting_city", None),
    "energy-emission-carbon": ("not_judged", None),
}


def half_year(year: int) -> dict[str, PublishedRow]:
    period = ReportingPeriod.objects.select_related("plan").get(
        plan__last_year=year, period=Period.FIRST_HALF
    )
    return {row.code: row for row in PublishedRow.objects.current(period.plan, period)}


def test_2023_is_25_numbered_rows_4_of_them_binding() -> None:
    rows = half_year(2023)
    assert len(rows) == 27
    assert [row.ordinal for row in rows.values() if row.counted] == list(range(1, 26))
    assert [row.ordinal for row in rows.values() if row.nature == "binding"] == [15, 16, 18, 22]
    assert sum(row.counted and row.nature == "anticipatory" for row in rows.values()) == 21


def test_all_wordings_of_2023_are_understood() -> None:
    kinds = {row.code: row.reading["kind"] for row in half_year(2023).values()}
    assert "narrative" not in kinds.values()
    assert kinds["rd-intensity"] == "relative_year"
    assert kinds["energy-emission-carbon"] == "assigned"
    assert kinds["yangtze-water-quality"] == "grade"


def test_the_half_year_of_2023_row_by_row() -> None:
    for code, row in half_year(2023).items():
        pace, gap = HALF_YEAR_2023.get(code, ("not_collected", None))
        assert row.pace == pace, (code, row.sentence)
        assert row.gap == (None if gap is None else Decimal(gap)) or pace == "in_progress", code
        assert row.verdict == ""


def test_the_tally_of_the_half_year_of_2023() -> None:
    paces = [row.pace for row in half_year(2023).values() if row.counted]
    counts = {pace: paces.count(pace) for pace in set(paces)}
    assert counts == {
        "behind": 5,
        "on_pace": 3,
        "in_progress": 5,
        "awaiting_city": 1,
        "not_judged": 1,
        "not_collected": 10,
    }


def test_good_air_says_how_many_days_are_still_needed() -> None:
    air = half_year(2023)["good-air-days"]
    assert air.expected == Decimal(170)
    assert "179" in air.reachability
    assert "184" in air.reachability


def test_the_adjusted_target_of_2022_is_not_judged_before_the_year_is_over() -> None:
    fiscal = half_year(2022)["public-budget-revenue-growth"]
    assert (fiscal.pace, fiscal.wording, fiscal.outcome_value) == ("not_judged", "", Decimal("-8.4"))
    assert "报告未载" in fiscal.sentence


def test_what_is_missing_from_public_sources_is_nobodys_debt() -> None:
    for year in (2022, 2023):
        for row in half_year(year).values():
            assert row.pace != "unreported"
            assert "未填报" not in row.sentence


def test_an_index_is_compared_as_a_rise() -> None:
    prices = half_year(2022)["consumer-prices"]
    assert (prices.wording, prices.outcome_value, prices.pace) == ("3以内", Decimal("1.5"), "on_pace")
