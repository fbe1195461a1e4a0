"""What is answered at the door: to whoever is not signed in any more, or comes with the token of an earlier sign-in."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse

SIGNED_OUT = "登录已过期，还没有保存。您填的都在这个页面上：请在新标签页登录，再回到这里。"
STALE = "您重新登录过，这一页还没有保存。填的都在，请核对后再保存一次。"


def wants_json(request: HttpRequest) -> bool:
    return "json" in request.headers.get("Accept", "")


def signed_out(request: HttpRequest) -> HttpResponse:
    """Nobody is signed in: what was typed goes back into the page, to be sent again after a sign-in."""
    login = reverse("admin:login")
    if wants_json(request):
        return JsonResponse({"says": [SIGNED_OUT], "login": login}, status=401)
    typed = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    page = {
        "title": "登录已过期",
        "says": SIGNED_OUT,
        "login": login,
        "typed": [(name, value) for name, value in typed if name not in ("csrfmiddlewaretoken", "do")],
        "photos": bool(request.FILES),
    }
    return TemplateResponse(request, "projects/signed_out.html", page, status=401)


def stale(request: HttpRequest) -> HttpResponse:
    """The page has the token of an earlier sign-in; with a script it asks for a new one and tries again."""
    if wants_json(request):
        return JsonResponse({"says": [STALE], "renew": True}, status=403)
    raise PermissionDenied(STALE)
