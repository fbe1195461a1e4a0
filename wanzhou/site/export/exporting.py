"""The export: ask for every public address and what it links to, then lead all links to the files."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from wanzhou.kernel.pages.asof import AsOf
from wanzhou.kernel.plans.stamps import published_stamp
from wanzhou.site.dashboard.sitemap import addresses

from . import assets
from .asking import answer_at, missing_page
from .folder import Refused, replacing, write
from .links import Tag, led, tags_of
from .places import file_of, link, path_of, plain

# What makes sense only with the address that people know the site by.
NEEDS_ADDRESS = ("/feed.xml", "/sitemap.xml", "/robots.txt")
MISSING = PurePosixPath("404.html")
_NOT_COLLECTED = "静态文件 {} 尚未收集；请先运行 ./run --setup"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, in numbers, and the links that lead to no page and were taken away."""

    pages: int
    files: int
    assets: int
    size: int
    dropped: tuple[str, ...]


@dataclass(slots=True)
class Export:
    """One run: what was asked for, and the file of each address that answered."""

    as_of: AsOf
    draft: Path
    places: dict[str, PurePosixPath] = field(default_factory=dict)
    pages: dict[PurePosixPath, str] = field(default_factory=dict)
    assets: set[str] = field(default_factory=set)
    elsewhere: dict[str, str] = field(default_factory=dict)
    dropped: dict[str, None] = field(default_factory=dict)
    size: int = 0

    def run(self) -> Exported:
        """Write everything; raises Refused."""
        self._ask_for_all()
        self._ask_for_missing_page()
        for place, address in self.pages.items():
            self._lead_links(place, address)
        self._lead_feeds()
        return Exported(
            pages=len(self.pages),
            files=len(self.places) - (len(self.pages) - 1),
            assets=len(self.assets),
            size=self.size,
            dropped=tuple(self.dropped),
        )

    # --- asking ---
    def _ask_for_all(self) -> None:
        listed = [plain(one.path) for one in addresses(self.as_of.moment)]
        waiting, seen = deque(dict.fromkeys(filter(self._wanted, listed))), set[str]()
        required = set(waiting)
        while waiting:
            address = waiting.popleft()
            if address in seen:
                continue
            seen.add(address)
            response = answer_at(address, self.as_of)
            if response is not None:
                waiting.extend(self._take(address, response))
            elif address in required:
                raise Refused(f"页面 {address} 打不开，导出中止")

    def _wanted(self, address: str) -> bool:
        return bool(settings.SITE_ADDRESS) or address not in NEEDS_ADDRESS

    def _take(self, address: str, response: HttpResponse) -> list[str]:
        """Keep an answer; returns the addresses that it leads to."""
        if response.status_code != 200:
            target = plain(urljoin(address, response["Location"]))
            self.elsewhere[address] = target
            return [target]
        is_page = response["Content-Type"].startswith("text/html")
        try:
            place = file_of(address, page=is_page)
        except ValueError:
            return []
        self._write(place, response.content)
        self.places[address] = place
        if not is_page:
            return []
        self.pages[place] = address
        return self._links_of(address, response.content.decode())

    def _links_of(self, address: str, page: str) -> list[str]:
        """The addresses of ours that a page links to; the static files that it uses are written."""
        found: list[str] = []
        for tag in tags_of(page):
            for value in [
                *tag.links.values(),
                *([tag.attributes.get("content", "")] if tag.own_address else []),
            ]:
                own = self._own(address, value)
                if assets.asset_of(own):
                    self._bring(assets.asset_of(own), outward=tag.own_address)
                elif own and not tag.own_address and self._wanted(plain(own)):
                    found.append(plain(own))
        return found

    def _ask_for_missing_page(self) -> None:
        page = missing_page().content
        self.pages[MISSING] = "/"
        self._links_of("/", page.decode())
        self._write(MISSING, page)

    def _bring(self, name: str, *, outward: bool) -> None:
        """Copy a static file and what it uses; one that only the outside is told of needs an address to be told."""
        if name in self.assets or (outward and not settings.SITE_ADDRESS):
            return
        try:
            content = assets.content_of(name)
        except FileNotFoundError:
            raise Refused(_NOT_COLLECTED.format(name)) from None
        self.assets.add(name)
        self._write(assets.place_of(name), content)
        for used in assets.used_by(name, content):
            self._bring(used, outward=False)

    def _write(self, place: PurePosixPath, content: bytes) -> None:
        if place not in self.pages:
            self.size += len(content)
        write(self.draft, place, content)

    # --- leading links ---
    def _own(self, page: str, href: str) -> str:
        """A link of a page as an address of this site; empty when it leads outside or within the page."""
        if not href or href.startswith("#"):
            return ""
        origin = settings.SITE_ADDRESS
        if origin and (href == origin or href.startswith((f"{origin}/", f"{origin}?"))):
            href = href.removeprefix(origin) or "/"
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            return ""
        return urljoin(page, href)

    def _place(self, address: str) -> PurePosixPath | None:
        """The file of an own address; None where there is none."""
        asset = assets.asset_of(address)
        if asset:
            return assets.place_of(asset) if asset in self.assets else None
        known = plain(address)
        known = self.elsewhere.get(known, known)
        return self.places.get(known)

    def _lead_links(self, place: PurePosixPath, address: str) -> None:
        page = (self.draft / place).read_text(encoding="utf-8")
        self._write(place, led(page, lambda tag: self._changes(tag, place, address)).encode())

    def _changes(self, tag: Tag, place: PurePosixPath, address: str) -> Mapping[str, str | None] | None:
        if tag.own_address:
            return self._outward(tag, address)
        changes: dict[str, str | None] = {}
        for name, value in tag.links.items():
            own = self._own(address, value)
            if not own:
                continue
            to = self._place(own)
            if to is None and self._wanted(plain(own)):
                self.dropped[plain(own)] = None
            if to is None and tag.name != "a":
                return None
            changes[name] = self._link(place, to, urlsplit(own).fragment) if to else None
        return changes

    def _link(self, place: PurePosixPath, to: PurePosixPath, fragment: str) -> str:
        """A relative link; from the page that stands for whatever is missing, at any depth, one from the root on."""
        if place != MISSING or not settings.SITE_ADDRESS:
            return link(place, to, fragment)
        return f"{urlsplit(settings.SITE_ADDRESS).path}{path_of(to)}"

    def _outward(self, tag: Tag, address: str) -> Mapping[str, str | None] | None:
        """A permanent address for the outside stays whole; without the site's own address it is left out."""
        name = "href" if "href" in tag.attributes else "content"
        to = self._place(self._own(address, tag.attributes.get(name, "")))
        if not settings.SITE_ADDRESS or to is None:
            return None
        return {name: f"{settings.SITE_ADDRESS}{path_of(to)}"}

    def _lead_feeds(self) -> None:
        """Feeds and the sitemap name whole addresses; those are the addresses of the files here."""
        if not settings.SITE_ADDRESS:
            return
        ours = re.compile(rf"{re.escape(settings.SITE_ADDRESS)}(?P<address>[^\s<>\"']*)")
        for place in [place for place in self.places.values() if place.suffix == ".xml"]:
            text = (self.draft / place).read_text(encoding="utf-8")
            self._write(place, ours.sub(self._whole, text).encode())

    def _whole(self, found: re.Match[str]) -> str:
        to = self._place(found["address"].replace("&amp;", "&") or "/")
        if to is None:
            return found[0]
        fragment = urlsplit(found["address"]).fragment
        return f"{settings.SITE_ADDRESS}{path_of(to)}" + (f"#{fragment}" if fragment else "")


def export(folder: Path, as_of: AsOf) -> Exported:
    """Write the site as of a day into the folder; raises Refused, and then leaves the folder as it was."""
    if missing := assets.not_collected():
        raise Refused(_NOT_COLLECTED.format(missing))
    with replacing(folder) as draft:
        before = published_stamp(as_of.moment), timezone.localdate()
        exported = Export(as_of, draft).run()
        if before != (
            published_stamp(timezone.now() if not as_of.stated else as_of.moment),
            timezone.localdate(),
        ):
            raise Refused("导出期间有新的发布或换了日期，写出的内容可能前后不一；请重新导出")
        return exported
