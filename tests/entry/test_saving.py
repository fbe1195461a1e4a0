"""Saving a grid: all or none, nothing overwritten unseen, sending twice is harmless."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from indicators.actions import (
    CellsRefused,
    EntriesClash,
    EntryRefused,
    NotTheirs,
    Provided,
    Typed,
    save_entries,
    stamp,
    submit_entries,
)
from indicators.cells import Cell
from indicators.explaining import DEMANDED, Explained, Explanation, seen_of
from indicators.judging.terms import OutcomeState
from indicators.models import AnnualTarget, Cause, Channel, QuarterlyActual, Ruling
from tests.entry.desk import EntryDesk, entry_of, texts
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.actions import reopen_period
from wanzhou.kernel.workflow import actions as steps
from wanzhou.kernel.workflow.moves import State

pytestmark = pytest.mark.django_db


def save(
    desk: EntryDesk,
    *cells: tuple[AnnualTarget, Cell],
    by: User | None = None,
    provided: Provided | None = None,
    explained: Sequence[Explained] = (),
) -> None:
    """Save what somebody typed who sees the newest state of every cell."""
    typed = [Typed(target.pk, cell, stamp(entry_of(target))) for target, cell in cells]
    by = by or desk.cast.clerk
    save_entries(period=desk.period, typed=typed, by=by, provided=provided, explained=explained)


def phoned() -> Provided:
    return Provided("张三", Channel.PHONE, timezone.now())


def test_what_was_typed_is_stored_as_a_draft(desk: EntryDesk) -> None:
    a, b, c = desk.own
    save(desk, (a, Cell("6.5%", note="快")), (b, Cell("市级暂未反馈")), (c, Cell("5.5以内")))
    stored = [(e.value, e.wording, e.outcome_state, e.state) for e in map(entry_of, desk.own) if e]
    assert stored == [
        (6.5, "6.5", "reported", "draft"),
        (None, "", "awaiting_city", "draft"),
        (None, "5.5以内", "reported", "draft"),
    ]
    assert {e.entered_by for e in map(entry_of, desk.own) if e} == {desk.cast.clerk}


def test_even_what_is_wrong_is_kept_as_it_was_typed(desk: EntryDesk) -> None:
    save(desk, (desk.own[0], Cell("27.8亿左右吧？")))
    assert texts(desk.own[0]) == ["27.8亿左右吧？"]


def test_zero_is_a_figure_and_blank_is_none(desk: EntryDesk) -> None:
    save(desk, (desk.own[0], Cell("0")), (desk.own[1], Cell("")))
    assert entry_of(desk.own[0]).value == 0  # type: ignore[union-attr]
    assert entry_of(desk.own[1]) is None


def test_a_cleared_draft_goes(desk: EntryDesk) -> None:
    save(desk, (desk.own[0], Cell("6")))
    save(desk, (desk.own[0], Cell("")))
    assert entry_of(desk.own[0]) is None


def test_a_note_alone_is_refused_with_its_reason(desk: EntryDesk) -> None:
    with pytest.raises(CellsRefused) as refused:
        save(desk, (desk.own[0], Cell("6")), (desk.own[1], Cell("", note="稍后")))
    assert list(refused.value.reasons) == [desk.own[1].pk]
    assert not QuarterlyActual.objects.exists()


def test_what_is_too_long_refuses_all(desk: EntryDesk) -> None:
    with pytest.raises(CellsRefused, match="不能保存"):
        save(desk, (desk.own[0], Cell("6")), (desk.own[1], Cell("长" * 201)))
    with pytest.raises(CellsRefused):
        save(desk, (desk.own[1], Cell("6", note="长" * 2001)))
    assert not QuarterlyActual.objects.exists()


def test_sending_twice_changes_nothing_more(desk: EntryDesk) -> None:
    typed = [Typed(desk.own[0].pk, Cell("6"))]
    for _ in range(2):
        save_entries(period=desk.period, typed=typed, by=desk.cast.clerk)
    entry = entry_of(desk.own[0])
    assert entry is not None
    assert (entry.revision, QuarterlyActual.objects.count()) == (0, 1)


def test_the_second_writer_of_a_cell_is_told(desk: EntryDesk) -> None:
    target = desk.own[0]
    save(desk, (target, Cell("6")))
    before = stamp(entry_of(target))
    save(desk, (target, Cell("7")), by=desk.cast.head)
    with pytest.raises(EntriesClash) as clash:
        save_entries(
            period=desk.period,
            typed=[Typed(target.pk, Cell("8"), before), Typed(desk.own[1].pk, Cell("1"))],
            by=desk.cast.clerk,
        )
    theirs = clash.value.clashes[0].theirs
    assert theirs is not None
    assert theirs.wording == "7"
    assert texts(*desk.own) == ["7", "", ""]
    save_entries(period=desk.period, typed=[Typed(target.pk, Cell("8"), stamp(theirs))], by=desk.cast.clerk)
    assert texts(target) == ["8"]


def test_a_cell_that_was_not_touched_clashes_with_nothing(desk: EntryDesk) -> None:
    target = desk.own[0]
    save(desk, (target, Cell("6")))
    before = stamp(entry_of(target))
    save(desk, (target, Cell("7")), by=desk.cast.head)
    save_entries(period=desk.period, typed=[Typed(target.pk, Cell("6"), before)], by=desk.cast.clerk)
    assert texts(target) == ["7"]


def test_a_deleted_draft_clashes_too(desk: EntryDesk) -> None:
    target = desk.own[0]
    save(desk, (target, Cell("6")))
    before = stamp(entry_of(target))
    save(desk, (target, Cell("")), by=desk.cast.head)
    with pytest.raises(EntriesClash) as clash:
        save_entries(period=desk.period, typed=[Typed(target.pk, Cell("8"), before)], by=desk.cast.clerk)
    assert clash.value.clashes[0].theirs is None


def test_a_foreign_row_refuses_everything(desk: EntryDesk) -> None:
    with pytest.raises(NotTheirs, match="不属于您单位"):
        save(desk, (desk.own[0], Cell("6")), (desk.theirs, Cell("6")))
    assert not QuarterlyActual.objects.exists()


def test_whoever_may_not_enter_is_refused(desk: EntryDesk) -> None:
    for reader in (desk.cast.auditor, desk.cast.administrator):
        with pytest.raises(NotTheirs):
            save(desk, (desk.own[0], Cell("6")), by=reader)


def test_a_period_must_be_open(desk: EntryDesk) -> None:
    desk.close()
    with pytest.raises(EntryRefused, match="已关闭填报"):
        save(desk, (desk.own[0], Cell("6")))
    reopen_period(desk.period, reason="有单位漏报", by=desk.cast.publisher)
    desk.period.refresh_from_db()
    save(desk, (desk.own[0], Cell("6")))
    desk.period.opened_at = desk.period.opened_by = None
    desk.period.save()
    with pytest.raises(EntryRefused, match="还没有开启"):
        save(desk, (desk.own[0], Cell("7")))


def test_entering_for_others_needs_the_provider(desk: EntryDesk) -> None:
    with pytest.raises(CellsRefused) as refused:
        save(desk, (desk.theirs, Cell("6")), by=desk.cast.reviewer)
    assert "提供人" in refused.value.reasons[desk.theirs.pk]
    save(desk, (desk.theirs, Cell("6")), by=desk.cast.reviewer, provided=phoned())
    entry = entry_of(desk.theirs)
    assert entry is not None
    assert (entry.provider, entry.channel) == ("张三", "phone")
    assert entry.provided_at is not None


def test_a_department_that_mends_it_is_its_own_provider(desk: EntryDesk) -> None:
    save(desk, (desk.theirs, Cell("6")), by=desk.cast.reviewer, provided=phoned())
    save(desk, (desk.theirs, Cell("7")), by=desk.other_clerk)
    entry = entry_of(desk.theirs)
    assert entry is not None
    assert (entry.provider, entry.channel, entry.provided_at) == ("", "system", None)
    assert entry.entered_by == desk.cast.reviewer  # who can therefore still not approve it


def test_who_approves_does_not_change_what_others_entered(desk: EntryDesk) -> None:
    save(desk, (desk.own[0], Cell("6")))
    with pytest.raises(CellsRefused) as refused:
        save(desk, (desk.own[0], Cell("7")), by=desk.cast.reviewer, provided=phoned())
    assert "不改别人填的数" in refused.value.reasons[desk.own[0].pk]


def test_handing_in_what_is_right(desk: EntryDesk) -> None:
    a, b, c = desk.own
    save(desk, (a, Cell("6")), (b, Cell("口径调整", note="新口径")))
    keys = [target.pk for target in desk.own]
    assert len(submit_entries(period=desk.period, target_ids=keys, by=desk.cast.clerk)) == 2
    assert submit_entries(period=desk.period, target_ids=keys, by=desk.cast.clerk) == []
    assert {e.state for e in map(entry_of, (a, b)) if e} == {State.SUBMITTED}
    assert entry_of(c) is None


def test_one_error_or_unexplained_warning_hands_in_nothing(desk: EntryDesk) -> None:
    a, b, c = desk.own
    save(desk, (a, Cell("6")), (b, Cell("六点几")), (c, Cell("预计6")))
    with pytest.raises(CellsRefused) as refused:
        submit_entries(period=desk.period, target_ids=[a.pk, b.pk, c.pk], by=desk.cast.clerk)
    assert set(refused.value.reasons) == {b.pk, c.pk}
    assert not QuarterlyActual.objects.filter(state=State.SUBMITTED).exists()


def test_what_was_handed_in_or_published_stays(desk: EntryDesk) -> None:
    save(desk, (desk.own[0], Cell("6")))
    submit_entries(period=desk.period, target_ids=[desk.own[0].pk], by=desk.cast.clerk)
    with pytest.raises(CellsRefused) as refused:
        save(desk, (desk.own[0], Cell("7")))
    assert "已报送" in refused.value.reasons[desk.own[0].pk]


def test_a_returned_row_is_mended_and_handed_in_again(desk: EntryDesk) -> None:
    target = desk.own[0]
    save(desk, (target, Cell("6")))
    submit_entries(period=desk.period, target_ids=[target.pk], by=desk.cast.clerk)
    entry = entry_of(target)
    assert entry is not None
    steps.send_back([entry], by=desk.cast.reviewer, note="请核对")
    with pytest.raises(CellsRefused, match="不能保存"):
        save(desk, (target, Cell("")))
    save(desk, (target, Cell("6.1")))
    submit_entries(period=desk.period, target_ids=[target.pk], by=desk.cast.clerk)
    assert texts(target) == ["6.1"]


def test_a_ruled_draft_is_not_cleared(desk: EntryDesk) -> None:
    target = desk.own[0]
    save(desk, (target, Cell("6")))
    Ruling.objects.create(
        actual=target.actuals.get(), wording="6", rule_set=desk.small.plan.rule_set, verdict="met", reason="测试",
        entered_by=desk.cast.reviewer,
    )  # fmt: skip
    with pytest.raises(CellsRefused) as refused:
        save(desk, (target, Cell("")))
    assert "人工认定" in refused.value.reasons[target.pk]


def test_the_record_names_every_version(desk: EntryDesk) -> None:
    target = desk.own[0]
    for text in ("6", "7", "8"):
        save(desk, (target, Cell(text)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT wording FROM indicators_quarterlyactualevent ORDER BY pgh_id")
        assert [row[0] for row in cursor.fetchall()] == ["6", "7", "8"]


def test_a_picked_reason_is_stored_without_a_figure(desk: EntryDesk) -> None:
    save(desk, (desk.own[0], Cell("", OutcomeState.ANNUAL_ONLY)))
    entry = entry_of(desk.own[0])
    assert entry is not None
    assert (entry.outcome_state, entry.value, entry.wording) == ("annual_only", None, "")


def explain(desk: EntryDesk, target: AnnualTarget, *words: str, by: User | None = None) -> None:
    """Write the cause of a row, its newest one seen."""
    newest = Cause.objects.filter(target=target).order_by("pk").last()
    save(desk, by=by, explained=[Explained(target.pk, Explanation(*words), seen_of(newest))])


def behind(desk: EntryDesk) -> AnnualTarget:
    """The first row, entered far below its target of 6."""
    save(desk, (desk.own[0], Cell("1")))
    return desk.own[0]


def submitting(desk: EntryDesk) -> list[State]:
    entries = submit_entries(period=desk.period, target_ids=[t.pk for t in desk.own], by=desk.cast.clerk)
    return [State(entry.state) for entry in entries]


def test_a_row_behind_its_pace_says_why_and_what_next(desk: EntryDesk) -> None:
    target = behind(desk)
    for words in ((), ("需求不足",)):
        explain(desk, target, *words)
        with pytest.raises(CellsRefused) as refused:
            submitting(desk)
        assert refused.value.reasons == {target.pk: DEMANDED}
    explain(desk, target, "需求不足", "加快项目建设", "5.5")
    assert submitting(desk) == [State.SUBMITTED, State.SUBMITTED]
    cause = Cause.objects.get()
    assert (cause.text, cause.measures, cause.forecast) == ("需求不足", "加快项目建设", Decimal("5.5"))


def test_an_explanation_is_not_written_over_unseen(desk: EntryDesk) -> None:
    target = behind(desk)
    explain(desk, target, "需求不足")
    with pytest.raises(CellsRefused) as refused:
        save(desk, by=desk.cast.head, explained=[Explained(target.pk, Explanation("价格下跌"))])
    assert "刚改为：原因“需求不足”" in refused.value.reasons[target.pk]
    assert Cause.objects.get().text == "需求不足"
    explain(desk, target, "价格下跌", by=desk.cast.head)
    assert Cause.objects.get().text == "价格下跌"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("", "加快建设"), "也要写原因"),
        (("原因", "措施", "大概差不多"), "“大概差不多”不是一个数"),
        (("长" * 2001,), "最多2000个字"),
    ],
)
def test_an_explanation_that_cannot_be_kept(desk: EntryDesk, words: tuple[str, ...], says: str) -> None:
    target = behind(desk)
    with pytest.raises(CellsRefused) as refused:
        save(desk, (desk.own[1], Cell("6")), explained=[Explained(target.pk, Explanation(*words))])
    assert says in refused.value.reasons[target.pk]
    assert not Cause.objects.exists()
    assert entry_of(desk.own[1]) is None, "all or nothing"


def test_an_explanation_is_cleared_while_it_is_a_draft(desk: EntryDesk) -> None:
    target = behind(desk)
    explain(desk, target, "需求不足", "加快建设")
    explain(desk, target)
    assert not Cause.objects.exists()
    explain(desk, target, "需求不足", "加快建设")
    submitting(desk)
    with pytest.raises(CellsRefused) as refused:
        explain(desk, target, "改口")
    assert "已报送" in refused.value.reasons[target.pk]
    steps.send_back([Cause.objects.get()], by=desk.cast.reviewer, note="请写具体")
    with pytest.raises(CellsRefused) as refused:
        explain(desk, target)
    assert "不能清空" in refused.value.reasons[target.pk]
    explain(desk, target, "煤炭价格下跌", "加快建设")
    assert submitting(desk) == [State.SUBMITTED]


def test_the_explanation_of_another_department_stays_its_own(desk: EntryDesk) -> None:
    with pytest.raises(NotTheirs):
        save(desk, explained=[Explained(desk.theirs.pk, Explanation("别家的原因"))])
