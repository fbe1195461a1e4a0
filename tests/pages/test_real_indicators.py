"""Every real indicator's page says what the printed reports say, year by year."""

from __future__ import annotations

import pytest
from django.test import Client

from indicators.judging.terms import Pace, Verdict
from tests.acceptance.test_half_year import HALF_YEAR_2023
from wanzhou.kernel.numerals import MINUS
from wanzhou.site.dashboard.tones import SUB_MISSED, TONES

from .reading import page_at, words_of
from .test_report import fixture

pytestmark = pytest.mark.usefixtures("loaded_plans")

CODES = [line["code"] for line in fixture("indicators.csv")]
MISSED_2022 = {"gdp-growth", "fixed-investment-growth", "retail-sales-growth"}


def page(client: Client, code: str) -> str:
    return page_at(client, f"/indicators/{code}/")


def verdict_2022(code: str, state: str) -> str:
    if code == "rural-income-growth":
        return SUB_MISSED.word
    if state in {Verdict.AWAITING_CITY, Verdict.REDEFINED}:
        return TONES[state].word
    return TONES[Verdict.MISSED if code in MISSED_2022 else Verdict.MET].word


@pytest.mark.parametrize("code", CODES)
def test_both_years_stand_on_the_page_as_printed(client: Client, code: str) -> None:
    words = page(client, code)
    for year in (2022, 2023):
        for target in fixture(f"{year}/targets.csv"):
            if target["code"] == code:
                assert f"公布 {year} 年目标：{target['wording'] or '0'}" in words
                assert target["name"] in words
                place = f"{year} 年第 {target['ordinal']} 项" if target["ordinal"] else f"{year} 年“其中”行"
                assert place in words
        for figure in fixture(f"{year}/figures.csv"):
            if figure["code"] == code and figure["wording"]:
                printed = (figure["value"] or figure["wording"]).replace("-", MINUS)
                assert printed.removesuffix(".0") in words
                assert figure["wording"].replace("-", MINUS) in words or figure["value"]


def conclusion(client: Client, code: str, year: int) -> str:
    """The words of a year's line in the table of conclusions; empty where the year has none."""
    html = client.get(f"/indicators/{code}/").content.decode()
    _, found, rest = html.partition(f'<tr role="row" id="y{year}"')
    return words_of(f"<tr{rest.partition('</tr>')[0]}") if found else ""


@pytest.mark.parametrize("code", CODES)
def test_both_conclusions_stand_in_their_own_years(client: Client, code: str) -> None:
    full_year = {line["code"]: line for line in fixture("2022/figures.csv") if line["period"] == "full_year"}
    if code in full_year:
        line = conclusion(client, code, 2022)
        assert line.split("目标“")[0].endswith(verdict_2022(code, full_year[code]["state"]))
        assert full_year[code]["value"].replace("-", MINUS) in line
    else:
        assert conclusion(client, code, 2022) == ""
    pace, gap = HALF_YEAR_2023.get(code, (Pace.NOT_COLLECTED, None))
    line = conclusion(client, code, 2023)
    assert TONES[pace].word in line
    assert not any(TONES[verdict].word in line for verdict in (Verdict.MET, Verdict.MISSED))
    if pace == Pace.BEHIND:
        assert gap is not None
        assert f"低{gap.lstrip('-')}" in line


@pytest.mark.parametrize("code", CODES)
def test_every_sentence_stands_as_published(client: Client, code: str) -> None:
    data = client.get(f"/indicators/{code}.json").json()
    words = page(client, code)
    newest = {one["year"]: one for one in data["periods"]}
    assert all(one["reason"] in words for one in newest.values())
    assert all((one["wording"] or "报告未载") in words for one in data["periods"])
    assert client.get(f"/indicators/{code}.xlsx").status_code == 200


def test_gdp(client: Client) -> None:
    words = page(client, "gdp-growth")
    for text in (
        "2022 年增长 3.5%，比目标 6%左右 低 2.5 个百分点，未完成。",
        "2023 年上半年增长 6%，比全年目标 6.5%以上 低 0.5 个百分点，滞后。",
        "不低于 5.9%（6左右，幅度 0.1）",
        "3.5 < 5.9",
        "6 < 6.5",
        "全国 5.5%",
        "全市 4.6%",
        "高 1.4 个百分点",
        "原文：“增速比全国、全市分别高0.5个、1.4个百分点”。全国、全市的数由原文印出的差距推算。",
        "2022 年上半年、2023 年上半年的数收录自公开资料",
        fixture("2022/causes.csv")[0]["text"],
    ):
        assert text in words
    assert "1118.4" not in words


def test_foreign_capital_is_cut_in_two(client: Client) -> None:
    words = page(client, "foreign-capital")
    assert "2022 年按“实际利用外资”（亿美元），2023 年按“实际使用外资”（万美元），口径调整" in words
    assert "另一口径：实际使用外资 780万美元，不作为判定依据。" in words
    assert "亿美元（2022 年）" in words
    assert "万美元（2023 年）" in words
    assert 'class="brk"' in client.get("/indicators/foreign-capital/").content.decode()


def test_prices_are_a_rise_and_then_an_index(client: Client) -> None:
    words = page(client, "consumer-prices")
    assert "2022 年按“居民消费价格涨幅”（%），2023 年按“居民消费价格指数”（%），口径调整" in words
    assert "2.1 < 3" in words
    assert "原文“居民消费价格指数101.5”" in words


def test_rd_waits_for_its_own_base(client: Client) -> None:
    html, words = client.get("/indicators/rd-intensity/").content.decode(), page(client, "rd-intensity")
    assert "比 2022 年的数高 0.2 个百分点；这个数尚未取得（待基数）" in words
    assert '<a href="#y2022">2022 年全年“R&amp;D占GDP比重”</a>' in html
    assert 'id="y2022"' in html
    assert "这个数市级暂未反馈，目标因此也在等待" in words
    assert "市级部门报告未载开始等待报告未载" in words.replace(" ", "")


def test_forest_cover_lost_its_mark(client: Client) -> None:
    words = page(client, "forest-cover")
    assert "约束性（2022 年）预期性（2023 年）" in words
    assert "56.5 = 56.5" in words


def test_budget_revenue_was_adjusted(client: Client) -> None:
    words = page(client, "public-budget-revenue-growth")
    for text in (
        "2022 年原目标报告未载",
        "调整后的目标0",
        "目标经区六届人大常委会第六次会议批准调整为“0”",
        "2022 年全年，扣除留抵退税因素后 6%",
        "本期适用哪个目标不明，不作判定。",
        "0.1 > 0",
        f"{MINUS}8.4%",
    ):
        assert text in words
    assert "目标年中" not in words
    html = client.get("/indicators/public-budget-revenue-growth/").content.decode()
    assert 'href="/indicators/tax-revenue-growth/">税收收入增速</a>。' in html


def test_rural_income_is_below_its_target_and_not_counted(client: Client) -> None:
    words = page(client, "rural-income-growth")
    assert "低于目标" in words
    assert "7.6 < 8" in words
    assert "这是“全体居民人均可支配收入增速”的其中行" in words


def test_water_is_a_class(client: Client) -> None:
    html, words = (
        client.get("/indicators/yangtze-water-quality/").content.decode(),
        page(client, "yangtze-water-quality"),
    )
    assert '<figure class="chart">' not in html
    assert "不差于Ⅱ类（Ⅰ类最好）" in words
    assert "总体保持II类" in words
    assert "长江干流万州段水质保持Ⅱ类" in words


def test_energy_is_assigned_by_others(client: Client) -> None:
    words = page(client, "energy-emission-carbon")
    assert "数值由上级下达，尚未录入" in words
    assert "2022 年目标“上级下达任务”，完成情况市级暂未反馈。" in words
    assert "2023 年上半年目标“上级下达任务”，不考核。" in words


def test_air_says_what_the_rest_of_the_year_needs(client: Client) -> None:
    words = page(client, "good-air-days")
    assert "2023 年上半年为 161 天，全年目标 340天以上，应达 170，低 9 天，滞后。" in words
    assert "剩余184天中需179天。" in words
    assert "161 < 170" in words


def test_the_catalogue_holds_all_of_them(client: Client) -> None:
    entries = client.get("/indicators.json").json()["indicators"]
    assert {one["code"] for one in entries} == set(CODES)
    years = {one["code"]: one["years"] for one in entries}
    assert years["gdp-per-capita"] == [2023]
    assert years["gdp-growth"] == [2022, 2023]
