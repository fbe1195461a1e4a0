"""Where the pages of entry are, under the administration, and who is let in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from . import confirmations, doors, importing, previews, scans, views

View = Callable[..., HttpResponse]
PERIOD = "entry/<int:year>/<str:period>/"


def entry_urls(site: AdminSite) -> list[URLPattern]:
    """All of them; each is for those who are signed in to this administration."""
    pages: tuple[tuple[str, View, str, View], ...] = (
        ("entry/", views.periods, "periods", doors.refuse),
        (PERIOD, views.grid, "grid", views.stale_grid),
        (f"{PERIOD}save/", views.keep, "save", doors.ask_to_renew),
        (f"{PERIOD}token/", views.token, "token", doors.ask_to_renew),
        (f"{PERIOD}paste/", previews.paste, "paste", views.stale_grid),
        (f"{PERIOD}workbook/", importing.workbook, "workbook", views.stale_grid),
        (f"{PERIOD}imports/", importing.intakes, "intakes", doors.refuse),
        (f"{PERIOD}imports/<int:key>/", importing.undo, "undo", doors.refuse),
        (f"{PERIOD}sheets/", confirmations.sheets, "sheets", doors.refuse),
        (f"{PERIOD}sheets/<slug:department>/", confirmations.sheet, "sheet", doors.refuse),
        (f"{PERIOD}sheets/<slug:department>/scans/", scans.scans, "scans", doors.refuse),
        (f"{PERIOD}sheets/<slug:department>/scans/<int:key>/", scans.scan, "scan", doors.refuse),
    )
    return [path(place, _door(site, view, stale), name=f"entry_{name}") for place, view, name, stale in pages]


class _Inspector(CsrfViewMiddleware):
    """Django's own examination of a form's token, whose verdict we answer ourselves."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(reason, status=403)


def _door(site: AdminSite, view: View, stale: View) -> View:
    """As the administration's own pages, except that what was typed is never thrown away.

    A form that comes after the sign-in expired is answered with what was typed, and so is one whose token is of an
    earlier sign-in; neither is carried out.
    """
    inner = partial(view, site=site)
    inner.csrf_exempt = True  # type: ignore[attr-defined]  # examined here, below
    inside: Any = site.admin_view(inner)

    def guarded(request: HttpRequest, **place: Any) -> HttpResponse:
        sent = request.method == "POST"
        if not site.has_permission(request) and (sent or view is views.token):
            return doors.signed_out(request)
        if sent and _Inspector(lambda _: HttpResponse()).process_view(request, view, (), {}):
            answer: HttpResponse = stale(request, site=site, **place)
        else:
            answer = inside(request, **place)
        return answer

    return csrf_exempt(guarded)
