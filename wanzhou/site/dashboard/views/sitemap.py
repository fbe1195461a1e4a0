"""What robots are told: every page of the site, and what is no page for them."""

from __future__ import annotations

from django.template import engines

from wanzhou.kernel.pages.pages import File, public
from wanzhou.kernel.pages.visits import Visit
from wanzhou.site.dashboard.sitemap import addresses

ROBOTS = """User-agent: *
Allow: /
Disallow: /admin/
Disallow: /display/

Sitemap: {origin}/sitemap.xml
"""


@public()
def sitemap(visit: Visit) -> File:
    """Every page with the moment of the newest publication that it shows; files are found from the pages."""
    pages = [address for address in addresses(visit.as_of.moment) if address.page]
    template = engines["public"].get_template("sitemap.xml")
    text = template.render({"origin": visit.origin, "pages": pages})
    return File(str(text).encode(), "application/xml; charset=utf-8")


@public()
def robots(visit: Visit) -> File:
    """The pages may be read by any robot; the desks and the switches of the look are no pages."""
    return File(ROBOTS.format(origin=visit.origin).encode(), "text/plain; charset=utf-8")
