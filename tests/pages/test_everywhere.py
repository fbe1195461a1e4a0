"""What holds for every public address: sound markup, the same for everybody, nothing unpublished, no stumbling."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from zipfile import ZipFile

import html5lib
import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.planted import SECRETS, plant
from wanzhou.kernel.accounts.roles import Role
from wanzhou.site.dashboard.sitemap import Address, addresses

from .reading import words_of

PARTICULAR = re.compile(r"\d{4}|(?<=/indicators/)[a-z0-9-]+|(?<=/projects/)[a-z0-9-]+")
NONSENSE = {
    "as_of": ["heute", "2999-01-01", "1900-01-01", "2023-02-30"],
    "page": ["99999999999999999999", "-1", "0", "一"],
    "period": ["<script>", "first_quarter"],
    "sort": ["';--", "-"],
    "nature": ["x"],
    "state": ["x"],
    "box": ["x", "99999999999999999999"],
    "section": ["x"],
    "stage": ["x"],
    "department": ["x"],
    "light": ["x", "RED"],
    "kind": ["x"],
    "year": ["x"],
    "q": ["长" * 10_000, "\x00", "%", "' OR 1=1", "\ud7ff"],
    "target": ["长" * 10_000, "\x00"],
}


def listed() -> tuple[Address, ...]:
    return addresses(timezone.now())


def of_each_kind(every: Iterable[Address]) -> list[Address]:
    """One address of each form: a project's page stands for all of them."""
    return list({PARTICULAR.sub("…", one.path.partition("?")[0]): one for one in every}.values())


def text_of(content: bytes) -> str:
    """All that stands in an answer, also inside a workbook."""
    if content.startswith(b"PK"):
        with ZipFile(io.BytesIO(content)) as book:
            return "".join(book.read(name).decode() for name in book.namelist())
    return content.decode()


def test_markup_is_sound(client: Client, loaded_plans: None) -> None:
    for address in listed():
        if address.page:
            html = client.get(address.path).content.decode()
            html5lib.HTMLParser(strict=True).parse(html)
            assert html.count("<h1") == 1, address.path
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", html), address.path
            assert '<meta name="description"' in html, address.path
            assert html.count('rel="canonical"') == 1, address.path


def test_nothing_unpublished_stands_anywhere(client: Client, loaded_plans: None, cast: Cast) -> None:
    plant(cast)
    for address in listed():
        answer = client.get(address.path)
        said = text_of(answer.content) + str(answer.headers)
        assert [secret for secret in SECRETS if secret in said] == [], address.path


@pytest.mark.parametrize("role", list(Role))
def test_everybody_reads_the_same_and_leaves_no_trace(
    client: Client, loaded_plans: None, cast: Cast, role: Role
) -> None:
    plant(cast)
    insider = Client()
    insider.force_login(getattr(cast, role.value))
    for address in of_each_kind(listed()):
        public, seen = client.get(address.path), insider.get(address.path)
        assert seen.content == public.content, address.path
        assert (seen["ETag"], seen["Last-Modified"]) == (public["ETag"], public["Last-Modified"])
        assert not public.cookies
        assert not seen.cookies
        assert "csrf" not in text_of(public.content).lower()


def test_a_day_before_everything_shows_nothing(client: Client, loaded_plans: None) -> None:
    for address in of_each_kind(listed()):
        answer = client.get(f"{address.path.partition('?')[0]}?as_of=2000-01-01")
        assert answer.status_code in {200, 404}, address.path
        assert "3.5" not in words_of(text_of(answer.content)) or not address.path.startswith(
            ("/2022", "/indicators")
        )


@pytest.mark.parametrize("parameter", list(NONSENSE))
def test_nonsense_gets_a_chinese_answer_and_never_a_fault(
    client: Client, loaded_plans: None, parameter: str
) -> None:
    for address in of_each_kind(listed()):
        for nonsense in NONSENSE[parameter]:
            answer = client.get(address.path.partition("?")[0], {parameter: nonsense})
            assert answer.status_code in {200, 400, 404}, (address.path, nonsense)
            if answer.status_code != 200:
                assert re.search(r"[\u4e00-\u9fff]{2}", text_of(answer.content)), (address.path, nonsense)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_public_addresses_are_for_reading(client: Client, loaded_plans: None, method: str) -> None:
    for address in of_each_kind(listed()):
        assert getattr(client, method)(address.path).status_code == 405, address.path
