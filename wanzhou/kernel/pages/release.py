"""Which release of the site is running: pages that it made are not those of another release."""

from __future__ import annotations

import datetime
import functools
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

SOURCES = ("wanzhou", "indicators", "projects", "templates", "static")
KINDS = {".py", ".html", ".css", ".js", ".svg", ".toml"}
# Names and addresses that stand on pages without being stored anywhere.
SHOWN_SETTINGS = ("DISTRICT", "FOOTER", "SITE_ADDRESS", "SITE_PART", "DATA_LICENCE")


@dataclass(frozen=True, slots=True)
class Release:
    """A short fingerprint of everything that pages are made from, and the newest change to it."""

    key: str
    at: datetime.datetime


@functools.cache
def release() -> Release:
    """Read once per process: a release is deployed by starting the server anew."""
    seen, newest = hashlib.sha256(), 0.0
    for path in _sources():
        seen.update(path.relative_to(settings.BASE_DIR).as_posix().encode())
        seen.update(path.read_bytes())
        newest = max(newest, path.stat().st_mtime)
    for name in SHOWN_SETTINGS:
        seen.update(repr(getattr(settings, name)).encode())
    return Release(seen.hexdigest()[:16], datetime.datetime.fromtimestamp(newest, tz=datetime.UTC))


def _sources() -> Iterator[Path]:
    for folder in SOURCES:
        found = (settings.BASE_DIR / folder).rglob("*")
        yield from sorted(path for path in found if path.suffix in KINDS and path.is_file())
    yield settings.BASE_DIR / "requirements.txt"
