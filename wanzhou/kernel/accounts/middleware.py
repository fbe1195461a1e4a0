"""What every request tells the auditor's record, and who keeps the door of the administration."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from pghistory.middleware import HistoryMiddleware as BaseHistoryMiddleware

from . import second_factor, sessions
from .addresses import client_address
from .models import User
from .sign_in_log import record
from .sign_in_terms import SignInReason, SignInStep

ALWAYS_OPEN = ("admin:login", "admin:logout", "admin:jsi18n", "second-step")
SAYS = {
    SignInReason.IDLE: "您已较长时间没有操作，为安全起见已自动退出，请重新登录。",
    SignInReason.TOO_LONG: "本次登录已达最长时间，请重新登录。",
}


class HistoryMiddleware(BaseHistoryMiddleware):
    """Names the person and the address behind every change that a request makes."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        """The signed-in user's id, the path, and the address that the request came from."""
        return {**super().get_context(request), "address": client_address(request) or ""}


class Doorkeeper:
    """Ends what lasted too long, and has passwords changed and second factors enrolled before anything else.

    Only the administration has a door: public pages are passed by without a look at session or person.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._sent_elsewhere(request) or self.get_response(request)

    def _sent_elsewhere(self, request: HttpRequest) -> HttpResponse | None:
        if not request.path.startswith(reverse("admin:index")) or not isinstance(request.user, User):
            return None
        if reason := sessions.over(request):
            _send_out(request, reason)
            return None  # and so the answer is what anybody gets who is not signed in
        if request.path in {reverse(name) for name in ALWAYS_OPEN}:
            return None
        first = _first_of_all(request, request.user)
        return HttpResponseRedirect(first) if first and first != request.path else None


def _send_out(request: HttpRequest, reason: SignInReason) -> None:
    assert isinstance(request.user, User)
    record(request, request.user.get_username(), SignInStep.LEFT, reason, request.user)
    request.session.flush()
    request.user = AnonymousUser()
    messages.warning(request, SAYS[reason])


def _first_of_all(request: HttpRequest, user: User) -> str | None:
    """The page that comes before any other: a password of one's own, then the second factor."""
    if user.must_change_password:
        return reverse("admin:password_change")
    if sessions.is_verified(request) or not second_factor.required_of(user):
        return None
    return reverse("second-factor")
