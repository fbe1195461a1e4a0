"""Where files lie: named by their content, outside everything that is served as it lies there."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

FOLDER: Final = "evidence"
_UNFINISHED = ".unfinished-"


def folder() -> Path:
    """The folder of all files."""
    return Path(settings.MEDIA_ROOT) / FOLDER


def place_of(sha256: str) -> Path:
    """Where the file of a content lies; its name has no ending, so that nothing takes it for a page."""
    return folder() / sha256[:2] / sha256


def put(content: bytes) -> str:
    """Keep a content and return its fingerprint; when this returns, the file is whole and on the disk."""
    sha256 = hashlib.sha256(content).hexdigest()
    place = place_of(sha256)
    if place.exists() and place.stat().st_size == len(content):
        os.utime(place)  # as young as its new row, for whoever sweeps
        return sha256
    place.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=place.parent, prefix=_UNFINISHED)
    try:
        with os.fdopen(number, "wb") as draft:
            draft.write(content)
            draft.flush()
            os.fchmod(draft.fileno(), 0o640)
            os.fsync(draft.fileno())
        os.replace(name, place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    for made in (place.parent, folder()):
        _settle(made)
    return sha256


def _settle(directory: Path) -> None:
    """A new name is lasting once its folder is written."""
    number = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def content_of(sha256: str) -> bytes:
    """The bytes of a file. Raises FileNotFoundError."""
    return place_of(sha256).read_bytes()


def is_sound(sha256: str) -> bool:
    """Whether the file is there and still has the content it is named by."""
    try:
        return hashlib.sha256(content_of(sha256)).hexdigest() == sha256
    except FileNotFoundError:
        return False


def old_files(age: float) -> Iterator[Path]:
    """Every file, unfinished ones included, that was put there longer than `age` seconds ago."""
    before = time.time() - age
    for place in sorted(folder().glob("??/*")):
        if place.is_file() and place.stat().st_mtime < before:
            yield place
