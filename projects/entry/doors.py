"""What is answered at the door: to whoever is not signed in any more, or comes with the token of an earlier sign-in."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from wanzhou.kernel.accounts.doors import handed_back, wants_json

SIGNED_OUT = "登录已过期，还没有保存。您填的都在这个页面上：请在新标签页登录，再回到这里。"
STALE = "您重新登录过，这一页还没有保存。填的都在，请核对后再保存一次。"


def signed_out(request: HttpRequest) -> HttpResponse:
    """Nobody is signed in: what was typed goes back into the page, to be sent again after a sign-in."""
    if wants_json(request):
        return JsonResponse({"says": [SIGNED_OUT], "login": reverse("admin:login")}, status=401)
    return handed_back(request, SIGNED_OUT, without=("do",))


def stale(request: HttpRequest) -> HttpResponse:
    """The page has the token of an earlier sign-in; with a script it asks for a new one and tries again."""
    if wants_json(request):
        return JsonResponse({"says": [STALE], "renew": True}, status=403)
    raise PermissionDenied(STALE)
