"""The static files that pages use, and those that their style sheets use in turn."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

OWN = "site/"  # the folder of what the public pages use
_URL = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])(?P<address>[^"')\s]+)""")


def asset_of(address: str) -> str:
    """The name of the static file at an address of the site; empty where it is none."""
    path = urlsplit(address).path
    return unquote(path.removeprefix(settings.STATIC_URL)) if path.startswith(settings.STATIC_URL) else ""


def place_of(name: str) -> PurePosixPath:
    """Where the static file stands in the folder."""
    return PurePosixPath("static", name)


def not_collected() -> str:
    """The name of a static file of the tree that was not collected, so that pages cannot name it; empty if all were."""
    for finder in finders.get_finders():
        for name, _ in finder.list([]):
            if name.startswith(OWN):
                try:
                    staticfiles_storage.url(name)
                except ValueError:
                    return str(name)
    return ""


def content_of(name: str) -> bytes:
    """The file as it was collected, or as it stands in the tree; raises FileNotFoundError."""
    collected = Path(staticfiles_storage.path(name))
    if collected.is_file():
        return collected.read_bytes()
    found = finders.find(name)
    if not found:
        raise FileNotFoundError(name)
    return Path(str(found)).read_bytes()


def used_by(name: str, content: bytes) -> list[str]:
    """The names of the files that a style sheet names, relative as they are; nothing else names any."""
    if not name.endswith(".css"):
        return []
    found = (match["address"] for match in _URL.finditer(content.decode("utf-8", "replace")))
    own = (
        address for address in found if not urlsplit(address).scheme and not address.startswith(("/", "#"))
    )
    start = PurePosixPath(name).parent
    return [normpath(str(start / urlsplit(address).path)) for address in own]
