"""The list of a year's indicators."""

from __future__ import annotations

from indicators.filters import FREE, PARAMETERS, found_rows
from indicators.schemas import IndicatorOut
from indicators.told import indicators_out
from wanzhou.kernel.pages.pages import Elsewhere, File, Link, Page, public
from wanzhou.kernel.pages.refusals import NoSuchPage
from wanzhou.kernel.pages.twins import facts_of, sheet, twins_of
from wanzhou.kernel.pages.visits import Visit
from wanzhou.kernel.plans.shown import opening, shown
from wanzhou.site.dashboard.indicator_list import indicator_list_of
from wanzhou.site.dashboard.notes import sources_of


@public("period", *PARAMETERS, "sort", free=FREE)
def indicator_list(visit: Visit, year: int) -> Page:
    """The indicators of a plan year, as the visitor filters and sorts them."""
    page = indicator_list_of(shown(visit.plans, year, visit.said("period")), visit.plans, visit)
    return Page(
        "indicators.html",
        page,
        title=f"{year} 年指标",
        canonical=f"/{year}/indicators/",
        section="indicators",
        year=year,
        description=f"{year} 年国民经济和社会发展计划的 {page.numbered} 项指标：目标、完成情况和结论。",
        crumbs=(Link(f"{year} 年", f"/{year}/"), Link("指标", "")),
        twins=twins_of(f"/{year}/indicators", visit),
        sources=page.sources,
    )


@public("period", *PARAMETERS, free=FREE)
def indicator_sheet(visit: Visit, year: int, form: str) -> File:
    """The same list as a spreadsheet."""
    asked = shown(visit.plans, year, visit.said("period"))
    rows, _ = found_rows(asked, visit.query, visit.as_of.moment)
    newest = max((row.publication.at for row in rows), default=None)
    return sheet(
        form,
        name=f"indicators-{year}",
        title=f"{year}年指标",
        schema=IndicatorOut,
        rows=indicators_out(rows, asked.term),
        facts=facts_of(visit, sources_of(rows), newest),
    )


@public()
def newest_list(visit: Visit) -> Elsewhere:
    """Without a year: the list of the year that the front page opens."""
    first = opening(visit.plans)
    if first is None:
        raise NoSuchPage("尚未发布任何年度计划")
    return Elsewhere(f"/{first.year}/indicators/")
