"""A real browser on the pages: the system's Chromium, skipped where there is none (never in CI)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None and os.environ.get("CI") != "true":
        pytest.skip("没有找到 Chromium")
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def screen(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a screen of a width and colour scheme; all are closed in the end."""
    opened: list[BrowserContext] = []

    def open_screen(width: int, scheme: str = "light", *, scripts: bool = True) -> BrowserContext:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            locale="zh-CN",
            java_script_enabled=scripts,
            timezone_id="Asia/Shanghai",
        )
        opened.append(context)
        return context

    yield open_screen
    for context in opened:
        context.close()
