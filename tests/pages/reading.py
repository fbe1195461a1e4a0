"""Reading a page as people do: its words without the markup."""

from __future__ import annotations

from html.parser import HTMLParser

from django.test import Client


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def words_of(html: str) -> str:
    """All text of a page in one piece, without white space between elements."""
    parser = _Words()
    parser.feed(html)
    return "".join("".join(parser.words).split("\n"))


def page_at(client: Client, address: str, status: int = 200) -> str:
    """The words of the page at an address."""
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:300]
    return words_of(response.content.decode())
