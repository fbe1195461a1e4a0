"""One indicator across years, and the catalogue of all."""

from __future__ import annotations

from indicators.across_years import catalogue, published_rows
from indicators.yearly import CatalogueRowOut, IndicatorPeriodOut, catalogue_row_out, periods_out
from wanzhou.kernel.pages.pages import File, Link, Page, public
from wanzhou.kernel.pages.refusals import NoSuchPage
from wanzhou.kernel.pages.twins import facts_of, sheet, twins_of
from wanzhou.kernel.pages.visits import Visit
from wanzhou.site.dashboard.indicator.page import IndicatorPage, indicator_page_of
from wanzhou.site.dashboard.notes import sources_of


@public()
def indicator(visit: Visit, code: str) -> Page:
    """An indicator in every plan year that has it."""
    page = indicator_page_of(code, visit.as_of)
    return Page(
        "indicator.html",
        page,
        title=page.name,
        canonical=f"/indicators/{code}/",
        section="indicators",
        year=page.neighbours.year,
        description=page.lede,
        crumbs=_crumbs(page),
        twins=twins_of(f"/indicators/{code}", visit),
        sources=page.sources,
    )


def _crumbs(page: IndicatorPage) -> tuple[Link, ...]:
    year, parent = page.neighbours.year, page.neighbours.parent
    above = (Link(parent.name, parent.href),) if parent else ()
    return (
        Link("年度总览", f"/{year}/"),
        Link("指标", f"/{year}/indicators/"),
        *above,
        Link(page.places, ""),
    )


@public()
def indicator_file(visit: Visit, code: str, form: str) -> File:
    """Every year and period of an indicator as a spreadsheet, a line for each."""
    rows = published_rows(code, visit.as_of)
    return sheet(
        form,
        name=code,
        title=rows[-1].name,
        schema=IndicatorPeriodOut,
        rows=periods_out(rows),
        facts=facts_of(visit, sources_of(rows), max(row.publication.at for row in rows)),
    )


@public()
def catalogue_file(visit: Visit, form: str) -> File:
    """All published indicators as a spreadsheet."""
    entries = catalogue(visit.as_of.moment)
    if not entries:
        raise NoSuchPage("尚未发布任何指标")
    newest = max(entry.row.publication.at for entry in entries)
    return sheet(
        form,
        name="indicators",
        title="指标目录",
        schema=CatalogueRowOut,
        rows=[catalogue_row_out(entry) for entry in entries],
        facts=facts_of(visit, sources_of(entry.row for entry in entries), newest),
    )
