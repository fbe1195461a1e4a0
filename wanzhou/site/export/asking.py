"""Asking the site for a page inside this process: no network, no session, no person."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve

from wanzhou.kernel.pages.asof import AsOf
from wanzhou.kernel.pages.pages import refused

# What the site map has besides pages: whoever finds a link there does not follow it.
NO_PAGES = ("/admin/", "/styleguide/", "/display/", "/healthz")


class ExportRequest(HttpRequest):
    """A request for a page that becomes a file."""

    exported = True

    def __init__(self, address: str = "/", as_of: AsOf | None = None) -> None:
        super().__init__()
        parts = urlsplit(address)
        self.method = "GET"
        self.path = self.path_info = parts.path
        past = f"as_of={as_of.text}" if as_of is not None and as_of.stated else ""
        self.GET = QueryDict("&".join(filter(None, (parts.query, past))))
        self.META = {"REQUEST_METHOD": "GET", "SERVER_NAME": "localhost", "SERVER_PORT": "80"}

    def get_host(self) -> str:
        """The host that people know the site by; there is no other."""
        return urlsplit(settings.SITE_ADDRESS).netloc or "localhost"


def answer_at(address: str, as_of: AsOf) -> HttpResponse | None:
    """What the site answers to the plain address; None where there is no such page."""
    request = ExportRequest(address, as_of)
    if request.path.startswith(NO_PAGES):
        return None
    try:
        match = resolve(request.path)
        request.resolver_match = match
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    except (Resolver404, Http404):
        return None
    return response if response.status_code in {200, 301, 302} else None


def missing_page() -> HttpResponse:
    """The page that a file server shows where there is no file."""
    return refused(ExportRequest(), 404, "地址可能写错了，或者页面已经改了位置")
