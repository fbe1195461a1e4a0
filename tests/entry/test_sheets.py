"""代填 and its 确认表: printed, signed, or answered on screen; who said what and when is kept."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from indicators.models import QuarterlyActual
from tests.entry.desk import PROVIDED, EntryDesk, form, signed_in
from wanzhou.kernel.workflow import actions as steps

pytestmark = pytest.mark.django_db


def phoned_in(desk: EntryDesk, text: str = "6.3") -> QuarterlyActual:
    reviewer = desk.cast.reviewer
    answer = signed_in(reviewer).post(desk.url(), form(reviewer, (desk.own[0], text), **PROVIDED))
    assert answer.status_code == 303
    return QuarterlyActual.objects.get(target=desk.own[0])


def test_the_sheet_says_what_was_provided_by_whom(desk: EntryDesk) -> None:
    phoned_in(desk)
    page = signed_in(desk.cast.reviewer).get(desk.url("sheets/invented/")).content.decode()
    for said in ("数据确认表", "测试单位", "6.3", "张三（电话，07-05 10:30）", "签字", desk.own[2].name):
        assert said in page
    assert 'name="answer-' not in page


def test_the_department_confirms_even_after_it_was_handed_in(desk: EntryDesk) -> None:
    entry = phoned_in(desk)
    steps.submit([entry], by=desk.cast.reviewer)
    head = signed_in(desk.cast.head)
    answer = head.post(desk.url("sheets/invented/"), {f"answer-{desk.own[0].pk}": "confirmed"}, follow=True)
    assert "已记下1条" in answer.content.decode()
    entry.refresh_from_db()
    assert (entry.answer, entry.answered_by, entry.answer_note) == ("confirmed", desk.cast.head, "")
    assert entry.answered_at is not None
    assert "已确认" in signed_in(desk.cast.reviewer).get(desk.url()).content.decode()


def test_the_department_disputes_and_says_why(desk: EntryDesk) -> None:
    entry = phoned_in(desk)
    clerk, key = signed_in(desk.cast.clerk), desk.own[0].pk
    silent = clerk.post(desk.url("sheets/invented/"), {f"answer-{key}": "disputed", f"dispute-{key}": " "})
    assert silent.status_code == 422
    assert "有异议须写明" in silent.content.decode()
    clerk.post(desk.url("sheets/invented/"), {f"answer-{key}": "disputed", f"dispute-{key}": "应为6.2"})
    entry.refresh_from_db()
    assert (entry.answer, entry.answer_note) == ("disputed", "应为6.2")
    assert "单位有异议：应为6.2" in signed_in(desk.cast.reviewer).get(desk.url()).content.decode()


def test_a_new_figure_waits_for_a_new_answer(desk: EntryDesk) -> None:
    entry = phoned_in(desk)
    signed_in(desk.cast.clerk).post(desk.url("sheets/invented/"), {f"answer-{desk.own[0].pk}": "confirmed"})
    phoned_in(desk, "6.2")
    entry.refresh_from_db()
    assert (entry.answer, entry.answered_by, entry.answered_at) == ("", None, None)


def test_only_what_others_entered_is_answered(desk: EntryDesk) -> None:
    desk.small.draft(desk.own[1])
    sent = {f"answer-{desk.own[1].pk}": "confirmed", "answer-x": "confirmed", "answer-7": "maybe"}
    answer = signed_in(desk.cast.clerk).post(desk.url("sheets/invented/"), sent)
    assert answer.status_code == 422
    assert "没有等待确认" in answer.content.decode()
    nothing = signed_in(desk.cast.clerk).post(desk.url("sheets/invented/"), {}, follow=True)
    assert "没有选确认或有异议" in nothing.content.decode()


def test_the_database_refuses_half_an_answer(desk: EntryDesk) -> None:
    entry = phoned_in(desk)
    rows = QuarterlyActual.objects.filter(pk=entry.pk)
    halves = (
        {"answer": "confirmed"},
        {"answer": "disputed", "answered_by": desk.cast.head, "answered_at": timezone.now()},
        {"answer_note": "异议"},
        {"answered_by": desk.cast.head, "answered_at": timezone.now()},
        {"answer": "maybe", "answered_by": desk.cast.head, "answered_at": timezone.now()},
    )
    for half in halves:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**half)


def test_an_answer_changes_no_figure_that_others_check(desk: EntryDesk) -> None:
    entry = phoned_in(desk)
    steps.submit([entry], by=desk.cast.reviewer)
    with pytest.raises(InternalError), transaction.atomic():
        QuarterlyActual.objects.filter(pk=entry.pk).update(answer="", value=7)
