"""The site in parts: pages without desks, desks without pages, and a public part that needs few tables."""

from __future__ import annotations

import runpy
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver
from django.utils import timezone

from tests.kernel.test_grant_public import acting_as, granted, role
from wanzhou import urls
from wanzhou.kernel import localpg
from wanzhou.site.dashboard.sitemap import addresses

__all__ = ["role"]

PERSONAL = ("session", "auth", "csrf", "messages", "history")


def settings_of(part: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setenv("SITE_PART", part)
    return runpy.run_path(str(localpg.CHECKOUT / "wanzhou/settings.py"))


def routes(part: list[URLPattern | URLResolver]) -> set[str]:
    return {str(one.pattern) for one in part}


def test_the_public_part_knows_no_person(monkeypatch: pytest.MonkeyPatch) -> None:
    found = settings_of("public", monkeypatch)
    assert not [name for name in found["MIDDLEWARE"] if any(word in name.lower() for word in PERSONAL)]
    assert found["MIDDLEWARE"][0] == "django.middleware.security.SecurityMiddleware"
    assert "csp.middleware.CSPMiddleware" in found["MIDDLEWARE"]
    assert found["INSTALLED_APPS"] == settings_of("all", monkeypatch)["INSTALLED_APPS"]


@pytest.mark.parametrize("part", ["staff", "all"])
def test_the_desks_have_all_that_they_need(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    named = " ".join(settings_of(part, monkeypatch)["MIDDLEWARE"]).lower()
    assert all(word in named for word in PERSONAL)


def test_each_part_has_its_addresses() -> None:
    public, staff = routes(urls.PARTS["public"]), routes(urls.PARTS["staff"])
    assert "admin/" in staff
    assert not [route for route in public if route.startswith(("admin", "styleguide"))]
    assert public & staff == {""}
    assert routes(urls.PARTS["all"]) == public | staff


@pytest.mark.django_db
def test_every_public_address_needs_only_what_is_granted(
    loaded_plans: None, role: str, client: Client
) -> None:
    """What a page asks of another table is refused by the database, and shows here as an error."""
    granted(role)
    with acting_as(role):
        for address in addresses(timezone.now()):
            assert client.get(address.path).status_code == 200, address.path


@pytest.mark.django_db
def test_without_pages_a_refusal_leads_to_the_desks(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SITE_PART", "staff")
    page = client.get("/no-such-page/").content.decode()
    assert "回到工作台" in page
    assert 'href="/search/"' not in page
    assert "主导航" not in page
