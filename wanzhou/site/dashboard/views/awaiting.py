"""What waits for the city, as a page and as files."""

from __future__ import annotations

from indicators.waiting.schemas import WaitOut, wait_out
from indicators.waiting.waits import waits_at
from wanzhou.kernel.pages.pages import File, Link, Page, public
from wanzhou.kernel.pages.twins import facts_of, sheet, twins_of
from wanzhou.kernel.pages.visits import Visit
from wanzhou.site.dashboard.awaiting import awaiting_of
from wanzhou.site.dashboard.notes import sources_of


@public()
def awaiting(visit: Visit) -> Page:
    """Every wait, year by year."""
    page = awaiting_of(visit)
    return Page(
        "awaiting.html",
        page,
        title="待市级反馈",
        canonical="/awaiting/",
        section="awaiting",
        description="".join(page.phrases) + "。" + page.lede,
        crumbs=(Link("年度总览", "/"), Link("待市级反馈", "")),
        twins=twins_of("/awaiting", visit),
        sources=page.sources,
    )


@public()
def awaiting_sheet(visit: Visit, form: str) -> File:
    """The same list as a spreadsheet."""
    waits = waits_at(visit.plans, visit.as_of.moment)
    rows = [wait.row for wait in waits]
    return sheet(
        form,
        name="awaiting",
        title="待市级反馈",
        schema=WaitOut,
        rows=[wait_out(wait, visit.as_of.day) for wait in waits],
        facts=facts_of(visit, sources_of(rows), max((row.publication.at for row in rows), default=None)),
    )
