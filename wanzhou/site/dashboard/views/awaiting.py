"""What awaits the city."""

from __future__ import annotations

from indicators.waiting.schemas import WaitOut, wait_out
from indicators.waiting.waits import waits_at
from wanzhou.kernel.pages.pages import File, Page, public
from wanzhou.kernel.pages.twins import facts_of, sheet, twins_of
from wanzhou.kernel.pages.visits import Visit
from wanzhou.kernel.plans.shown import NotPublished, opening
from wanzhou.site.dashboard.awaiting import awaiting_of
from wanzhou.site.dashboard.notes import sources_of


@public()
def awaiting(visit: Visit) -> Page:
    """Every row that awaits the city, in all years; days are counted up to the visit's day."""
    first = opening(visit.plans)
    if first is None:
        raise NotPublished("没有已发布的年度计划")
    page = awaiting_of(visit)
    return Page(
        "awaiting.html",
        page,
        title="待市级反馈",
        canonical="/awaiting/",
        section="awaiting",
        year=first.year,
        description="".join(page.phrases) + "。数据到位之前，不算达到，也不算未完成。",
        twins=twins_of("/awaiting", visit),
        sources=page.sources,
    )


@public()
def wait_sheet(visit: Visit, form: str) -> File:
    """The same list as a spreadsheet."""
    if not visit.plans:
        raise NotPublished("没有已发布的年度计划")
    waits = waits_at(visit.plans, visit.as_of.moment)
    rows = [wait.row for wait in waits]
    newest = max((row.publication.at for row in rows), default=None)
    return sheet(
        form,
        name="awaiting",
        title="待市级反馈",
        schema=WaitOut,
        rows=[wait_out(wait, visit.as_of.day) for wait in waits],
        facts=facts_of(visit, sources_of(rows), newest),
    )
