"""Updates in a real browser: on a phone, with the connection lost and back, and forty projects in one sitting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer

from projects.models import AnnualTask, StatusUpdate, UpdateDocument
from projects.stages import Stage
from tests.admin.test_screens import OVERFLOW, opened, violations
from tests.evidence.pictures import SECRETS, telling
from tests.updates.desk import UpdatesDesk, footing, form, newest, signed_in, unpublished
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.evidence import vault
from wanzhou.kernel.workflow.moves import State

pytestmark = pytest.mark.django_db(transaction=True)
Screen = Callable[..., BrowserContext]
PASSWORD = "a-long-invented-password-7"


def page_of(live_server: LiveServer, context: BrowserContext, person: User, place: str) -> Page:
    page = opened(context, signed_in(person), live_server.url + place)
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    return page


class Taps:
    """Every tap that a person makes, counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def on(self, selector: str, **options: Any) -> None:
        self.page.locator(selector, **options).first.click()
        self.count += 1


def test_from_sign_in_to_handed_in_in_under_ten_taps(
    desk: UpdatesDesk, live_server: LiveServer, screen: Screen
) -> None:
    task, head = desk.own[0], desk.cast.head
    desk.published(task)
    head.set_password(PASSWORD)
    head.save()
    page = screen(390).new_page()
    page.goto(f"{live_server.url}/admin/")
    taps = Taps(page)
    taps.on("[name=username]")
    page.keyboard.type(head.username)
    taps.on("[name=password]")
    page.keyboard.type(PASSWORD)
    taps.on("#login-form [type=submit]")
    taps.on("a", has_text="项目进展")
    taps.on("a.open", has_text=task.name)
    taps.on("label.opt", has_text="主体完工")
    taps.on("textarea[name^=progress]")
    page.keyboard.type("。已封顶")
    taps.on("[name=do][value=submit]")
    page.get_by_text(f"“{task.name}”已报送，等待审核。").wait_for()
    assert taps.count < 10
    update = newest(task)
    assert (update.state, update.reached_stage) == (State.SUBMITTED, Stage.MAIN_BODY_COMPLETE)
    assert update.entered_by_id == update.submitted_by_id == head.pk


def test_the_connection_is_lost_and_comes_back(
    desk: UpdatesDesk, live_server: LiveServer, screen: Screen
) -> None:
    task = desk.own[0]
    context = screen(390)
    page = page_of(live_server, context, desk.cast.clerk, desk.one(task))
    page.locator("label.opt", has_text="开工建设").click()
    page.locator("textarea[name^=progress]").fill("在没有信号的工地上填的")
    context.set_offline(True)
    page.locator("[name=do][value=submit]").click()
    notice = page.locator("#notice")
    expect(notice).to_contain_text("没有连上服务器，还没有报送")
    expect(notice).to_contain_text("只在这部手机上，别处看不到")
    assert unpublished(task) == 0
    context.set_offline(False)
    expect(notice).to_contain_text("网络恢复了，还没有发出去。点“再发一次”。")
    page.wait_for_timeout(700)
    assert unpublished(task) == 0, "nothing is sent again but at the person's tap"
    page.locator("#again").click()
    page.get_by_text("已报送，等待审核").first.wait_for()
    assert newest(task).progress == "在没有信号的工地上填的"
    assert page.evaluate("localStorage.length") == 0, "what the system has, the telephone forgets"


def test_a_closed_tab_offers_back_what_was_typed(
    desk: UpdatesDesk, live_server: LiveServer, screen: Screen
) -> None:
    task = desk.own[0]
    context = screen(390)
    page = page_of(live_server, context, desk.cast.clerk, desk.one(task))
    page.locator("label.opt", has_text="开工建设").click()
    page.locator("textarea[name^=progress]").fill("还没有存的字")
    expect(page.locator("#saved")).to_contain_text("已暂存在这部手机上")
    page.close()
    page = page_of(live_server, context, desk.cast.clerk, desk.one(task))
    expect(page.locator("#kept")).to_contain_text("只存在这部手机上")
    assert page.locator("textarea[name^=progress]").input_value() == ""
    page.get_by_role("button", name="接着用").click()
    assert page.locator("textarea[name^=progress]").input_value() == "还没有存的字"
    assert page.locator("[name^=stage]:checked").input_value() == "started"
    page.close()
    somebody = page_of(live_server, context, desk.cast.head, desk.one(task))
    expect(somebody.locator("#kept")).to_be_hidden()
    somebody.close()
    page = page_of(live_server, context, desk.cast.clerk, desk.one(task))
    page.get_by_role("button", name="不要了").click()
    assert page.evaluate("localStorage.length") == 0
    assert unpublished(task) == 0


def test_a_step_backwards_asks_why_at_once(
    desk: UpdatesDesk, live_server: LiveServer, screen: Screen
) -> None:
    task = desk.own[0]
    desk.published(task, reached_stage=Stage.COMPLETED, percent=100)
    page = page_of(live_server, screen(390), desk.cast.clerk, desk.one(task))
    reason = page.locator("textarea[name^=reason]")
    expect(reason).to_be_hidden()
    page.locator("label.opt", has_text="加快建设").click()
    expect(page.locator("#reason-why")).to_contain_text("阶段由“竣工投用”退为“加快建设”")
    page.locator("[name^=percent]").fill("90")
    expect(page.locator("#reason-why")).to_contain_text("由100降为90")
    page.locator("[name=do][value=submit]").click()
    expect(page.locator("#notice")).to_contain_text("请写明倒退缘由再报送")
    assert unpublished(task) == 0
    reason.fill("验收没有通过")
    page.locator("[name=do][value=submit]").click()
    page.get_by_text("已报送，等待审核").first.wait_for()
    assert newest(task).setback_reason == "验收没有通过"


def test_the_second_to_save_is_told_and_keeps_his_words(
    desk: UpdatesDesk, live_server: LiveServer, screen: Screen
) -> None:
    task = desk.own[0]
    page = page_of(live_server, screen(390), desk.cast.clerk, desk.one(task))
    page.locator("label.opt", has_text="开工建设").click()
    page.locator("textarea[name^=progress]").fill("我填的")
    head = desk.cast.head
    signed_in(head).post(desk.one(task), form(head, task, stage="completed", progress="他填的"))
    page.locator("[name=do][value=save]").click()
    expect(page.locator("#notice")).to_contain_text("形象进度：他填的")
    assert newest(task).progress == "他填的"
    assert page.locator("textarea[name^=progress]").input_value() == "我填的"
    page.locator("[name=do][value=save]").click()
    page.get_by_text("的草稿已保存").first.wait_for()
    assert newest(task).progress == "我填的"


def test_photographs_from_a_phone(desk: UpdatesDesk, live_server: LiveServer, screen: Screen) -> None:
    task = desk.own[0]
    page = page_of(live_server, screen(390), desk.cast.clerk, desk.one(task))
    page.locator("label.opt", has_text="开工建设").click()
    page.locator("textarea[name^=progress]").fill("进场")
    chosen = page.locator("#photos")
    good: FilePayload = {
        "name": "现场.jpg",
        "mimeType": "image/jpeg",
        "buffer": telling("jpg", size=(2000, 1500)),
    }
    fake: FilePayload = {"name": "假的.jpg", "mimeType": "image/jpeg", "buffer": b"<html>no picture</html>"}
    broken: FilePayload = {
        "name": "断了.jpg",
        "mimeType": "image/jpeg",
        "buffer": telling("jpg", size=(900, 600))[:900],
    }
    for bad, why in ((fake, "“假的.jpg”没有保存：网页"), (broken, "“断了.jpg”没有保存：不完整的 JPEG")):
        chosen.set_input_files([good, bad])
        page.locator("[name=do][value=save]").click()
        expect(page.locator("#notice")).to_contain_text(why)
        assert page.locator("textarea[name^=progress]").input_value() == "进场"
    huge: FilePayload = {
        "name": "巨大.jpg",
        "mimeType": "image/jpeg",
        "buffer": b"\xff\xd8\xff" + b"x" * (20 * 1024 * 1024),
    }
    chosen.set_input_files([huge])
    page.locator("[name=do][value=save]").click()
    expect(page.locator("#notice")).to_contain_text("“巨大.jpg”太大（20.0 MB），每张不超过 20 MB，没有发送")
    assert not StatusUpdate.objects.exists()
    chosen.set_input_files([good])
    page.locator("[name=do][value=save]").click()
    page.get_by_text("的草稿已保存").first.wait_for()
    content = vault.content_of(UpdateDocument.objects.get().document.sha256)
    assert not [secret for secret in SECRETS if secret.encode() in content]
    page.goto(live_server.url + desk.one(task))
    shown = page.locator(".photos img")
    expect(shown).to_have_count(1)
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("naturalWidth", 1600)


def test_without_a_script_a_phone_does_all_of_it(
    desk: UpdatesDesk, live_server: LiveServer, screen: Screen
) -> None:
    task = desk.own[0]
    desk.published(task, reached_stage=Stage.COMPLETED)
    page = opened(screen(320, scripts=False), signed_in(desk.cast.clerk), live_server.url + desk.one(task))
    page.locator("label.opt", has_text="加快建设").click()
    page.locator("[name=do][value=submit]").click()
    page.get_by_text("请写明倒退缘由再报送").wait_for()
    page.locator("textarea[name^=reason]").fill("误报")
    page.locator("[name=do][value=submit]").click()
    page.get_by_text("已报送，等待审核").first.wait_for()
    assert newest(task).setback_reason == "误报"


# --- on a desk -------------------------------------------------------------------------------------------
def paste_into(page: Page, name: str, text: str) -> None:
    page.locator(f"[name={name}]").focus()
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


def test_forty_projects_in_one_sitting(desk: UpdatesDesk, live_server: LiveServer, screen: Screen) -> None:
    """Four have changed; the clerk types two and pastes two, confirms thirty-six; the head hands all in."""
    tasks = [*desk.own, *desk.tasks(37)]
    desk.published(*tasks)
    page = page_of(live_server, screen(1440), desk.cast.clerk, desk.url("table/"))
    page.locator(f"[name=percent-{tasks[0].pk}]").fill("75")
    page.locator(f"[name=stage-{tasks[5].pk}]").select_option("completed")
    paste_into(page, f"percent-{tasks[20].pk}", "80\t1200\t桥面铺装\r\n81%\t1.2亿\t路基完成\r\n")
    expect(page.locator("dialog")).to_contain_text("将改 2 行")
    page.keyboard.press("Enter")
    expect(page.locator("#saved")).to_contain_text("改了 4 个项目，还没有保存")
    assert unpublished(*tasks) == 0
    page.keyboard.press("Control+s")
    page.get_by_text("草稿已保存（改动 4 个项目）").wait_for()
    page.get_by_role("link", name="其余无变化（36 个）").click()
    page.get_by_role("button", name="确认这 36 个项目没有变化").click()
    page.get_by_text("已把 36 个项目记为没有变化").wait_for()
    assert unpublished(*tasks) == 40
    head = page_of(live_server, screen(390), desk.cast.head, desk.url())
    head.get_by_role("button", name="报送全部草稿（40 个）").click()
    head.get_by_text("已报送 40 个项目的进展，等待审核。").wait_for()
    submitted = StatusUpdate.objects.filter(state=State.SUBMITTED)
    assert submitted.filter(repeats__isnull=False).count() == 36
    changed = submitted.filter(repeats=None).order_by("task__order")
    assert [f"{one.reached_stage} {one.percent:f} {one.invested_this_year}" for one in changed] == [
        *("underway 75.00 None", "completed 60.00 None", "underway 80.00 1200.0000"),
        "underway 81.00 12000.0000",
    ]
    assert {(one.entered_by_id, one.submitted_by_id) for one in submitted} == {
        (desk.cast.clerk.pk, desk.cast.head.pk)
    }


def test_the_keyboard_and_a_bad_cell(desk: UpdatesDesk, live_server: LiveServer, screen: Screen) -> None:
    a, b, _ = desk.own
    page = page_of(live_server, screen(1440), desk.cast.clerk, desk.url("table/"))
    page.locator(f"[name=percent-{a.pk}]").fill("一大半")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == f"percent-{b.pk}"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.name") == f"percent-{a.pk}"
    page.locator(f"[name=stage-{a.pk}]").select_option("started")
    page.keyboard.press("Control+s")
    row = page.locator(f"tr[data-key='{a.pk}']")
    expect(row).to_contain_text("完成比例“一大半”不行：填0到100的数")
    assert page.locator(f"[name=percent-{a.pk}]").input_value() == "一大半"
    page.locator(f"[name=percent-{a.pk}]").fill("55%")
    page.locator("[name=do][value=submit]").click()
    page.get_by_text("已报送 1 个项目的进展").wait_for()
    assert footing(a).cells.percent == "55"
    assert page.evaluate("window.__csp") == []


def test_the_table_survives_a_lost_connection(
    desk: UpdatesDesk, live_server: LiveServer, screen: Screen
) -> None:
    a = desk.own[0]
    context = screen(1440)
    page = page_of(live_server, context, desk.cast.clerk, desk.url("table/"))
    page.locator(f"[name=stage-{a.pk}]").select_option("started")
    context.set_offline(True)
    page.keyboard.press("Control+s")
    expect(page.locator("#notice")).to_contain_text("填的都在这个页面上，请不要关闭")
    context.set_offline(False)
    page.locator("#again").click()
    page.get_by_text("草稿已保存（改动 1 个项目）").wait_for()
    assert newest(a).reached_stage == "started"


def places(desk: UpdatesDesk) -> dict[str, str]:
    return {
        "mine": desk.url(), "one": desk.one(desk.own[0]), "locked": desk.one(desk.own[2]),
        "assisted": desk.one(desk.assisted), "table": desk.url("table/"), "rest": desk.url("rest/"),
    }  # fmt: skip


def fill_the_desk(desk: UpdatesDesk) -> list[AnnualTask]:
    desk.published(
        desk.own[0], reached_stage=Stage.COMPLETED, difficulty="征地", next_step="抓紧", needs="用电"
    )
    desk.draft(desk.own[0], percent=40, setback_reason="误报")
    desk.submitted(desk.own[2])
    return desk.own


@pytest.mark.parametrize(
    ("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "light"), (320, "dark")]
)
def test_every_screen_is_within_the_rules(
    width: int, scheme: str, desk: UpdatesDesk, live_server: LiveServer, screen: Screen
) -> None:
    fill_the_desk(desk)
    context, faults = screen(width, scheme), {}
    for name, place in places(desk).items():
        page = page_of(live_server, context, desk.cast.clerk, place)
        wide = page.evaluate(OVERFLOW)
        small = page.evaluate(
            """() => Array.from(document.querySelectorAll(".phone :is(.opt, #one button, #one input:not([type=hidden],"
            + "[type=radio], [type=checkbox]), textarea)")).filter(box => box.offsetParent && box.offsetHeight < 44)
            .map(box => box.name || box.className)"""
        )
        found = [
            *page.evaluate("window.__csp"),
            *([f"wide by {wide}"] if wide > 0 else []),
            *violations(page),
        ]
        faults[name] = [*found, *(f"small {box}" for box in small)]
        page.close()
    assert {name: found for name, found in faults.items() if found} == {}
