"""One indicator across years, on invented plans: every state, the record, the surroundings, the twins."""

from __future__ import annotations

import csv
import datetime
import io
from decimal import Decimal
from typing import Any

import html5lib
import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from indicators.judging.terms import Accrual, OutcomeState, Pace, Verdict
from indicators.models import AnnualTarget, Indicator, Nature, PublishedRow, QuarterlyActual, Ruling
from indicators.models.actuals import Replacement
from wanzhou.kernel.plans.models import Origin, Publication, ReportingPeriod
from wanzhou.kernel.plans.periods import Period

from .plans import figure, plan_of, publish, publisher, row
from .reading import page_at
from .test_overview import queries_of

PAGE = "/indicators/invented-1/"


def told(
    year: int, period: Period | None = Period.FULL_YEAR, wording: str = "6", **facts: Any
) -> PublishedRow:
    """The first indicator's row of a year."""
    return row(publish(year, period), 1, wording, **facts)


def html_of(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize("code", range(1, 9))
def test_every_state_has_its_page(client: Client, year_over: int, year_under_way: int, code: int) -> None:
    html = html_of(client, f"/indicators/invented-{code}/")
    html5lib.HTMLParser(strict=True).parse(html)
    assert " style=" not in html
    assert "<script" not in html
    assert "<style" not in html


def test_where_it_stands_in_each_year(client: Client, year_over: int, year_under_way: int) -> None:
    words = page_at(client, PAGE)
    assert "2031 年第 1 项 · 2032 年第 1 项" in words
    assert "2031 年为 6.5%，比目标 6% 高 0.5 个百分点，达到或超过目标。" in words
    assert "2032 年上半年为 7%，比全年目标 6% 高 1 个百分点，序时达标。" in words


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("invented-2", "2032 年上半年为 161 天，全年目标 340天，应达 170，低 9 天，滞后。"),
        ("invented-3", "2032 年目标 6%，进行中。"),
        ("invented-4", "2031 年目标 6%，完成情况市级暂未反馈。2032 年目标 6%，所依的基数尚未取得"),
        ("invented-5", "2031 年目标 1.6亿美元，完成情况口径调整，不作比较。"),
        ("invented-6", "2031 年为 5.7%，比目标 6% 低 0.3 个百分点，待认定。"),
        ("invented-7", "2032 年目标 6%，上半年的数未填报。"),
        ("invented-8", "2032 年目标 6%，上半年的数公开资料中未见。"),
    ],
)
def test_the_paragraph_says_how_it_stands(
    client: Client, year_over: int, year_under_way: int, code: str, says: str
) -> None:
    assert says in page_at(client, f"/indicators/{code}/")


def test_growth_and_fall_and_standstill(client: Client, db: None) -> None:
    said = {"3.5": "增长 3.5%", "-0.9": "下降 0.9%", "0": "与上年持平"}
    for year, (value, words) in enumerate(said.items(), start=2031):
        told(year, name="虚构增速", verdict=Verdict.MISSED, gap=Decimal(value) - 6, **figure(value))
        assert f"{year} 年{words}，比目标 6% 低" in page_at(client, PAGE)
    told(2034, Period.FIRST_HALF, name="虚构增速", pace=Pace.BEHIND, gap="-6", **figure("0"))
    assert "2034 年上半年与上年同期持平，比全年目标 6% 低 6 个百分点，滞后。" in page_at(client, PAGE)


def test_a_binding_target_that_was_missed_looks_graver(client: Client, db: None) -> None:
    told(2031, verdict=Verdict.MISSED, gap="-1", **figure("5"))
    assert "grave" not in html_of(client)
    told(2032, nature=Nature.BINDING, verdict=Verdict.MISSED, gap="-1", **figure("5"))
    assert html_of(client).count('class="card is-miss grave"') == 1
    assert "约束性指标未完成" in page_at(client, PAGE)
    assert "预期性（2031 年）" in page_at(client, PAGE)


def test_a_new_name_follows_the_old_one(client: Client, db: None) -> None:
    told(2031, name="虚构旧名", unit="亿元", verdict=Verdict.MET, **figure("7"))
    told(
        2032,
        name="虚构新名",
        unit="万元",
        series_break=True,
        note="虚构的口径变化",
        verdict=Verdict.MET,
        **figure("8"),
    )
    html, words = html_of(client), page_at(client, PAGE)
    assert "<title>虚构新名" in html
    assert "虚构旧名 → ，改为虚构新名" in words
    assert (
        "2031 年按“虚构旧名”（亿元），2032 年按“虚构新名”（万元），口径调整，前后不连线、不相减、不相除。"
        in words
    )
    assert "2032 年：虚构的口径变化" in words
    assert 'class="brk"' in html


def test_a_name_alone_is_no_break(client: Client, db: None) -> None:
    told(2031, name="虚构旧名", verdict=Verdict.MET, **figure("7"))
    told(2032, name="虚构新名", verdict=Verdict.MET, **figure("8"))
    assert "2032 年起名称由“虚构旧名”改为“虚构新名”。" in page_at(client, PAGE)
    assert 'class="brk"' not in html_of(client)


def test_a_change_of_unit_alone_is_a_break(client: Client, db: None) -> None:
    told(2031, unit="亿元", verdict=Verdict.MET, **figure("7"))
    told(2032, unit="万元", verdict=Verdict.MET, **figure("8"))
    assert "单位改变，前后不作比较。" in page_at(client, PAGE)
    assert 'class="brk"' in html_of(client)


def test_periods_that_were_not_published_are_left_out_and_the_uncollected_say_so(
    client: Client, db: None
) -> None:
    row(
        publish(2031, Period.FIRST_HALF, origin=Origin.PUBLIC_SOURCES),
        1,
        pace=Pace.NOT_COLLECTED,
        outcome_state=OutcomeState.NOT_COLLECTED,
    )
    told(2031, verdict=Verdict.MET, gap="1", **figure("7"))
    words = page_at(client, PAGE)
    assert "上半年 未收录，全年 7" in html_of(client)
    assert "一季度 未" not in html_of(client)
    assert "2031 年上半年：未收录" in words


def test_the_way_through_the_year_of_an_amount(client: Client, year_under_way: int) -> None:
    html = html_of(client, "/indicators/invented-2/")
    assert "年内逐季累计" in html
    assert "按序时进度应达：一季度 85，上半年 170" in html


def test_words_make_no_picture(client: Client, db: None) -> None:
    grade: dict[str, Any] = {
        "reading": {"kind": "grade", "number": "2", "low": None, "high": "2"},
        "accrual": Accrual.GRADE,
        "unit": "",
    }
    told(2031, wording="保持II类", outcome_wording="稳定保持II类", verdict=Verdict.MET, **grade)
    words = page_at(client, PAGE)
    assert '<figure class="chart">' not in html_of(client)
    assert "各期目标与完成情况" in words
    assert "2031 年完成情况“稳定保持II类”，目标“保持II类”，符合表述，达到或超过目标。" in words
    assert "不差于Ⅱ类（Ⅰ类最好）" in words


def test_an_adjusted_target_shows_both_wordings(client: Client, db: None) -> None:
    told(
        2031,
        wording="5",
        first_wording="6",
        adjustment="目标经虚构会议批准调整为“5”；调整前的目标：“6”；批准日期：2031-08-01。",
        verdict=Verdict.MET,
        gap="1",
        **figure("6"),
    )
    words = page_at(client, PAGE)
    assert "2031 年原目标6" in words
    assert "调整后的目标5" in words
    assert "虚构会议" in words


def test_other_regions_stand_beside_in_points(client: Client, db: None) -> None:
    source = {"source_title": "虚构公报", "source_url": "", "source_published_on": "2032-01-20"}
    printed = {"region": "全国", "value": "5.5", "rank": None, "of": None, "wording": "全国5.5%", **source}
    implied = {
        "region": "全市",
        "value": "4.6",
        "rank": 3,
        "of": 38,
        "wording": "比全市高1.4个百分点",
        **source,
    }
    told(2031, verdict=Verdict.MET, gap="0", references=[printed, implied], **figure("6"))
    words = page_at(client, PAGE)
    assert "高 0.5 个百分点" in words
    assert "排第 3 位（共 38）" in words
    assert "全市的数由原文印出的差距推算。" in words
    assert "全国的数由原文" not in words
    assert "《虚构公报》，2032年1月20日发布" in words


@pytest.mark.parametrize(
    "facts",
    [
        {"unit": "亿元", **figure("6")},
        {"series_break": True, **figure("6")},
        {"outcome_state": OutcomeState.REDEFINED, "verdict": Verdict.REDEFINED},
    ],
)
def test_no_difference_where_the_two_cannot_be_compared(
    client: Client, db: None, facts: dict[str, Any]
) -> None:
    elsewhere = [{"region": "全国", "value": "5.25", "rank": None, "of": None, "wording": ""}]
    told(2031, references=elsewhere, **({"verdict": Verdict.MET} | facts))
    words = page_at(client, PAGE)
    assert "全国 5.25" in words
    assert "0.75" not in words


def test_the_wait_counts_its_days(client: Client, db: None) -> None:
    since = timezone.localdate() - datetime.timedelta(days=30)
    waiting = {
        "bureau": "虚构市局",
        "since": since.isoformat(),
        "expected": None,
        "chases": [{"on": since.isoformat(), "channel": "公函"}],
    }
    told(2031, verdict=Verdict.AWAITING_CITY, outcome_state=OutcomeState.AWAITING_CITY, waiting=waiting)
    words = page_at(client, PAGE)
    assert "市级部门虚构市局" in words
    assert "已等 30 天" in words
    assert "预计反馈报告未载" in words
    assert "1 次：" in words
    assert 'href="/awaiting/"' in html_of(client)


def test_a_base_of_another_indicator_is_linked(client: Client, db: None) -> None:
    act = publish(2031, Period.FULL_YEAR)
    base = {"code": "invented-2", "year": 2031, "period": "full_year", "value": "5", "state": "reported"}
    relation = {"kind": "relative_indicator", "number": None, "low": "5", "high": None, "unit": "%"}
    row(act, 1, "与虚构指标2同步", verdict=Verdict.MET, base=base, reading=relation, **figure("6"))
    row(act, 2, verdict=Verdict.MET, **figure("5"))
    assert 'href="/indicators/invented-2/">2031 年全年“虚构指标2”' in html_of(client)
    assert "这个数为 5。" in page_at(client, PAGE)
    assert "不低于 5%（按所比指标的数折算）" in page_at(client, PAGE)
    assert "6 > 5" in page_at(client, PAGE)


def test_a_cause_is_quoted_with_its_source_and_what_is_done(client: Client, db: None) -> None:
    told(
        2031,
        verdict=Verdict.MISSED,
        gap="-1",
        cause="虚构的原因。",
        cause_source="虚构的出处",
        measures="虚构的措施。",
        **figure("5"),
    )
    words = page_at(client, PAGE)
    assert "虚构的原因。原因说明原文，虚构的出处" in words
    assert "下一步措施：虚构的措施。" in words


def test_the_record_tells_what_was_replaced_and_why(client: Client, db: None) -> None:
    told(2031, None)
    told(2031, verdict=Verdict.AWAITING_CITY, outcome_state=OutcomeState.AWAITING_CITY)
    told(2031, verdict=Verdict.MET, gap="1", replaced_because=Replacement.ARRIVAL, **figure("7"))
    told(2031, verdict=Verdict.MISSED, gap="-1", replaced_because=Replacement.CORRECTION, **figure("5"))
    told(2031, verdict=Verdict.MISSED, gap="-1", cause="虚构的原因。", **figure("5"))
    words = page_at(client, PAGE)
    expected = [
        "2031 年全年补充原因说明",
        "2031 年全年完成情况替换（录入差错）：7% → 5%",
        "2031 年全年结论：达到或超过 → 未完成",
        "2031 年全年完成情况替换（市级反馈）：市级暂未反馈 → 7%",
        "2031 年全年：待市级反馈",
        "公布 2031 年目标：6",
    ]
    places = [words.index(line) for line in expected]
    assert places == sorted(places)


def test_a_ruling_is_told_with_its_reason(client: Client, db: None) -> None:
    review = told(2031, verdict=Verdict.REVIEW, gap="-0.3", **figure("5.7"))
    period = ReportingPeriod.objects.get(plan__last_year=2031)
    actual = QuarterlyActual.objects.create(
        target=review.target, period=period, value="5.7", wording="5.7", entered_by=publisher()
    )
    ruling = Ruling.objects.create(
        actual=actual,
        wording="6",
        rule_set=plan_of(2031).rule_set,
        verdict=Verdict.MET,
        reason="虚构的理由",
        entered_by=publisher(),
    )
    ruled: dict[str, Any] = {
        "ruling": ruling,
        "ruling_reason": "虚构的理由",
        "computed": Verdict.REVIEW,
        "verdict": Verdict.MET,
    }
    told(2031, gap="-0.3", **figure("5.7"), **ruled)
    words = page_at(client, PAGE)
    assert "人工认定为“达到或超过”，自动判定为“待认定”。理由：虚构的理由" in words
    assert "人工认定：待认定 → 达到或超过。理由：虚构的理由" in words


def test_parents_and_sub_rows_and_neighbours_lead_to_each_other(client: Client, year_over: int) -> None:
    assert 'href="/indicators/invented-below/">虚构分项</a>。' in html_of(client, "/indicators/invented-3/")
    below = html_of(client, "/indicators/invented-below/")
    assert 'href="/indicators/invented-3/">虚构指标3</a>”的其中行' in below
    assert '<a rel="prev" href="/indicators/invented-3/">' in below
    assert '<a rel="next" href="/indicators/invented-4/">' in below
    assert "2031 年“其中”行" in below
    assert 'rel="prev"' not in html_of(client)


def test_the_past_shows_the_past(client: Client, year_over: int) -> None:
    later = timezone.now() + datetime.timedelta(days=1)
    act = publish(2031, Period.FULL_YEAR)
    hidden = Publication.objects.create(
        plan=act.plan,
        period=act.period,
        by=publisher(),
        why="测试",
        rule_set=act.rule_set,
        not_before=later,
    )
    row(hidden, 1, verdict=Verdict.MET, gap="98765", **figure("98771"))
    for address in (PAGE, "/indicators/invented-1.json", "/indicators/invented-1.csv", "/indicators.json"):
        assert "9877" not in client.get(address).content.decode()
    words = page_at(client, f"{PAGE}?as_of=2001-01-01", 404)
    assert "截至2001年1月1日，没有已发布的指标“invented-1”" in words


@pytest.mark.parametrize(
    "code", ["nothing-here", "x" * 5_000, "%00", "..%2f", "地区生产总值", "-", "a%20b", "<b>", "1'--"]
)
def test_what_was_never_published_is_a_friendly_404(client: Client, year_over: int, code: str) -> None:
    Indicator.objects.create(
        code="nothing-here",
        name="虚构未公布",
        short_name="虚构",
        accrual="rate",
        favourable="higher",
        frequency="annual",
    )
    words = page_at(client, f"/indicators/{code}/", 404)
    assert "没有这个页面" in words
    html = client.get(f"/indicators/{code}/").content.decode()
    assert 'href="/indicators/"' in html
    assert 'href="/search/"' in html
    assert "虚构未公布" not in html
    for form in ("json", "csv", "xlsx"):
        assert client.get(f"/indicators/{code}.{form}").status_code == 404


def test_no_draft_shows_anywhere(client: Client, year_over: int) -> None:
    QuarterlyActual.objects.create(
        target=AnnualTarget.objects.get(indicator__code="invented-1"),
        period=ReportingPeriod.objects.get(plan__first_year=2031),
        value="98765.4321",
        wording="98765.4321",
        entered_by=publisher(),
    )
    Indicator.objects.filter(code="invented-1").update(name="未公布的新名", definition="未公布的定义")
    for address in (PAGE, "/indicators/invented-1.json", "/indicators/invented-1.csv", "/indicators.csv"):
        words = client.get(address).content.decode()
        assert "98765" not in words
        assert "未公布" not in words


def test_the_same_as_files(client: Client, year_over: int, year_under_way: int) -> None:
    told(2031, verdict=Verdict.MET, gap="1", replaced_because=Replacement.REVISION, **figure("7"))
    data = client.get("/indicators/invented-1.json").json()
    assert [(one["year"], one["outcome"]["period"], one["outcome"]["value"]) for one in data["periods"]] == [
        (2031, "full_year", "7"),
        (2032, "first_half", "7"),
    ]
    assert [one["outcome"]["value"] for one in data["history"]] == ["6.5", "7", "7"]
    assert data["periods"][0]["replaced_because"] == "revision"
    text = client.get("/indicators/invented-1.csv").content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [(line["year"], line["verdict"], line["pace"]) for line in lines] == [
        ("2031", "met", ""),
        ("2032", "", "on_pace"),
    ]
    assert text.startswith("year,publication,ordinal,code")
    book = openpyxl.load_workbook(io.BytesIO(client.get("/indicators/invented-1.xlsx").content))
    assert len(list(book.worksheets[0].rows)) == 3
    assert client.get("/indicators/invented-1.pdf").status_code == 404


def test_the_catalogue(client: Client, year_over: int, year_under_way: int) -> None:
    told(2033, name="虚构新名", verdict=Verdict.MET, **figure("7"))
    entries = client.get("/indicators.json").json()["indicators"]
    assert [one["code"] for one in entries[:3]] == ["invented-1", "invented-2", "invented-3"]
    assert (entries[0]["name"], entries[0]["years"]) == ("虚构新名", [2031, 2032, 2033])
    assert entries[-1]["code"] == "invented-below"
    assert entries[-1]["page"] == "/indicators/invented-below/"
    lines = list(csv.DictReader(io.StringIO(client.get("/indicators.csv").content.decode("utf-8-sig"))))
    assert lines[0]["years_named"] == "2031、2032、2033"
    assert client.get("/indicators.xlsx").status_code == 200
    for form in ("json", "csv"):
        assert client.get(f"/indicators.{form}?as_of=2001-01-01").status_code == 404


@pytest.mark.parametrize(
    "address", [PAGE, "/indicators/invented-1.json", "/indicators/invented-1.csv", "/indicators.json"]
)
def test_fifty_more_years_cost_no_queries(
    client: Client, year_over: int, address: str, request: pytest.FixtureRequest
) -> None:
    alone = queries_of(client, address)
    request.getfixturevalue("other_years")
    assert queries_of(client, address) == alone <= 6
    assert client.get(address).status_code == 200


@pytest.fixture
def other_years(db: None) -> None:
    """Fifty more years of the first indicator."""
    for year in range(1960, 2010):
        for period in (None, Period.FIRST_HALF, Period.FULL_YEAR):
            act = publish(year, period)
            row(act, 1, verdict=Verdict.MET if period is Period.FULL_YEAR else "", **figure("6"))
