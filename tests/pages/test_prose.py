"""The pages of a year's work targets and of the figures that the report states: apart, quoted, never counted."""

from __future__ import annotations

import csv
import datetime
import io

import html5lib
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indicators.judging.terms import OutcomeState, Pace
from indicators.models import CitedFact, PublishedWorkTarget, Tier
from tests.pages.plans import plan_of, publish, target_of
from tests.pages.reading import page_at
from wanzhou.kernel.plans.models import Publication, Source
from wanzhou.kernel.plans.periods import Period

pytestmark = pytest.mark.django_db
HEADING = "虚构章节，虚构目标·虚构小标题"


def promise(act: Publication, order: int = 1, name: str = "虚构泊位", **facts: object) -> PublishedWorkTarget:
    """A published work target of an invented plan."""
    target = target_of(
        act.plan,
        f"promised-{order}",
        {
            "name": name, "short_name": name[:10], "accrual": "cumulative", "favourable": "higher", "parent_code": "",
            "nature": "anticipatory", "wording": "800个", "ordinal": 900 + order, "order": 900 + order, "unit": "个",
        },
    )  # fmt: skip
    type(target).objects.filter(pk=target.pk).update(tier=Tier.WORK, ordinal=None, in_grid=False)
    words = {
        "name": name, "wording": "800个", "unit": "个", "section": HEADING, "quoted": f"新增{name}800个。",
        "reading": {}, "search_key": name, "source_title": "虚构的报告", "code": f"promised-{order}",
    }  # fmt: skip
    return PublishedWorkTarget.objects.create(publication=act, target=target, order=order, **(words | facts))


def state(act: Publication | None, year: int, order: int = 1, name: str = "虚构投资") -> CitedFact:
    source, _ = Source.objects.get_or_create(code="invented", defaults={"title": "虚构的报告"})
    return CitedFact.objects.create(
        plan=plan_of(year), order=order, name=name, wording="同比增长10.7%", unit="%", section=HEADING,
        sentence=f"{name}同比增长10.7%。", source=source, source_title="虚构的报告", search_key=name, publication=act,
    )  # fmt: skip


@pytest.fixture
def told(db: None) -> Publication:
    act = publish(2031)
    promise(act)
    promise(act, 2, "虚构绿地")
    state(act, 2031)
    return act


def test_the_work_targets_stand_with_their_sentences(client: Client, told: Publication) -> None:
    words = page_at(client, "/2031/work-targets/")
    assert "2031 年重点工作目标：2 条" in words
    assert "虚构小标题" in words
    assert "新增虚构泊位800个。" in words
    assert "责任单位：报告未载" in words
    assert "不计入主要指标的项数" in words
    assert "达到或超过" not in words


def test_a_figure_brings_its_pace_and_its_sentence(client: Client, told: Publication) -> None:
    half = publish(2031, Period.FIRST_HALF)
    promise(
        half, outcome_state=OutcomeState.REPORTED, outcome_value="300", pace=Pace.BEHIND,
        sentence="虚构的说明。", figure_source="虚构公报",
    )  # fmt: skip
    words = page_at(client, "/2031/work-targets/")
    assert "滞后上半年 300个虚构的说明。数字来源：《虚构公报》。" in words
    assert words.count("虚构泊位") >= 2
    (first, _) = client.get("/2031/work-targets.json").json()["targets"]
    assert (first["period"], first["value"], first["pace"], first["verdict"]) == (
        "first_half",
        "300",
        "behind",
        None,
    )


def test_the_stated_figures_are_quoted_and_never_judged(client: Client, told: Publication) -> None:
    words = page_at(client, "/2031/results/")
    assert "报告所述 2031 年成绩：1 个数" in words
    assert "虚构投资同比增长10.7%。" in words
    assert "只引用，不判定" in words


@pytest.mark.parametrize("name", ["work-targets", "results"])
def test_twins_hold_the_same(client: Client, told: Publication, name: str) -> None:
    text = client.get(f"/2031/{name}.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    key = {"work-targets": "targets", "results": "results"}[name]
    assert [row["name"] for row in rows] == [
        one["name"] for one in client.get(f"/2031/{name}.json").json()[key]
    ]
    assert client.get(f"/2031/{name}.xlsx").content[:2] == b"PK"
    assert client.get(f"/2031/{name}.pdf").status_code == 404


@pytest.mark.parametrize("name", ["work-targets", "results"])
def test_a_year_without_any_says_so(client: Client, name: str) -> None:
    publish(2032)
    assert f"2032 年没有已发布的{'重点工作目标' if name == 'work-targets' else '报告所述成绩'}" in page_at(
        client, f"/2032/{name}/"
    )
    assert page_at(client, f"/2033/{name}/", 404)
    assert client.get(f"/2033/{name}.json").status_code == 404


@pytest.mark.parametrize("name", ["work-targets", "results"])
def test_the_past_shows_the_past(client: Client, told: Publication, name: str) -> None:
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    assert client.get(f"/2031/{name}/?as_of={yesterday}").status_code == 404
    assert client.get(f"/2031/{name}/?as_of={timezone.localdate()}").status_code == 200


def test_what_is_not_published_or_must_wait_is_nowhere(client: Client, told: Publication) -> None:
    state(None, 2031, 2, "虚构未发布")
    later = timezone.now() + datetime.timedelta(days=9)
    act = Publication.objects.create(
        plan=told.plan, by=told.by, why="测试", rule_set=told.rule_set, not_before=later
    )
    promise(act, 3, "虚构未到时候")
    state(act, 2031, 3, "虚构未到成绩")
    for address in (
        "/2031/work-targets/",
        "/2031/results/",
        "/2031/work-targets.csv",
        "/2031/results.json",
        "/search/?q=虚构未",
    ):
        answer = client.get(address).content.decode()
        assert "虚构未发布" not in answer
        assert "虚构未到时候" not in answer
        assert "虚构未到成绩" not in answer


def test_the_search_finds_both(client: Client, told: Publication) -> None:
    words = page_at(client, "/search/?q=虚构投资")
    assert "报告文字中 1 个数" in words
    assert "2031 年报告所述成绩：虚构投资同比增长10.7%。" in words
    found = client.get("/search.json?q=虚构泊位").json()
    assert (found["figures_found"], found["figures"][0]["address"]) == (1, "/2031/work-targets/")
    assert client.get("/search.json").json()["figures"] == []


def test_the_year_links_to_what_it_has(client: Client, told: Publication) -> None:
    page = client.get("/2031/").content.decode()
    assert 'href="/2031/work-targets/"' in page
    assert 'href="/2031/results/"' in page
    publish(2032)
    assert 'href="/2032/work-targets/"' not in client.get("/2032/").content.decode()


@pytest.mark.parametrize("name", ["work-targets", "results"])
def test_the_queries_are_fixed_and_the_markup_sound(client: Client, told: Publication, name: str) -> None:
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            page = client.get(f"/2031/{name}/").content.decode()
        html5lib.HTMLParser(strict=True).parse(page)
        assert "style=" not in page
        assert "<script" not in page
        return len(asked)

    queries()  # the published plans are looked up once for each state
    alone = queries()
    for order in range(3, 30):
        promise(told, order, f"虚构项目{order}")
        state(told, 2031, order, f"虚构成绩{order}")
    assert queries() == alone <= 4


def test_the_real_report(client: Client, loaded_plans: None) -> None:
    words = page_at(client, "/2023/work-targets/")
    assert "2023 年重点工作目标：107 条" in words
    assert "25家以上、总数达210家以上" in words
    assert "目标“力争同比增长11%”按不低于11判定" in words
    assert "报告所述 2022 年成绩：228 个数" in page_at(client, "/2022/results/")
    assert "共 25 项" in page_at(client, "/2023/") or "25 项" in page_at(client, "/2023/")
    assert len(client.get("/2023/indicators.json").json()["indicators"]) == 27
