"""The overview of a plan year, which is also the front page."""

from __future__ import annotations

from wanzhou.kernel.pages.pages import Page, public
from wanzhou.kernel.pages.visits import Visit
from wanzhou.kernel.plans.shown import Shown, opening, shown
from wanzhou.site.dashboard.overview import overview_of


@public()
def home(visit: Visit) -> Page:
    """The newest period that was declared complete; a calm page where nothing is published yet."""
    first = opening(visit.plans)
    if first is None:
        return Page("empty.html", None, title="年度总览", canonical="/", section="overview")
    return _overview(visit, first)


@public("period")
def year(visit: Visit, year: int) -> Page:
    """A plan year at its newest published period, or at the one asked for."""
    return _overview(visit, shown(visit.plans, year, visit.said("period")))


def _overview(visit: Visit, asked: Shown) -> Page:
    page = overview_of(asked, visit.plans, visit.as_of.moment)
    return Page(
        "overview.html",
        page,
        title=f"{page.year} 年计划{page.words.kick}总览",
        canonical=page.canonical,
        section="overview",
        year=page.year,
        description="".join(page.headline.phrases) + "。" + page.headline.lede,
        twins=page.twins,
        sources=page.sources,
    )
