"""The administration in a real browser: nothing refused by the policy, nothing that the rules of access forbid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from indicators.models import AnnualTarget, PublishedRow, QuarterlyActual
from tests.admin.conftest import SignIn
from tests.admin.office import Office, address
from wanzhou.kernel.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)
WATCH = (
    "window.__csp = []; document.addEventListener('securitypolicyviolation',"
    " e => window.__csp.push(e.violatedDirective + ' ' + e.blockedURI))"
)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def places(office: Office) -> dict[str, str]:
    draft = office.own[QuarterlyActual]
    return {
        "index": "/admin/",
        "targets": address(AnnualTarget, "changelist"),
        "actuals": address(QuarterlyActual, "changelist"),
        "new": address(QuarterlyActual, "add"),
        "person": address(User, "add"),
        "draft": address(QuarterlyActual, "change", draft.pk),
        "published": address(PublishedRow, "change", PublishedRow.objects.earliest("id").pk),
        "history": address(QuarterlyActual, "history", draft.pk),
    }


def opened(context: BrowserContext, client: Client, url: str) -> Page:
    """A page as the signed-in person sees it, with what the policy refused on the way in `__csp`."""
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": urljoin(url, "/")}])
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(url)
    return page


def violations(page: Page) -> list[str]:
    found: list[dict[str, Any]] = (
        Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    )
    return [f"{fault['id']} {fault['nodes'][0]['target']}" for fault in found]


@pytest.mark.parametrize(
    ("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")]
)
def test_screens(
    width: int,
    scheme: str,
    office: Office,
    superuser: User,
    sign_in: SignIn,
    live_server: LiveServer,
    screen: Callable[..., BrowserContext],
) -> None:
    client = sign_in(superuser)
    context = screen(width, scheme)
    faults = {}
    for name, place in places(office).items():
        page = opened(context, client, live_server.url + place)
        refused = page.evaluate("window.__csp")
        wide = page.evaluate(OVERFLOW)
        faults[name] = [*refused, *([f"wide by {wide}"] if wide > 0 else []), *violations(page)]
        page.close()
    assert {name: found for name, found in faults.items() if found} == {}


def test_choosing_a_target_by_typing(
    office: Office, sign_in: SignIn, live_server: LiveServer, screen: Callable[..., BrowserContext]
) -> None:
    """The search box of a long choice works under the policy, and offers the own department's targets only."""
    page = opened(screen(1440), sign_in(office.cast.clerk), live_server.url + address(QuarterlyActual, "add"))
    page.locator(".field-target .select2-selection").click()
    page.locator(".select2-results__option", has_text=str(office.own[AnnualTarget])).wait_for()
    offered = page.locator(".select2-results__option").all_inner_texts()
    assert str(office.theirs[AnnualTarget]) not in offered
    assert page.evaluate("window.__csp") == []
