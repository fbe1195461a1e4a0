"""What this site is, and how to read it."""

from __future__ import annotations

from wanzhou.kernel.pages.pages import Page, public
from wanzhou.kernel.pages.visits import Visit
from wanzhou.site.dashboard.about import about_page


@public()
def about(visit: Visit) -> Page:
    """Who runs the site, what is published and when, how to read it, and for whom it works."""
    page = about_page(visit.plans, visit.as_of.moment)
    return Page(
        "about.html",
        page,
        title="关于本站",
        canonical="/about/",
        section="about",
        description="本站公开什么、何时公开、由谁主办，怎样读，怎样反映差错，以及无障碍和隐私说明。",
        sources=page.sources,
    )
