"""Who comes to the administration, and how it answers them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client

from tests.admin.office import Office
from tests.cast import clerk_of_the_commission
from wanzhou.kernel.accounts.models import User

# One letter for each, in the order of the columns of the table.
WHO = {
    "v": "visitor", "c": "clerk", "o": "clerk of another department", "m": "clerk of the commission", "h": "head",
    "r": "reviewer", "p": "publisher", "i": "administrator", "a": "auditor",
}  # fmt: skip
COLUMNS = "".join(WHO)
ANSWERS = {
    "+": "let in", "-": "refused (403)", "0": "not there (404, or back to the first page)",
    "!": "the door (sign in)", "x": "no such method (405)", "5": "a server error",
}  # fmt: skip


@dataclass(frozen=True)
class Caller:
    """Somebody with his browser; the visitor is nobody."""

    client: Client
    person: User | None

    @classmethod
    def of(cls, person: User | None) -> Caller:
        client = Client(raise_request_exception=False)
        if person is not None:
            client.force_login(person)
            client.get("/admin/")
        return cls(client, person)

    def ask(self, place: str, method: str) -> Any:
        """An answer; whatever was done on the way is taken back, the end of the session included."""
        session = self.client.cookies.get(settings.SESSION_COOKIE_NAME)
        signed_in = session.value if session is not None else None
        with transaction.atomic():
            response = self.client.get(place) if method == "get" else self.client.post(place, self._form())
            for _ in response if response.streaming else ():
                pass
            transaction.set_rollback(True)
        if signed_in is not None:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = signed_in
        return response

    def _form(self) -> dict[str, Any]:
        """Who reads it, as every grid says, and nothing else that a page asks for."""
        return {"reader": self.person.pk if self.person else 0}


def callers(office: Office) -> dict[str, Caller]:
    """Everybody, by his letter."""
    cast = office.cast
    people: dict[str, User | None] = {
        "v": None, "c": cast.clerk, "o": office.other_clerk, "m": clerk_of_the_commission(cast), "h": cast.head,
        "r": cast.reviewer, "p": cast.publisher, "i": cast.administrator, "a": cast.auditor,
    }  # fmt: skip
    return {letter: Caller.of(person) for letter, person in people.items()}


def answer_of(response: Any) -> str:
    """The letter of an answer."""
    status, elsewhere = response.status_code, response.headers.get("Location", "")
    if status == 401 or elsewhere.startswith("/admin/login/"):
        return "!"
    if status == 404 or (status == 302 and elsewhere == "/admin/"):
        return "0"
    if status >= 500:
        return "5"
    return {403: "-", 405: "x"}.get(status, "+")


def answers(everybody: dict[str, Caller], place: str, method: str) -> str:
    """How everybody is answered, a letter each."""
    return "".join(answer_of(everybody[who].ask(place, method)) for who in COLUMNS)
