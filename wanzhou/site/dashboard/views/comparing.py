"""One year's plan beside another's."""

from __future__ import annotations

from wanzhou.kernel.pages.pages import Elsewhere, File, Link, Page, public
from wanzhou.kernel.pages.refusals import NoSuchPage
from wanzhou.kernel.pages.twins import facts_of, sheet, twins_of
from wanzhou.kernel.pages.visits import Visit
from wanzhou.kernel.plans.shown import published_plans
from wanzhou.site.dashboard.comparing.page import comparison_of
from wanzhou.site.dashboard.comparing.pairs import address_of, pair_of
from wanzhou.site.dashboard.comparing.schemas import ComparedOut, rows_out
from wanzhou.site.dashboard.notes import sources_of


@public()
def comparison(visit: Visit, year: int, other: int) -> Page | Elsewhere:
    """Two plans, the earlier one first."""
    if year > other:
        return Elsewhere(f"{address_of(year, other)}/")
    page = comparison_of(year, other, published_plans(visit.as_of.moment), visit.as_of.moment)
    return Page(
        "comparison.html",
        page,
        title=f"{page.later} 年计划与 {page.earlier} 年比较",
        canonical=page.canonical,
        section="overview",
        year=page.later,
        description="".join(page.headline.phrases) + "。" + page.headline.lede,
        crumbs=(Link(f"{page.later} 年", f"/{page.later}/"), Link(f"与 {page.earlier} 年比较", "")),
        twins=twins_of(page.canonical.rstrip("/"), visit),
        sources=page.sources,
    )


@public()
def newest_comparison(visit: Visit) -> Elsewhere:
    """Without years: the two newest plans."""
    years = [published.plan.year for published in published_plans(visit.as_of.moment)[:2]]
    if len(years) < 2:
        raise NoSuchPage("公开的年度计划不到两份，还不能比较")
    return Elsewhere(f"{address_of(*years)}/")


@public()
def comparison_sheet(visit: Visit, year: int, other: int, form: str) -> File | Elsewhere:
    """The same as a spreadsheet, CSV or XLSX."""
    if year > other:
        return Elsewhere(f"{address_of(year, other)}.{form}")
    pair = pair_of(year, other, published_plans(visit.as_of.moment), visit.as_of.moment)
    return sheet(
        form,
        name=f"compare-{pair.earlier.year}-{pair.later.year}",
        title=f"{pair.later.year}年计划与{pair.earlier.year}年比较",
        schema=ComparedOut,
        rows=rows_out(pair),
        facts=facts_of(visit, sources_of(pair.published), pair.published_at),
    )
