"""What only a browser sees: errors, refused styles, outside requests, sideways scroll, barriers, paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
WATCH = (
    "document.addEventListener('securitypolicyviolation', e => {"
    " (window.refused = window.refused || []).push(e.violatedDirective + ' ' + e.blockedURI) })"
)
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
PAGES = ["/", "/2031/", "/2032/", "/indicators/invented-2/", "/indicators/invented-5/"]

Screen = Callable[..., BrowserContext]


def watched(context: BrowserContext, home: str) -> tuple[Page, list[str]]:
    """A page, and the list that its faults are written to as they happen."""
    page, faults = context.new_page(), list[str]()
    page.add_init_script(WATCH)
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.append(f"failed {request.url}"))
    page.on(
        "request",
        lambda request: (
            faults.append(f"outside {request.url}")
            if urlsplit(request.url).netloc not in {urlsplit(home).netloc, ""}
            else None
        ),
    )
    return page, faults


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_pages_are_whole(
    live_server: LiveServer, screen: Screen, year_over: int, year_under_way: int, width: int, scheme: str
) -> None:
    page, faults = watched(screen(width, scheme), live_server.url)
    for path in PAGES:
        page.goto(live_server.url + path)
        # The policy's reports first: the checker below brings styles of its own.
        faults += page.evaluate("() => window.refused || []")
        found = Axe().run(page, options=RULES).response["violations"]
        faults += [f"{path} {one['id']}: {one['nodes'][0]['target'][0]}" for one in found]
    assert faults == []


def test_nothing_scrolls_sideways_on_a_small_phone(
    live_server: LiveServer, screen: Screen, year_over: int, year_under_way: int
) -> None:
    page = screen(320).new_page()
    for path in PAGES:
        page.goto(live_server.url + path)
        page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert page.evaluate(SIDEWAYS) == 0, path


def test_why_a_row_is_judged_so_opens_by_keyboard(
    live_server: LiveServer, screen: Screen, year_over: int
) -> None:
    page = screen(1440).new_page()
    page.goto(live_server.url + "/")
    sentence = page.locator("#r1 .because")
    assert not sentence.is_visible()
    page.locator("#r1 summary").focus()
    page.keyboard.press("Enter")
    assert sentence.is_visible()
    assert "判定说明" in sentence.inner_text()


def test_a_tile_leads_to_its_row(live_server: LiveServer, screen: Screen, year_over: int) -> None:
    page = screen(1440).new_page()
    page.goto(live_server.url + "/")
    page.locator(".tile").first.click()
    assert page.url.endswith("#r1")


def test_the_overview_takes_at_most_three_sheets(
    live_server: LiveServer, screen: Screen, year_over: int
) -> None:
    page = screen(1440).new_page()
    page.goto(live_server.url + "/")
    sheets = len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4", prefer_css_page_size=True)))
    assert sheets <= 3
