"""The exported site works on any file server, and nothing stands in it that is not published."""

from __future__ import annotations

import io
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit
from zipfile import ZipFile

import html5lib
import pytest
from django.urls import Resolver404, resolve

from tests.browser.test_pages import Screen, watched
from tests.planted import SECRETS
from wanzhou.site.export.links import tags_of
from wanzhou.site.export.places import file_of, plain

from .conftest import ADDRESS, Written

pytestmark = pytest.mark.django_db


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Any file server: the folder's parent is its root, so that the site lies below a path."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/{folder.name}/"
    finally:
        server.shutdown()
        server.server_close()


def crawled(home: str) -> tuple[set[str], list[str]]:
    """Every file that can be reached from the home page, and what is wrong on the way."""
    waiting, seen, faults = [home], {home}, list[str]()
    while waiting:
        address = waiting.pop()
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                content, kind = answer.read(), answer.headers.get_content_type()
        except HTTPError as error:
            faults.append(f"{error.code} {address}")
            continue
        if kind != "text/html":
            continue
        for tag in tags_of(content.decode()):
            for value in tag.links.values():
                target = urldefrag(urljoin(address, value))[0]
                if urlsplit(target).netloc != urlsplit(home).netloc:
                    continue
                if not target.startswith(home):
                    faults.append(f"{target} leaves the folder, on {address}")
                elif target not in seen:
                    seen.add(target)
                    waiting.append(target)
    return seen, faults


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_every_link_works_below_a_path_and_none_leaves_the_folder(written: Written) -> None:
    with served(written.folder) as home:
        seen, faults = crawled(home)
    assert faults == []
    reached = {urlsplit(address).path.removeprefix("/plan/") or "index.html" for address in seen}
    left = {name for name in files(written.folder) if name.endswith(".html")} - reached
    # The page of a year's newest period also has an address by the period's name, for links that last.
    assert left <= {
        "404.html",
        *(file_of(plain(address), page=True).as_posix() for address in written.listed),
    }


def test_every_listed_address_has_its_file(written: Written) -> None:
    found = files(written.folder)
    for address in map(plain, written.listed):
        page = file_of(address, page=True).as_posix()
        assert page in found or file_of(address, page=False).as_posix() in found, address


def test_only_links_to_pages_that_are_not_there_are_taken_away(written: Written) -> None:
    for address in written.exported.dropped:
        with pytest.raises(Resolver404):
            resolve(address)


def test_nothing_unpublished_stands_in_any_file(written: Written) -> None:
    for name, content in files(written.folder).items():
        inside = [content]
        if name.endswith(".xlsx"):
            with ZipFile(io.BytesIO(content)) as book:
                inside += [book.read(part) for part in book.namelist()]
        for secret in SECRETS:
            assert not any(secret.encode() in part for part in inside), (secret, name)
        assert b"/admin/" not in content or name == "robots.txt", name


def test_the_same_publications_give_the_same_bytes(written: Written) -> None:
    assert files(written.folder) == files(written.again)


def test_pages_are_sound_and_need_no_server(written: Written) -> None:
    for name, content in files(written.folder).items():
        if name.endswith(".html"):
            html5lib.HTMLParser(strict=True).parse(content.decode())
            names = {tag.name for tag in tags_of(content.decode())}
            assert not names & {"form", "input", "select"}, name
            assert not [tag for tag in tags_of(content.decode()) if "as_of=" in str(tag.links)], name


def test_permanent_addresses_are_whole_and_lead_to_files(written: Written) -> None:
    found = files(written.folder)
    page = found["2022/first_half/index.html"].decode()
    assert f'<link rel="canonical" href="{ADDRESS}/2022/first_half/">' in page
    assert f'<meta property="og:image" content="{ADDRESS}/static/site/' in page
    sitemap = found["sitemap.xml"].decode()
    assert f"<loc>{ADDRESS}/2022/first_half/</loc>" in sitemap
    assert "?" not in sitemap.partition("<urlset")[2]
    assert f"Sitemap: {ADDRESS}/sitemap.xml" in found["robots.txt"].decode()


def test_the_page_for_whatever_is_missing_works_at_any_depth(written: Written) -> None:
    links = [
        value
        for tag in tags_of((written.folder / "404.html").read_text("utf-8"))
        for value in tag.links.values()
    ]
    own = [link for link in links if not link.startswith(("#", "https:"))]
    assert own
    assert all(link.startswith("/plan/") for link in own)


def test_it_looks_in_a_browser_as_it_should(written: Written, screen: Screen) -> None:
    with served(written.folder) as home:
        page, faults = watched(screen(1440), home)
        for name in ("", "2022/index.html", "2022/first_half/indicators/index.html", "search/index.html"):
            page.goto(home + name, wait_until="networkidle")
            assert page.evaluate("getComputedStyle(document.querySelector('.mast')).borderTopWidth") == "4px"
        page.goto(home, wait_until="networkidle")
        page.get_by_role("navigation", name="主导航").get_by_role("link", name="指标").click()
        page.wait_for_load_state("networkidle")
        assert page.url.startswith(home)
        assert faults == []
