"""The sheet of a draft in a real browser: by keyboard, echoed as it is typed; and the new pages at every width."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext
from pytest_django.live_server_helper import LiveServer

from indicators.drafting.carrying import carry_forward
from tests.admin.conftest import SignIn
from tests.admin.test_screens import OVERFLOW, opened, violations
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.plans.models import Plan, PlanState

pytestmark = pytest.mark.django_db(transaction=True)
Screen = Callable[..., BrowserContext]


@pytest.fixture
def draft(cast: Cast) -> Plan:
    small = SmallPlan.of(cast)
    total = small.target("6.5以上", name="测试增速")
    small.target("5", name="测试其中行", parent=total, ordinal=None)
    small.target("5.5以内", name="测试失业率", ordinal=2)
    Plan.objects.filter(pk=small.plan.pk).update(state=PlanState.SUBMITTED)
    return carry_forward(Plan.objects.get(pk=small.plan.pk), by=cast.publisher).plan


def test_wordings_are_typed_down_the_column(
    draft: Plan, cast: Cast, sign_in: SignIn, live_server: LiveServer, screen: Screen
) -> None:
    """Enter goes to the next wording, the echo follows, Ctrl+S saves all three."""
    page = opened(screen(1440), sign_in(cast.publisher), live_server.url + "/admin/drafting/2000/")
    page.locator('[data-field="wording"]').first.focus()
    page.keyboard.type("6左右")
    page.locator(".draft-line").first.get_by_text("6 左右（≥ 5.9）").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type("天上人间")
    page.get_by_text("系统读不懂这一表述").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type("5以内")
    page.keyboard.press("Control+s")
    page.get_by_text("已保存：改动 3 行。").wait_for()
    wordings = draft.targets.order_by("order").values_list("wording", flat=True)
    assert list(wordings) == ["6左右", "天上人间", "5以内"]
    assert page.evaluate("window.__csp") == []


def test_the_sheet_works_without_scripts(
    draft: Plan, cast: Cast, sign_in: SignIn, live_server: LiveServer, screen: Screen
) -> None:
    context = screen(390, scripts=False)
    page = opened(context, sign_in(cast.publisher), live_server.url + "/admin/drafting/2000/")
    page.locator('[data-field="wording"]').first.fill("6左右")
    page.get_by_role("button", name="保存", exact=True).click()
    assert "已保存：改动 1 行。" in page.locator("body").inner_text()
    assert "6 左右（≥ 5.9）" in page.locator(".draft-line").first.inner_text()


@pytest.mark.parametrize(
    ("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark"), (320, "light")]
)
def test_screens(
    width: int, scheme: str, draft: Plan, cast: Cast, sign_in: SignIn, live_server: LiveServer, screen: Screen
) -> None:
    context = screen(width, scheme)
    drafting = "/admin/drafting/"
    places = {
        **dict.fromkeys((drafting, f"{drafting}2000/", f"{drafting}2000/paste/"), cast.publisher),
        f"{drafting}2000/approve/": cast.publisher,
        "/admin/history/": cast.auditor,
        "/admin/history/?since=x": cast.auditor,
    }
    faults = {}
    for place, who in places.items():
        page = opened(context, sign_in(who), live_server.url + place)
        wide = page.evaluate(OVERFLOW)
        refused = page.evaluate("window.__csp")
        faults[place] = [*refused, *([f"wide by {wide}"] if wide > 0 else []), *violations(page)]
        page.close()
    assert {place: found for place, found in faults.items() if found} == {}
