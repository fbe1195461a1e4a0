"""A file as an answer: never run, never guessed at, sent again only when it is asked for anew."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import get_conditional_response

from . import vault
from .kinds import Kind

MISSING: Final = "这个文件暂时找不到，已经记录下来，请与发改部门联系。"
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_log = logging.getLogger(__name__)


class FileMissing(LookupError):
    """The vault has no such file though a row names it."""


def answer(
    request: HttpRequest,
    *,
    sha256: str,
    kind: Kind,
    name: str,
    everybody: bool,
    read: Callable[[str], bytes] = vault.content_of,
) -> HttpResponse:
    """The file, a part of it, or 304 where the reader has it; `read` finds the content of a fingerprint.

    Raises FileMissing.
    """
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    etag = f'"{sha256}"'
    response = get_conditional_response(request, etag)
    if response is None:
        try:
            content = read(sha256)
        except FileNotFoundError:
            _log.error("evidence file %s is missing", sha256)
            raise FileMissing(MISSING) from None
        response = _content(request, content, kind, etag)
    return _guarded(response, kind, name, etag, everybody)


def _content(request: HttpRequest, content: bytes, kind: Kind, etag: str) -> HttpResponse:
    """All of it, or the one part that was asked for of this very content."""
    asked = _RANGE.fullmatch(request.META.get("HTTP_RANGE", ""))
    if asked is None or not any(asked.groups()) or request.META.get("HTTP_IF_RANGE", etag) != etag:
        return HttpResponse(content, content_type=kind.media)
    size = len(content)
    first, last = asked.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last) if first and last else size - 1, size - 1)
    if start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    part = HttpResponse(content[start : end + 1], status=206, content_type=kind.media)
    part.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return part


def _guarded(response: HttpResponse, kind: Kind, name: str, etag: str, everybody: bool) -> HttpResponse:
    shown = "inline" if kind.is_picture else "attachment"
    response.headers["Content-Disposition"] = f"{shown}; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["ETag"] = etag
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = "public, no-cache" if everybody else "private, no-cache"
    return response
