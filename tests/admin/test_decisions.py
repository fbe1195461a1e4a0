"""Rulings, causes, adjusted targets, changed calibres: the row in sight, the effect computed, refusals in Chinese."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from indicators.models import AnnualTarget, Cause, PublishedRow, QuarterlyActual, Ruling, TargetAdjustment
from tests.admin.conftest import SignIn
from tests.admin.office import address
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.plans import actions as periods
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.workflow import actions as steps
from wanzhou.kernel.workflow.moves import State
from wanzhou.site.reports.publishing import publish

pytestmark = pytest.mark.django_db
ADJUSTED = {
    "step": "do", "wording": "5以上", "body": "区人大常委会", "meeting": "第十二次会议", "approved_on": "1999-08-20",
    "document": "测试发〔1999〕8号", "source": "", "place": "", "note": "",
}  # fmt: skip


@pytest.fixture
def small(cast: Cast) -> SmallPlan:
    return SmallPlan.of(cast)


def words_of(page: str) -> str:
    """The page without its tags and blanks."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", page))


# --- rulings ----------------------------------------------------------------------------------------------
def rule(actual: QuarterlyActual) -> str:
    return f"/admin/rule/{actual.pk}/"


def test_a_ruling_from_the_day_to_the_public(small: SmallPlan, cast: Cast, sign_in: SignIn) -> None:
    """5.7 against 6左右 falls between the bands."""
    actual = small.approved(small.target("6左右"), "5.7")
    publish(plan=small.plan, period=small.period, by=cast.publisher, why="测试")
    client = sign_in(cast.reviewer)
    assert rule(actual) in client.get("/admin/").content.decode()
    page = words_of(client.get(rule(actual)).content.decode())
    for words in ("6左右", "≥5.9", "5.7", "待认定", "判定规则第1版", "目标“6左右”"):
        assert words in page, words

    facts = {"step": "look", "verdict": "met", "reason": "已接近目标"}
    looked = words_of(client.post(rule(actual), facts).content.decode())
    assert "1行的结论改变" in looked
    assert "待认定1→0" in looked
    assert "达到或超过0→1" in looked
    assert not Ruling.objects.exists()

    done = client.post(rule(actual), facts | {"step": "do"}, follow=True).content.decode()
    assert "认定已报送" in done
    ruling = Ruling.objects.get()
    assert (ruling.verdict, ruling.wording, ruling.state) == ("met", "6左右", State.SUBMITTED)
    assert "已有一条人工认定（已报送" in client.post(rule(actual), facts).content.decode()
    steps.approve([ruling], by=cast.publisher)
    publish(plan=small.plan, period=small.period, by=cast.publisher, why="认定")
    told = PublishedRow.objects.current(small.plan, small.period).get()
    assert (told.computed, told.verdict, told.ruling_reason) == ("review", "met", "已接近目标")


def test_a_figure_that_decides_by_itself_is_not_ruled_upon(
    small: SmallPlan, cast: Cast, sign_in: SignIn
) -> None:
    client = sign_in(cast.publisher)
    decided = small.approved(small.target("6左右"), "6.1")
    draft = small.draft(small.target("6左右"), "5.7")
    facts = {"step": "do", "verdict": "missed", "reason": "测试"}
    for actual, says in ((decided, "只有待认定的数据才能人工认定。"), (draft, "这条数据尚未报送")):
        page = client.get(rule(actual)).content.decode()
        assert says in page
        assert "报送认定" not in page
        assert says in client.post(rule(actual), facts).content.decode()
    assert not Ruling.objects.exists()
    assert client.get("/admin/rule/999999/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"verdict": ""}, "请选择认定为达到或超过，还是未完成。"),
        ({"verdict": "review"}, "选择一个有效的选项"),
        ({"reason": "  "}, "这个字段是必填项"),
    ],
)
def test_a_ruling_filled_in_badly(
    small: SmallPlan, cast: Cast, sign_in: SignIn, changes: dict[str, str], says: str
) -> None:
    actual = small.approved(small.target("6左右"), "5.7")
    facts = {"step": "do", "verdict": "met", "reason": "只差一点"} | changes
    page = sign_in(cast.reviewer).post(rule(actual), facts).content.decode()
    assert says in page
    assert not Ruling.objects.exists()


def test_a_returned_ruling_is_mended_in_its_place(small: SmallPlan, cast: Cast, sign_in: SignIn) -> None:
    actual = small.approved(small.target("6左右"), "5.7")
    facts = {"step": "do", "verdict": "met", "reason": "理由一"}
    client = sign_in(cast.reviewer)
    client.post(rule(actual), facts)
    steps.send_back(Ruling.objects.all(), by=cast.publisher, note="理由不足")
    page = client.get(rule(actual)).content.decode()
    assert "理由不足" in page
    assert "理由一" in page
    assert "审核的人不改别人写的" in sign_in(cast.publisher).post(rule(actual), facts).content.decode()
    client.post(rule(actual), facts | {"verdict": "missed", "reason": "理由二"})
    ruling = Ruling.objects.get()
    assert (ruling.verdict, ruling.reason, ruling.state) == ("missed", "理由二", State.SUBMITTED)


# --- causes -----------------------------------------------------------------------------------------------
def explain(target: AnnualTarget, small: SmallPlan) -> str:
    return f"/admin/cause/{target.pk}/{small.period.pk}/"


CAUSE = {
    "step": "do",
    "text": "需求不足",
    "measures": "扩大内需",
    "forecast": "5.5",
    "source": "",
    "place": "",
}


def test_a_cause_is_kept_then_handed_in(small: SmallPlan, cast: Cast, sign_in: SignIn) -> None:
    target = small.target("7")
    small.approved(target, "6.1")
    client = sign_in(cast.clerk)
    place = explain(target, small)
    assert "未完成" in client.get(place).content.decode()
    looked = words_of(client.post(place, CAUSE | {"step": "look"}).content.decode())
    assert "缺原因说明由1条变为0条" in looked
    assert not Cause.objects.exists()
    client.post(place, CAUSE | {"step": "keep", "text": "草稿"})
    assert [(c.text, c.state) for c in Cause.objects.all()] == [("草稿", State.DRAFT)]
    assert "草稿" in client.get(place).content.decode()
    assert "原因说明已报送" in client.post(place, CAUSE, follow=True).content.decode()
    cause = Cause.objects.get()
    assert (cause.text, cause.measures, str(cause.forecast), cause.state) == (
        "需求不足", "扩大内需", "5.500000", State.SUBMITTED,
    )  # fmt: skip
    assert "要改请先退回" in client.post(place, CAUSE).content.decode()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"text": " "}, "这个字段是必填项"),
        ({"forecast": "五"}, "输入一个数字。"),
        ({"source": "9"}, "选择一个有效的选项"),
    ],
)
def test_a_cause_filled_in_badly(
    small: SmallPlan, cast: Cast, sign_in: SignIn, changes: dict[str, str], says: str
) -> None:
    page = sign_in(cast.clerk).post(explain(small.target("7"), small), CAUSE | changes).content.decode()
    assert says in page
    assert "扩大内需" in page
    assert not Cause.objects.exists()


def test_a_closed_period_takes_no_cause(small: SmallPlan, cast: Cast, sign_in: SignIn) -> None:
    target = small.target("7")
    period = periods.open_period(plan=small.plan, period=Period.FULL_YEAR, due_on=None, by=cast.publisher)
    periods.close_period(period, by=cast.publisher)
    page = sign_in(cast.clerk).post(explain(target, small), CAUSE).content.decode()
    assert "填报期已经关闭" in page
    assert "扩大内需" in page
    assert not Cause.objects.exists()


# --- adjusted targets -------------------------------------------------------------------------------------
def test_an_adjustment_keeps_the_first_wording(small: SmallPlan, cast: Cast, sign_in: SignIn) -> None:
    target = small.target("6.5以上")
    small.approved(target, "5.4")
    small.cause(target)
    publish(plan=small.plan, period=small.period, by=cast.publisher, why="测试")
    client, place = sign_in(cast.publisher), f"/admin/adjust/{target.pk}/"
    page = words_of(client.get(place).content.decode())
    assert "6.5以上" in page
    assert "还没有登记为已批准" in page
    looked = words_of(client.post(place, ADJUSTED | {"step": "look"}).content.decode())
    for words in ("系统理解为：≥5", "未完成1→0", "达到或超过0→1", "目标“5以上”"):
        assert words in looked, words
    assert not TargetAdjustment.objects.exists()
    assert "目标调整已登记" in client.post(place, ADJUSTED, follow=True).content.decode()
    made = TargetAdjustment.objects.get()
    assert (made.approved_by, made.approved_on, made.document, made.entered_by) == (
        "区人大常委会第十二次会议", datetime.date(1999, 8, 20), "测试发〔1999〕8号", cast.publisher,
    )  # fmt: skip
    target.refresh_from_db()
    assert target.wording == "6.5以上"
    publish(plan=small.plan, period=small.period, by=cast.publisher, why="目标调整")
    told = PublishedRow.objects.current(small.plan, small.period).get()
    assert (told.wording, told.first_wording, told.verdict) == ("5以上", "6.5以上", "met")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"wording": ""}, "这个字段是必填项"),
        ({"body": ""}, "这个字段是必填项"),
        ({"meeting": ""}, "这个字段是必填项"),
        ({"document": ""}, "这个字段是必填项"),
        ({"approved_on": ""}, "这个字段是必填项"),
        ({"approved_on": "2999-01-01"}, "批准日期不能晚于今天。"),
        ({"approved_on": "2000-01-05"}, "批准日期须在计划年度（1999年）之内"),
        ({"wording": "6.5以上"}, "与现行目标相同"),
    ],
)
def test_an_adjustment_needs_everything(
    small: SmallPlan, cast: Cast, sign_in: SignIn, changes: dict[str, str], says: str
) -> None:
    target = small.target("6.5以上")
    facts = ADJUSTED | {"note": "别忘了我"} | changes
    page = sign_in(cast.publisher).post(f"/admin/adjust/{target.pk}/", facts).content.decode()
    assert says in page
    assert "别忘了我" in page
    assert not TargetAdjustment.objects.exists()


def test_adjustments_stand_in_the_order_of_time(small: SmallPlan, cast: Cast, sign_in: SignIn) -> None:
    target = small.target("6.5以上")
    client, place = sign_in(cast.publisher), f"/admin/adjust/{target.pk}/"
    client.post(place, ADJUSTED)
    page = client.post(place, ADJUSTED | {"wording": "4以上", "approved_on": "1999-07-01"}).content.decode()
    assert "早于上一次调整（1999-08-20）" in page
    client.post(place, ADJUSTED | {"wording": "4以上", "approved_on": "1999-11-01"})
    assert [made.wording for made in TargetAdjustment.objects.order_by("id")] == ["5以上", "4以上"]
    assert client.get("/admin/adjust/999999/").status_code == 404


def test_the_stock_form_asks_the_same_of_a_new_adjustment(
    small: SmallPlan, cast: Cast, sign_in: SignIn
) -> None:
    target = small.target("6.5以上")
    client, place = sign_in(cast.publisher), address(TargetAdjustment, "add")
    facts = {"target": target.pk, "wording": "5以上", "approved_by": "区人大常委会第十二次会议"}
    page = client.post(place, facts).content.decode()
    assert page.count("这个字段是必填项") == 2
    dated = facts | {"approved_on": "1999-08-20", "document": "测试文件"}
    assert "与现行目标相同" in client.post(place, dated | {"wording": "6.5以上"}).content.decode()
    assert client.post(place, dated).status_code == 302
    assert TargetAdjustment.objects.get().wording == "5以上"


def test_the_list_of_rows_leads_to_what_waits(
    small: SmallPlan, cast: Cast, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    review = small.approved(small.target("6左右"), "5.7")
    missed = small.approved(small.target("7"), "6.1")
    awaited = small.approved(small.target("8"), None, outcome_state="awaiting_city")
    for _ in range(15):
        small.approved(small.target("6左右"), "6.1")
    client = sign_in(cast.publisher)
    assert client.get("/admin/decisions/")["Location"] == "/admin/decisions/1999/full_year/"
    with django_assert_max_num_queries(20):
        page = client.get("/admin/decisions/1999/full_year/").content.decode()
    about = f"{missed.target_id}/{missed.period_id}/"
    for place in (rule(review), f"/admin/cause/{about}", f"/admin/calibre/{about}"):
        assert place in page, place
    assert f"/admin/city/{awaited.target_id}/{awaited.period_id}/" in page
    assert page.count('button small"') == 3
    assert client.get("/admin/decisions/1998/full_year/").status_code == 404
    clerk = sign_in(cast.clerk).get("/admin/decisions/1999/full_year/").content.decode()
    assert f"/admin/cause/{about}" in clerk
    assert "/admin/adjust/" not in clerk
    assert "/admin/rule/" not in clerk


# --- changed calibres -------------------------------------------------------------------------------------
def test_a_changed_calibre_replaces_what_was_told_and_breaks_the_series(
    small: SmallPlan, cast: Cast, sign_in: SignIn
) -> None:
    target = small.target("6左右", code="vehicles")
    published = small.approved(target, "6.1")
    publish(plan=small.plan, period=small.period, by=cast.publisher, why="测试")
    following = SmallPlan.of(cast, year=2000).target("较1999年提高1个百分点", code="vehicles")
    client, place = sign_in(cast.publisher), f"/admin/calibre/{target.pk}/{small.period.pk}/"
    facts: dict[str, Any] = {
        "step": "look", "explanation": "由规上改为全口径", "breaks": following.pk, "public_note": "2000年起全口径",
        "source": "", "place": "",
    }  # fmt: skip
    page = words_of(client.get(place).content.decode())
    assert "2000年起，与上一年不再连线" in page
    assert "口径调整会替换它" in page
    looked = words_of(client.post(place, facts).content.decode())
    assert "达到或超过1→0" in looked
    assert "口径调整0→1" in looked
    following.refresh_from_db()
    assert not following.series_break
    client.post(place, facts | {"step": "do"})
    draft = QuarterlyActual.objects.latest("id")
    assert (draft.replaces, draft.replaced_because, draft.outcome_state, draft.note) == (
        published, "calibre", "redefined", "由规上改为全口径",
    )  # fmt: skip
    following.refresh_from_db()
    target.refresh_from_db()
    assert following.series_break
    assert not target.series_break
    assert target.note == "2000年起全口径"
    steps.approve([draft], by=cast.reviewer)
    publish(plan=small.plan, period=small.period, by=cast.publisher, why="口径调整")
    told = PublishedRow.objects.current(small.plan, small.period).get()
    assert (told.verdict, told.note) == ("redefined", "2000年起全口径")
    assert "公布的已经是口径调整" in client.post(place, facts | {"step": "do"}).content.decode()


def test_a_calibre_change_says_how(small: SmallPlan, cast: Cast, sign_in: SignIn) -> None:
    target = small.target("6左右")
    place = f"/admin/calibre/{target.pk}/{small.period.pk}/"
    client = sign_in(cast.publisher)
    facts = {"step": "do", "explanation": " ", "breaks": "999", "public_note": "留着我"}
    page = client.post(place, facts).content.decode()
    assert "这个字段是必填项" in page
    assert "选择一个有效的选项" in page
    assert "留着我" in page
    assert not QuarterlyActual.objects.exists()
    client.post(place, facts | {"explanation": "新口径", "breaks": ""})
    entry = QuarterlyActual.objects.get()
    assert (entry.outcome_state, entry.state, entry.replaces) == ("redefined", State.SUBMITTED, None)


# --- cost -------------------------------------------------------------------------------------------------
def test_looking_costs_the_same_for_many_rows(
    small: SmallPlan, cast: Cast, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(15):
        actual = small.approved(small.target("6左右"), "5.7")
    client = sign_in(cast.reviewer)
    with django_assert_max_num_queries(60):
        client.post(rule(actual), {"step": "look", "verdict": "met", "reason": "测试"})


def test_the_stock_pages_lead_to_the_forms(small: SmallPlan, cast: Cast, sign_in: SignIn) -> None:
    actual = small.approved(small.target("6左右"), "5.7")
    client = sign_in(cast.publisher)
    page = client.get(address(QuarterlyActual, "change", actual.pk)).content.decode()
    about = f"{actual.target_id}/{actual.period_id}/"
    for place in (rule(actual), f"/admin/cause/{about}", f"/admin/calibre/{about}", f"/admin/city/{about}"):
        assert place in page, place
    page = client.get(address(AnnualTarget, "change", actual.target_id)).content.decode()
    assert f"/admin/adjust/{actual.target_id}/" in page


def test_what_nobody_was_asked_for_is_said_not_to_be_collected(cast: Cast, sign_in: SignIn) -> None:
    """A missing figure of a period that departments were never asked for is our lack, and not theirs."""
    small = SmallPlan.of(cast)
    target = small.target("6左右")
    publisher = sign_in(cast.publisher)
    for place in ("/admin/decisions/1999/full_year/", f"/admin/cause/{target.pk}/{small.period.pk}/"):
        page = publisher.get(place).content.decode()
        assert "未收录" in page
        assert "没有报送" not in page
