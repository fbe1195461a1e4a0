"""Where the pages of updates are, under the administration, and who is let in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from wanzhou.kernel.accounts.doors import wants_json

from . import doors, mine, one, previews, rest, table

View = Callable[..., HttpResponse]


def entry_urls(site: AdminSite) -> list[URLPattern]:
    """All of them; each is for those who are signed in to this administration."""
    pages: tuple[tuple[str, View, str], ...] = (
        ("entry/", mine.newest, "newest"),
        ("entry/<int:year>/", mine.mine, "mine"),
        ("entry/<int:year>/token/", mine.token, "token"),
        ("entry/<int:year>/rest/", rest.rest, "rest"),
        ("entry/<int:year>/table/", table.table, "table"),
        ("entry/<int:year>/table/paste/", previews.paste, "paste"),
        ("entry/<int:year>/table/workbook/", previews.workbook, "workbook"),
        ("entry/<int:year>/<int:key>/", one.one, "one"),
    )
    return [path(place, _door(site, view), name=f"updates_{name}") for place, view, name in pages]


class _Inspector(CsrfViewMiddleware):
    """Django's own examination of a form's token, whose verdict we answer ourselves."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(reason, status=403)


def _door(site: AdminSite, view: View) -> View:
    """As the administration's own pages, except that what was typed is never thrown away.

    A form that comes after the sign-in expired, or with the token of an earlier one, is answered with what was typed
    and not carried out.
    """
    inner = partial(view, site=site)
    inner.csrf_exempt = True  # type: ignore[attr-defined]  # examined here, below
    inside: Any = site.admin_view(inner)

    def guarded(request: HttpRequest, **place: Any) -> HttpResponse:
        sent = request.method == "POST"
        if not site.has_permission(request) and (sent or view is mine.token):
            return doors.signed_out(request)
        if sent and _Inspector(lambda _: HttpResponse()).process_view(request, view, (), {}):
            if not wants_json(request) and view in (one.one, table.table):
                request.stale = True  # type: ignore[attr-defined]  # shown again as it was typed
                answer: HttpResponse = inside(request, **place)
                return answer
            return doors.stale(request)
        found: HttpResponse = inside(request, **place)
        return found

    return csrf_exempt(guarded)
