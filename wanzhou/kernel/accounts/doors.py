"""Whoever is not signed in any more gets back what he typed, to be sent again after a sign-in."""

from __future__ import annotations

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks."""
    return "json" in request.headers.get("Accept", "")


def handed_back(request: HttpRequest, says: str, *, without: Collection[str] = ()) -> HttpResponse:
    """A page (401) that says why nothing was saved, with the form that was sent, but for the fields `without`.

    Files cannot be handed back; where there were any, the page says so.
    """
    left_out = {"csrfmiddlewaretoken", *without}
    names = [name for name in request.POST if name not in left_out]
    page = {
        "title": "登录已过期",
        "says": says,
        "login": reverse("admin:login"),
        # Of what has several lines only a text area keeps every line as it was.
        "typed": [(name, value, "\n" in value) for name in names for value in request.POST.getlist(name)],
        "files": bool(request.FILES),
    }
    return TemplateResponse(request, "admin/handed_back.html", page, status=401)
