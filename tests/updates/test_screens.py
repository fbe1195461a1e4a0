"""我的项目, one project, the table and 其余无变化 as plain forms: what they show, what they do, what they keep."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.entry.rows import quarter_of, rates_of
from projects.models import AnnualTask, StatusUpdate
from projects.stages import Stage
from tests.cast import Cast, SmallPlan
from tests.updates.desk import (
    ROOT,
    UpdatesDesk,
    footing,
    form,
    newest,
    seen,
    signed_in,
    task_in,
    unpublished,
)
from wanzhou.kernel.workflow import actions as steps
from wanzhou.kernel.workflow.moves import State

pytestmark = pytest.mark.django_db


def text_of(content: bytes) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content.decode()))


# --- 我的项目 ---------------------------------------------------------------------------------------------
def test_the_list_puts_first_what_is_due(desk: UpdatesDesk) -> None:
    first, stale, recent = desk.own
    back, drafted, handed_in, done = desk.tasks(4)
    desk.published(stale)
    desk.published(recent, as_of=timezone.localdate())
    desk.published(done, reached_stage=Stage.COMPLETED)
    steps.send_back([desk.submitted(back)], by=desk.cast.reviewer, note="照片不清")
    desk.draft(drafted)
    desk.submitted(handed_in)
    page = signed_in(desk.cast.head).get(desk.url())
    keys = [int(key) for key in re.findall(r'id="t-(\d+)"', page.content.decode())]
    order = [back, first, stale, drafted, recent, handed_in, done, desk.assisted]
    assert keys == [task.pk for task in order]
    said = text_of(page.content)
    for words in (
        *("本单位牵头 7 个项目， 3 个待更新", "退回：测试发改审核：照片不清", "还没有更新过", "久未更新"),
        *("草稿，还没有报送", "已报送", "已竣工或调出", "本单位配合的项目", "另一单位牵头"),
        *(
            "上次：加快建设 60% · 1999-05-30",
            "年内竣工",
            "报送全部草稿（1 个）",
            "由测试填报员填好的 1 个项目",
        ),
    ):
        assert words in said, words
    assert desk.theirs.name not in said
    assert "style=" not in page.content.decode()
    assert 'onclick="' not in page.content.decode()


def test_the_address_without_a_year_leads_to_the_plan_at_work(desk: UpdatesDesk) -> None:
    answer = signed_in(desk.cast.head).get(ROOT)
    assert (answer.status_code, answer["Location"]) == (302, desk.url())
    assert signed_in(desk.cast.head).get(f"{ROOT}1888/").status_code == 404


def test_what_an_earlier_year_said_is_told(desk: UpdatesDesk) -> None:
    task = desk.own[0]
    desk.published(task)
    later = SmallPlan.of(desk.cast, year=2000)
    later.plan.boxes.create(number=3, title="后一年")
    again = task_in(later, task.name, desk.cast.department, project=task.project)
    page = signed_in(desk.cast.head).get(f"{ROOT}2000/")
    assert "1999年：加快建设 60% · 1999-05-30" in text_of(page.content)
    assert "1999年：加快建设" in text_of(signed_in(desk.cast.head).get(f"{ROOT}2000/{again.pk}/").content)


def test_no_change_in_one_tap_and_back(desk: UpdatesDesk) -> None:
    task, client = desk.own[0], signed_in(desk.cast.head)
    desk.published(task)
    sent = {"reader": desk.cast.head.pk, "seen": seen(*desk.own), "do": f"unchanged:{task.pk}"}
    answer = client.post(desk.url(), sent, follow=True)
    assert "“测试大桥”已记为没有变化（草稿）。" in text_of(answer.content)
    assert newest(task).repeats is not None
    answer = client.post(desk.url(), sent | {"do": f"takeback:{task.pk}"}, follow=True)
    assert "已撤销。" in text_of(answer.content)
    assert unpublished(task) == 0


def test_the_head_hands_in_what_the_clerk_prepared_in_one_tap(desk: UpdatesDesk) -> None:
    for task in desk.own[:2]:
        desk.draft(task)
    sent_back = desk.submitted(desk.own[2])
    steps.send_back([sent_back], by=desk.cast.reviewer, note="请改")
    client = signed_in(desk.cast.head)
    sent = {"reader": desk.cast.head.pk, "seen": seen(*desk.own), "do": "submit"}
    answer = client.post(desk.url(), sent, follow=True)
    assert "已报送 2 个项目的进展，等待审核。" in text_of(answer.content)
    submitted = StatusUpdate.objects.filter(state=State.SUBMITTED)
    assert {(one.entered_by_id, one.submitted_by_id) for one in submitted} == {
        (desk.cast.clerk.pk, desk.cast.head.pk)
    }
    assert newest(desk.own[2]).state == State.RETURNED, "what was sent back is looked at first"


def test_a_list_that_is_out_of_date_hands_in_nothing(desk: UpdatesDesk) -> None:
    task, client = desk.own[0], signed_in(desk.cast.head)
    desk.draft(task)
    sent = {"reader": desk.cast.head.pk, "seen": seen(*desk.own), "do": "submit"}
    signed_in(desk.cast.clerk).post(desk.one(task), form(desk.cast.clerk, task, percent="61"))
    answer = client.post(desk.url(), sent)
    assert answer.status_code == 409
    assert "在您打开这一页之后有了改动，没有写入" in text_of(answer.content)
    assert newest(task).state == State.DRAFT


@pytest.mark.parametrize("do", ["", "unchanged:", "unchanged:x", "unchanged:99999999999999999999", "fly:1"])
def test_nonsense_does_nothing(desk: UpdatesDesk, do: str) -> None:
    answer = signed_in(desk.cast.head).post(desk.url(), {"reader": desk.cast.head.pk, "do": do})
    assert answer.status_code in (409, 403)
    assert not StatusUpdate.objects.exists()


# --- one project -----------------------------------------------------------------------------------------
def test_a_first_word_from_a_phone(desk: UpdatesDesk) -> None:
    task, client = desk.own[0], signed_in(desk.cast.clerk)
    page = client.get(desk.one(task))
    assert "还没有更新过。" in text_of(page.content)
    typed = {"stage": "started", "percent": "5", "invested": "0", "progress": "已进场", "needs": "征地"}
    answer = client.post(desk.one(task), form(desk.cast.clerk, task, do="submit", **typed), follow=True)
    assert "“测试大桥”已报送，等待审核。" in text_of(answer.content)
    update = newest(task)
    assert (update.reached_stage, update.percent, update.invested_this_year) == (
        "started",
        Decimal(5),
        Decimal(0),
    )
    assert (update.progress, update.needs, update.state) == ("已进场", "征地", State.SUBMITTED)
    assert "已报送，等待审核，不能再改。" in text_of(client.get(desk.one(task)).content)


def test_the_last_word_stands_beside_and_begins_the_next(desk: UpdatesDesk) -> None:
    task = desk.own[0]
    desk.published(task, difficulty="缺砂石", invested_this_year="1200")
    page = signed_in(desk.cast.clerk).get(desk.one(task)).content.decode()
    said = text_of(page.encode())
    assert "上次：加快建设 60% 投资1200万元 · 1999-05-30" in said
    assert "存在困难 缺砂石" in said
    assert 'value="underway" checked' in page
    assert f'name="percent-{task.pk}" value="60"' in page
    assert "上次 1200。" in said


def test_a_draft_is_dated_as_said_and_kept(desk: UpdatesDesk) -> None:
    task, client = desk.own[0], signed_in(desk.cast.clerk)
    sent = form(desk.cast.clerk, task, stage="started") | {f"as_of-{task.pk}": "1999-06-15"}
    answer = client.post(desk.one(task), sent, follow=True)
    assert "的草稿已保存" in text_of(answer.content)
    assert "还没有报送" in text_of(answer.content)
    assert newest(task).as_of == datetime.date(1999, 6, 15)
    assert 'value="1999-06-15"' in client.get(desk.one(task)).content.decode()


def test_a_refused_form_shows_all_that_was_typed(desk: UpdatesDesk) -> None:
    task, client = desk.own[0], signed_in(desk.cast.clerk)
    typed = {
        "stage": "started",
        "percent": "1000",
        "invested": "不少",
        "progress": "打了三根桩",
        "needs": "协调用电",
    }
    answer = client.post(desk.one(task), form(desk.cast.clerk, task, **typed))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "完成比例“1000”不行：填0到100的数" in page
    assert "本年完成投资“不少”不行：按万元填累计数" in page
    for words in ('value="started" checked', 'value="1000"', 'value="不少"', "打了三根桩", "协调用电"):
        assert words in page, words
    assert not StatusUpdate.objects.exists()


def test_a_step_backwards_asks_why(desk: UpdatesDesk) -> None:
    task, client = desk.own[0], signed_in(desk.cast.clerk)
    desk.published(task, reached_stage=Stage.COMPLETED)
    answer = client.post(desk.one(task), form(desk.cast.clerk, task, do="submit", stage="underway"))
    assert answer.status_code == 422
    assert "比上次退了（阶段由“竣工投用”退为“加快建设”）" in answer.content.decode()
    assert 'class="field reason"' in answer.content.decode()
    assert unpublished(task) == 0, "saving and handing in are one"
    sent = form(desk.cast.clerk, task, do="submit", stage="underway", reason="验收没有通过")
    assert client.post(desk.one(task), sent).status_code == 303
    assert newest(task).setback_reason == "验收没有通过"


def test_the_second_is_told_what_is_stored_and_may_then_overwrite(desk: UpdatesDesk) -> None:
    task = desk.own[0]
    mine = form(desk.cast.clerk, task, stage="started", progress="我填的")
    head = signed_in(desk.cast.head)
    head.post(desk.one(task), form(desk.cast.head, task, stage="completed", progress="他填的"))
    client = signed_in(desk.cast.clerk)
    answer = client.post(desk.one(task), mine)
    said = text_of(answer.content)
    assert answer.status_code == 409
    assert "在您打开之后被别人改动过，没有保存" in said
    assert "测试部门负责人填的 竣工投用" in said
    assert "形象进度：他填的" in said
    assert "我填的" in said
    assert newest(task).progress == "他填的"
    client.post(desk.one(task), mine | {"seen": seen(task)})
    assert newest(task).progress == "我填的"


def test_no_change_beside_something_typed_is_a_slip(desk: UpdatesDesk) -> None:
    task, client = desk.own[0], signed_in(desk.cast.clerk)
    desk.published(task)
    answer = client.post(desk.one(task), form(desk.cast.clerk, task, do="unchanged", progress="新写的"))
    assert answer.status_code == 409
    assert "新写的" in answer.content.decode()
    assert unpublished(task) == 0
    assert client.post(desk.one(task), form(desk.cast.clerk, task, do="unchanged")).status_code == 303
    assert newest(task).repeats is not None


def test_a_script_is_answered_in_words(desk: UpdatesDesk) -> None:
    task, client = desk.own[0], signed_in(desk.cast.clerk, headers={"accept": "application/json"})
    answer = client.post(desk.one(task), form(desk.cast.clerk, task, stage="", percent="1"))
    assert (answer.status_code, answer.json()["says"]) == (422, ["请选现在到哪一步。"])
    answer = client.post(desk.one(task), form(desk.cast.clerk, task, stage="started"))
    assert answer.json() == {"next": desk.url()}


def test_a_page_that_somebody_else_opened(desk: UpdatesDesk) -> None:
    task = desk.own[0]
    sent = form(desk.cast.clerk, task, stage="started", progress="填了很久")
    answer = signed_in(desk.cast.head).post(desk.one(task), sent)
    assert answer.status_code == 403
    assert "这个页面是别的账号打开的，没有保存" in answer.content.decode()
    assert "填了很久" in answer.content.decode()
    assert not StatusUpdate.objects.exists()


def test_an_expired_sign_in_gives_back_what_was_typed(desk: UpdatesDesk) -> None:
    task = desk.own[0]
    sent = form(desk.cast.clerk, task, stage="started", progress="填了很久\n两行")
    answer = Client().post(desk.one(task), sent)
    assert answer.status_code == 401
    assert "填了很久\n两行" in answer.content.decode()
    told = Client().post(desk.one(task), sent, headers={"accept": "application/json"})
    assert (told.status_code, told.json()["login"]) == (401, "/admin/login/")
    strict = signed_in(desk.cast.clerk, enforce_csrf_checks=True)
    stale = strict.post(desk.one(task), sent)
    assert stale.status_code == 403
    assert "填了很久" in stale.content.decode()
    assert "您重新登录过，这一页还没有保存" in stale.content.decode()
    assert strict.post(desk.url(), {"do": "submit"}).status_code == 403
    assert not StatusUpdate.objects.exists()


def test_an_assisting_department_reads_what_was_handed_in(desk: UpdatesDesk) -> None:
    client, task = signed_in(desk.cast.clerk), desk.assisted
    draft = desk.draft(task, desk.other_clerk, progress="还在写")
    page = text_of(client.get(desk.one(task)).content)
    assert "由另一单位填，这里只能看。" in page
    assert "还在写" not in page
    assert "还在写" not in text_of(client.get(desk.url()).content)
    steps.submit([draft], by=desk.other_clerk)
    page = client.get(desk.one(task)).content.decode()
    assert "还在写" in page
    assert f'name="stage-{task.pk}"' not in page


@pytest.mark.parametrize("day", ["1999-02-31", "昨天", "", "1999年6月15日"])
def test_a_day_that_is_none_is_taken_as_today(desk: UpdatesDesk, day: str) -> None:
    task = desk.own[0]
    sent = form(desk.cast.clerk, task, stage="started") | {f"as_of-{task.pk}": day}
    signed_in(desk.cast.clerk).post(desk.one(task), sent)
    assert newest(task).as_of == (datetime.date(1999, 6, 15) if "月" in day else timezone.localdate())


# --- what nobody leads, and who works for everybody --------------------------------------------------------
def test_projects_without_a_department_are_the_commissions(desk: UpdatesDesk) -> None:
    nobodys = task_in(desk.small, "没有单位的项目", None)
    client = signed_in(desk.cast.reviewer)
    page = text_of(client.get(desk.url()).content)
    assert "选一个单位" in page
    assert "未定责任单位 1 个" in page
    assert nobodys.name not in page
    place = f"{desk.url('table/')}?department=none"
    assert nobodys.name in client.get(place).content.decode()
    client.post(place, form(desk.cast.reviewer, nobodys, stage="started", provider="张三 公函"))
    assert newest(nobodys).provider == "张三 公函"
    assert nobodys.name not in signed_in(desk.cast.clerk).get(place).content.decode()
    assert client.get(desk.url("table/")).status_code == 404, "one department at a time"
    assert client.get(desk.url(), {"department": "no-such"}).status_code == 404


def test_entering_for_others_without_a_provider_keeps_what_was_typed(desk: UpdatesDesk) -> None:
    client = signed_in(desk.cast.reviewer)
    sent = form(desk.cast.reviewer, desk.theirs, stage="started", progress="电话里说的")
    answer = client.post(desk.one(desk.theirs), sent)
    assert answer.status_code == 422
    assert "请写明由谁、怎样、何时提供的" in answer.content.decode()
    assert "电话里说的" in answer.content.decode()
    desk.published(desk.theirs)
    confirm = {"reader": desk.cast.reviewer.pk, "seen": seen(desk.theirs), "do": "confirm"}
    answer = client.post(f"{desk.url('rest/')}?department=elsewhere", confirm)
    assert answer.status_code == 422
    assert unpublished(desk.theirs) == 0


def test_without_a_plan_there_is_nothing_to_report_on(cast: Cast) -> None:
    assert signed_in(cast.clerk).get(ROOT).status_code == 404


# --- the table -------------------------------------------------------------------------------------------
def test_the_table_saves_only_what_was_changed(desk: UpdatesDesk) -> None:
    a, b, c = desk.own
    desk.published(a, b)
    client = signed_in(desk.cast.clerk)
    answer = client.post(desk.url("table/"), form(desk.cast.clerk, *desk.own, percent="75"), follow=True)
    assert "草稿已保存（改动 1 个项目）" in text_of(answer.content)
    assert newest(a).percent == 75
    assert unpublished(b, c) == 0


def test_the_table_hands_in_drafts_and_what_was_mended(desk: UpdatesDesk) -> None:
    a, b, c = desk.own
    desk.draft(b)
    for task in (a, c):
        steps.send_back([desk.submitted(task)], by=desk.cast.reviewer, note="请改")
    client = signed_in(desk.cast.head)
    sent = form(desk.cast.head, *desk.own, do="submit", percent="75")
    answer = client.post(desk.url("table/"), sent, follow=True)
    assert "已报送 2 个项目的进展" in text_of(answer.content)
    assert [newest(task).state for task in desk.own] == [State.SUBMITTED, State.SUBMITTED, State.RETURNED]


def test_a_bad_row_keeps_the_whole_table_as_typed(desk: UpdatesDesk) -> None:
    a, b, _ = desk.own
    client = signed_in(desk.cast.clerk)
    sent = form(desk.cast.clerk, *desk.own, stage="started", percent="一大半")
    sent |= {f"stage-{b.pk}": "completed", f"progress-{b.pk}": "都修好了"}
    answer = client.post(desk.url("table/"), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "1 行要改" in text_of(answer.content)
    sent[f"stage-{b.pk}"] = "快好了"
    page = client.post(desk.url("table/"), sent).content.decode()
    assert '<option value="快好了" selected>快好了</option>' in page
    for words in ('value="一大半"', "都修好了", f'href="#t-{a.pk}"', "完成比例“一大半”不行"):
        assert words in page, words
    assert not StatusUpdate.objects.exists()
    told = client.post(desk.url("table/"), sent, headers={"accept": "application/json"}).json()
    assert told["rows"].keys() == {str(a.pk), str(b.pk)}


def test_a_clash_in_the_table_is_shown_in_its_row(desk: UpdatesDesk) -> None:
    a = desk.own[0]
    mine = form(desk.cast.clerk, *desk.own, stage="started", progress="我填的")
    signed_in(desk.cast.head).post(desk.one(a), form(desk.cast.head, a, stage="completed", progress="他填的"))
    answer = signed_in(desk.cast.clerk).post(desk.url("table/"), mine)
    said = text_of(answer.content)
    assert answer.status_code == 409
    assert "现在存着：测试部门负责人填的 竣工投用" in said
    assert "形象进度：他填的" in said
    assert "我填的" in said
    assert f"{a.pk}:{footing(a).stamp}" in answer.content.decode(), "who saves again has been told"


def test_a_long_table_comes_in_pages_and_the_rest_is_confirmed_as_a_whole(desk: UpdatesDesk) -> None:
    tasks = [*desk.own, *desk.tasks(82)]
    desk.published(*tasks)
    client = signed_in(desk.cast.clerk)
    pages = [client.get(desk.url("table/"), {"page": number}).content.decode() for number in ("1", "2", "x")]
    assert [page.count('name="stage-') for page in pages] == [80, 5, 80]
    assert 'href="?page=2"' in pages[0]
    assert "确认这 85 个项目没有变化" in text_of(client.get(desk.url("rest/")).content)


def test_the_share_of_the_year_and_of_the_quarter(desk: UpdatesDesk) -> None:
    task = desk.own[0]
    now = footing(task)
    assert rates_of(now, Decimal(100), timezone.localdate()) == "", "without a plan there is no share"
    now.task.planned_investment = Decimal(400)
    assert rates_of(now, Decimal(100), timezone.localdate()) == "占全年计划25%"
    assert rates_of(now, None, timezone.localdate()) == ""
    now.task.planned_first_half = Decimal(300)
    assert rates_of(now, Decimal(0), datetime.date(1999, 6, 30)) == "占全年计划0%，占至上半年末计划0%"
    assert rates_of(now, Decimal(100), datetime.date(1999, 6, 30)) == "占全年计划25%，占至上半年末计划33.3%"
    quarters = [quarter_of(1999, datetime.date(1999, month, 1)) for month in (1, 3, 4, 9, 10, 12)]
    assert quarters == [0, 0, 1, 2, None, None]
    assert quarter_of(1999, datetime.date(2000, 1, 1)) is None


# --- 其余无变化 --------------------------------------------------------------------------------------------
def test_the_rest_is_counted_confirmed_and_taken_back(desk: UpdatesDesk) -> None:
    a, b, c = desk.own
    done, *more = desk.tasks(4)
    desk.published(a, b, *more)
    desk.published(done, reached_stage=Stage.COMPLETED)
    client = signed_in(desk.cast.clerk)
    client.post(desk.one(a), form(desk.cast.clerk, a, percent="70"))
    assert "其余无变化（4 个）" in text_of(client.get(desk.url()).content)
    page = client.get(desk.url("rest/"))
    said = text_of(page.content)
    assert "确认这 4 个项目没有变化" in said
    assert "还没有更新过、须填第一次的 1" in said
    assert done.name not in said
    rows = re.search(r'name="seen" value="([^"]*)"', page.content.decode())
    assert rows is not None
    sent = {"reader": desk.cast.clerk.pk, "seen": rows[1], "do": "confirm"}
    answer = client.post(desk.url("rest/"), sent, follow=True)
    assert "已把 4 个项目记为没有变化" in text_of(answer.content)
    assert StatusUpdate.objects.filter(repeats__isnull=False).count() == 4
    assert (newest(a).repeats, unpublished(c)) == (None, 0)
    again = client.post(desk.url("rest/"), sent)
    assert again.status_code in (409, 422), "a second click writes nothing"
    answer = client.post(desk.url("rest/"), {"reader": desk.cast.clerk.pk, "do": "takeback"}, follow=True)
    assert "已撤销 4 个项目的“没有变化”" in text_of(answer.content)
    assert StatusUpdate.objects.filter(repeats__isnull=False).count() == 0
    assert newest(a).percent == 70


# --- queries ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["clerk", "reviewer"])
@pytest.mark.parametrize("page", ["", "table/", "rest/", "table/workbook/", "one"])
def test_the_number_of_queries_stays(desk: UpdatesDesk, page: str, who: str) -> None:
    reader = getattr(desk.cast, who)
    client = signed_in(reader)
    place = desk.one(desk.own[0]) if page == "one" else desk.url(page)
    counts = []
    desk.published(*desk.own)
    for number in (1, 30):
        tasks = desk.tasks(number * 3) if number == 1 else _more(desk, number)
        desk.published(*tasks[::3])
        for task in tasks[1::3]:
            desk.draft(task)
        client.get(place, {"department": "invented"})
        with CaptureQueriesContext(connection) as queries:
            assert client.get(place, {"department": "invented"}).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def _more(desk: UpdatesDesk, number: int) -> list[AnnualTask]:
    return [task_in(desk.small, f"更多项目{n}", desk.cast.department) for n in range(number)]
