"""What was published and what was corrected: the log and its feed."""

from __future__ import annotations

from wanzhou.kernel.pages.pages import File, Link, Page, public
from wanzhou.kernel.pages.twins import facts_of, sheet, twins_of
from wanzhou.kernel.pages.visits import Visit
from wanzhou.site.dashboard.corrections.feed import feed_of
from wanzhou.site.dashboard.corrections.log import log_of
from wanzhou.site.dashboard.corrections.page import PARAMETERS, asked_for, corrections_of
from wanzhou.site.dashboard.corrections.schemas import EntryOut, entries_out


@public(*PARAMETERS, "page")
def corrections(visit: Visit) -> Page:
    """The log, filtered by kind and year."""
    page = corrections_of(visit)
    return Page(
        "corrections.html",
        page,
        title="发布与更正",
        canonical="/corrections/",
        description="".join(page.headline.phrases) + "。" + page.headline.lede,
        crumbs=(Link("年度总览", "/"), Link("发布与更正", "")),
        twins=twins_of("/corrections", visit),
    )


@public(*PARAMETERS)
def corrections_sheet(visit: Visit, form: str) -> File:
    """The same entries as a spreadsheet."""
    entries = asked_for(log_of(visit.as_of.moment), visit)
    return sheet(
        form,
        name="corrections",
        title="发布与更正",
        schema=EntryOut,
        rows=entries_out(entries),
        facts=facts_of(visit, (), max((entry.act.at for entry in entries), default=None)),
    )


@public()
def feed(visit: Visit) -> File:
    """The newest of it, for feed readers."""
    return File(feed_of(visit), "application/atom+xml; charset=utf-8")
