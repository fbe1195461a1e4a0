"""Saving, confirming, taking back and handing in: all or nothing, and nobody's word is written over unseen."""

from __future__ import annotations

import datetime
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from projects.cells import Cells
from projects.models import AnnualTask, StatusUpdate
from projects.models.updates import CONTENT
from projects.stages import Stage
from projects.updating import (
    NotTheirs,
    RowsRefused,
    Typed,
    UpdatesClash,
    UpdatesRefused,
    confirm_unchanged,
    save_updates,
    submit,
    submit_updates,
    take_back,
)
from tests.updates.desk import LAST_DAY, UpdatesDesk, footing, newest, unpublished
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.workflow import actions as steps
from wanzhou.kernel.workflow.moves import State

pytestmark = pytest.mark.django_db


def typed(task: AnnualTask, **cells: str) -> Typed:
    now = footing(task)
    given = {name: getattr(now.cells, name) for name in Cells.__slots__}
    return Typed(task.pk, Cells(**(given | cells)), now.stamp)


def save(
    desk: UpdatesDesk, *rows: Typed, by: User | None = None, provider: str = "", asserted: bool = False
) -> dict[int, StatusUpdate]:
    by = by or desk.cast.clerk
    return save_updates(plan=desk.plan, typed=rows, by=by, provider=provider, asserted=asserted)


def test_only_rows_that_say_something_new_are_written(desk: UpdatesDesk) -> None:
    a, b, c = desk.own
    desk.published(a, b)
    assert save(desk, typed(a, percent="70%"), typed(b), typed(c)).keys() == {a.pk}
    update = newest(a)
    assert update.percent == 70
    assert (update.state, update.as_of) == (State.DRAFT, timezone.localdate())
    assert update.repeats is None
    assert unpublished(b, c) == 0


def test_sending_twice_is_harmless(desk: UpdatesDesk) -> None:
    row = typed(desk.own[0], stage="开工")
    save(desk, row)
    assert save(desk, row) == {}, "the second says what is stored"
    assert StatusUpdate.objects.get().revision == 0


def test_the_second_to_save_is_told_and_nothing_is_written(desk: UpdatesDesk) -> None:
    a, b, _ = desk.own
    mine = typed(a, stage="开工"), typed(b, stage="开工")
    save(desk, typed(a, stage="竣工"), by=desk.cast.head)
    with pytest.raises(UpdatesClash) as clash:
        save(desk, *mine)
    (found,) = clash.value.clashes
    assert found.current is not None
    assert (found.task, found.current.reached_stage) == (a, Stage.COMPLETED)
    assert unpublished(b) == 0
    save(desk, Typed(a.pk, mine[0].cells, found.stamp), mine[1])
    assert [one.reached_stage for one in StatusUpdate.objects.order_by("task")] == ["started", "started"]


def test_one_bad_cell_refuses_all_and_names_the_row(desk: UpdatesDesk) -> None:
    a, b, _ = desk.own
    with pytest.raises(RowsRefused) as refused:
        save(desk, typed(a, stage="开工"), typed(b, stage="开工", percent="120"))
    assert refused.value.reasons.keys() == {b.pk}
    assert refused.value.sentences[0].startswith("“测试医院”：完成比例“120”不行")
    assert not StatusUpdate.objects.exists()


def test_a_foreign_task_refuses_all(desk: UpdatesDesk) -> None:
    for foreign in (desk.theirs, desk.assisted):
        with pytest.raises(NotTheirs):
            save(desk, typed(desk.own[0], stage="开工"), typed(foreign, stage="开工"))
    assert not StatusUpdate.objects.exists()


def test_for_another_department_it_is_said_who_provided_it(desk: UpdatesDesk) -> None:
    row = typed(desk.theirs, stage="开工")
    with pytest.raises(RowsRefused, match="有不能保存"):
        save(desk, row, by=desk.cast.reviewer)
    save(desk, row, by=desk.cast.reviewer, provider="张三 电话 11月24日")
    assert newest(desk.theirs).provider == "张三 电话 11月24日"


def test_what_was_handed_in_is_locked_and_what_was_sent_back_is_not(desk: UpdatesDesk) -> None:
    task = desk.own[0]
    update = desk.submitted(task)
    with pytest.raises(RowsRefused) as refused:
        save(desk, typed(task, percent="70"))
    assert refused.value.reasons[task.pk] == "已报送，等待审核，不能再改。"
    steps.send_back([update], by=desk.cast.reviewer, note="请核对")
    save(desk, typed(task, percent="70"))
    assert newest(task).state == State.RETURNED
    submit_updates(plan=desk.plan, task_ids=[task.pk], by=desk.cast.clerk)
    assert newest(task).state == State.SUBMITTED


def test_who_approves_does_not_change_what_others_entered(desk: UpdatesDesk) -> None:
    task = desk.own[0]
    desk.draft(task)
    with pytest.raises(RowsRefused) as refused:
        save(desk, typed(task, percent="70"), by=desk.cast.reviewer, provider="张三")
    assert "审核的人不改别人填的" in refused.value.reasons[task.pk]
    with pytest.raises(RowsRefused):
        submit_updates(plan=desk.plan, task_ids=[task.pk], by=desk.cast.reviewer)


# --- 没有变化 ---------------------------------------------------------------------------------------------
def test_no_change_repeats_the_last_word_dated_today(desk: UpdatesDesk) -> None:
    task = desk.own[0]
    desk.published(task, progress="  有空格的 \n 形象进度", invested_this_year="1200.5")
    last = newest(task)
    (update,) = confirm_unchanged(plan=desk.plan, task_ids=[task.pk], by=desk.cast.clerk)
    update.refresh_from_db()
    assert (update.repeats, update.as_of, update.state) == (last, timezone.localdate(), State.DRAFT)
    assert all(getattr(update, name) == getattr(last, name) for name in CONTENT)
    assert last.as_of == LAST_DAY


def test_what_is_typed_as_it_was_is_no_change_as_well(desk: UpdatesDesk) -> None:
    task = desk.own[0]
    desk.published(task)
    save(desk, typed(task), asserted=True)
    assert newest(task).repeats is not None
    save(desk, typed(task, percent="61"))
    assert newest(task).repeats is None


def test_there_is_no_change_only_to_something_said(desk: UpdatesDesk) -> None:
    a, b, _ = desk.own
    desk.published(a)
    with pytest.raises(RowsRefused) as refused:
        confirm_unchanged(plan=desk.plan, task_ids=[a.pk, b.pk], by=desk.cast.clerk)
    assert "请填第一次" in refused.value.reasons[b.pk]
    assert unpublished(a, b) == 0
    confirm_unchanged(plan=desk.plan, task_ids=[a.pk], by=desk.cast.clerk)
    with pytest.raises(RowsRefused):
        confirm_unchanged(plan=desk.plan, task_ids=[a.pk], by=desk.cast.clerk)


def test_a_confirmation_is_taken_back_while_it_is_ones_own_draft(desk: UpdatesDesk) -> None:
    a, b, c = desk.own
    desk.published(a, b)
    keys = [task.pk for task in desk.own]
    confirm_unchanged(plan=desk.plan, task_ids=[a.pk, b.pk], by=desk.cast.clerk)
    save(desk, typed(c, stage="开工"))
    assert take_back(plan=desk.plan, task_ids=keys, by=desk.cast.head) == 0, "the clerk's"
    submit_updates(plan=desk.plan, task_ids=[b.pk], by=desk.cast.head)
    assert take_back(plan=desk.plan, task_ids=keys, by=desk.cast.clerk) == 1
    assert [unpublished(task) for task in (a, b, c)] == [0, 1, 1]


@pytest.mark.parametrize("name", [name for name in CONTENT if name != "reached_count"])
def test_the_database_holds_a_repetition_to_the_letter(desk: UpdatesDesk, name: str) -> None:
    task, other = desk.own[:2]
    desk.published(task, other, invested_this_year=5, difficulty="无", next_step="无", needs="无")
    (update,) = confirm_unchanged(plan=desk.plan, task_ids=[task.pk], by=desk.cast.clerk)
    another: dict[str, object] = {"reached_stage": "started", "percent": 1, "invested_this_year": None}
    with pytest.raises(IntegrityError, match="没有变化的更新须与"), transaction.atomic():
        StatusUpdate.objects.filter(pk=update.pk).update(**{name: another.get(name, "别的")})
    with pytest.raises(IntegrityError, match="没有变化的更新须与"), transaction.atomic():
        StatusUpdate.objects.filter(pk=update.pk).update(repeats=newest(other))


# --- handing in ------------------------------------------------------------------------------------------
def test_a_step_backwards_is_saved_and_not_handed_in_without_a_reason(desk: UpdatesDesk) -> None:
    task = desk.own[0]
    desk.published(task, reached_stage=Stage.COMPLETED, percent=100)
    save(desk, typed(task, stage="加快建设", percent="90"))
    with pytest.raises(RowsRefused) as refused:
        submit_updates(plan=desk.plan, task_ids=[task.pk], by=desk.cast.clerk)
    assert refused.value.reasons[task.pk] == (
        "比上次退了（阶段由“竣工投用”退为“加快建设”；完成比例由100%降为90%），请写明倒退缘由再报送。"
    )
    save(desk, typed(task, reason="上次误报"))
    submit_updates(plan=desk.plan, task_ids=[task.pk], by=desk.cast.clerk)
    assert (newest(task).setback_reason, newest(task).state) == ("上次误报", State.SUBMITTED)


def test_a_reason_without_a_setback_is_not_kept(desk: UpdatesDesk) -> None:
    task = desk.own[0]
    desk.published(task)
    save(desk, typed(task, percent="70", reason="没有退"))
    assert newest(task).setback_reason == ""


def test_the_head_confirms_what_the_clerk_prepared(desk: UpdatesDesk) -> None:
    save(desk, *(typed(task, stage="开工") for task in desk.own))
    seen = {task.pk: footing(task).stamp for task in desk.own}
    submitted = submit_updates(plan=desk.plan, task_ids=seen, by=desk.cast.head, seen=seen)
    assert len(submitted) == 3
    for update in StatusUpdate.objects.select_related("entered_by", "submitted_by"):
        assert (update.entered_by, update.submitted_by) == (desk.cast.clerk, desk.cast.head)
        assert update.submitted_at is not None
    for nobody in (desk.cast.clerk, desk.cast.head):
        with pytest.raises(steps.MoveRefused):
            steps.approve(submitted, by=nobody)
    steps.approve(submitted, by=desk.cast.reviewer)


def test_the_head_confirms_only_what_he_saw(desk: UpdatesDesk) -> None:
    a, b, _ = desk.own
    save(desk, typed(a, stage="开工"), typed(b, stage="开工"))
    seen = {task.pk: footing(task).stamp for task in (a, b)}
    save(desk, typed(b, percent="99"))
    with pytest.raises(UpdatesClash):
        submit_updates(plan=desk.plan, task_ids=seen, by=desk.cast.head, seen=seen)
    assert not StatusUpdate.objects.filter(state=State.SUBMITTED).exists()


def test_a_replacement_corrects_and_falls_from_nothing(desk: UpdatesDesk) -> None:
    task = desk.own[0]
    desk.published(task, percent=90)
    update = desk.draft(task, percent=80, replaces=newest(task))
    assert submit([update], by=desk.cast.clerk)[0].state == State.SUBMITTED


def test_nobody_without_the_right_writes(desk: UpdatesDesk) -> None:
    for person in (desk.cast.auditor, desk.cast.administrator):
        with pytest.raises(NotTheirs):
            save(desk, typed(desk.own[0], stage="开工"), by=person)


def test_the_future_is_refused(desk: UpdatesDesk) -> None:
    row = typed(desk.own[0], stage="开工")
    tomorrow = timezone.localdate() + datetime.timedelta(1)
    with pytest.raises(RowsRefused) as refused:
        save(desk, Typed(row.task_id, row.cells, row.seen, tomorrow))
    assert refused.value.reasons[row.task_id] == "截至日期不能晚于今天。"


def test_a_day_before_the_last_word_is_refused(desk: UpdatesDesk) -> None:
    task = desk.own[0]
    desk.published(task)
    row = typed(task, percent="70")
    with pytest.raises(RowsRefused) as refused:
        save(desk, Typed(row.task_id, row.cells, row.seen, LAST_DAY - datetime.timedelta(1)))
    assert refused.value.reasons[task.pk].startswith("截至日期不能早于上次的1999-05-30")
    save(desk, Typed(row.task_id, row.cells, row.seen, LAST_DAY))


@pytest.mark.django_db(transaction=True)
def test_two_who_save_the_first_word_at_once(desk: UpdatesDesk) -> None:
    """One writes, the other is told; never two, never a crash."""
    row, told = typed(desk.own[0], stage="开工"), []
    begin = threading.Barrier(2)

    def write(by: User, stage: str) -> None:
        begin.wait()
        try:
            save(desk, Typed(row.task_id, Cells(stage=stage), row.seen), by=by)
            told.append("saved")
        except (UpdatesClash, UpdatesRefused) as refusal:
            told.append(type(refusal).__name__)
        finally:
            connection.close()

    both = [
        threading.Thread(target=write, args=(by, stage))
        for by, stage in ((desk.cast.clerk, "started"), (desk.cast.head, "completed"))
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(told) == ["UpdatesClash", "saved"]
    assert StatusUpdate.objects.count() == 1
