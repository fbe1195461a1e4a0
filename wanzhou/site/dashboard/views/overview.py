"""The overview of a plan year, which is also the front page."""

from __future__ import annotations

from wanzhou.kernel.pages.pages import Page, public
from wanzhou.kernel.pages.visits import Visit
from wanzhou.kernel.plans.shown import PublishedPlan, Shown, opening, published_plans, shown
from wanzhou.site.dashboard.overview import overview_of


@public()
def home(visit: Visit) -> Page:
    """The newest period that was declared complete; a calm page where nothing is published yet."""
    plans = published_plans(visit.as_of.moment)
    first = opening(plans)
    if first is None:
        return Page("empty.html", None, title="年度总览", canonical="/", section="overview")
    return _overview(visit, first, plans)


@public("period")
def year(visit: Visit, year: int) -> Page:
    """A plan year at its newest published period, or at the one asked for."""
    plans = published_plans(visit.as_of.moment)
    return _overview(visit, shown(plans, year, visit.said("period")), plans)


def _overview(visit: Visit, asked: Shown, plans: tuple[PublishedPlan, ...]) -> Page:
    page = overview_of(asked, plans, visit.as_of.moment)
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
