"""The map of the site names every public address and no other."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from xml.etree import ElementTree

import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, resolve
from django.utils import timezone
from pytest_django import Settings

from projects.stages import Stage
from wanzhou import urls
from wanzhou.kernel.plans.models import Publication
from wanzhou.kernel.plans.periods import Period
from wanzhou.site.dashboard.sitemap import addresses

from .plans import plan_of, publish, publisher, row, task

DOCUMENT = "documents/<str:sha256>.<slug:form>"
EDITION = "<int:year>/report/editions/<int:pk>.<slug:form>"
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def patterns(found: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns)
        else:
            yield one


def listed(client: Client, **headers: str) -> dict[str, str]:
    """The addresses of /sitemap.xml with what it says of their last change."""
    answer = client.get("/sitemap.xml", headers=headers)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    return {
        one.findtext(f"{SPACE}loc", ""): one.findtext(f"{SPACE}lastmod", "")
        for one in root.iter(f"{SPACE}url")
    }


def test_every_address_answers(client: Client, loaded_plans: None) -> None:
    answers = {address.path: client.get(address.path) for address in addresses(timezone.now())}
    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 200} == {}
    for address in addresses(timezone.now()):
        assert answers[address.path]["Content-Type"].startswith("text/html") is address.page, address.path


def test_nothing_of_the_site_map_is_missing(client: Client, loaded_plans: None) -> None:
    """What is not listed leads elsewhere (or is not built by us), so that nothing is left out by oversight."""
    known = {resolve(one.path.partition("?")[0]).route for one in addresses(timezone.now())}
    routes = {str(one.pattern) for one in patterns(urls.PUBLIC) if one.name != "api-root"}
    # The real plans have no file attached and no edition: tests/evidence and test_report_out say when one is listed.
    routes -= {DOCUMENT, EDITION} - known
    assert known <= routes
    for route in routes - known:
        assert client.get(f"/{route}").status_code == 302, route


def test_the_sitemap_lists_pages_with_the_day_of_their_newest_publication(client: Client, db: None) -> None:
    with time_machine.travel("2032-01-10T12:00+08:00", tick=False):
        row(publish(2031, Period.FIRST_HALF), 1, code="kept")
    with time_machine.travel("2032-01-20T12:00+08:00", tick=False):
        row(publish(2032), 1, code="new")
        pages = listed(client)
    assert pages["http://testserver/2031/"] == "2032-01-10T04:00:00+00:00"
    assert pages["http://testserver/2031/?period=first_half"] == "2032-01-10T04:00:00+00:00"
    assert pages["http://testserver/"] == "2032-01-20T04:00:00+00:00"
    assert not [page for page in pages if page.endswith((".csv", ".json", ".xml"))]


def test_the_addresses_are_those_that_people_know(client: Client, db: None, settings: Settings) -> None:
    settings.SITE_ADDRESS = "https://plan.example.cn"
    pages = listed(client)
    assert all(page.startswith("https://plan.example.cn/") for page in pages)
    assert "https://plan.example.cn/search/" in pages
    assert "Sitemap: https://plan.example.cn/sitemap.xml\n" in client.get("/robots.txt").content.decode()


def test_what_must_wait_is_not_listed(client: Client, db: None) -> None:
    act = publish(2031)
    row(act, 1, code="shown")
    task(act, 1, "虚构分类", "虚构项目", planned_stage=Stage.STARTED)
    plan = plan_of(2032)
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    held = Publication.objects.create(
        plan=plan, by=publisher(), why="未到", rule_set=plan.rule_set, not_before=tomorrow
    )
    row(held, 1, code="held")
    known = {address.path for address in addresses(timezone.now())}
    assert "/2031/" in known
    assert not [path for path in known if "2032" in path or "held" in path]
    later = {address.path: address for address in addresses(tomorrow)}
    assert later["/2032/"].changed == tomorrow


def test_robots_keep_off_the_desks(client: Client, db: None) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /admin/\n" in answer.content.decode()


def test_the_queries_are_fixed(client: Client, db: None) -> None:
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            listed(client)
        return len(asked)

    row(publish(2031), 1)
    alone = queries()
    for year in range(2040, 2050):
        row(publish(year), 1, code=f"other-{year}")
    assert queries() == alone <= 6
