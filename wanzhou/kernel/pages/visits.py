"""A visit: all that a public page may know of a request. No person, session or token is part of it."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from wanzhou.kernel.plans.shown import PublishedPlan
from wanzhou.kernel.plans.stamps import Stamp, plans_at, published_stamp

from .asof import AsOf, as_of
from .display import COOKIE, Display
from .refusals import BadQuestion

LONGEST_ANSWER = 200  # characters: more is no name, date or code
MOST_ANSWERS = 30


@dataclass(frozen=True, slots=True)
class Visit:
    """Where, with which of the page's own parameters, as of when, in what look.

    `exported` pages become files. `origin` begins whole addresses; a file may know none.
    """

    path: str
    as_of: AsOf
    query: QueryDict = field(default_factory=QueryDict)
    display: Display = field(default_factory=Display)
    origin: str = ""
    exported: bool = False
    stamp: Stamp | None = None

    @classmethod
    def of(cls, request: HttpRequest, parameters: Collection[str] = ()) -> Visit:
        """Read a request; parameters that the page does not declare are not part of the visit. Raises BadQuestion."""
        exported = getattr(request, "exported", False)
        return cls(
            path=request.path,
            as_of=as_of(_single(request.GET, "as_of")),
            query=_declared(request.GET, parameters),
            display=Display.of(request.COOKIES.get(COOKIE, "")),
            origin=settings.SITE_ADDRESS or ("" if exported else f"{request.scheme}://{request.get_host()}"),
            exported=exported,
        )

    def said(self, name: str) -> str:
        """The answer to one of the page's parameters; empty when there is none."""
        return self.query.get(name) or ""

    @property
    def plans(self) -> tuple[PublishedPlan, ...]:
        """The annual plans of which something can be read on this visit, the newest year first."""
        return plans_at(self.stamp or published_stamp(self.as_of.moment))

    @property
    def today(self) -> datetime.date:
        """The last day that can be asked for."""
        return timezone.localdate()

    @property
    def address(self) -> str:
        """This very page, its declared parameters included, as of the same day."""
        return self.to(self._with_query(self.query))

    def to(self, address: str) -> str:
        """An address of the site that is read as of the same day."""
        if not self.as_of.stated or not address.startswith("/"):
            return address
        parts = urlsplit(address)
        query = f"{parts.query}&" if parts.query else ""
        return parts._replace(query=f"{query}as_of={self.as_of.text}").geturl()

    def again(self, **changes: str | int | None) -> str:
        """This page with other parameters; an empty answer takes a parameter away."""
        query = self.query.copy()
        for name, answer in changes.items():
            query.pop(name, None)
            if answer not in (None, ""):
                query[name] = str(answer)
        return self.to(self._with_query(query))

    def _with_query(self, query: QueryDict) -> str:
        return f"{self.path}?{query.urlencode()}" if query else self.path


def _declared(asked: QueryDict, parameters: Collection[str]) -> QueryDict:
    """The declared parameters in their declared order, so that one question has one address."""
    query = QueryDict(mutable=True)
    for name in parameters:
        answers = [answer.strip() for answer in asked.getlist(name) if answer.strip()]
        if len(answers) > MOST_ANSWERS:
            raise BadQuestion(f"参数 {name} 写了 {len(answers)} 次；最多 {MOST_ANSWERS} 次")
        for answer in answers:
            _require_sound(name, answer)
        if answers:
            query.setlist(name, answers)
    query._mutable = False
    return query


def _single(asked: QueryDict, name: str) -> str:
    answer = asked.get(name) or ""
    _require_sound(name, answer)
    return answer


def _require_sound(name: str, answer: str) -> None:
    if len(answer) > LONGEST_ANSWER:
        raise BadQuestion(f"参数 {name} 太长（{len(answer)} 个字）；最多 {LONGEST_ANSWER} 个字")
    if not answer.isprintable():
        raise BadQuestion(f"参数 {name} 含有不能显示的字符；请只写文字、数字和标点")
