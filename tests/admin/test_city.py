"""The city log: who is waited for, chases in one step, the city's answer, and when a request closes."""

from __future__ import annotations

import csv
import datetime
import io
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from indicators.models import Chase, CityRequest, PublishedRow, QuarterlyActual
from indicators.submitting import Figure, replace_published
from tests.admin.conftest import SignIn
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.workflow import actions as steps
from wanzhou.kernel.workflow.moves import State
from wanzhou.site.reports.publishing import publish
from wanzhou.site.workbench import annexes

pytestmark = pytest.mark.django_db
LIST = "/admin/city/"
CHASED = {"on": "1999-08-01", "channel": "公函", "note": "张三，下月给"}
ANSWER: dict[str, Any] = {
    "step": "answer", "value": "1.8", "wording": "", "version": "final", "answered_on": "2000-03-02",
    "bureau": "市统计局", "channel": "letter", "source": "", "place": "第2页", "reason": "市统计局来函",
}  # fmt: skip


@pytest.fixture
def awaited(cast: Cast) -> QuarterlyActual:
    """A published full-year figure that only the city can give."""
    small = SmallPlan.of(cast)
    target = small.target("1.7左右", code="research", name="测试投入强度")
    row = small.approved(target, None, outcome_state="awaiting_city")
    publish(plan=small.plan, period=small.period, by=cast.publisher, why="测试")
    row.refresh_from_db()
    return row


@pytest.fixture
def following(cast: Cast, awaited: QuarterlyActual) -> SmallPlan:
    """The next year, whose target leans on the awaited figure, with a figure of its own."""
    small = SmallPlan.of(cast, year=2000)
    target = small.target("较1999年提升0.2个百分点", code="research", name="测试投入强度")
    small.approved(target, "2.1")
    publish(plan=small.plan, period=small.period, by=cast.publisher, why="测试")
    return small


def place(row: QuarterlyActual) -> str:
    return f"{LIST}{row.target_id}/{row.period_id}/"


def test_what_waits_is_listed_with_or_without_a_request(
    awaited: QuarterlyActual, following: SmallPlan, cast: Cast, sign_in: SignIn
) -> None:
    client = sign_in(cast.publisher)
    page = client.get(LIST).content.decode()
    for words in (
        "测试投入强度",
        "1999年全年",
        "尚未登记请求",
        "报告未载",
        "2000年“测试投入强度”的基数",
        "尚未催办",
    ):
        assert words in page, words
    since = timezone.localdate() - datetime.timedelta(days=30)
    asked = CityRequest.objects.create(
        target=awaited.target, period=awaited.period, bureau="市统计局", since=since,
        expected=timezone.localdate() - datetime.timedelta(days=1),
    )  # fmt: skip
    Chase.objects.create(request=asked, on=since, channel="电话", note="王五", by=cast.reviewer)
    page = client.get(LIST).content.decode()
    for words in ("市统计局", "30 天", "已过", "已催办 1 次", "电话", "（王五）"):
        assert words in page, words
    assert "尚未登记请求" not in page
    assert place(awaited) in client.get("/admin/").content.decode()


def test_a_chase_for_several_opens_what_was_not_asked(
    awaited: QuarterlyActual, cast: Cast, sign_in: SignIn
) -> None:
    small = SmallPlan(awaited.target.plan, awaited.period, cast)
    other = small.target("9")
    CityRequest.objects.create(target=other, period=small.period, bureau="市测试局")
    keys = [f"{awaited.target_id}-{awaited.period_id}", f"{other.pk}-{small.period.pk}"]
    done = sign_in(cast.reviewer).post(LIST, CHASED | {"line": keys}, follow=True).content.decode()
    assert "已登记催办 2 条。" in done
    found = Chase.objects.values_list("request__target", "on", "channel", "note", "by")
    assert set(found) == {
        (pk, datetime.date(1999, 8, 1), "公函", "张三，下月给", cast.reviewer.pk)
        for pk in (awaited.target_id, other.pk)
    }


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"line": []}, "没有选中任何一条。"),
        ({"line": ["999-999"]}, "已不在等待"),
        ({"line": ["x"]}, "已不在等待"),
        ({"on": ""}, "这个字段是必填项"),
        ({"on": "2999-01-01"}, "催办日期不能晚于今天。"),
        ({"on": "八月"}, "输入一个有效的日期。"),
        ({"channel": "信鸽"}, "选择一个有效的选项"),
    ],
)
def test_a_chase_filled_in_badly_comes_back(
    awaited: QuarterlyActual, cast: Cast, sign_in: SignIn, changes: dict[str, Any], says: str
) -> None:
    key = f"{awaited.target_id}-{awaited.period_id}"
    page = sign_in(cast.reviewer).post(LIST, CHASED | {"line": [key]} | changes).content.decode()
    assert says in page
    assert "张三，下月给" in page
    assert not Chase.objects.exists()
    assert not CityRequest.objects.exists()


def test_a_request_is_opened_and_amended(awaited: QuarterlyActual, cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.reviewer)
    facts = {
        "step": "ask",
        "bureau": "市统计局",
        "since": "2000-01-10",
        "expected": "2000-03-01",
        "note": "内情",
    }
    assert "已登记" in client.post(place(awaited), facts, follow=True).content.decode()
    client.post(place(awaited), facts | {"expected": "2000-04-01"})
    asked = CityRequest.objects.get()
    assert (asked.bureau, asked.expected, asked.note) == ("市统计局", datetime.date(2000, 4, 1), "内情")
    page = client.post(place(awaited), facts | {"expected": "2000-01-01"}).content.decode()
    assert "预计反馈日期不能早于开始等待的日期。" in page


def test_an_answer_closes_its_request_when_it_is_public_and_resolves_what_hung_on_it(
    awaited: QuarterlyActual, following: SmallPlan, cast: Cast, sign_in: SignIn
) -> None:
    CityRequest.objects.create(target=awaited.target, period=awaited.period, since=datetime.date(2000, 1, 10))
    client = sign_in(cast.publisher)
    before = QuarterlyActual.objects.count()
    looked = client.post(place(awaited), ANSWER | {"step": "look"}).content.decode()
    for words in ("1999年全年", "2000年全年", "待市级反馈", "达到或超过", "第2页"):
        assert words in looked, words
    assert QuarterlyActual.objects.count() == before

    done = client.post(place(awaited), ANSWER, follow=True).content.decode()
    assert "已录入并报送" in done
    assert "已录入，待审核" in done
    draft = QuarterlyActual.objects.latest("id")
    assert (draft.replaces, draft.replaced_because, draft.state) == (awaited, "arrival", State.SUBMITTED)
    assert (draft.provider, draft.channel, timezone.localdate(draft.provided_at)) == (
        "市统计局",
        "letter",
        datetime.date(2000, 3, 2),
    )
    assert CityRequest.objects.waiting().exists()
    steps.approve([draft], by=cast.reviewer)
    assert "已审核，待发布" in client.get(LIST).content.decode()
    assert CityRequest.objects.waiting().exists()

    publish(plan=awaited.target.plan, period=awaited.period, by=cast.publisher, why="市级反馈")
    assert CityRequest.objects.get().closed_on == datetime.date(2000, 3, 2)
    assert "没有等待市级的数据" in client.get(LIST).content.decode()
    publish(plan=following.plan, period=following.period, by=cast.publisher, why="基数已到")
    told = PublishedRow.objects.current(following.plan, following.period).get()
    assert told.base is not None
    assert (told.verdict, told.base["value"]) == ("met", "1.8")


def test_an_answer_that_is_sent_back_leaves_the_wait(
    awaited: QuarterlyActual, cast: Cast, sign_in: SignIn
) -> None:
    CityRequest.objects.create(target=awaited.target, period=awaited.period)
    client = sign_in(cast.publisher)
    client.post(place(awaited), ANSWER)
    draft = QuarterlyActual.objects.latest("id")
    steps.send_back([draft], by=cast.reviewer, note="请附来函")
    assert "已录入，被退回" in client.get(LIST).content.decode()
    assert CityRequest.objects.waiting().exists()
    client.post(place(awaited), ANSWER | {"value": "1.9"})
    draft.refresh_from_db()
    assert (str(draft.value), draft.state) == ("1.900000", State.SUBMITTED)


def test_an_arrival_made_elsewhere_closes_the_request_too(
    awaited: QuarterlyActual, cast: Cast, sign_in: SignIn
) -> None:
    CityRequest.objects.create(target=awaited.target, period=awaited.period, since=datetime.date(2999, 1, 1))
    facts = {"because": "arrival", "outcome_state": "reported", "value": "1.8", "reason": "市级来函"}
    sign_in(cast.publisher).post(f"/admin/replace/{awaited.pk}/", facts)
    draft = QuarterlyActual.objects.latest("id")
    steps.approve([draft], by=cast.reviewer)
    publish(plan=awaited.target.plan, period=awaited.period, by=cast.publisher, why="市级反馈")
    # Never before the wait began, which here was written down wrongly.
    assert CityRequest.objects.get().closed_on == datetime.date(2999, 1, 1)


def test_a_figure_that_awaits_once_more_opens_its_request_again(awaited: QuarterlyActual, cast: Cast) -> None:
    CityRequest.objects.create(target=awaited.target, period=awaited.period)
    published = awaited
    for state, value in (("reported", "1.8"), ("awaiting_city", None)):
        said: Any = {"outcome_state": state, "value": value, "wording": value or ""}
        reason: Any = {"because": "arrival" if value else "correction", "reason": "测试"}
        draft = replace_published(published, Figure(**said), **reason, by=cast.publisher)
        steps.approve([draft], by=cast.reviewer)
        publish(plan=draft.target.plan, period=draft.period, by=cast.publisher, why="测试")
        published = QuarterlyActual.objects.get(pk=draft.pk)
        assert (CityRequest.objects.get().closed_on is None) is (value is None)


def test_an_answer_before_anything_was_entered_is_an_entry(cast: Cast, sign_in: SignIn) -> None:
    small = SmallPlan.of(cast)
    target = small.target("1.7左右")
    CityRequest.objects.create(target=target, period=small.period)
    client = sign_in(cast.reviewer)
    client.post(f"{LIST}{target.pk}/{small.period.pk}/", ANSWER)
    entry = QuarterlyActual.objects.get()
    assert (entry.state, entry.entered_by, entry.replaces) == (State.SUBMITTED, cast.reviewer, None)
    assert "已录入，待审核" in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"value": ""}, "须填写数值或表述。0 是数值，空白不是。"),
        ({"value": "一点八"}, "输入一个数字。"),
        ({"answered_on": "2999-01-01"}, "市级反馈日期不能晚于今天。"),
        ({"bureau": ""}, "这个字段是必填项"),
        ({"reason": "  "}, "这个字段是必填项"),
        ({"step": "look", "value": ""}, "须填写数值或表述"),
    ],
)
def test_an_answer_filled_in_badly_comes_back(
    awaited: QuarterlyActual, cast: Cast, sign_in: SignIn, changes: dict[str, Any], says: str
) -> None:
    page = sign_in(cast.publisher).post(place(awaited), ANSWER | changes).content.decode()
    assert says in page
    assert "第2页" in page
    assert QuarterlyActual.objects.count() == 1


def test_what_others_have_under_way_is_not_overwritten(cast: Cast, sign_in: SignIn) -> None:
    small = SmallPlan.of(cast)
    draft = small.draft(small.target("1.7左右"), "1.6")
    CityRequest.objects.create(target=draft.target, period=small.period)
    page = sign_in(cast.reviewer).post(place(draft), ANSWER).content.decode()
    assert "审核的人不改别人录入的数据" in page
    steps.submit([draft], by=cast.clerk)
    page = sign_in(cast.reviewer).post(place(draft), ANSWER).content.decode()
    assert "请先在审核台退回或发布它" in page
    draft.refresh_from_db()
    assert str(draft.value) == "1.600000"


def test_a_reviewer_does_not_replace_what_is_published(
    awaited: QuarterlyActual, cast: Cast, sign_in: SignIn
) -> None:
    client = sign_in(cast.reviewer)
    assert "替换它由发改发布办理" in client.get(place(awaited)).content.decode()
    assert "没有替换已发布数据的权限" in client.post(place(awaited), ANSWER).content.decode()
    assert QuarterlyActual.objects.count() == 1


def test_the_annex(awaited: QuarterlyActual, following: SmallPlan, cast: Cast, sign_in: SignIn) -> None:
    small = SmallPlan(awaited.target.plan, awaited.period, cast)
    other = small.target("9", name="=测试公式")
    CityRequest.objects.create(target=other, period=small.period, bureau="市测试局")
    client = sign_in(cast.auditor)
    page = client.get("/admin/city/annex/").content.decode()
    for words in (
        *annexes.HEADINGS,
        "测试投入强度",
        "共 2 项",
        "1999年全年计划目标判定；2000年“测试投入强度”的基数",
    ):
        assert words in page, words
    sheet = client.get("/admin/city/annex.csv")
    assert sheet.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert rows[0] == list(annexes.HEADINGS)
    assert [row[:5] for row in rows[1:]] == [
        ["1", "测试投入强度", "%", "1999年全年", ""],
        ["2", "'=测试公式", "%", "1999年全年", "市测试局"],
    ]
    book = load_workbook(io.BytesIO(client.get("/admin/city/annex.xlsx?bureau=市测试局").content))
    cells = list(book.active.iter_rows(values_only=True))
    assert cells[1][0] == annexes.TITLE
    assert "共1项" in cells[2][0]
    assert cells[4][:2] == (1, "=测试公式")
    assert book.active.cell(5, 2).data_type == "s"
    assert client.get("/admin/city/annex.et").status_code == 404


def test_the_list_asks_as_much_for_many_as_for_few(
    cast: Cast, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    small = SmallPlan.of(cast)
    for _ in range(12):
        asked = CityRequest.objects.create(target=small.target("9"), period=small.period)
        Chase.objects.create(request=asked, on=datetime.date(1999, 7, 1), channel="电话", by=cast.reviewer)
    client = sign_in(cast.reviewer)
    with django_assert_max_num_queries(20):
        assert client.get(LIST).content.decode().count("测试指标") >= 12


def test_no_such_row(awaited: QuarterlyActual, cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.publisher)
    other = SmallPlan.of(cast, year=2001)
    for target, period in ((999999, awaited.period_id), (awaited.target_id, other.period.pk)):
        assert client.get(f"{LIST}{target}/{period}/").status_code == 404
