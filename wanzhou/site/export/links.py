"""The links of an HTML page: found, and led elsewhere without touching anything else of it; pure."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import accumulate

# Attributes that lead somewhere; those of scripts (data-…) only where they hold a path.
LEADING = ("href", "src", "poster", "xlink:href")
_ATTRIBUTE = re.compile(r"""\s(?P<name>[\w:-]+)\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^\s"'>]+)""")


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag as it stands in the page."""

    name: str
    attributes: Mapping[str, str]
    start: int
    text: str

    @property
    def links(self) -> dict[str, str]:
        """Its attributes that lead somewhere."""
        return {name: value for name, value in self.attributes.items() if _leads(name, value)}

    @property
    def own_address(self) -> bool:
        """Whether it tells the page's own permanent address, or its picture's, to the outside."""
        return self.attributes.get("rel") == "canonical" or self.attributes.get("property") in {
            "og:url",
            "og:image",
        }


def _leads(name: str, value: str) -> bool:
    return name in LEADING or (name.startswith("data-") and value.startswith("/"))


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[Tag] = []
        self.lines = [0, *accumulate(len(line) + 1 for line in page.split("\n"))]
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        known = {name: value or "" for name, value in attrs}
        self.tags.append(Tag(tag, known, self.lines[line - 1] + column, self.get_starttag_text() or ""))


def tags_of(page: str) -> list[Tag]:
    """Every start tag, in the order of the page."""
    return _Reader(page).tags


def led(page: str, lead: Callable[[Tag], Mapping[str, str | None] | None]) -> str:
    """The page with the attributes that `lead` names changed, or taken away (None); a tag for which it returns None is
    taken out as a whole."""
    pieces, at = [], 0
    for tag in tags_of(page):
        changes = lead(tag)
        end = tag.start + len(tag.text)
        assert page[tag.start : end] == tag.text
        pieces += [page[at : tag.start], "" if changes is None else _changed(tag.text, changes)]
        at = end
        if changes is None and page[at : at + 1] == "\n":
            at += 1  # what stood alone on its line leaves no empty one
    return "".join([*pieces, page[at:]])


def _changed(text: str, changes: Mapping[str, str | None]) -> str:
    def put(found: re.Match[str]) -> str:
        name = found["name"].lower()
        if name not in changes:
            return found[0]
        value = changes[name]
        return "" if value is None else f' {found["name"]}="{html.escape(value)}"'

    return _ATTRIBUTE.sub(put, text) if changes else text
