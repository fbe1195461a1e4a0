"""A figure's whole way in a real browser, and the workbench's pages at every width and in both schemes."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from indicators.models import Cause, CityRequest, QuarterlyActual, TargetAdjustment
from indicators.submitting import submit
from tests.admin.conftest import SignIn
from tests.admin.test_screens import OVERFLOW, opened, violations
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.plans import actions as periods
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.workflow import actions as steps
from wanzhou.site.reports.publishing import publish

pytestmark = pytest.mark.django_db(transaction=True)
Screen = Callable[..., BrowserContext]
PREVIEW = "/admin/publish/1999/first_half/"


@pytest.fixture
def small(cast: Cast) -> SmallPlan:
    """A half-year under way: a row on pace, one behind with its cause, one of the reviewer's own; all submitted."""
    quarter = SmallPlan.of(cast, period=Period.FIRST_QUARTER)
    quarter.approved(quarter.target("6.5以上", name="测试增速"), "6.6")
    publish(plan=quarter.plan, period=quarter.period, by=cast.publisher, why="一季度")
    period = periods.open_period(
        plan=quarter.plan, period=Period.FIRST_HALF, due_on=datetime.date(1999, 7, 15), by=cast.publisher
    )
    small = SmallPlan(quarter.plan, period, cast)
    behind = small.target("7", name="测试滞后指标")
    facts = {"target": behind, "period": period, "text": "需求不足", "measures": "扩大内需"}
    Cause.objects.create(**facts, entered_by=cast.clerk)
    growth = small.plan.targets.get(order=1)
    submit([small.draft(growth, "6.7"), small.draft(behind, "6.1")], by=cast.clerk)
    own = small.draft(small.target("5以内", name="测试失业率"), "4.9", entered_by=cast.reviewer)
    submit([own], by=cast.reviewer)
    CityRequest.objects.create(target=small.target("9"), period=period, bureau="市测试局")
    return small


def public(page: Page, live_server: LiveServer) -> str:
    """What a visitor reads of the period now."""
    page.goto(live_server.url + "/1999/?period=first_half")
    return page.locator("body").inner_text()


def tick(page: Page, name: str) -> None:
    page.get_by_label(f"选中 {name}").check()


def test_the_way_of_a_figure(
    small: SmallPlan, sign_in: SignIn, live_server: LiveServer, screen: Screen
) -> None:
    """Returned, submitted again, approved by another, previewed, published: the public page changes then only."""
    cast, url = small.cast, live_server.url
    visitor = screen(1440).new_page()
    before = public(visitor, live_server)
    reviewer = opened(screen(1440), sign_in(cast.reviewer), url + "/admin/review/")

    tick(reviewer, "测试增速·完成情况")
    reviewer.get_by_label("退回意见").fill("请核对小数")
    reviewer.get_by_role("button", name="退回所选").click()
    reviewer.get_by_text("已退回 1 条。").wait_for()

    clerk = opened(screen(390), sign_in(cast.clerk), url + "/admin/")
    assert "请核对小数" in clerk.locator("#pile-returned + ul").inner_text()
    clerk.get_by_role("link", name="1999年测试增速·上半年").click()
    clerk.get_by_label("测试增速 上半年累计").fill("6.8")
    clerk.get_by_role("button", name="提交审核").click()
    clerk.get_by_text("已报送1条，等待审核。").wait_for()

    reviewer.goto(url + "/admin/review/")
    reviewer.get_by_label("全选本单位").check()
    reviewer.get_by_role("button", name="审核通过所选").click()
    reviewer.get_by_text("已审核通过 3 条。").wait_for()
    assert public(visitor, live_server) == before

    publisher = opened(screen(1440), sign_in(cast.publisher), url + "/admin/review/")
    publisher.get_by_role("button", name="审核通过 测试失业率·完成情况").click()
    publisher.get_by_text("已审核通过 1 条。").wait_for()
    publisher.goto(url + PREVIEW)
    headline = publisher.locator(".headlines .now dd").inner_text().splitlines()[0]
    assert headline == "时间过半，4 项目标中 2 项序时达标，1 项滞后"
    publisher.get_by_label("发布缘由").fill("上半年数据")
    publisher.get_by_label("保密审查人").select_option(label="测试发改发布")
    publisher.get_by_label("审查人已看过").check()
    assert public(visitor, live_server) == before
    publisher.get_by_role("button", name="发布以上内容").click()
    publisher.get_by_text("已发布，公开页面已经更新").wait_for()

    after = public(visitor, live_server)
    assert after != before
    for words in ("6.8", "需求不足", headline.split("，")[1]):
        assert words in after.replace("\n", ""), words
    for page in (reviewer, clerk, publisher):
        assert page.evaluate("window.__csp") == []


def test_review_works_without_scripts(
    small: SmallPlan, sign_in: SignIn, live_server: LiveServer, screen: Screen
) -> None:
    browser = screen(390).browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    key = sign_in(small.cast.reviewer).cookies[settings.SESSION_COOKIE_NAME].value
    address = urljoin(live_server.url, "/")
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": address}])
    page = context.new_page()
    page.goto(live_server.url + "/admin/review/")
    page.get_by_role("button", name="审核通过 测试增速·完成情况").click()
    assert "已审核通过 1 条。" in page.locator("body").inner_text()
    page.goto(live_server.url + "/admin/")
    assert "尚有" in page.locator(".reminders textarea").first.input_value()
    context.close()


def test_a_reminder_is_copied(
    small: SmallPlan, sign_in: SignIn, live_server: LiveServer, screen: Screen
) -> None:
    context = screen(1440)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened(context, sign_in(small.cast.reviewer), live_server.url + "/admin/")
    page.get_by_role("button", name="复制").first.click()
    page.get_by_role("button", name="已复制").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.replace("\r", "") == page.locator(".reminders textarea").first.input_value()


def test_review_by_keyboard_alone(
    small: SmallPlan, sign_in: SignIn, live_server: LiveServer, screen: Screen
) -> None:
    page = opened(screen(1440), sign_in(small.cast.reviewer), live_server.url + "/admin/review/")
    page.get_by_label("选中 测试增速·完成情况").focus()
    page.keyboard.press("Space")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "审核通过所选":
            break
    page.keyboard.press("Enter")
    page.get_by_text("已审核通过 1 条。").wait_for()


def places(small: SmallPlan) -> dict[str, tuple[str, str]]:
    """Every page of the workbench with who looks at it."""
    published = QuarterlyActual.objects.published().get()
    return {
        "the clerk's day": ("clerk", "/admin/"),
        "the publisher's day": ("publisher", "/admin/"),
        "the administrator's day": ("administrator", "/admin/"),
        "the auditor's day": ("auditor", "/admin/"),
        "review": ("reviewer", "/admin/review/"),
        "choose": ("publisher", "/admin/publish/"),
        "preview": ("publisher", PREVIEW),
        "preview of a change": ("publisher", "/admin/publish/1999/first_quarter/"),
        "periods": ("publisher", "/admin/periods/"),
        "replace": ("publisher", f"/admin/replace/{published.pk}/"),
        **decisions(small, published),
    }


def decisions(small: SmallPlan, published: QuarterlyActual) -> dict[str, tuple[str, str]]:
    """The city log, the other regions, and the forms of decisions."""
    asked = CityRequest.objects.get()
    about = f"{published.target_id}/{published.period_id}/"
    return {
        "city": ("publisher", "/admin/city/"),
        "city line": ("publisher", f"/admin/city/{asked.target_id}/{asked.period_id}/"),
        "annex": ("auditor", "/admin/city/annex/"),
        "references": ("publisher", "/admin/references/1999/first_half/"),
        "references to read": ("auditor", "/admin/references/1999/first_half/"),
        "documents": ("publisher", "/admin/writing/"),
        "a document refused": ("publisher", "/admin/writing/annual/file/"),
        "documents to read": ("auditor", "/admin/writing/"),
        "decisions": ("publisher", "/admin/decisions/1999/first_half/"),
        "rule": ("publisher", f"/admin/rule/{published.pk}/"),
        "cause": ("clerk", f"/admin/cause/{about}"),
        "adjust": ("publisher", f"/admin/adjust/{published.target_id}/"),
        "calibre": ("publisher", f"/admin/calibre/{about}"),
    }


def test_the_effect_shows_while_a_form_is_filled_in(
    small: SmallPlan, sign_in: SignIn, live_server: LiveServer, screen: Screen
) -> None:
    """Nothing is saved by it, and nothing typed is lost."""
    behind = QuarterlyActual.objects.get(target__name="测试滞后指标")
    place = f"{live_server.url}/admin/adjust/{behind.target_id}/"
    page = opened(screen(1440), sign_in(small.cast.publisher), place)
    fields = {"调整后的目标": "6以上", "批准机关": "区人大常委会", "会议": "第十二次会议", "文件": "测试文件"}
    for label, text in fields.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("批准日期").fill("1999-05-20")
    page.get_by_label("会议").focus()
    effects = page.locator("#effects")
    effects.get_by_text("1 行的结论改变").wait_for()
    assert "序时达标" in effects.inner_text()
    assert page.get_by_label("调整后的目标").input_value() == "6以上"
    assert not TargetAdjustment.objects.exists()
    assert violations(page) == []
    assert page.evaluate("window.__csp") == []
    page.get_by_role("button", name="登记调整").click()
    page.get_by_text("目标调整已登记").wait_for()
    assert TargetAdjustment.objects.get().wording == "6以上"


@pytest.mark.parametrize(
    ("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark"), (320, "light")]
)
def test_screens(
    width: int, scheme: str, small: SmallPlan, sign_in: SignIn, live_server: LiveServer, screen: Screen
) -> None:
    steps.approve(QuarterlyActual.objects.filter(state="submitted", value="6.7"), by=small.cast.reviewer)
    old = QuarterlyActual.objects.published().get()
    quarter = SmallPlan(small.plan, old.period, small.cast)
    quarter.approved(old.target, "6.4", replaces=old, replaced_because="revision")
    assert timezone.localdate() > datetime.date(1999, 7, 15)
    context = screen(width, scheme)
    clients: dict[str, Client] = {}
    faults = {}
    for name, (who, place) in places(small).items():
        client = clients.setdefault(who, sign_in(getattr(small.cast, who)))
        page = opened(context, client, live_server.url + place)
        wide = page.evaluate(OVERFLOW)
        refused = page.evaluate("window.__csp")
        faults[name] = [*refused, *([f"wide by {wide}"] if wide > 0 else []), *violations(page)]
        page.close()
    assert {name: found for name, found in faults.items() if found} == {}
