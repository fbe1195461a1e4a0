"""The grid as a plain form, without a script: saving, handing in, and being told why not, with nothing lost."""

from __future__ import annotations

import html

import pytest
from django.test import Client

from indicators.actions import stamp
from indicators.models import QuarterlyActual
from tests.entry.desk import PROVIDED, EntryDesk, entry_of, form, seen, signed_in, texts
from wanzhou.kernel.workflow.moves import State

pytestmark = pytest.mark.django_db


def test_saving_and_handing_in(desk: EntryDesk) -> None:
    clerk = signed_in(desk.cast.clerk)
    cells = [(target, "6") for target in desk.own[:2]] + [(desk.own[2], "")]
    answer = clerk.post(desk.url(), form(desk.cast.clerk, *cells, do="save"), follow=True)
    assert answer.redirect_chain == [(desk.url(), 303)]
    assert "草稿已保存" in answer.content.decode()
    answer = clerk.post(desk.url(), form(desk.cast.clerk, *cells, do="submit"), follow=True)
    assert "已报送2条，等待审核。还有1行空着" in answer.content.decode()
    assert QuarterlyActual.objects.filter(state=State.SUBMITTED).count() == 2


def test_sending_the_same_form_twice_is_harmless(desk: EntryDesk) -> None:
    clerk = signed_in(desk.cast.clerk)
    sent = form(desk.cast.clerk, (desk.own[0], "6"), do="submit")
    for _ in range(2):
        assert clerk.post(desk.url(), sent).status_code == 303
    assert QuarterlyActual.objects.count() == 1


def test_an_error_hands_in_nothing_and_keeps_everything(desk: EntryDesk) -> None:
    cells = [(desk.own[0], "6"), (desk.own[1], "六点几")]
    answer = signed_in(desk.cast.clerk).post(desk.url(), form(desk.cast.clerk, *cells, do="submit"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="六点几"' in page
    assert "看不懂" in page
    assert f'href="#c-{desk.own[1].pk}"' in page
    assert not QuarterlyActual.objects.filter(state=State.SUBMITTED).exists()
    assert texts(*desk.own[:2]) == ["6", "六点几"]


def test_a_warning_is_answered_by_a_note(desk: EntryDesk) -> None:
    clerk, target = signed_in(desk.cast.clerk), desk.own[0]
    sent = form(desk.cast.clerk, (target, "预计6"), do="submit")
    assert clerk.post(desk.url(), sent).status_code == 422
    noted = form(desk.cast.clerk, (target, "预计6"), do="submit") | {f"note-{target.pk}": "按快报"}
    assert clerk.post(desk.url(), noted).status_code == 303


def test_a_picked_reason_needs_no_figure(desk: EntryDesk) -> None:
    sent = form(desk.cast.clerk, (desk.own[0], ""), do="submit") | {
        f"state-{desk.own[0].pk}": "awaiting_city"
    }
    assert signed_in(desk.cast.clerk).post(desk.url(), sent).status_code == 303
    assert texts(desk.own[0]) == ["awaiting_city"]


def test_the_second_of_two_is_shown_both_values_and_decides(desk: EntryDesk) -> None:
    target = desk.own[0]
    first = form(desk.cast.head, (target, "7"))
    second = form(desk.cast.clerk, (target, "8"))
    signed_in(desk.cast.head).post(desk.url(), first)
    clerk = signed_in(desk.cast.clerk)
    answer = clerk.post(desk.url(), second)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "测试部门负责人刚改为：7" in page
    assert 'value="8"' in page
    assert texts(target) == ["7"]
    newest = {f"newest-{target.pk}": stamp(entry_of(target))}
    assert clerk.post(desk.url(), second | newest).status_code == 409  # not decided
    yielded = second | newest | {f"keep-{target.pk}": "theirs"}
    assert clerk.post(desk.url(), yielded).status_code == 303
    assert texts(target) == ["7"]
    assert clerk.post(desk.url(), second | newest | {f"keep-{target.pk}": "mine"}).status_code == 303
    assert texts(target) == ["8"]


def test_a_decision_holds_for_what_was_seen_only(desk: EntryDesk) -> None:
    """Whoever decides on a value that changed once more is asked again."""
    target = desk.own[0]
    second = form(desk.cast.clerk, (target, "8"))
    head = signed_in(desk.cast.head)
    head.post(desk.url(), form(desk.cast.head, (target, "7")))
    newest = stamp(entry_of(target))
    head.post(desk.url(), form(desk.cast.head, (target, "7.5")))
    mine = second | {f"newest-{target.pk}": newest, f"keep-{target.pk}": "mine"}
    assert signed_in(desk.cast.clerk).post(desk.url(), mine).status_code == 409
    assert texts(target) == ["7.5"]


def test_a_stale_page_of_a_closed_period_is_refused_kindly(desk: EntryDesk) -> None:
    clerk = signed_in(desk.cast.clerk)
    sent = form(desk.cast.clerk, (desk.own[0], "6"), do="submit")
    desk.close()
    answer = clerk.post(desk.url(), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "已关闭填报，没有保存" in page
    assert ">6<" in page
    assert not QuarterlyActual.objects.exists()
    told = clerk.post(desk.url("save/"), sent)
    assert told.status_code == 409
    assert "已关闭填报" in told.json()["says"]


def test_half_a_provider_is_none(desk: EntryDesk) -> None:
    reviewer = desk.cast.reviewer
    client = signed_in(reviewer)
    for lacking in PROVIDED:
        sent = form(reviewer, (desk.theirs, "6"), **{**PROVIDED, lacking: ""})
        answer = client.post(desk.url("save/"), sent)
        assert (answer.status_code, "三项都要" in answer.json()["says"]) == (409, True)
    wrong = {"channel": "public"}, {"provided_at": "昨天"}, {"provided_at": "2999-01-01T00:00"}
    for slip in wrong:
        answer = client.post(desk.url("save/"), form(reviewer, (desk.theirs, "6"), **{**PROVIDED, **slip}))
        assert answer.status_code == 409
        assert answer.json()["says"].endswith("。")
    assert not QuarterlyActual.objects.exists()


def test_what_no_keyboard_types_is_left_out(desk: EntryDesk) -> None:
    sent = form(desk.cast.clerk, (desk.own[0], "6\x00\u200b")) | {
        "cell-99999999999999999999": "1",
        "cell-x": "1",
        f"note-{desk.own[0].pk}": "a\x00b",
        "seen": "::::x 1:",
    }
    assert signed_in(desk.cast.clerk).post(desk.url(), sent).status_code == 303
    entry = entry_of(desk.own[0])
    assert entry is not None
    assert (entry.wording, entry.note) == ("6", "ab")


def test_what_is_typed_is_shown_as_text(desk: EntryDesk) -> None:
    typed = '"><script>alert(1)</script>'
    answer = signed_in(desk.cast.clerk).post(
        desk.url(), form(desk.cast.clerk, (desk.own[0], typed), do="submit")
    )
    assert "<script>alert" not in answer.content.decode()
    assert html.escape(typed).replace("&#x27;", "&#39;") in answer.content.decode()


# --- the door -------------------------------------------------------------------------------------------------
def test_an_expired_sign_in_loses_nothing(desk: EntryDesk) -> None:
    sent = form(desk.cast.clerk, (desk.own[0], "6.6"), do="submit")
    page = Client().post(desk.url(), sent)
    assert page.status_code == 401
    assert f'name="cell-{desk.own[0].pk}" value="6.6"' in page.content.decode()
    told = Client().post(desk.url("save/"), sent, headers={"accept": "application/json"})
    assert told.status_code == 401
    assert "登录已过期" in told.json()["says"]
    assert not QuarterlyActual.objects.exists()
    assert signed_in(desk.cast.clerk).post(desk.url(), sent).status_code == 303
    assert texts(desk.own[0]) == ["6.6"]


def test_a_page_from_before_a_new_sign_in_is_shown_again_and_not_carried_out(desk: EntryDesk) -> None:
    client = signed_in(desk.cast.clerk, enforce_csrf_checks=True)
    sent = form(desk.cast.clerk, (desk.own[0], "6.6"), do="submit")
    page = client.post(desk.url(), sent)
    assert page.status_code == 403
    assert 'value="6.6"' in page.content.decode()
    for place in ("save/", "paste/"):
        told = client.post(desk.url(place), sent, headers={"accept": "application/json"})
        assert (told.status_code, told.json()["renew"]) == (403, True)
    told = client.post(desk.url(), sent, headers={"accept": "application/json"})
    assert told.json()["renew"]
    assert client.post(desk.url("sheets/invented/"), sent).status_code == 403
    assert not QuarterlyActual.objects.exists()
    fresh = client.get(desk.url("token/")).json()
    sent["csrfmiddlewaretoken"] = fresh["token"]
    assert client.post(desk.url("save/"), sent).status_code == 200
    assert Client().get(desk.url("token/")).status_code == 401


def test_a_page_of_another_person_is_not_saved_in_ones_name(desk: EntryDesk) -> None:
    sent = form(desk.cast.clerk, (desk.own[0], "6"))
    told = signed_in(desk.cast.head).post(desk.url("save/"), sent)
    assert told.status_code == 403
    assert "现在登录的是测试部门负责人，而这个页面是测试填报员打开的" in told.json()["says"]
    assert signed_in(desk.cast.head).post(desk.url(), sent | {"reader": "x"}).status_code == 403
    assert not QuarterlyActual.objects.exists()


# --- saving as one goes -----------------------------------------------------------------------------------
def test_a_cell_saves_itself_and_is_told_what_is_to_be_said(desk: EntryDesk) -> None:
    clerk, target = signed_in(desk.cast.clerk), desk.own[0]
    told = clerk.post(desk.url("save/"), form(desk.cast.clerk, (target, "6..5"))).json()
    row = told["rows"][str(target.pk)]
    assert row["remarks"][0]["severity"] == "error"
    assert row["seen"] == stamp(entry_of(target))
    told = clerk.post(
        desk.url("save/"), form(desk.cast.clerk, (target, "市级反馈前以快报为准，待市级反馈"))
    ).json()
    assert told["rows"][str(target.pk)]["state"] == "awaiting_city"
    told = clerk.post(desk.url("save/"), form(desk.cast.clerk, (target, ""))).json()
    assert told["rows"][str(target.pk)]["seen"] == ""


def test_a_clash_is_told_with_both_stamps(desk: EntryDesk) -> None:
    target = desk.own[0]
    mine = form(desk.cast.clerk, (target, "8"))
    signed_in(desk.cast.head).post(desk.url("save/"), form(desk.cast.head, (target, "7")))
    told = signed_in(desk.cast.clerk).post(desk.url("save/"), mine)
    assert told.status_code == 409
    clash = told.json()["clashes"][str(target.pk)]
    assert (clash["text"], clash["by"]) == ("7", "测试部门负责人")
    assert clash["seen"] == seen(target).partition(":")[2]


def test_a_cell_that_cannot_be_saved_is_told_why(desk: EntryDesk) -> None:
    sent = form(desk.cast.clerk, (desk.own[0], "")) | {f"note-{desk.own[0].pk}": "先写备注"}
    told = signed_in(desk.cast.clerk).post(desk.url("save/"), sent)
    assert told.status_code == 422
    assert "备注要同数据一起保存" in told.json()["cells"][str(desk.own[0].pk)]
