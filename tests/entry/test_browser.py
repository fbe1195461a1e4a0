"""The grid in a real browser: pasted into, shared by two, and after the sign-in expired."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from indicators.models import AnnualTarget, QuarterlyActual
from tests.admin.test_screens import OVERFLOW, opened, violations
from tests.cast import Cast
from tests.entry.desk import (
    PROVIDED,
    EntryDesk,
    entry_of,
    form,
    many_rows,
    printed_half_year,
    signed_in,
    texts,
)
from tests.entry.keyboard import Screen, cell, focused, page_of, saved
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.workflow.moves import State

pytestmark = pytest.mark.django_db(transaction=True)


def paste_into(page: Page, target: AnnualTarget, text: str) -> None:
    cell(page, target).focus()
    page.evaluate(
        """text => {
            const carried = new DataTransfer();
            carried.setData("text/plain", text);
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: carried, bubbles: true, cancelable: true}));
        }""",
        text,
    )
    page.locator("dialog[open]").wait_for()


def test_a_column_with_three_bad_cells(
    whole_table: ReportingPeriod, cast: Cast, live_server: LiveServer, screen: Screen
) -> None:
    page = page_of(live_server, screen, cast.clerk, whole_table)
    targets = list(AnnualTarget.objects.filter(plan=whole_table.plan).headline().select_related("indicator"))
    printed = printed_half_year()
    column = [printed.get(target.indicator.code, "市级暂未反馈") for target in targets]
    column[2], column[11], column[20] = "六点几", "0.5个百分点", "800万元"
    paste_into(page, targets[0], "\r\n".join(column) + "\r\n")
    assert page.locator("dialog tr.is-error").count() == 3
    assert "将填入 27 行" in page.locator("dialog").inner_text()
    assert not QuarterlyActual.objects.filter(period=whole_table).exists()
    assert cell(page, targets[0]).input_value() == ""
    page.keyboard.press("Enter")
    saved(page)
    assert page.locator(".grid tr.is-error").count() == 3
    faults = page.locator("#faults li").all_inner_texts()
    assert [fault.split("：")[0] for fault in faults] == [
        "第3项 战略性新兴产业增加值增速",
        "第11项 R&D占GDP比重",
        "第20项 实际使用外资",
    ]
    page.locator("button[value=submit]").click()
    page.get_by_text("有不能保存的数据").wait_for()
    assert not QuarterlyActual.objects.filter(state=State.SUBMITTED, period=whole_table).exists()
    page.locator("#faults a").first.click()
    assert focused(page) == f"cell-{targets[2].pk}"


def test_an_offer_is_taken_by_keyboard(desk: EntryDesk, live_server: LiveServer, screen: Screen) -> None:
    page = page_of(live_server, screen, desk.cast.clerk, desk.period)
    cell(page, desk.own[0]).focus()
    page.keyboard.insert_text("6,5")
    page.get_by_role("button", name="改为6.5").wait_for()
    page.keyboard.press("Alt+Enter")
    saved(page)
    assert cell(page, desk.own[0]).input_value() == "6.5"
    assert texts(desk.own[0]) == ["6.5"]


def test_moving_about(desk: EntryDesk, live_server: LiveServer, screen: Screen) -> None:
    a, b, c = desk.own
    page = page_of(live_server, screen, desk.cast.clerk, desk.period)
    cell(page, a).focus()
    way = [
        ("ArrowDown", f"cell-{b.pk}"), ("Enter", f"cell-{c.pk}"), ("Enter", f"cell-{c.pk}"),
        ("ArrowUp", f"cell-{b.pk}"), ("Shift+Enter", f"cell-{a.pk}"), ("ArrowRight", f"state-{a.pk}"),
        ("Tab", f"note-{a.pk}"), ("ArrowDown", f"note-{b.pk}"), ("Tab", f"cell-{c.pk}"),
    ]  # fmt: skip
    for key, place in way:
        page.keyboard.press(key)
        assert focused(page) == place, key


def test_a_reason_locks_the_number_and_gives_it_back(
    desk: EntryDesk, live_server: LiveServer, screen: Screen
) -> None:
    page = page_of(live_server, screen, desk.cast.clerk, desk.period)
    cell(page, desk.own[0]).fill("6.5")
    state = page.locator(f"#s-{desk.own[0].pk}")
    state.select_option("awaiting_city")
    saved(page)
    assert cell(page, desk.own[0]).input_value() == ""
    assert texts(desk.own[0]) == ["awaiting_city"]
    state.select_option("reported")
    saved(page)
    assert texts(desk.own[0]) == ["6.5"]


def test_two_in_one_cell(desk: EntryDesk, live_server: LiveServer, screen: Screen) -> None:
    target, other = desk.own[:2]
    page = page_of(live_server, screen, desk.cast.clerk, desk.period)
    signed_in(desk.cast.head).post(desk.url("save/"), form(desk.cast.head, (target, "7")))
    cell(page, target).fill("8")
    page.locator(".choice legend", has_text="测试部门负责人刚改为：7").wait_for()
    page.get_by_text("您填的：8").wait_for()
    cell(page, other).fill("1")
    page.keyboard.press("Control+s")
    expect(page.locator(f"tr[data-key='{other.pk}']")).not_to_have_class("is-changed")
    assert texts(target) == ["7"]
    page.get_by_role("button", name="用我填的").click()
    saved(page)
    assert texts(target, other) == ["8", "1"]
    signed_in(desk.cast.head).post(desk.url("save/"), form(desk.cast.head, (target, "9")))
    cell(page, target).fill("10")
    page.get_by_role("button", name="用对方的").click()
    saved(page)
    assert cell(page, target).input_value() == "9"
    assert texts(target) == ["9"]


def test_an_expired_sign_in_keeps_what_was_typed(
    desk: EntryDesk, live_server: LiveServer, screen: Screen
) -> None:
    page = page_of(live_server, screen, desk.cast.clerk, desk.period)
    Session.objects.all().delete()
    cell(page, desk.own[0]).fill("6.5")
    page.get_by_role("link", name="在新标签页登录").wait_for()
    assert cell(page, desk.own[0]).input_value() == "6.5"
    desk.cast.clerk.set_password("one-time-only")
    desk.cast.clerk.save()
    with page.context.expect_page() as tab:
        page.get_by_role("link", name="在新标签页登录").click()
    login = tab.value
    login.fill("[name=username]", desk.cast.clerk.username)
    login.fill("[name=password]", "one-time-only")
    login.locator("[type=submit]").click()
    login.wait_for_url("**/admin/")
    page.bring_to_front()
    cell(page, desk.own[0]).focus()
    page.keyboard.press("Control+s")
    saved(page)
    assert texts(desk.own[0]) == ["6.5"]
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_somebody_else_signed_in_meanwhile(desk: EntryDesk, live_server: LiveServer, screen: Screen) -> None:
    page = page_of(live_server, screen, desk.cast.clerk, desk.period)
    become(page, live_server, signed_in(desk.cast.head))
    cell(page, desk.own[0]).fill("6.5")
    page.get_by_text("现在登录的是测试部门负责人").wait_for()
    assert entry_of(desk.own[0]) is None


def become(page: Page, live_server: LiveServer, client: Client) -> None:
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])


def test_a_lost_connection_is_tried_again(desk: EntryDesk, live_server: LiveServer, screen: Screen) -> None:
    page = page_of(live_server, screen, desk.cast.clerk, desk.period)
    page.context.set_offline(True)
    cell(page, desk.own[0]).fill("6.5")
    page.get_by_text("没有连上服务器").wait_for()
    page.context.set_offline(False)
    saved(page)
    assert texts(desk.own[0]) == ["6.5"]


def test_a_double_click_hands_in_once(desk: EntryDesk, live_server: LiveServer, screen: Screen) -> None:
    page = page_of(live_server, screen, desk.cast.clerk, desk.period)
    cell(page, desk.own[0]).fill("6.5")
    page.locator("button[value=submit]").dblclick()
    page.get_by_text("已报送1条").wait_for()
    assert QuarterlyActual.objects.filter(state=State.SUBMITTED).count() == 1


def test_a_sentence_is_matched_and_filled_when_it_is_accepted(
    whole_table: ReportingPeriod, cast: Cast, live_server: LiveServer, screen: Screen
) -> None:
    page = page_of(live_server, screen, cast.clerk, whole_table)
    page.locator("summary", has_text="粘贴").click()
    page.fill("#pasted", "GDP增长6%，固投7.3%，社零6.1，出口5亿元")
    page.click("#see-paste")
    page.locator("dialog[open]").wait_for()
    assert "“出口5亿元”：没有认出是哪一行" in page.locator("dialog").inner_text()
    assert not QuarterlyActual.objects.filter(period=whole_table).exists()
    page.get_by_role("button", name="填入").click()
    saved(page)
    assert QuarterlyActual.objects.filter(period=whole_table).count() == 3


def test_three_hundred_rows_stay_usable(cast: Cast, live_server: LiveServer, screen: Screen) -> None:
    """Open, type in the last row, paste a column over all of them, hand in: each within seconds."""
    small = many_rows(cast, 1999, 300)
    page = page_of(live_server, screen, cast.clerk, small.period)
    targets = list(small.plan.targets.order_by("order"))
    page.set_default_timeout(20_000)
    cell(page, targets[-1]).fill("6.5")
    saved(page)
    assert texts(targets[-1]) == ["6.5"]
    cell(page, targets[-1]).press("ArrowUp")
    assert focused(page) == f"cell-{targets[-2].pk}"
    paste_into(page, targets[0], "6\n" * 300)
    page.keyboard.press("Enter")
    expect(page.locator("tr.is-changed")).to_have_count(0, timeout=20_000)
    page.locator("button[value=submit]").click()
    page.get_by_text("已报送300条").wait_for()


def test_without_a_script_it_is_a_form(desk: EntryDesk, live_server: LiveServer, screen: Screen) -> None:
    page = page_of(live_server, screen, desk.cast.clerk, desk.period)
    page.route("**/entry.js", lambda route: route.abort())
    page.reload()
    cell(page, desk.own[0]).fill("6.5")
    page.locator("button[value=save]").click()
    page.get_by_text("草稿已保存，").wait_for()
    assert texts(desk.own[0]) == ["6.5"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_the_pages_are_whole(
    desk: EntryDesk, live_server: LiveServer, screen: Screen, width: int, scheme: str
) -> None:
    reviewer = desk.cast.reviewer
    client = signed_in(reviewer)
    desk.small.draft(desk.own[0], "6.1")
    client.post(desk.url(), form(reviewer, (desk.own[1], "六点几"), (desk.theirs, "预计6"), **PROVIDED))
    context = screen(width, scheme)
    faults = {}
    for place in ("", "sheets/", "sheets/invented/"):
        page = opened(context, client, live_server.url + desk.url(place))
        faults[place] = [*page.evaluate("window.__csp"), *violations(page)]
        faults[place] += ["wide"] if page.evaluate(OVERFLOW) > 0 else []
    page = opened(context, signed_in(desk.cast.clerk), live_server.url + desk.url("sheets/invented/"))
    faults["answering"] = violations(page)
    page.goto(live_server.url + desk.url())
    paste_into(page, desk.own[2], "6\n7")
    faults["preview"] = [*page.evaluate("window.__csp"), *violations(page)]
    assert {name: found for name, found in faults.items() if found} == {}


def test_the_sheet_stands_on_a_small_phone(desk: EntryDesk, live_server: LiveServer, screen: Screen) -> None:
    reviewer = desk.cast.reviewer
    signed_in(reviewer).post(desk.url(), form(reviewer, (desk.own[1], "6"), **PROVIDED))
    page = opened(screen(320), signed_in(desk.cast.head), live_server.url + desk.url("sheets/invented/"))
    assert page.evaluate(OVERFLOW) == 0
    page.get_by_label("确认", exact=True).check()
    page.get_by_role("button", name="记下确认意见").click()
    page.get_by_text("已记下1条").wait_for()
    assert desk.own[1].actuals.get().answer == "confirmed"


def test_the_sheet_prints_on_one_a4_page(desk: EntryDesk, live_server: LiveServer, screen: Screen) -> None:
    reviewer = desk.cast.reviewer
    signed_in(reviewer).post(desk.url(), form(reviewer, (desk.own[1], "6"), **PROVIDED))
    page = opened(screen(1440), signed_in(reviewer), live_server.url + desk.url("sheets/invented/"))
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
