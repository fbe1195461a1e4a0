"""An address of Django's own that leads nowhere here."""

from __future__ import annotations

from typing import NoReturn

from django.http import Http404, HttpRequest


def on_site(request: HttpRequest, rest: str) -> NoReturn:
    """Where a row stands in public: no row has one address, and what was published links to its page by itself."""
    raise Http404("没有这个网址。")
