"""Updates under review: what stands beside them, and the quiet ones approved by one button."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.models import AnnualTask, PublishedTask, StatusUpdate
from projects.stages import Stage
from projects.updating import confirm_unchanged, submit_updates
from tests.updates.desk import UpdatesDesk, form, newest, signed_in, task_in
from tests.updates.test_screens import text_of
from wanzhou.kernel.workflow import actions as steps
from wanzhou.kernel.workflow.moves import State
from wanzhou.site.reports.publishing import publish
from wanzhou.site.workbench.today import today_for

pytestmark = pytest.mark.django_db
DESK = "/admin/review/?period=updates"


def confirmed(desk: UpdatesDesk, *tasks: AnnualTask) -> None:
    """No change on these, handed in."""
    keys = [task.pk for task in tasks]
    confirm_unchanged(plan=desk.plan, task_ids=keys, by=desk.cast.clerk)
    submit_updates(plan=desk.plan, task_ids=keys, by=desk.cast.head)


def test_what_stands_beside_an_update(desk: UpdatesDesk) -> None:
    task = desk.own[0]
    desk.published(task, reached_stage=Stage.COMPLETED, percent=100)
    sent = form(
        desk.cast.clerk,
        task,
        do="submit",
        stage="underway",
        percent="95",
        reason="验收没有通过",
        invested="12",
    )
    signed_in(desk.cast.clerk).post(desk.one(task), sent)
    said = text_of(signed_in(desk.cast.reviewer).get(DESK).content)
    for words in (
        *(
            "上次 竣工投用 100%（1999-05-30）",
            "报送 加快建设",
            "完成比例 95%",
            "本年完成投资（不公开） 12 万元",
        ),
        *(
            "倒退缘由（不公开） 验收没有通过",
            "比上次退了：阶段由“竣工投用”退为“加快建设”",
            "完成比例由100%降为95%",
        ),
    ):
        assert words in said, words


def test_who_provided_it_is_told(desk: UpdatesDesk) -> None:
    sent = form(desk.cast.reviewer, desk.theirs, do="submit", stage="started", provider="张三 电话")
    signed_in(desk.cast.reviewer).post(desk.one(desk.theirs), sent)
    assert "代填：张三 电话" in text_of(signed_in(desk.cast.publisher).get(DESK).content)


def test_the_quiet_ones_are_approved_at_once(desk: UpdatesDesk) -> None:
    a, b, c = desk.own
    desk.published(a, b)
    confirmed(desk, a, b)
    desk.submitted(c)
    client = signed_in(desk.cast.reviewer)
    page = client.get(DESK).content.decode()
    assert "审核通过没有变化的 2 条" in page
    quiet = page[page.index("quiet-ones") :].partition("</form>")[0]
    keys = re.findall(r'name="entry" value="([^"]+)"', quiet)
    answer = client.post(DESK, {"step": "approve", "entry": keys}, follow=True)
    assert "已审核通过 2 条。" in text_of(answer.content)
    assert [newest(task).state for task in desk.own] == [State.APPROVED, State.APPROVED, State.SUBMITTED]
    assert newest(a).approved_by_id == desk.cast.reviewer.pk
    assert "没有变化的" not in client.get(DESK).content.decode()


def test_nobody_approves_the_quiet_ones_that_he_entered(desk: UpdatesDesk) -> None:
    desk.published(desk.theirs)
    reviewer = desk.cast.reviewer
    confirm_unchanged(plan=desk.plan, task_ids=[desk.theirs.pk], by=reviewer, provider="张三")
    submit_updates(plan=desk.plan, task_ids=[desk.theirs.pk], by=reviewer)
    assert "审核通过没有变化的" not in signed_in(reviewer).get(DESK).content.decode()
    assert "审核通过没有变化的 1 条" in signed_in(desk.cast.publisher).get(DESK).content.decode()


def test_the_whole_way_of_no_change(desk: UpdatesDesk) -> None:
    """Published, it tells the same with a newer day; the department may go on."""
    task = desk.own[0]
    desk.published(task)
    confirmed(desk, task)
    steps.approve([newest(task)], by=desk.cast.reviewer)
    publish(plan=desk.plan, period=desk.small.period, by=desk.cast.publisher, why="测试")
    told = PublishedTask.objects.filter(task=task, update__isnull=False).order_by("publication_id")
    assert [(one.reached_stage, one.percent) for one in told] == [("underway", Decimal(60))] * 2
    assert told[1].as_of > told[0].as_of  # type: ignore[operator]
    page = text_of(signed_in(desk.cast.clerk).get(desk.url()).content)
    assert "近期已更新 1" in page


def test_the_publisher_sees_what_changes_for_the_public(desk: UpdatesDesk) -> None:
    a, b, _ = desk.own
    desk.published(a, b)
    confirmed(desk, a)
    sent = form(desk.cast.clerk, b, do="submit", percent="70", difficulty="只在内部")
    signed_in(desk.cast.clerk).post(desk.one(b), sent)
    steps.approve(StatusUpdate.objects.filter(state=State.SUBMITTED), by=desk.cast.reviewer)
    (errand,) = next(pile for pile in today_for(desk.cast.publisher).piles if pile.key == "approved").errands
    assert (errand.what, errand.href) == ("项目进展 2 条", "/admin/publish/")
    page = signed_in(desk.cast.publisher).get("/admin/publish/1999/full_year/").content.decode()
    said = text_of(page[page.index('id="tasks"') :].encode())
    today = newest(a).as_of
    assert f"测试大桥 截至 1999-05-30 {today:%Y-%m-%d} 测试医院" in said, "of no change, the day alone"
    assert "完成比例 60% 70%" in said
    assert "只在内部" not in said


def test_sent_back_with_a_note_leads_to_the_form(desk: UpdatesDesk) -> None:
    task = desk.own[0]
    client = signed_in(desk.cast.reviewer)
    entry = desk.submitted(task)
    client.post(
        DESK, {"step": "send_back", "entry": f"update-{entry.pk}-{entry.revision}", "note": "照片不清"}
    )
    piles = {pile.key: pile for pile in today_for(desk.cast.head).piles}
    (errand,) = piles["returned"].errands
    assert (errand.href, errand.note) == (desk.one(task), "测试发改审核：照片不清")
    assert "退回：测试发改审核：照片不清" in text_of(signed_in(desk.cast.head).get(desk.one(task)).content)


def test_the_first_page_counts_what_waits(desk: UpdatesDesk) -> None:
    a, b, _ = desk.own
    desk.published(a)
    desk.draft(b)
    piles = {pile.key: pile for pile in today_for(desk.cast.head).piles}
    said = [(errand.what, errand.late) for errand in piles["tasks"].errands]
    assert said == [("还没有更新过 1 个", False), ("久未更新 1 个", True), ("草稿 1 个", False)]
    assert "tasks" not in {pile.key for pile in today_for(desk.cast.reviewer).piles}


def test_the_admins_own_way_keeps_the_same_rules(desk: UpdatesDesk) -> None:
    task = desk.own[0]
    desk.published(task, reached_stage=Stage.COMPLETED)
    draft = desk.draft(task)
    client = signed_in(desk.cast.clerk)
    facts = {"action": "submit_entries", "_selected_action": [draft.pk]}
    answer = client.post("/admin/projects/statusupdate/", facts, follow=True)
    assert "请写明倒退缘由再报送" in text_of(answer.content)
    assert newest(task).state == State.DRAFT


def test_a_repetition_that_is_edited_in_the_admin_repeats_no_more(desk: UpdatesDesk) -> None:
    task = desk.own[0]
    desk.published(task)
    (update,) = confirm_unchanged(plan=desk.plan, task_ids=[task.pk], by=desk.cast.clerk)
    facts = {
        "task": task.pk, "as_of": "1999-06-30", "reached_stage": "underway", "percent": "61", "progress": "主体施工",
        "seen": update.revision,
    }  # fmt: skip
    answer = signed_in(desk.cast.clerk).post(f"/admin/projects/statusupdate/{update.pk}/change/", facts)
    assert answer.status_code == 302
    update.refresh_from_db()
    assert (update.percent, update.repeats_id) == (Decimal(61), None)


def test_the_number_of_queries_stays(desk: UpdatesDesk) -> None:
    client, counts = signed_in(desk.cast.reviewer), []
    for number in (2, 20):
        tasks = [task_in(desk.small, f"项目{number}-{n}", desk.cast.department) for n in range(number)]
        desk.published(*tasks)
        confirmed(desk, *tasks[::2])
        for task in tasks[1::2]:
            desk.submitted(task)
        client.get(DESK)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(DESK).status_code == 200
        counts.append(len(queries))
        steps.approve(StatusUpdate.objects.filter(state=State.SUBMITTED), by=desk.cast.reviewer)
        publish(plan=desk.plan, period=desk.small.period, by=desk.cast.publisher, why="测试")
    assert counts[0] == counts[1] <= 20
