"""The search across indicators and projects."""

from __future__ import annotations

from wanzhou.kernel.pages.pages import Link, Page, public
from wanzhou.kernel.pages.visits import Visit
from wanzhou.site.dashboard.search.page import search_of


@public(free=("q",))
def search(visit: Visit) -> Page:
    """What answers the question; without one, the index of everything."""
    page = search_of(visit.said("q"), visit.as_of.moment)
    asked = visit.query.urlencode()
    return Page(
        "search.html",
        page,
        title=f"搜索“{page.question.text}”" if page.asked else "搜索指标和项目",
        canonical="/search/",
        section="search",
        description="按名称、别称、拼音或首字母查找各年计划的指标和重点项目。",
        crumbs=(Link("搜索", ""),),
        twins=(Link("JSON", f"/search.json?{asked}" if asked else "/search.json"),),
    )
