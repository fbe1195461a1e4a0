"""What the session knows of a sign-in: half of one, when it began, when it was last used."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass

from django.conf import settings
from django.http import HttpRequest

from .backends import PeopleBackend
from .models import User
from .sign_in_terms import SignInReason

HALF = "half_signed_in"
BEGAN, SEEN, VERIFIED = "began", "seen", "second_factor"
HALF_LASTS = 300  # seconds between the password and the code
NOTED_EVERY = 60  # seconds: reading on does not write the session anew each time


@dataclass(frozen=True, slots=True)
class HalfSignedIn:
    """Somebody whose password was right and whose code is awaited; `mark` changes with the password."""

    user: int
    mark: str
    at: float
    then: str

    @classmethod
    def keep(cls, request: HttpRequest, user: User, then: str) -> None:
        """Remember that the password was right, and where to go in the end."""
        half = cls(user.pk, user.get_session_auth_hash(), time.time(), then)
        request.session[HALF] = asdict(half)

    @classmethod
    def of(cls, request: HttpRequest) -> HalfSignedIn | None:
        """Whoever is at the second step; None where nobody is, or it has been too long."""
        kept = request.session.get(HALF)
        half = cls(**kept) if kept else None
        return half if half and time.time() - half.at <= HALF_LASTS else None

    def person(self) -> User | None:
        """The person, unless deactivated or given another password meanwhile."""
        user = PeopleBackend().get_user(self.user)
        return user if isinstance(user, User) and user.get_session_auth_hash() == self.mark else None


def forget_half(request: HttpRequest) -> None:
    request.session.pop(HALF, None)


def begin(request: HttpRequest, *, verified: bool) -> None:
    """Note when the session begins, and whether a second factor was shown."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())
    request.session[VERIFIED] = verified


def over(request: HttpRequest) -> SignInReason | None:
    """Why the session is over; None, and the use noted, while it is not."""
    now = int(time.time())
    began, seen = request.session.get(BEGAN), request.session.get(SEEN)
    if began is None or seen is None:
        began = seen = request.session[BEGAN] = request.session[SEEN] = now
    if now - began >= settings.LONGEST_SESSION.total_seconds():
        return SignInReason.TOO_LONG
    if now - seen >= settings.IDLE_TIME.total_seconds():
        return SignInReason.IDLE
    if now - seen >= NOTED_EVERY:
        request.session[SEEN] = now
    return None


def is_verified(request: HttpRequest) -> bool:
    return bool(request.session.get(VERIFIED))


def mark_verified(request: HttpRequest, verified: bool = True) -> None:
    request.session[VERIFIED] = verified
