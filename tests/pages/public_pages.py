"""What holds for every public page: sound markup, nothing inline, nothing unpublished, the same count of queries."""

from __future__ import annotations

import datetime
import re
from urllib.parse import urlsplit

import html5lib
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indicators.judging.terms import OutcomeState, Verdict
from indicators.models import AnnualTarget, QuarterlyActual
from wanzhou.kernel.plans.models import Publication, ReportingPeriod
from wanzhou.kernel.plans.periods import Period

from .plans import figure, plan_of, publish, publisher, row, task

PLANTED = "98765.4321"


def assert_sound(html: str) -> None:
    """The markup parses as it stands, and nothing in it needs a looser policy."""
    html5lib.HTMLParser(strict=True).parse(html)
    assert " style=" not in html
    assert "<style" not in html
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert not re.search(r'\son\w+="', html)
    places = re.findall(r'\sid="([^"]*)"', html)
    assert len(places) == len(set(places))


def anchors_lead_somewhere(html: str) -> None:
    """Every link within the page has its target."""
    places = set(re.findall(r'\sid="([^"]*)"', html))
    assert set(re.findall(r'href="#([^"]*)"', html)) <= places


def links_of(html: str) -> set[str]:
    """The paths of the site that a page's main part links to."""
    main = html[html.index("<main") : html.index("</main>")]
    links = (link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"]*)"', main))
    return {urlsplit(link)._replace(fragment="").geturl() for link in links}


def plant_what_is_not_public(year: int) -> None:
    """A draft of the year, and a publication that may not be read before tomorrow."""
    QuarterlyActual.objects.create(
        target=AnnualTarget.objects.get(plan__first_year=year, indicator__code="invented-8"),
        period=ReportingPeriod.objects.get(plan__first_year=year),
        outcome_state=OutcomeState.REPORTED,
        value=PLANTED,
        wording=PLANTED,
        entered_by=publisher(),
    )
    plan = plan_of(year)
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    act = Publication.objects.create(
        plan=plan,
        period=ReportingPeriod.objects.get(plan=plan),
        by=publisher(),
        why=PLANTED,
        rule_set=plan.rule_set,
        not_before=tomorrow,
    )
    row(act, 9, f"{PLANTED}左右", verdict=Verdict.MET, order=20, source_title=PLANTED, **figure(PLANTED))
    task(act, 7, "分类", f"项目{PLANTED}", source_title=PLANTED, planned_stage="started")


def fifty_more_years() -> None:
    """Fifty years with published rows and tasks."""
    for year in range(1960, 2010):
        for period in (Period.FIRST_HALF, Period.FULL_YEAR):
            act = publish(year, period)
            row(act, 1, verdict=Verdict.MET if period is Period.FULL_YEAR else "", **figure("6"))
        task(act, 1, "分类", "虚构项目", planned_stage="started", source_title="虚构报告")


def queries_anew(client: Client, address: str) -> int:
    """How many queries a page takes that nobody has asked for before."""
    client.get(address)
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
