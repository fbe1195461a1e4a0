"""Answers are made once, kept compressed, not sent again to whoever has them, and never older than a publication."""

from __future__ import annotations

import datetime
import gzip
from typing import Any

import brotli
import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from indicators.judging.terms import Verdict
from tests.pages.plans import figure, publish, row
from tests.pages.reading import words_of
from wanzhou.kernel.pages import pages
from wanzhou.kernel.plans.periods import Period

ADDRESS = "/2031/"


@pytest.fixture
def renderings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that were really made, in order."""
    made: list[str] = []
    render = pages.rendered

    def recorded(page: pages.Page, visit: Any) -> str:
        made.append(visit.address)
        return render(page, visit)

    monkeypatch.setattr(pages, "rendered", recorded)
    return made


def test_a_page_is_made_once(client: Client, year_over: int, renderings: list[str]) -> None:
    first, second = client.get(ADDRESS), client.get(f"{ADDRESS}?utm_source=elsewhere")
    assert renderings == [ADDRESS]
    assert first.content == second.content
    assert first["ETag"] == second["ETag"]


def test_who_has_it_is_not_sent_it_again(client: Client, year_over: int, renderings: list[str]) -> None:
    had = client.get(ADDRESS)
    for header in ({"If-None-Match": had["ETag"]}, {"If-Modified-Since": had["Last-Modified"]}):
        again = client.get(ADDRESS, headers=header)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == had["ETag"]
    assert had["Cache-Control"] == "public, no-cache"


def test_a_publication_changes_the_page_and_its_validators_at_once(client: Client, year_over: int) -> None:
    had = client.get(ADDRESS)
    act = publish(2031, Period.FULL_YEAR)
    row(act, 2, "7", verdict=Verdict.MET, gap="0.1", **figure("7.1"))
    now = client.get(ADDRESS, headers={"If-None-Match": had["ETag"]})
    assert now.status_code == 200
    assert "8 项年度目标，2 项达到或超过，1 项未完成" in words_of(now.content.decode())


def test_declaring_a_period_complete_changes_the_front_page_at_once(client: Client, year_over: int) -> None:
    act = publish(2032, Period.FIRST_HALF)
    row(act, 1, pace="on_pace", gap="1", **figure("7"))
    assert "8 项年度目标" in words_of(client.get("/").content.decode())
    period = act.period
    assert period is not None
    period.complete_by, period.complete_at = act.by, timezone.now()
    period.save()
    assert "时间过半" in words_of(client.get("/").content.decode())


def test_the_next_day_has_validators_of_its_own(client: Client, year_over: int) -> None:
    had = client.get(ADDRESS)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1)):
        assert client.get(ADDRESS, headers={"If-None-Match": had["ETag"]}).status_code == 200


def test_every_look_is_kept_apart(client: Client, year_over: int) -> None:
    plain = client.get(ADDRESS)
    client.cookies["display"] = "large"
    large = client.get(ADDRESS, headers={"If-None-Match": plain["ETag"]})
    assert large.status_code == 200
    assert '<html lang="zh-Hans-CN" class="large">' in large.content.decode()
    assert "Cookie" in large["Vary"]


@pytest.mark.parametrize(("asked", "opened"), [("br", brotli.decompress), ("gzip, deflate", gzip.decompress)])
def test_it_travels_compressed(client: Client, year_over: int, asked: str, opened: Any) -> None:
    plain = client.get(ADDRESS)
    for _ in range(2):  # made, then kept
        packed = client.get(ADDRESS, headers={"Accept-Encoding": asked})
        assert packed["Content-Encoding"] == asked.partition(",")[0]
        assert opened(packed.content) == plain.content
        assert len(packed.content) < len(plain.content) / 3
    assert "Content-Encoding" not in plain
    assert "Content-Encoding" not in client.get(ADDRESS, headers={"Accept-Encoding": "br;q=0"})


def test_a_refusal_is_not_kept(client: Client, year_over: int) -> None:
    missing = client.get("/2050/")
    assert (missing.status_code, missing["Cache-Control"]) == (404, "no-store")
    row(publish(2050), 1, outcome_state="unreported")
    assert client.get("/2050/").status_code == 200


def test_nothing_is_kept_while_developing(
    client: Client, year_over: int, settings: Settings, renderings: list[str]
) -> None:
    settings.DEBUG = True
    had = client.get(ADDRESS)
    assert client.get(ADDRESS, headers={"If-None-Match": had["ETag"]}).status_code == 200
    assert renderings == [ADDRESS, ADDRESS]


def test_pages_are_for_reading(client: Client, year_over: int) -> None:
    refused = client.post(ADDRESS, {"a": "1"})
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD")
    assert client.head(ADDRESS).status_code == 200


def test_a_lost_cache_costs_only_time(client: Client, year_over: int, renderings: list[str]) -> None:
    client.get(ADDRESS)
    cache.clear()
    assert client.get(ADDRESS).status_code == 200
    assert renderings == [ADDRESS, ADDRESS]
