"""What is answered at the door: to whoever is not signed in any more, or comes with the token of an earlier sign-in."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from wanzhou.kernel.accounts.doors import handed_back, wants_json

SIGNED_OUT = "登录已过期，还没有保存。您填的数都在这个页面上：请在新标签页登录，再回到这里保存。"
STALE = "您重新登录过，这一页还没有保存。填的数都在，请核对后再保存一次。"


def signed_out(request: HttpRequest) -> HttpResponse:
    """Nobody is signed in: what was typed goes back into the page, to be sent again after a sign-in."""
    if wants_json(request):
        return JsonResponse({"says": SIGNED_OUT, "login": reverse("admin:login")}, status=401)
    return handed_back(request, SIGNED_OUT)


def ask_to_renew(request: HttpRequest, **place: Any) -> HttpResponse:
    """The page has the token of an earlier sign-in; it can ask for a new one and try again."""
    return JsonResponse({"says": STALE, "renew": True}, status=403)


def refuse(request: HttpRequest, **place: Any) -> HttpResponse:
    raise PermissionDenied(STALE)
