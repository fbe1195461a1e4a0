"""The grid's page in a browser, and the keys pressed on it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from indicators.models import AnnualTarget
from tests.admin.test_screens import opened
from tests.entry.desk import address, signed_in
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import ReportingPeriod

Screen = Callable[..., BrowserContext]


def page_of(
    live_server: LiveServer, screen: Screen, person: User, period: ReportingPeriod, width: int = 1440
) -> Page:
    page = opened(screen(width), signed_in(person), live_server.url + address(period))
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    return page


def cell(page: Page, target: AnnualTarget) -> Locator:
    return page.locator(f"#c-{target.pk}")


def saved(page: Page) -> None:
    expect(page.locator("#saved")).to_contain_text("草稿已保存", timeout=15_000)
    expect(page.locator("tr.is-changed")).to_have_count(0)


def focused(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.name || document.activeElement.value || ''")
    return found


def press_until(page: Page, key: str, reached: Callable[[str], bool]) -> None:
    for _ in range(400):
        if reached(focused(page)):
            return
        page.keyboard.press(key)
    pytest.fail(f"{key} does not lead there")


def on_submit(page: Page) -> bool:
    found: bool = page.evaluate("document.activeElement.value === 'submit'")
    return found
