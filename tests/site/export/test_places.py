"""Which file stands for which address, and how links are led."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from wanzhou.site.export.assets import asset_of, used_by
from wanzhou.site.export.links import Tag, led, tags_of
from wanzhou.site.export.places import file_of, link, path_of, plain


@pytest.mark.parametrize(
    ("address", "known", "file"),
    [
        ("/", "/", "index.html"),
        ("/2022/", "/2022/", "2022/index.html"),
        ("/2022/?period=first_half#r1", "/2022/?period=first_half", "2022/first_half/index.html"),
        ("/2022/indicators/?period=first_half&nature=binding&sort=-name",
         "/2022/indicators/?period=first_half", "2022/first_half/indicators/index.html"),
        ("/2022/indicators/?nature=binding", "/2022/indicators/", "2022/indicators/index.html"),
        ("/2022/?period=../../etc", "/2022/", "2022/index.html"),
        ("/search/?q=x&as_of=2023-01-01", "/search/", "search/index.html"),
        ("/search/?period=first_half", "/search/", "search/index.html"),
        ("/api/docs", "/api/docs", "api/docs/index.html"),
        ("/projects/%E6%A1%A5/", "/projects/%E6%A1%A5/", "projects/桥/index.html"),
    ],
)  # fmt: skip
def test_the_file_of_a_page(address: str, known: str, file: str) -> None:
    assert plain(address) == known
    assert file_of(known, page=True) == PurePosixPath(file)


def test_the_file_of_a_twin() -> None:
    assert file_of("/2022/indicators.csv?period=first_half", page=False) == PurePosixPath(
        "2022/first_half/indicators.csv"
    )
    assert file_of("/feed.xml", page=False) == PurePosixPath("feed.xml")


@pytest.mark.parametrize("address", ["/../secret", "/a/%2e%2e/%2e%2e/secret", "/a%2Fb/", "/a%00/"])
def test_no_address_leads_out_of_the_folder(address: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        file_of(address, page=True)


def test_links_are_relative() -> None:
    start = PurePosixPath("2022/first_half/index.html")
    assert link(start, PurePosixPath("index.html")) == "../../index.html"
    assert link(start, PurePosixPath("2022/projects.csv")) == "../projects.csv"
    assert link(start, start, "r1") == "#r1"
    assert link(start, start) == "index.html"
    assert (
        link(start, PurePosixPath("projects/桥/index.html"), "t") == "../../projects/%E6%A1%A5/index.html#t"
    )
    assert path_of(start) == "/2022/first_half/"
    assert path_of(PurePosixPath("feed.xml")) == "/feed.xml"


PAGE = """<!doctype html>
<link rel="x" href="/gone.css">
<p title='a > b'>文字 &amp; <a class="b" HREF='/a/?x=1&amp;y=2' data-at="/b/">一</a><svg><use href="#i"/></svg></p>
<script>if (a < b) { location = "/c/" }</script>
"""


def test_only_what_is_led_elsewhere_changes() -> None:
    def lead(tag: Tag) -> dict[str, str | None] | None:
        if "/gone.css" in tag.links.values():
            return None
        return {"href": "x&y", "data-at": None} if tag.name == "a" else {}

    assert led(PAGE, lambda _: {}) == PAGE
    assert led(PAGE, lead) == PAGE.replace('<link rel="x" href="/gone.css">\n', "").replace(
        """HREF='/a/?x=1&amp;y=2' data-at="/b/\"""", 'HREF="x&amp;y"'
    )
    assert [tag.links for tag in tags_of(PAGE) if tag.name == "a"] == [
        {"href": "/a/?x=1&y=2", "data-at": "/b/"}
    ]


def test_a_style_sheet_names_its_pictures_and_sheets() -> None:
    sheet = b"""@import "more.css"; a { background: url(../pictures/wave.svg#a) }
        b { mask: url(data:x) } i { filter: url("#f") }"""
    assert used_by("site/a.css", sheet) == ["site/more.css", "pictures/wave.svg"]
    assert used_by("site/a.svg", sheet) == []
    assert asset_of("/static/site/a%20b.css?x") == "site/a b.css"
    assert asset_of("/2022/") == ""
