"""Every kind of public page on the real plans, as only a browser sees it."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.pages.test_everywhere import of_each_kind
from wanzhou.site.dashboard.sitemap import addresses

from .test_pages import RULES, SIDEWAYS, Screen, watched

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("loaded_plans")]
# What no page of one kind shows alone: a running year, a filter, the past, a question.
BESIDES = [
    "/2023/",
    "/2022/?period=first_half",
    "/indicators/foreign-capital/",
    "/indicators/yangtze-water-quality/",
    "/2022/indicators/?state=missed&sort=-name",
    "/2023/projects/?page=3",
    "/search/?q=gdp",
    "/judging/?target=6左右&unit=%25&outcome=3.5",
    "/corrections/?kind=correction",
]


def pages() -> list[str]:
    """One address of each kind of page, and those besides."""
    today = timezone.localdate().isoformat()
    every = [one.path for one in of_each_kind(addresses(timezone.now())) if one.page]
    return [*every, *BESIDES, f"/2022/?as_of={today}"]


def opened_wide(page: Page) -> None:
    """Everything that folds, unfolded."""
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true })")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 820, 1440])
def test_pages_are_whole(live_server: LiveServer, screen: Screen, width: int, scheme: str) -> None:
    page, faults = watched(screen(width, scheme), live_server.url)
    for path in pages():
        answer = page.goto(live_server.url + path)
        assert answer is not None
        assert answer.status == 200, path
        faults += page.evaluate("() => window.refused || []")
        found = Axe().run(page, options=RULES).response["violations"]
        faults += [f"{path} {one['id']}: {one['nodes'][0]['target'][0]}" for one in found]
        assert page.evaluate(SIDEWAYS) == 0, path
    assert faults == []


@pytest.mark.parametrize("look", ["", "large", "contrast", "large-contrast"])
def test_nothing_scrolls_sideways_however_small_or_large(
    live_server: LiveServer, screen: Screen, look: str
) -> None:
    context = screen(320)
    if look:
        context.add_cookies([{"name": "display", "value": look, "url": live_server.url}])
    page = context.new_page()
    for path in pages():
        page.goto(live_server.url + path)
        opened_wide(page)
        assert page.evaluate(SIDEWAYS) == 0, path
    page.set_viewport_size({"width": 2560, "height": 1200})
    for path in pages():
        page.goto(live_server.url + path)
        assert page.evaluate(SIDEWAYS) == 0, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_high_contrast_and_large_text_keep_every_rule(
    live_server: LiveServer, screen: Screen, scheme: str
) -> None:
    context = screen(1280, scheme)
    context.add_cookies([{"name": "display", "value": "large-contrast", "url": live_server.url}])
    page, faults = watched(context, live_server.url)
    for path in pages():
        page.goto(live_server.url + path)
        found = Axe().run(page, options=RULES).response["violations"]
        faults += [f"{path} {one['id']}: {one['nodes'][0]['target'][0]}" for one in found]
    assert faults == []


def test_pages_need_no_scripts(live_server: LiveServer, screen: Screen) -> None:
    context = screen(390, scripts=False)
    page = context.new_page()
    for path in pages():
        page.goto(live_server.url + path)
        assert page.locator("h1").is_visible(), path
        assert page.locator("main").inner_text().strip(), path
    page.goto(f"{live_server.url}/2022/indicators/")
    page.select_option("select[name=nature]", "binding")
    page.click("form.filters button")
    assert "筛选出 5 行" in page.inner_text("#h-list")


def test_filtering_is_smooth_where_scripts_run(live_server: LiveServer, screen: Screen) -> None:
    page, faults = watched(screen(1280), live_server.url)
    page.goto(f"{live_server.url}/2022/indicators/")
    page.evaluate("() => { window.kept = true }")
    page.select_option("select[name=nature]", "binding")
    page.wait_for_function("() => document.querySelector('#h-list').innerText.includes('筛选出 5 行')")
    assert page.evaluate("() => window.kept") is True
    assert "nature=binding" in page.url
    page.go_back()
    page.wait_for_function("() => document.querySelector('#h-list').innerText.includes('22 项指标')")
    assert faults == []


def test_everything_is_reached_by_keyboard_with_a_visible_focus(
    live_server: LiveServer, screen: Screen
) -> None:
    page = screen(1280).new_page()
    page.goto(f"{live_server.url}/2022/indicators/")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    seen = set()
    for _ in range(40):
        outline = page.evaluate(
            "() => { const on = getComputedStyle(document.activeElement);"
            " return on.outlineStyle + ' ' + on.outlineWidth + ' ' + document.activeElement.tagName }"
        )
        assert not outline.startswith("none"), page.evaluate("() => document.activeElement.outerHTML")
        seen.add(outline.split()[-1])
        page.keyboard.press("Tab")
    assert seen >= {"A", "BUTTON", "SELECT", "INPUT"}


def test_the_report_prints_as_a_document(live_server: LiveServer, screen: Screen) -> None:
    """A few sheets; what only a screen can use stays away, and the heads of tables come again."""
    page = screen(1440).new_page()
    page.goto(f"{live_server.url}/2022/report/")
    paper = page.pdf(prefer_css_page_size=True)
    assert 4 <= len(re.findall(rb"/Type /Page\b", paper)) <= 6
    page.emulate_media(media="print")
    assert not page.locator(".from").first.is_visible()
    heads = page.locator(".printed thead").first
    assert heads.evaluate("one => getComputedStyle(one).display") == "table-header-group"
