"""The page of open data: every download with its dictionary, and an excerpt of what stands in one."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.conf import settings

from indicators.listing import listed_rows
from indicators.told import indicators_out
from wanzhou.kernel.pages.pages import SourceLine
from wanzhou.kernel.pages.visits import Visit
from wanzhou.kernel.plans.shown import PublishedPlan, opening

from .datasets import Offered, offered
from .notes import sources_of

# So many fields of a row are enough to see how the file is made.
SHOWN_FIELDS = 11


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The beginning of a live JSON file, its address, and how many fields of the row are left out."""

    address: str
    text: str
    left_out: int


@dataclass(frozen=True, slots=True)
class Downloads:
    """Everything the page shows."""

    lists: tuple[Offered, ...]
    excerpt: Excerpt | None
    licence: str
    files: int
    sources: tuple[SourceLine, ...]


def downloads_page(plans: tuple[PublishedPlan, ...], visit: Visit) -> Downloads:
    """The page at the visit's moment: a query for each list, and two for the excerpt."""
    lists = offered(plans, visit.as_of.moment, exported=visit.exported)
    shown = opening(plans)
    rows = listed_rows(shown.plan, shown.period, as_of=visit.as_of.moment) if shown else []
    excerpt = None
    if shown and rows:
        query = f"?period={shown.term}" if shown.term and not visit.exported else ""
        row = json.loads(indicators_out(rows[:1], shown.term)[0].model_dump_json())
        excerpt = _excerpt(f"/{shown.year}/indicators.json{query}", shown.year, shown.term, row)
    return Downloads(
        lists=lists,
        excerpt=excerpt,
        licence=settings.DATA_LICENCE,
        files=sum(len(sheet.links) for one in lists for sheet in one.sheets),
        sources=sources_of(rows),
    )


def _excerpt(address: str, year: int, period: str | None, row: dict[str, object]) -> Excerpt:
    """The file's beginning as it is sent, but for line ends and what is left out."""
    beginning = dict(list(row.items())[:SHOWN_FIELDS])
    told = json.dumps(
        {"year": year, "period": period, "indicators": [beginning]}, ensure_ascii=False, indent=2
    )
    return Excerpt(address, told, len(row) - len(beginning))
