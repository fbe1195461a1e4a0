"""The public log and its feed, filled by the real acts of publication: every kind apart, nothing that is not public."""

from __future__ import annotations

import csv
import datetime
import io
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indicators.differences import Change
from indicators.judging.terms import OutcomeState, Verdict
from indicators.models import (
    AnnualTarget,
    Chase,
    CityRequest,
    PublishedRow,
    QuarterlyActual,
    ReferenceFigure,
    Replacement,
    Ruling,
    TargetAdjustment,
)
from projects.models import AnnualTask, Box, Project, StatusUpdate
from projects.stages import Stage
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.plans.models import Publication
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.workflow import actions
from wanzhou.site.dashboard.corrections.kinds import MEANING, LogKind
from wanzhou.site.reports.publishing import publish

from . import plans
from .reading import page_at

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def small(cast: Cast) -> SmallPlan:
    """A year of which the half-year is published: nobody owes a cause yet."""
    return SmallPlan.of(cast, period=Period.FIRST_HALF)


def act(small: SmallPlan, why: str, **options: Any) -> Publication:
    """One real act of publication."""
    facts = {"plan": small.plan, "period": small.period, "by": small.cast.publisher, "why": why, **options}
    made = publish(**facts)
    assert made is not None
    return made


def replaced(small: SmallPlan, first: QuarterlyActual, value: str, because: Replacement) -> None:
    """A published figure replaced by the real mechanism."""
    first.refresh_from_db()
    small.approved(first.target, value, replaces=first, replaced_because=because)


def entries(client: Client, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/corrections.json{query}").json()["entries"]
    return found


def changes(client: Client) -> list[dict[str, Any]]:
    return [entry for entry in entries(client) if entry["kind"] != "publication"]


@pytest.mark.parametrize("because", list(Replacement))
def test_a_replaced_figure_is_told_with_both_figures_both_paces_and_the_reason(
    client: Client, small: SmallPlan, because: Replacement
) -> None:
    first = small.approved(small.target("6以上"), "6.5")
    act(small, "首次发布")
    replaced(small, first, "5.1", because)
    act(small, "虚构的替换缘由")
    [entry] = changes(client)
    assert entry["kind"] == because.value
    assert (entry["before"], entry["after"], entry["about"]) == ("6.5%", "5.1%", "完成情况")
    assert (entry["state_before"], entry["state_after"]) == ("on_pace", "behind")
    assert entry["reason"] == "虚构的替换缘由"
    words = page_at(client, "/corrections/")
    assert f"{because.label} 1 条" in words
    assert "由6.5%→改为5.1%" in words
    assert "状态由序时达标→变为滞后" in words
    assert "缘由：虚构的替换缘由" in words


def test_an_arrival_turns_the_wait_into_a_figure(client: Client, small: SmallPlan) -> None:
    first = small.approved(small.target("6以上"), None, outcome_state=OutcomeState.AWAITING_CITY)
    act(small, "首次发布")
    replaced(small, first, "6.5", Replacement.ARRIVAL)
    act(small, "市级反馈")
    [entry] = changes(client)
    assert (entry["before"], entry["after"]) == ("市级暂未反馈", "6.5%")
    assert (entry["state_before_label"], entry["state_after_label"]) == ("待市级反馈", "序时达标")


def test_errors_of_ours_stand_apart_and_first(client: Client, small: SmallPlan) -> None:
    wrong, late = small.approved(small.target(), "6.5"), small.approved(small.target(), "6.5")
    act(small, "首次发布")
    replaced(small, wrong, "6.4", Replacement.CORRECTION)
    act(small, "更正")
    replaced(small, late, "6.3", Replacement.REVISION)
    act(small, "核定")
    words = page_at(client, "/corrections/")
    assert "发布 3 次，更正录入差错 1 条" in words
    assert "替换数字 1 条" in words
    assert (
        words.index("录入差错 1 条本站录入的差错")
        < words.index("统计核定 1 条")
        < words.index("发布记录 3 条")
    )
    assert [entry["kind"] for entry in entries(client)][:2] == ["correction", "revision"]


def test_an_adjusted_target_is_told_with_its_old_wording(client: Client, small: SmallPlan) -> None:
    target = small.target("6以上")
    small.approved(target, "5.5")
    act(small, "首次发布")
    TargetAdjustment.objects.create(
        target=target,
        wording="5以上",
        approved_by="虚构会议",
        approved_on=datetime.date(small.plan.year, 6, 1),
        entered_by=small.cast.publisher,
    )
    act(small, "目标调整")
    [entry] = changes(client)
    assert (entry["kind"], entry["before"], entry["after"]) == ("adjustment", "6以上", "5以上")
    assert (entry["state_before"], entry["state_after"]) == ("behind", "on_pace")
    assert "目标经虚构会议批准调整为“5以上”" in entry["reason"]


def test_an_adjustment_that_a_later_period_tells_first_is_told_once(client: Client, small: SmallPlan) -> None:
    target = small.target("6以上")
    act(small, "计划", period=None)
    small.approved(target, "6.5")
    act(small, "上半年")
    TargetAdjustment.objects.create(
        target=target,
        wording="5以上",
        approved_by="虚构会议",
        approved_on=datetime.date(small.plan.year, 8, 1),
        entered_by=small.cast.publisher,
    )
    later = small.plan.periods.create(period=Period.FIRST_THREE_QUARTERS)
    act(small, "前三季度", period=later)
    year = small.plan.periods.create(period=Period.FULL_YEAR)
    act(small, "全年", period=year)
    [entry] = changes(client)
    assert (entry["kind"], entry["occasion"]) == ("adjustment", f"{small.plan.year} 年前三季度")
    assert (entry["before"], entry["after"], entry["state_before"]) == ("6以上", "5以上", None)


def test_a_ruling_is_told_with_its_reason(client: Client, cast: Cast) -> None:
    small = SmallPlan.of(cast)
    actual = small.approved(small.target("6左右"), "5.7")
    act(small, "首次发布")
    draft = Ruling.objects.create(
        actual=actual,
        wording="6左右",
        rule_set=small.plan.rule_set,
        verdict=Verdict.MET,
        reason="虚构的认定理由",
        entered_by=cast.reviewer,
    )
    actions.approve(actions.submit([draft], by=cast.reviewer), by=cast.publisher)
    act(small, "认定")
    [entry] = changes(client)
    assert (entry["kind"], entry["reason"]) == ("ruling", "虚构的认定理由")
    assert (entry["state_before"], entry["state_after"]) == ("review", "met")


def test_what_is_added_later_is_named(client: Client, small: SmallPlan) -> None:
    behind, waiting = small.target("6以上"), small.target("6以上")
    small.approved(behind, "5")
    small.approved(waiting, None, outcome_state=OutcomeState.AWAITING_CITY)
    request = CityRequest.objects.create(target=waiting, period=small.period, bureau="虚构市局")
    act(small, "首次发布")
    small.cause(behind, "虚构的原因")
    ReferenceFigure.objects.create(
        indicator=behind.indicator, year=small.plan.year, period=small.period.period, region="全国", value=5
    )
    Chase.objects.create(
        request=request, on=datetime.date(1999, 7, 2), channel="电话", by=small.cast.reviewer
    )
    act(small, "补充")
    found = {entry["code"]: (entry["kind"], entry["about"]) for entry in changes(client)}
    assert found == {
        behind.indicator.code: ("addition", "原因说明、参考数据"),
        waiting.indicator.code: ("addition", "等待与催办"),
    }
    assert "补充内容 2 条" in page_at(client, "/corrections/")
    assert "没有更正" in page_at(client, "/corrections/")


def test_a_figure_that_comes_late_is_added_and_no_error(client: Client, small: SmallPlan) -> None:
    small.approved(small.target(), "6.5")
    late = small.target()
    act(small, "首次发布")
    small.approved(late, "6.2")
    act(small, "补报")
    [entry] = changes(client)
    assert (entry["kind"], entry["about"], entry["after"]) == ("addition", "完成情况", "6.2%")


def test_another_name_is_restated_without_a_verdict(client: Client, small: SmallPlan) -> None:
    first = small.approved(small.target(), "6.5")
    act(small, "首次发布")
    AnnualTarget.objects.filter(pk=first.target_id).update(name="虚构新名称")
    small.cause(first.target)
    act(small, "改名")
    kinds = {entry["kind"]: (entry["before"], entry["after"]) for entry in changes(client)}
    assert kinds["restatement"] == ("测试指标1", "虚构新名称")


def test_a_task_is_told_with_the_stage_before_and_after(client: Client, small: SmallPlan) -> None:
    task = AnnualTask.objects.create(
        project=Project.objects.create(slug="xu-gou-xiang-mu", name="虚构项目"),
        plan=small.plan,
        box=Box.objects.create(plan=small.plan, number=1, title="虚构专栏"),
        section="虚构",
        order=1,
        name="虚构项目",
        wording="虚构",
        planned_stage=Stage.COMPLETED,
    )
    small.target()
    act(small, "计划", period=None)
    first = update(small, task, Stage.STARTED)
    act(small, "进展一")
    update(small, task, Stage.UNDERWAY, replaces=first, percent=40, needs="内部事项")
    act(small, "进展二")
    told = [(entry["kind"], entry["before"], entry["after"], entry["about"]) for entry in changes(client)]
    assert told == [
        ("progress", "开工建设", "加快建设", "已达阶段、完成比例"),
        ("progress", None, "开工建设", "已达阶段"),
    ]
    assert "内部事项" not in page_at(client, "/corrections/")


def update(small: SmallPlan, task: AnnualTask, stage: Stage, **facts: Any) -> StatusUpdate:
    draft = StatusUpdate.objects.create(task=task, entered_by=small.cast.clerk, reached_stage=stage, **facts)
    return actions.approve(actions.submit([draft], by=small.cast.clerk), by=small.cast.reviewer)[0]


@pytest.mark.usefixtures("loaded_plans")
def test_the_real_plans_have_no_correction_and_the_page_says_so(client: Client) -> None:
    words = page_at(client, "/corrections/")
    assert "发布 5 次，没有更正" in words
    assert "至今没有替换过已公开的数字。" in words
    assert "至今没有发现录入差错" in words
    assert "2022 年全年载入公开报告：指标 24 行，项目 41 条。" in words
    assert "2023 年计划载入公开报告：指标 27 行，项目 167 条，重点工作目标和所述成绩 107 条。" in words
    assert changes(client) == []
    for name in ("系统载入", "系统核对", "测试"):
        assert name not in words


@pytest.mark.django_db
def test_an_empty_site_has_an_empty_log_and_feed(client: Client) -> None:
    assert "发布 0 次，没有更正" in page_at(client, "/corrections/")
    feed = ElementTree.fromstring(client.get("/feed.xml").content)
    assert feed.findall(f"{ATOM}entry") == []
    assert feed.findtext(f"{ATOM}updated", "").startswith(timezone.localdate().isoformat())


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("?kind=nonsense", 400, "correction（录入差错）"),
        ("?year=1066", 400, "1999（1999 年）"),
        ("?page=0", 400, "不是页数"),
        ("?page=abc", 400, "不是页数"),
        ("?page=99999999999999", 400, "不是页数"),
        ("?page=999", 404, "没有第 999 页"),
        ("?kind=" + "长" * 10_000, 400, "太长"),
        ("?as_of=2999-01-01", 400, "晚于今天"),
    ],
)
def test_nonsense_is_refused_in_chinese(
    client: Client, small: SmallPlan, query: str, status: int, says: str
) -> None:
    small.approved(small.target())
    act(small, "首次发布")
    assert says in page_at(client, f"/corrections/{query}", status)
    if "page" not in query:
        assert says in client.get(f"/corrections.json{query}").json()["detail"]


def test_kind_and_year_filter_page_and_twins_alike(client: Client, small: SmallPlan) -> None:
    first = small.approved(small.target(), "6.5")
    act(small, "首次发布")
    plans.publish(2031)
    replaced(small, first, "6.4", Replacement.CORRECTION)
    act(small, "更正")
    for query, count in (("?kind=correction", 1), ("?year=1999", 3), ("?year=2031", 1), ("?kind=ruling", 0)):
        assert len(entries(client, query)) == count
        text = client.get(f"/corrections.csv{query}").content.decode("utf-8-sig")
        assert len(list(csv.DictReader(io.StringIO(text)))) == count
    assert "没有符合这些条件的记录" in page_at(client, "/corrections/?kind=ruling")
    assert client.get("/corrections.xlsx?kind=correction").status_code == 200
    assert client.get("/corrections.pdf").status_code == 404


@pytest.mark.django_db
def test_fifty_entries_stand_on_a_page(client: Client) -> None:
    for _ in range(51):
        plans.publish(2031)
    first, second = (
        client.get("/corrections/").content.decode(),
        client.get("/corrections/?page=2").content.decode(),
    )
    assert (first.count("<li id="), second.count("<li id=")) == (50, 1)
    assert "发布记录 51 条" in first
    assert len(entries(client)) == 51


@pytest.mark.django_db
def test_every_entry_has_a_place_of_its_own_on_the_page(client: Client, small: SmallPlan) -> None:
    first = small.approved(small.target(), "6.5")
    act(small, "首次发布")
    replaced(small, first, "6.4", Replacement.CORRECTION)
    act(small, "更正")
    html = client.get("/corrections/").content.decode()
    places = [entry["id"] for entry in entries(client)]
    assert len(set(places)) == len(places)
    assert all(f'id="{place}"' in html for place in places)


def test_drafts_and_what_must_wait_are_in_neither_log_nor_feed(client: Client, small: SmallPlan) -> None:
    target = small.target()
    first = small.approved(target, "6.5")
    act(small, "首次发布")
    first.refresh_from_db()
    small.draft(target, "77.7", replaces=first, replaced_because=Replacement.CORRECTION)
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    waiting = Publication.objects.create(
        plan=small.plan,
        period=small.period,
        by=small.cast.publisher,
        why="尚不能公开的缘由",
        rule_set=small.plan.rule_set,
        not_before=tomorrow,
    )
    row = PublishedRow.objects.get()
    row.pk, row.publication, row.outcome_wording, row.cause = None, waiting, "88.8", "尚不能公开的原因"
    row.save(force_insert=True)
    for address in ("/corrections/", "/corrections.json", "/corrections.csv", "/feed.xml"):
        body = client.get(address).content.decode()
        for planted in ("77.7", "88.8", "尚不能公开"):
            assert planted not in body


def test_the_past_shows_the_past(client: Client, small: SmallPlan) -> None:
    small.approved(small.target(), "6.5")
    act(small, "首次发布")
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    assert "发布 0 次" in page_at(client, f"/corrections/?as_of={yesterday}")
    assert entries(client, f"?as_of={yesterday}") == []
    today = timezone.localdate()
    assert (
        f"/?period=first_half&amp;as_of={today}"
        in client.get(f"/corrections/?as_of={today}").content.decode()
    )


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_log_asks_a_fixed_number_of_questions(client: Client, small: SmallPlan) -> None:
    first = small.approved(small.target(), "6.5")
    act(small, "首次发布")
    before = queries_of(client, "/corrections/")
    replaced(small, first, "6.4", Replacement.CORRECTION)
    act(small, "更正")
    for year in range(2040, 2060):
        plans.row(plans.publish(year), 1, "6")
    assert queries_of(client, "/corrections/") == before == 8
    assert queries_of(client, "/feed.xml") == before


def test_the_markup_is_sound_and_needs_no_inline_style(client: Client, small: SmallPlan) -> None:
    first = small.approved(small.target(), "6.5")
    act(small, "首次发布")
    replaced(small, first, "5.4", Replacement.CORRECTION)
    act(small, "更正")
    html = client.get("/corrections/").content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    assert "style=" not in html


def test_the_feed_holds_publications_and_replacements_newest_first(client: Client, small: SmallPlan) -> None:
    first = small.approved(small.target(name="虚构R&D<占比>"), "6.5")
    act(small, "首次发布")
    replaced(small, first, "6.4", Replacement.CORRECTION)
    small.cause(first.target)
    newest = act(small, "更正")
    answer = client.get("/feed.xml")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "zh-CN"
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
    assert titles == [
        "录入差错：1999 年上半年虚构R&D<占比>",
        "1999 年上半年：更正",
        "1999 年上半年：首次发布",
    ]
    links = [link.attrib["href"] for link in feed.iter(f"{ATOM}link")]
    assert all(link.startswith("http://testserver/") for link in links)
    assert f"http://testserver/corrections/#p{newest.pk}" in links
    summaries = [entry.findtext(f"{ATOM}summary", "") for entry in feed.findall(f"{ATOM}entry")]
    assert any("虚构R&amp;D&lt;占比&gt;由“6.5%”改为“6.4%”" in summary for summary in summaries)


def test_the_ids_of_the_feed_are_stable_and_each_its_own(client: Client, small: SmallPlan) -> None:
    small.approved(small.target(), "6.5")
    act(small, "首次发布")
    before = ids(client)
    plans.publish(2031)
    after = ids(client)
    assert all(each.startswith("tag:testserver,") for each in after)
    assert len(set(after)) == len(after) == 2
    assert set(before) < set(after)


def ids(client: Client) -> list[str]:
    feed = ElementTree.fromstring(client.get("/feed.xml").content)
    return [entry.findtext(f"{ATOM}id", "") for entry in feed.findall(f"{ATOM}entry")]


@pytest.mark.django_db
def test_the_feed_holds_the_newest_fifty_and_is_not_sent_twice(client: Client) -> None:
    for _ in range(51):
        plans.publish(2031)
    answer = client.get("/feed.xml")
    assert len(ids(client)) == 50
    again = client.get("/feed.xml", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
    plans.publish(2031)
    assert client.get("/feed.xml", headers={"if-none-match": answer["ETag"]}).status_code == 200


def test_every_kind_has_its_meaning_and_the_words_of_the_differences() -> None:
    assert set(MEANING) == set(LogKind)
    assert {kind.value: kind.label for kind in Change}.items() <= {
        kind.value: kind.label for kind in LogKind
    }.items()
