"""The search: every word counts, the best come first, each once, and nothing that is not published."""

from __future__ import annotations

import datetime
from typing import Any
from unittest.mock import Mock
from urllib.parse import quote

import html5lib
import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from indicators.judging.terms import Pace, Verdict
from indicators.models import AnnualTarget, QuarterlyActual
from projects.stages import Stage
from wanzhou.kernel.pages.refusals import BadQuestion
from wanzhou.kernel.pinyin import search_key
from wanzhou.kernel.plans.models import Publication, ReportingPeriod
from wanzhou.kernel.plans.periods import Period
from wanzhou.site.dashboard.search.page import MOST, years_of
from wanzhou.site.dashboard.search.questions import MOST_WORDS, Piece, Question

from .plans import figure, plan_of, publish, publisher, row, task
from .reading import page_at


def named(act: Publication, ordinal: int, name: str, *others: str, **facts: Any) -> None:
    row(act, ordinal, name=name, search_key=search_key(name, *others), **facts)


@pytest.fixture
def two_years(db: None) -> None:
    """An indicator that was renamed, one that was dropped, and projects in both years."""
    before = publish(2031, Period.FULL_YEAR, complete=True)
    named(before, 1, "虚构利用外资", "外资", code="foreign", verdict=Verdict.MET, **figure("6.5"))
    named(before, 2, "虚构旧指标", code="dropped", verdict=Verdict.MISSED, **figure("5"))
    key = search_key("虚构公路", "虚构道路桥梁")
    task(before, 1, "虚构分类", "虚构公路", reached_stage=Stage.STARTED, search_key=key)
    now = publish(2032, Period.FIRST_HALF)
    named(now, 1, "虚构使用外资", "外资", code="foreign", pace=Pace.BEHIND, **figure("5"))
    named(now, 2, "新公路里程", code="roads", pace=Pace.ON_PACE, **figure("7"))
    plan = publish(2032)
    task(
        plan, 2, "虚构道路桥梁", "公路二期", planned_stage=Stage.COMPLETED, search_key=search_key("公路二期")
    )


def found(client: Client, question: str, half: str = "indicators") -> list[str]:
    answer = client.get(f"/search.json?q={quote(question)}")
    assert answer.status_code == 200
    return [one["name"] for one in answer.json()[half]]


@pytest.mark.usefixtures("two_years")
@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("外资", ["虚构使用外资"]),
        ("利用", ["虚构使用外资"]),  # by what it was called before, under what it is called now
        ("waizi", ["虚构使用外资"]),
        ("XGSYWZ", ["虚构使用外资"]),
        ("ｘｇｓｙ", ["虚构使用外资"]),
        ("虚构", ["虚构使用外资", "虚构旧指标"]),
        ("虚构 旧", ["虚构旧指标"]),
        ("虚构，旧、指标", ["虚构旧指标"]),
        ("虚构 没有", []),
        ("foreign", []),  # the code is found by its key, which publishing fills
        ("100%_", []),
    ],
)
def test_every_word_must_match_in_one_way_or_another(client: Client, question: str, names: list[str]) -> None:
    assert found(client, question) == names


def test_the_best_come_first(client: Client, two_years: None) -> None:
    assert found(client, "公路", "projects") == ["公路二期", "虚构公路"]
    assert found(client, "gonglu", "projects") == ["公路二期", "虚构公路"]


@pytest.mark.parametrize(
    ("question", "key", "rank"),
    [
        ("公路", "公路二期 gongluerqi gleq", 0),
        ("公路", "虚构公路 xugougonglu xggl", 1),
        ("GDP", "地区生产总值 diqushengchanzongzhi dqsczz gdp", 0),
        ("gd", "地区生产总值 diqushengchanzongzhi dqsczz gdp", 2),
        ("shengchan", "地区生产总值 diqushengchanzongzhi dqsczz gdp", 3),
        ("地区 shengchan", "地区生产总值 diqushengchanzongzhi dqsczz gdp", 3),
        ("没有", "地区生产总值 diqushengchanzongzhi dqsczz gdp", 4),
    ],
)
def test_how_well_a_key_answers(question: str, key: str, rank: int) -> None:
    assert Question.of(question).rank(key) == rank


def test_the_part_that_was_asked_for_is_marked_as_it_stands() -> None:
    assert Question.of("gdp 比").marked("R&D占GDP比重") == (
        Piece("R&D占"),
        Piece("GDP", found=True),
        Piece("比", found=True),
        Piece("重"),
    )
    assert Question.of("waizi").marked("使用外资") == (Piece("使用外资"),)
    assert Question.of("").marked("使用外资") == (Piece("使用外资"),)
    assert Question.of("<b> .*").marked("a<b>c") == (Piece("a"), Piece("<b>", found=True), Piece("c"))


def test_years_in_words() -> None:
    assert years_of([2023, 2022]) == "2022、2023 年"
    assert years_of([2020, 2025, 2021, 2022, 2022]) == "2020 至 2022、2025 年"


def test_a_result_says_its_newest_state_its_years_and_its_former_name(
    client: Client, two_years: None
) -> None:
    html = client.get("/search/?q=" + quote("外资")).content.decode()
    assert "虚构使用<mark>外资</mark>" in html
    assert html.count('href="/indicators/foreign/"') == 1
    words = page_at(client, "/search/?q=" + quote("外资"))
    assert "“外资”：1 项指标" in words
    assert "滞后2032 年上半年，目标 6%，完成 5%。见于 2031、2032 年计划。2031 年称“虚构利用外资”。" in words


def test_a_project_says_where_it_is_listed_and_at_which_stage(client: Client, two_years: None) -> None:
    words = page_at(client, "/search/?q=" + quote("公路"))
    assert "1 项指标，2 条项目" in words
    assert "公路二期2032 年专栏 2 · 虚构道路桥梁 · 年内竣工" in words
    assert "虚构公路2031 年专栏 1 · 虚构分类 · 开工建设" in words


def test_without_a_question_everything_is_listed_once(client: Client, two_years: None) -> None:
    html = client.get("/search/").content.decode()
    for href in ("/indicators/foreign/", "/indicators/dropped/", "/indicators/roads/"):
        assert html.count(f'href="{href}"') == 1
    words = page_at(client, "/search/")
    assert words.index("3 项指标") < words.index("虚构使用外资") < words.index("新公路里程")
    assert words.index("新公路里程") < words.index("2031 年计划 此后的计划不再列") < words.index("虚构旧指标")
    assert words.index("2 条重点项目") < words.index("2032 年专栏 2") < words.index("2031 年专栏 1")


def test_nothing_found_says_what_was_looked_for_and_leads_on(client: Client, two_years: None) -> None:
    html = client.get("/search/?q=" + quote("没有 <i>")).content.decode()
    assert "没有找到" in html
    assert "同时含有“没有 &lt;i&gt;”" in html
    assert '<a href="/search/">看全部指标和项目</a>' in html


@pytest.mark.parametrize("question", ["***", "“”", "、，", "　"])
def test_nothing_to_look_for_is_the_index(client: Client, two_years: None, question: str) -> None:
    assert "3 项指标" in page_at(client, "/search/?q=" + quote(question))


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (" ".join(map(str, range(100, 100 + MOST_WORDS + 1))), "一次最多查找 8 个词，现在有 9 个"),
        ("长" * 10_000, "参数 q 太长"),
        ("零\0", "不能显示的字符"),
    ],
)
def test_too_much_is_refused_in_words(client: Client, db: None, question: str, says: str) -> None:
    assert says in page_at(client, "/search/?q=" + quote(question), status=400)
    answer = client.get("/search.json?q=" + quote(question))
    assert answer.status_code == 400
    assert says in answer.json()["detail"]


def test_one_word_too_many_raises() -> None:
    with pytest.raises(BadQuestion):
        Question.of("一 二 三 四 五 六 七 八 九")


def test_at_most_a_hundred_of_each_are_listed(client: Client, db: None) -> None:
    act = publish(2031)
    for ordinal in range(MOST + 5):
        task(act, 1, "虚构分类", f"虚构公路{ordinal}", planned_stage=Stage.STARTED, search_key="虚构公路")
    words = page_at(client, "/search/?q=" + quote("公路"))
    assert f"{MOST + 5} 条项目" in words
    assert f"只列出前 {MOST} 条，请再加一个词" in words
    answer = client.get("/search.json?q=" + quote("公路")).json()
    assert (answer["projects_found"], len(answer["projects"]), answer["limit"]) == (MOST + 5, MOST, MOST)
    whole = client.get("/search.json").json()
    assert (len(whole["projects"]), whole["limit"]) == (MOST + 5, None)


def test_nothing_published_is_a_calm_page(client: Client, db: None) -> None:
    assert "尚未发布任何指标和项目" in page_at(client, "/search/")


def test_the_past_is_searched_as_it_was(client: Client, db: None) -> None:
    with time_machine.travel("2032-01-10T12:00+08:00", tick=False):
        named(publish(2031), 1, "虚构旧名", code="one")
    with time_machine.travel("2032-03-10T12:00+08:00", tick=False):
        named(publish(2031), 1, "虚构新名", code="one")
        assert found(client, "虚构") == ["虚构新名"]
        assert "虚构旧名" in page_at(client, "/search/?q=" + quote("虚构") + "&as_of=2032-02-01")
        assert "没有找到" in page_at(client, "/search/?q=" + quote("新名") + "&as_of=2032-02-01")
        assert "尚未发布任何指标和项目" in page_at(client, "/search/?as_of=2032-01-01")
        html = client.get("/search/?as_of=2032-02-01").content.decode()
        assert '<input type="hidden" name="as_of" value="2032-02-01">' in html
        assert 'href="/indicators/one/?as_of=2032-02-01"' in html


def test_what_is_not_published_is_not_found(client: Client, two_years: None) -> None:
    target = AnnualTarget.objects.get(plan=plan_of(2032), indicator__code="roads")
    period = ReportingPeriod.objects.get(plan=plan_of(2032))
    QuarterlyActual.objects.create(
        target=target, period=period, wording="98765", value=98765, entered_by=publisher(), note="虚构草稿"
    )
    tomorrow = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
    plan = plan_of(2033)
    held = Publication.objects.create(
        plan=plan, by=publisher(), why="未到", rule_set=plan.rule_set, not_before=tomorrow
    )
    named(held, 3, "虚构未到时候", code="held")
    for address in ("/search/", "/search/?q=" + quote("虚构"), "/search.json", "/search.json?q=held"):
        answer = client.get(address).content.decode()
        assert "98765" not in answer
        assert "虚构草稿" not in answer
        assert "虚构未到时候" not in answer


@pytest.mark.parametrize("address", ["/search/", "/search/?q=%E8%99%9A%E6%9E%84", "/search.json"])
def test_the_queries_are_fixed(client: Client, two_years: None, address: str) -> None:
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    alone = queries()
    for year in range(2040, 2060):
        act = publish(year)
        named(act, 1, "虚构别的指标", code="other")
        task(act, 1, "虚构分类", "虚构别的项目", planned_stage=Stage.STARTED, search_key="虚构别的项目")
    assert queries() == alone <= 6


def test_a_typed_question_is_never_kept(
    client: Client, two_years: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = Mock()
    monkeypatch.setattr(cache, "set", keep)
    client.get("/search/?q=" + quote("外资"))
    client.get("/search.json?q=" + quote("外资"))
    keep.assert_not_called()
    client.get("/search/")
    keep.assert_called_once()


@pytest.mark.parametrize("address", ["/search/", "/search/?q=%E8%99%9A%E6%9E%84", "/search/?q=none"])
def test_the_markup_is_sound_and_carries_no_style_or_script(
    client: Client, two_years: None, address: str
) -> None:
    html = client.get(address).content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    assert " style=" not in html
    assert "<style" not in html
    assert "<script" not in html


@pytest.mark.usefixtures("loaded_plans")
@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("GDP", "地区生产总值增速"),
        ("sssr", "税收收入增速"),
        ("forest-cover", "森林覆盖率"),
        ("利用外资", "实际使用外资"),
    ],
)
def test_the_real_indicators_are_found(client: Client, question: str, first: str) -> None:
    assert first in found(client, question)[:3]


@pytest.mark.usefixtures("loaded_plans")
def test_the_real_index_names_each_indicator_and_project_once(client: Client) -> None:
    whole = client.get("/search.json").json()
    assert (whole["indicators_found"], whole["projects_found"]) == (27, 195)
    assert "27 项指标" in page_at(client, "/search/")
    assert len({one["slug"] for one in whole["projects"]}) == 195
