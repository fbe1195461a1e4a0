"""Where a request comes from, when proxies of ours may stand in between."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The address that the outermost trusted proxy saw; without proxies, the one that the server saw itself.

    Anybody can send an X-Forwarded-For; only its last entries, one for each proxy of ours, were written by us.
    """
    seen = _address(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.TRUSTED_PROXIES
    if not proxies:
        return seen
    stations = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if len(stations) < proxies:
        return seen
    return _address(stations[-proxies]) or seen


def _address(said: str) -> str | None:
    """The address without a port and brackets; None for what is no address."""
    said = said.strip()
    if said.startswith("["):
        said = said[1:].partition("]")[0]
    elif said.count(":") == 1:
        said = said.partition(":")[0]
    try:
        return str(ipaddress.ip_address(said))
    except ValueError:
        return None
