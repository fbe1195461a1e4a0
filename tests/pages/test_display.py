"""The switches for large text and high contrast: a plain form, a cookie, and back to the page."""

from __future__ import annotations

import pytest
from django.test import Client


def test_a_choice_is_kept_and_leads_back(client: Client, year_over: int) -> None:
    answer = client.get("/display/?large=yes&next=/2031/%3Fperiod%3Dfull_year")
    assert (answer.status_code, answer["Location"]) == (302, "/2031/?period=full_year")
    assert answer.cookies["display"].value == "large"
    assert 'class="large"' in client.get("/2031/").content.decode()
    client.get("/display/?contrast=yes")
    assert 'class="large contrast"' in client.get("/2031/").content.decode()


def test_switched_off_it_leaves_no_cookie(client: Client, year_over: int) -> None:
    client.get("/display/?large=yes")
    client.get("/display/?large=no")
    assert '<html lang="zh-Hans-CN">' in client.get("/2031/").content.decode()


@pytest.mark.parametrize(
    "back", ["https://example.org/", "//example.org/", "javascript:alert(1)", "/\\example.org", ""]
)
def test_it_leads_nowhere_else(client: Client, db: None, back: str) -> None:
    assert client.get("/display/", {"large": "yes", "next": back})["Location"] == "/"
