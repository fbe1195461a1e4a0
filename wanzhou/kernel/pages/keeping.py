"""Answers to public requests: not sent again to whoever has them, made once and kept for everybody else.

An answer is known by what it was made from: the publication stamp, the day, the release, the visitor's look and
the address. A publication that commits changes the stamp, so that nothing kept before can be served after it.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time

import brotli
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from wanzhou.kernel.plans.stamps import Stamp, published_stamp

from .release import release
from .visits import Visit

ENCODINGS = ("br", "gzip")
COMPRESSIBLE = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
WORTH_COMPRESSING = 500  # bytes


@dataclass(frozen=True, slots=True)
class Validators:
    """What tells one state of an answer from another."""

    key: str
    modified: datetime

    @classmethod
    def of(cls, visit: Visit, stamp: Stamp) -> Validators:
        """The validators of an answer to this visit, made from what is published now."""
        made_by = release()
        parts = (
            stamp.key, visit.as_of.day.isoformat(), made_by.key, visit.display.cookie, visit.origin,
            str(visit.exported), visit.address,
        )  # fmt: skip
        midnight = datetime.combine(visit.as_of.day, time.min, timezone.get_default_timezone())
        newest = max(filter(None, (stamp.at, midnight, made_by.at)))
        return cls(hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32], newest)

    @property
    def etag(self) -> str:
        """Weak: the same answer may be sent compressed in one way or another."""
        return f'W/"{self.key}"'


def answered(
    request: HttpRequest, visit: Visit, make: Callable[[Visit], HttpResponse], *, keep: bool = True
) -> HttpResponse:
    """304 where the visitor has it, else what was kept, else what `make` makes; only a 200 is kept.

    `make` gets the visit with the stamp of what is published.
    """
    stamp = published_stamp(visit.as_of.moment)
    validators = Validators.of(visit, stamp)
    unchanged = get_conditional_response(request, validators.etag, int(validators.modified.timestamp()))
    response = unchanged if unchanged is not None and not settings.DEBUG else None
    if response is None:
        response = _kept(
            request,
            validators.key,
            lambda: make(replace(visit, stamp=stamp)),
            keep=keep and not settings.DEBUG,
        )
    if response.status_code in {200, 304}:
        response.headers["ETag"] = validators.etag
        response.headers["Last-Modified"] = http_date(validators.modified.timestamp())
    response.headers["Cache-Control"] = "public, no-cache"  # may be stored, must be asked about each time
    response.headers["Vary"] = "Accept-Encoding, Cookie"
    return response


def _kept(request: HttpRequest, key: str, make: Callable[[], HttpResponse], *, keep: bool) -> HttpResponse:
    encoding = _encoding(request)
    name = f"{encoding}:{key}"
    found = cache.get(name) if keep else None
    if found is None:
        response = make()
        if response.status_code != 200:
            return response
        found = _packed(response, encoding)
        if keep:
            cache.set(name, found, timeout=None)
    body, headers = found
    return HttpResponse(body, headers=headers)


def _encoding(request: HttpRequest) -> str:
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    return next(
        (name for name in ENCODINGS if name in accepted and f"{name};q=0" not in accepted), "identity"
    )


def _packed(response: HttpResponse, encoding: str) -> tuple[bytes, dict[str, str]]:
    """The body as it is sent, and its headers."""
    body, headers = response.content, dict(response.headers)
    if (
        encoding == "identity"
        or len(body) < WORTH_COMPRESSING
        or not headers.get("Content-Type", "").startswith(COMPRESSIBLE)
    ):
        return body, headers
    headers["Content-Encoding"] = encoding
    if encoding == "br":
        return bytes(brotli.compress(body, quality=4)), headers
    return gzip.compress(body, compresslevel=4, mtime=0), headers
