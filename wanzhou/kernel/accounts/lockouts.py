"""Too many failures from one address at one account: a pause, whom it stops, and how it ends."""

from __future__ import annotations

import datetime
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Exists, Max, OuterRef, QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from .addresses import client_address
from .models import User
from .sign_in_log import record
from .sign_in_terms import SignInReason, SignInStep


class SignInHandler(AxesDatabaseHandler):  # type: ignore[misc]  # the library is not typed
    """What the library calls after every attempt: it counts the failures, we write the log."""

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any
    ) -> None:
        """Count and log a failure; a command that tries a password without a request leaves no line."""
        if request is None:
            return
        during_lockout = request.axes_locked_out
        super().user_login_failed(sender, credentials, request, **kwargs)
        username = credentials.get("username") or ""
        user = User.objects.filter(username=username).first()
        reason = SignInReason.LOCKED_OUT if during_lockout else kwargs.get("reason") or _why_not(user)
        record(request, username, SignInStep.REFUSED, reason, user)

    def user_logged_in(self, sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
        """Forget the failures, and log who came in and how."""
        super().user_logged_in(sender, request, user, **kwargs)
        reason = getattr(request, "came_in_by", SignInReason.PASSWORD)
        record(request, user.get_username(), SignInStep.ENTERED, reason, user)

    def user_logged_out(self, sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
        """Log who left; nobody leaves twice."""
        if user is not None:
            record(request, user.get_username(), SignInStep.LEFT, SignInReason.SIGNED_OUT, user)


def _why_not(user: User | None) -> SignInReason:
    """For the log only: the person at the door is told nothing of this."""
    if user is None:
        return SignInReason.UNKNOWN_ACCOUNT
    usable = user.is_active and user.is_staff and user.has_usable_password()
    return SignInReason.WRONG_PASSWORD if usable else SignInReason.DEACTIVATED


def refuse(request: HttpRequest, username: str, reason: SignInReason) -> None:
    """Count a failure that no password check reports, such as a wrong code."""
    AxesProxyHandler.user_login_failed(__name__, {"username": username}, request, reason=reason)


def stops(request: HttpRequest, username: str) -> bool:
    """Whether this account is locked out from here; the answer then becomes the page that says so."""
    credentials = {"username": username}
    if AxesProxyHandler.is_allowed(request, credentials):
        return False
    request.axes_locked_out = True  # type: ignore[attr-defined]
    refuse(request, username, SignInReason.LOCKED_OUT)
    return True


def _counting() -> QuerySet[Any]:
    """Failures that still count, by account and address."""
    counted: QuerySet[Any] = AccessAttempt.objects.filter(
        attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME
    )
    return counted


def locked_out() -> Exists:
    """For a query of people: whether somebody's account is locked out from any address."""
    places = _counting().filter(username=OuterRef("username")).order_by().values("username", "ip_address")
    return Exists(places.annotate(n=Sum("failures_since_start")).filter(n__gte=settings.AXES_FAILURE_LIMIT))


def ends_at(request: HttpRequest, username: str) -> datetime.datetime:
    """When the lockout of this account from this address ends."""
    here = _counting().filter(username=username, ip_address=client_address(request))
    last: datetime.datetime | None = here.aggregate(last=Max("attempt_time"))["last"]
    ends: datetime.datetime = (last or timezone.now()) + settings.AXES_COOLOFF_TIME
    return ends


def unlock(username: str | None = None) -> int:
    """End the lockout of one account, or of all (None); how many accounts had failures."""
    attempts = AccessAttempt.objects.all()
    people = User.objects.all()
    if username is not None:
        attempts, people = attempts.filter(username=username), people.filter(username=username)
    count: int = attempts.values("username").distinct().count()
    attempts.delete()
    for kind in (TOTPDevice, StaticDevice):
        kind.objects.filter(user__in=people).update(
            throttling_failure_count=0, throttling_failure_timestamp=None
        )
    return count
