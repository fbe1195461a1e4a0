"""Which file stands for which address; pure."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from posixpath import relpath
from urllib.parse import parse_qs, quote, unquote, urlsplit

INDEX = "index.html"
_YEAR = re.compile(r"/[0-9]{4}(?=/)")
_CODE = re.compile(r"[a-z_]+")


def plain(address: str) -> str:
    """The address as the export knows it: its path, and the period of a year's page.

    Every other parameter (filters, sorting, pages of a list, days of the past) falls back to the whole.
    """
    parts = urlsplit(address)
    period = parse_qs(parts.query).get("period", [""])[0]
    if _CODE.fullmatch(period) and _YEAR.match(parts.path):
        return f"{parts.path}?period={period}"
    return parts.path


def file_of(address: str, *, page: bool) -> PurePosixPath:
    """The file of a plain address: `/2022/` is `2022/index.html`, `/2022/?period=first_half` is
    `2022/first_half/index.html`, `/api/docs` is `api/docs/index.html` where it is a page.

    Raises ValueError for an address that leads out of the folder.
    """
    path, _, asked = address.partition("?period=")
    if asked:
        year = _YEAR.match(path)
        assert year is not None
        path = f"{year[0]}/{asked}{path[year.end() :]}"
    names = [unquote(name) for name in path.strip("/").split("/") if name]
    if any(name in {".", ".."} or "/" in name or not name.isprintable() for name in names):
        raise ValueError(address)
    place = PurePosixPath(*names)
    if page and (path.endswith("/") or place.suffix != ".html"):
        return place / INDEX
    return place


def link(start: PurePosixPath, to: PurePosixPath, fragment: str = "") -> str:
    """The relative link from one file to another."""
    way = quote(relpath(to, start.parent))
    if start == to and fragment:
        way = ""
    return f"{way}#{fragment}" if fragment else way


def path_of(file: PurePosixPath) -> str:
    """The path by which a file server shows the file, from the folder on; a folder's index is the folder itself."""
    path = quote(f"/{file}")
    return path.removesuffix(INDEX)
