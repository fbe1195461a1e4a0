"""The map of the site: every public page and every file of it, as the sitemap, the export and the tests know them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import DateTimeField, F, Max, QuerySet
from django.db.models.functions import Greatest
from django.urls import Resolver404, resolve

from indicators.models import PublishedRow
from projects.models import PublishedTask
from wanzhou.kernel.plans.models import PlanKind, Publication
from wanzhou.kernel.plans.shown import PublishedPlan, published_plans
from wanzhou.site.reports.writing.told import refused_years

from .report import FORMS as REPORTS
from .report import editions_of, has_report

Moment = datetime.datetime
Changes = dict[str, Moment]
Dated = QuerySet[Publication] | QuerySet[PublishedRow] | QuerySet[PublishedTask]

TWINS = ("csv", "xlsx", "json")
# Of the whole site: pages for people, then files for programs.
PAGES = ("/", "/awaiting/", "/judging/", "/corrections/", "/data/", "/about/", "/search/", "/api/docs")
FILES = (
    "/search.json",
    *(f"/{name}.{form}" for name in ("awaiting", "corrections") for form in TWINS),
    "/feed.xml",
    "/api/openapi.json",
    "/sitemap.xml",
    "/robots.txt",
)
LISTS = ("indicators", "projects", "work-targets", "results")
_PARTICULAR = re.compile(r"\?.*|[0-9]{4}(?=[/.])|(?<=^/indicators/)[^/.]+|(?<=^/projects/)[^/.]+")


@dataclass(frozen=True, slots=True)
class Address:
    """An address that answers 200: its path with the query, whether it is a page for people (else a file or a feed),
    and the moment of the newest publication that it shows (None while nothing is published)."""

    path: str
    page: bool
    changed: Moment | None = None


def addresses(moment: Moment) -> tuple[Address, ...]:
    """Every public address at the moment, in a fixed order; five queries, and two more where a year is finished.

    An address that the site map (`wanzhou/urls.py`) does not know is left out.
    """
    plans = published_plans(moment)
    acts = Publication.objects.visible(moment).filter(plan__kind=PlanKind.ANNUAL)
    by_year = _changes(acts, "plan__last_year", "")
    newest = max(by_year.values(), default=None)
    whole = [Address(path, True, newest) for path in PAGES] + [Address(path, False, newest) for path in FILES]
    rows = PublishedRow.objects.visible(moment).filter(publication__plan__kind=PlanKind.ANNUAL)
    refused = refused_years(plans, moment)
    editions = editions_of(plans, moment)
    every = [
        *whole,
        *(one for plan in reversed(plans) for one in _of_report(plan, by_year, refused)),
        *(Address(edition.href, False, edition.marked_at or newest) for edition in editions),
        *(one for plan in reversed(plans) for one in _of_year(plan, by_year[str(plan.plan.year)])),
        *_of_comparisons(plans, by_year),
        *(Address(f"/indicators.{form}", False, newest) for form in TWINS if plans),
        *_of_each("indicators", _changes(rows, "code")),
        *_of_each("projects", _changes(PublishedTask.objects.visible(moment), "slug")),
    ]
    known: dict[str, bool] = {}
    return tuple(one for one in every if _is_known(one.path, known))


def _of_year(plan: PublishedPlan, changed: Moment) -> Iterator[Address]:
    """A year's pages, its lists as files, and the same of each of its periods."""
    start = f"/{plan.plan.year}"
    yield Address(f"{start}/", True, changed)
    for name in LISTS:
        yield Address(f"{start}/{name}/", True, changed)
        yield from (Address(f"{start}/{name}.{form}", False, changed) for form in TWINS)
    for period in plan.periods:
        asked = f"?period={period.period}"
        yield Address(f"{start}/{asked}", True, changed)
        yield Address(f"{start}/indicators/{asked}", True, changed)
        yield from (Address(f"{start}/indicators.{form}{asked}", False, changed) for form in TWINS)


def _of_report(plan: PublishedPlan, by_year: Changes, refused: frozenset[int]) -> Iterator[Address]:
    """A finished year's report; as files only where it can be written."""
    if not has_report(plan):
        return
    year = plan.plan.year
    changed = max(by_year[str(one)] for one in (year, year + 1) if str(one) in by_year)
    yield Address(f"/{year}/report/", True, changed)
    if year not in refused:
        yield from (Address(f"/{year}/report.{form}", False, changed) for form in REPORTS)


def _of_comparisons(plans: tuple[PublishedPlan, ...], by_year: Changes) -> Iterator[Address]:
    """Each plan beside the one before it, as a page and as files."""
    for before, after in pairwise(sorted(plan.plan.year for plan in plans)):
        changed = max(by_year[str(before)], by_year[str(after)])
        yield Address(f"/compare/{before}/{after}/", True, changed)
        yield from (Address(f"/compare/{before}/{after}.{form}", False, changed) for form in TWINS)


def _of_each(name: str, changes: Changes) -> Iterator[Address]:
    for code, changed in changes.items():
        yield Address(f"/{name}/{code}/", True, changed)
        yield from (Address(f"/{name}/{code}.{form}", False, changed) for form in TWINS)


def _changes(rows: Dated, key: str, act: str = "publication__") -> Changes:
    """When the newest publication of each key became visible, by key."""
    seen = Greatest(f"{act}at", f"{act}not_before", output_field=DateTimeField())
    found = rows.order_by().values(asked=F(key)).annotate(changed=Max(seen)).order_by("asked")
    return {str(one["asked"]): one["changed"] for one in found}


def _is_known(path: str, known: dict[str, bool]) -> bool:
    """Whether the site map has the address; asked once for all addresses of a kind."""
    kind = _PARTICULAR.sub("", path)
    if kind not in known:
        try:
            resolve(path.partition("?")[0])
            known[kind] = True
        except Resolver404:
            known[kind] = False
    return known[kind]
