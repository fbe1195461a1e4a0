"""How targets are read and judged, and a box to try a wording in."""

from __future__ import annotations

from wanzhou.kernel.pages.pages import Page, public
from wanzhou.kernel.pages.visits import Visit
from wanzhou.site.dashboard.judging.page import judging_page
from wanzhou.site.dashboard.judging.trying import FREE, PLACE


@public(free=FREE)
def judging(visit: Visit) -> Page:
    """The rules as they are, with what came of them in the published plans."""
    page = judging_page(visit.plans, visit)
    return Page(
        "judging.html",
        page,
        title="判定方法",
        canonical=PLACE,
        section="judging",
        description="目标表述怎样读、完成情况怎样判、年中进度怎样算、现行的幅度是多少，每条都配已公布的实例。",
        sources=page.sources,
    )
