"""The page of the rules: every rule with its examples, the tolerances in force, and a box to try a wording in."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client

from indicators.judging.terms import Accrual, Kind, OutcomeState, Pace, Verdict
from wanzhou.kernel.pages.asof import as_of
from wanzhou.kernel.pages.pages import rendered
from wanzhou.kernel.pages.visits import Visit
from wanzhou.kernel.plans.models import Publication, RuleSet
from wanzhou.kernel.plans.periods import Period
from wanzhou.site.dashboard.judging.rules import RULES
from wanzhou.site.dashboard.judging.trying import PRESETS
from wanzhou.site.dashboard.views.judging import judging

from .plans import plan_of, publish, publisher, row
from .public_pages import (
    PLANTED,
    anchors_lead_somewhere,
    assert_sound,
    fifty_more_years,
    plant_what_is_not_public,
    queries_anew,
)
from .reading import page_at

TRY = {"target": "6左右", "unit": "%", "outcome": "5.6", "favourable": "higher"}


def asked(**changes: str) -> str:
    return f"/judging/?{urlencode({**TRY, **changes})}"


def test_every_rule_stands_on_the_page(client: Client, year_over: int, year_under_way: int) -> None:
    words = page_at(client, "/judging/")
    assert [rule.says for rule in RULES if rule.says not in words] == []
    assert [kind.label for kind in Kind if kind.label not in words] == []


def test_examples_are_published_rows_of_a_year_that_is_over_and_of_one_under_way(
    client: Client, year_over: int, year_under_way: int
) -> None:
    words = page_at(client, "/judging/")
    assert "2031 年虚构指标1" in words
    assert "目标 6%，全年 6.5" in words
    assert "实例为 2032 年上半年" in words


def test_a_rule_that_no_published_target_uses_says_so(client: Client, year_over: int) -> None:
    assert page_at(client, "/judging/").count("已公布的计划中没有") >= len(RULES) - 3


def test_the_count_adds_up_and_names_the_sub_rows(
    client: Client, year_over: int, year_under_way: int
) -> None:
    words = page_at(client, "/judging/")
    assert (
        "2031 年全年：8 = 达到或超过 1 + 未完成 2 + 待认定 1 + 待市级反馈 1 + 口径调整 1 + 不考核 1 + 未填报 1。"
        in words
    )
    assert "另有分项 1 项，其中虚构分项低于目标，不计入未完成" in words
    assert "2032 年上半年：8 = 序时达标 1 + 滞后 1" in words


def test_a_redefined_row_and_its_other_basis_are_an_example_of_a_changed_calibre(
    client: Client, year_over: int
) -> None:
    assert "2031 年虚构指标5：目标“1.6”的判定说明。另一口径 780万美元。" in page_at(client, "/judging/")


def test_adjustments_breaks_and_rulings_are_quoted(client: Client, db: None) -> None:
    act = publish(2031, Period.FULL_YEAR, complete=True)
    row(act, 1, verdict=Verdict.MET, adjustment="目标经虚构会议批准调整。", series_break=True)
    words = page_at(client, "/judging/")
    assert "2031 年虚构指标1：目标经虚构会议批准调整。" in words
    assert "与上年不可比：2031 年虚构指标1。" in words
    assert "上面两期的表中没有人工认定的结论。" in words


def test_the_tolerances_of_the_newest_plan_are_in_force_and_others_are_named(
    client: Client, year_over: int, year_under_way: int
) -> None:
    wider = RuleSet.objects.create(
        version=2, by=publisher(), reason="虚构的理由", rate_firm=Decimal("0.3"), rate_wide=Decimal("1")
    )
    plan = plan_of(2032)
    Publication.objects.create(plan=plan, by=publisher(), why="换用新规则", rule_set=wider)
    words = page_at(client, "/judging/")
    assert "判定规则第 2 版" in words
    assert "差 0.3 个百分点以内" in words
    assert "理由：虚构的理由。" in words
    assert "2032 年计划按这一版判定" in words
    assert "第 1 版，用于 2031 年计划" in words
    assert "6 左右（≥ 5.7）" in words
    assert "不低于5.7算达到" in page_at(client, asked())


def test_a_trial_is_answered_under_its_own_heading_and_announced_by_its_anchor(
    client: Client, year_over: int
) -> None:
    html = client.get(asked()).content.decode()
    answer = html[html.index('<div id="tried"') : html.index('<p class="presets"')]
    assert "<h3>“6左右”：待认定</h3>" in answer
    assert "不低于5.9算达到，达不到而不低于5.5的由人认定，其余未完成" in answer
    assert 'aria-label="目标 6左右，完成 5.6"' in answer
    assert 'action="/judging/#tried"' in html
    assert html.index("</form>", html.index('class="try"')) < html.index('<div id="tried"')


def test_what_was_typed_stays_in_the_form(client: Client, year_over: int) -> None:
    html = client.get(asked(period="first_half")).content.decode()
    for name in ("target", "unit", "outcome"):
        assert f'name="{name}" value="{TRY[name]}"' in html
    assert '<option value="higher" selected>' in html
    assert "<details open>" in html
    assert "<details open>" not in client.get("/judging/").content.decode()


@pytest.mark.parametrize(
    "wording", ["一二三 ~~ 乱写 @@", "<script>alert(1)</script>", "%%%''\"\"", "９９９", "—"]
)
def test_nonsense_is_read_without_harm(client: Client, year_over: int, wording: str) -> None:
    html = client.get(asked(target=wording)).content.decode()
    assert "<script>alert" not in html
    assert_sound(html)


def test_what_is_not_understood_is_left_to_a_person(client: Client, db: None) -> None:
    assert "读作文字表述，由人认定。" in page_at(client, asked(target="乱写一气"))


def test_a_form_without_a_wording_says_what_is_missing(client: Client, db: None) -> None:
    assert "还没有写目标表述" in page_at(client, "/judging/?outcome=5")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"target": "六" * 10_000}, "参数 target 太长（10000 个字）；最多 200 个字"),
        ({"outcome": "1\n2"}, "参数 outcome 含有不能显示的字符"),
        ({"period": "第五季度"}, "period=“第五季度”不能理解；可选：first_quarter（一季度）"),
        ({"favourable": "up"}, "可选：higher（越高越好）、lower（越低越好）"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_chinese(
    client: Client, db: None, changes: dict[str, str], says: str
) -> None:
    words = page_at(client, asked(**changes), 400)
    assert says in words
    assert "回到年度总览" in words


def test_a_trial_is_never_kept(client: Client, year_over: int) -> None:
    cache.clear()
    client.get(asked())
    assert not cache._cache  # type: ignore[attr-defined]
    client.get("/judging/")
    assert cache._cache  # type: ignore[attr-defined]


def test_an_exported_page_has_no_form_and_no_parameters(year_over: int) -> None:
    visit = Visit("/judging/", as_of(""), exported=True)
    exported = rendered(judging.__wrapped__(visit), visit)  # type: ignore[attr-defined]
    assert 'class="try"' not in exported
    assert "target=" not in exported
    assert "?" not in "".join(part.split('"')[0] for part in exported.split('href="')[1:])
    assert_sound(exported)


def test_the_presets_are_links_that_answer(client: Client, db: None) -> None:
    html = client.get("/judging/").content.decode()
    for label, question in PRESETS:
        assert question.href.replace("&", "&amp;") in html
        assert "“" + question.target in page_at(client, question.href.partition("#")[0]), label


def test_before_the_first_publication_the_rules_stand_without_examples(
    client: Client, year_over: int
) -> None:
    words = page_at(client, "/judging/?as_of=2020-01-01")
    assert RULES[0].says in words
    assert "虚构" not in words
    assert "尚未发布任何计划" in words


def test_an_empty_site_still_tells_the_rules_and_tries_wordings(client: Client, db: None) -> None:
    assert "待认定" in page_at(client, asked())


def test_what_is_not_public_never_shows(client: Client, year_over: int) -> None:
    plant_what_is_not_public(year_over)
    assert PLANTED not in client.get("/judging/").content.decode()


def test_the_page_is_sound(client: Client, year_over: int, year_under_way: int) -> None:
    for address in ("/judging/", asked(), asked(outcome="", period="first_half")):
        html = client.get(address).content.decode()
        assert_sound(html)
        anchors_lead_somewhere(html)


def test_other_years_cost_no_queries(client: Client, year_over: int, year_under_way: int) -> None:
    alone = queries_anew(client, "/judging/")
    fifty_more_years()
    assert queries_anew(client, "/judging/") == alone <= 7


def test_a_pace_with_figures_is_preferred_as_an_example(client: Client, db: None) -> None:
    act = publish(2032, Period.FIRST_HALF)
    row(act, 1, pace=Pace.NOT_COLLECTED, outcome_state=OutcomeState.NOT_COLLECTED)
    row(
        act, 2, "340", unit="天", pace=Pace.BEHIND, accrual=Accrual.CUMULATIVE, gap="-9", expected="170",
        outcome_value="161", reachability="剩余184天中需179天。",
    )  # fmt: skip
    words = page_at(client, "/judging/")
    pace = words[words.index("年中怎样看进度") : words.index("怎样计数", words.index("年中怎样看进度"))]
    assert "虚构指标2" in pace
    assert "虚构指标1" not in pace
    assert "假设：全年目标“6.5以上”按不低于6.5判定；上半年6，低0.5个百分点，滞后。" in pace


@pytest.mark.usefixtures("loaded_plans")
def test_the_real_plans_are_the_examples(client: Client) -> None:
    words = page_at(client, "/judging/")
    for text in (
        "2022 年地区生产总值增速目标 6%左右，全年 3.5",
        "2022 年空气质量优良天数目标 330天以上，全年 347",
        "2022 年一般公共预算收入增速目标 0%，全年 0.1",
        "2022 年税收收入增速目标 −9.5%，全年 −9.4",
        "2023 年R&D占GDP比重",
        "2022 年全年：22 = 达到或超过 14 + 未完成 3 + 待市级反馈 4 + 口径调整 1。约束性指标 5 项",
        "其中农村居民人均可支配收入增速低于目标，不计入未完成",
        "2023 年上半年：25 = 序时达标 3 + 滞后 5 + 待市级反馈 1 + 进行中 5 + 不考核 1 + 未收录 10。约束性指标 4 项",
        "应达170；上半年161，低9天，滞后。剩余184天中需179天。",
        "差 0.1 个百分点以内",
        "2022 年一般公共预算收入增速：目标经",
        "2022 年实际利用外资",
    ):
        assert text in words
