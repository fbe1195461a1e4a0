"""The overview pages: filled from publications and nothing else."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from indicators.judging.terms import OutcomeState, Pace, Verdict, Version
from indicators.models import AnnualTarget, QuarterlyActual
from projects.stages import Stage
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.plans.periods import Period
from wanzhou.site.dashboard.tones import TONES
from wanzhou.site.dashboard.views.refusals import broken

from .plans import figure, publish, publisher, row, task
from .reading import page_at


def test_a_year_that_is_over_says_every_verdict(client: Client, year_over: int) -> None:
    words = page_at(client, f"/{year_over}/")
    assert "8 项年度目标，1 项达到或超过，2 项未完成" in words
    judged = {Verdict.MET, Verdict.MISSED, Verdict.AWAITING_CITY, Verdict.REDEFINED, Verdict.REVIEW}
    for verdict in judged | {Verdict.NOT_JUDGED, Verdict.UNREPORTED}:
        assert TONES[verdict].word in words


def test_a_shared_cause_is_quoted_once_with_its_source(client: Client, year_over: int) -> None:
    words = page_at(client, f"/{year_over}/")
    assert words.count("虚构的原因。") == 1
    assert "虚构的出处" in words


def test_a_sub_row_below_its_target_is_flagged_and_not_counted(client: Client, year_over: int) -> None:
    words = page_at(client, f"/{year_over}/")
    assert "分项低于目标" in words
    assert "不计入 8 项的统计" in words
    assert "低于目标" in words


def test_a_figure_on_another_basis_stands_beside_the_redefined_target(client: Client, year_over: int) -> None:
    assert "目标按原口径定为 1.6亿美元。另一口径的数字为另一口径 780万美元。" in page_at(
        client, f"/{year_over}/"
    )


def test_what_was_reached_stands_under_its_stage_and_off_the_track_too(
    client: Client, year_over: int
) -> None:
    words = page_at(client, f"/{year_over}/")
    assert "专栏 1点名 2 条" in words
    assert "虚构停工项目" in words
    assert "停工" in words


def test_a_year_under_way_says_every_pace_and_where_its_figures_come_from(
    client: Client, year_under_way: int
) -> None:
    words = page_at(client, f"/{year_under_way}/")
    assert "时间过半，8 项目标中 1 项序时达标，1 项滞后" in words
    assert "填报来源：公开资料" in words
    for pace in Pace:
        assert TONES[pace].word in words
    assert "应达 170，低 9 天" in words


def test_a_plan_never_reads_as_done(client: Client, year_under_way: int) -> None:
    words = page_at(client, f"/{year_under_way}/")
    assert "专栏 2 至 3点名 2 条" in words
    assert "年内竣工" in words
    assert "竣工投用" not in words
    assert "成组" in words


def test_the_front_page_opens_the_newest_period_declared_complete(
    client: Client, year_over: int, year_under_way: int
) -> None:
    response = client.get("/")
    assert "8 项年度目标" in page_at(client, "/")
    assert f'<link rel="canonical" href="http://testserver/{year_over}/">' in response.content.decode()


def test_without_a_complete_period_the_front_page_opens_the_newest(
    client: Client, year_under_way: int
) -> None:
    assert "时间过半" in page_at(client, "/")


def test_an_empty_site_is_calm(client: Client, db: None) -> None:
    assert "尚未发布任何年度计划" in page_at(client, "/")


def test_a_plan_of_which_only_targets_are_published_says_so(client: Client, db: None) -> None:
    row(publish(2033), 1, "6以上", outcome_state=OutcomeState.UNREPORTED)
    words = page_at(client, "/2033/")
    assert "尚无已发布的完成情况" in words
    assert "6以上" in words
    assert "未填报" not in words


def test_another_published_period_is_asked_for_by_name(client: Client, year_over: int) -> None:
    row(publish(year_over, Period.FIRST_HALF), 1, pace=Pace.ON_PACE, gap="0.1", **figure("6.1"))
    words = page_at(client, f"/{year_over}/?period=first_half")
    assert "时间过半" in words
    # The box tells what the year reached: a half-year page must not know it.
    assert "虚构竣工项目" not in words
    assert "8 项年度目标" in page_at(client, f"/{year_over}/")


@pytest.mark.parametrize(
    "address", ["/2050/", "/2031/?period=first_quarter", "/2031/?period=<b>", "/nowhere"]
)
def test_what_does_not_exist_is_a_friendly_404(client: Client, year_over: int, address: str) -> None:
    words = page_at(client, address, 404)
    assert "没有这个页面" in words
    assert "回到年度总览" in words


def test_a_figure_that_is_not_final_says_so(client: Client, db: None) -> None:
    act = publish(2034, Period.FULL_YEAR)
    row(act, 1, verdict=Verdict.MET, gap="0.1", **figure("6.1") | {"outcome_state": OutcomeState.ESTIMATED})
    row(act, 2, verdict=Verdict.MET, gap="0.2", outcome_version=Version.FLASH, **figure("6.2"))
    words = page_at(client, "/2034/")
    assert "6.1预计" in words
    assert "6.2快报" in words


def test_a_planned_task_keeps_its_plan_and_says_what_was_reached(client: Client, year_under_way: int) -> None:
    act = publish(year_under_way, Period.FIRST_HALF)
    task(act, 2, "虚构分类", "虚构年内竣工项目", planned_stage=Stage.COMPLETED, reached_stage=Stage.STARTED)
    words = page_at(client, f"/{year_under_way}/")
    assert "已达：开工建设" in words
    assert "年内竣工" in words


def test_a_draft_never_shows(client: Client, year_over: int) -> None:
    QuarterlyActual.objects.create(
        target=AnnualTarget.objects.get(indicator__code="invented-8"),
        period=ReportingPeriod.objects.get(plan__first_year=year_over),
        outcome_state=OutcomeState.REPORTED,
        value="98765.4321",
        wording="98765.4321",
        entered_by=publisher(),
    )
    for address in (f"/{year_over}/", f"/{year_over}/indicators.json"):
        assert "98765" not in client.get(address).content.decode()


def test_a_page_carries_nobody_and_nothing_to_post(admin_client: Client, year_over: int) -> None:
    response = admin_client.get(f"/{year_over}/")
    html = response.content.decode()
    assert "csrf" not in html.lower()
    assert "admin@" not in html
    assert not response.cookies


def test_no_style_stands_in_the_markup(client: Client, year_over: int, year_under_way: int) -> None:
    for year in (year_over, year_under_way):
        html = client.get(f"/{year}/").content.decode()
        assert " style=" not in html
        assert "<style" not in html
        assert "<script" not in html


@pytest.fixture
def other_years(db: None) -> None:
    """Fifty more years, each with published rows."""
    for year in range(1960, 2010):
        for period in (Period.FIRST_HALF, Period.FULL_YEAR):
            act = publish(year, period)
            row(act, 1, verdict=Verdict.MET if period is Period.FULL_YEAR else "", **figure("6"))


def queries_of(client: Client, address: str) -> int:
    """How many queries a page takes."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


@pytest.mark.parametrize("address", ["/", "/2031/", "/2031/indicators.json", "/2031/projects.json"])
def test_other_years_cost_no_queries(
    client: Client, year_over: int, address: str, request: pytest.FixtureRequest
) -> None:
    alone = queries_of(client, address)
    request.getfixturevalue("other_years")
    assert queries_of(client, address) == alone <= 4


def test_another_district_has_its_own_name(client: Client, year_over: int, settings: Settings) -> None:
    here = settings.DISTRICT
    settings.DISTRICT = type(here)(**dict.fromkeys(vars(here), "虚构区"))
    html = client.get(f"/{year_over}/").content.decode()
    assert "虚构区" in html
    assert "万州" not in html


def test_a_broken_page_is_calm_without_a_database() -> None:
    response = broken(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "页面暂时打不开" in response.content.decode()
