"""What a page may know of a request."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from wanzhou.kernel.pages.refusals import BadQuestion
from wanzhou.kernel.pages.visits import LONGEST_ANSWER, Visit


def visit(address: str, *parameters: str, cookie: str = "") -> Visit:
    request = RequestFactory().get(address)
    if cookie:
        request.COOKIES["display"] = cookie
    return Visit.of(request, parameters)


def test_only_declared_parameters_count_in_their_declared_order() -> None:
    asked = visit("/2022/?utm=1&b=2&a=1&b=3", "a", "b")
    assert asked.address == "/2022/?a=1&b=2&b=3"
    assert asked.said("a") == "1"
    assert asked.said("utm") == ""


def test_empty_answers_are_no_answers() -> None:
    assert visit("/2022/?a=&b=%20", "a", "b").address == "/2022/"


def test_addresses_stay_on_the_same_day() -> None:
    asked = visit("/2022/?as_of=2023-01-31")
    assert asked.to("/2023/?period=first_half") == "/2023/?period=first_half&as_of=2023-01-31"
    assert asked.to("/judging/#about") == "/judging/?as_of=2023-01-31#about"
    assert asked.to("https://example.org/") == "https://example.org/"
    assert visit("/2022/").to("/2023/") == "/2023/"


def test_the_same_page_with_another_answer() -> None:
    asked = visit("/2022/indicators/?nature=binding&page=2", "nature", "page")
    assert asked.again(page=3) == "/2022/indicators/?nature=binding&page=3"
    assert asked.again(nature=None, page=None) == "/2022/indicators/"


@pytest.mark.parametrize(
    ("query", "says"),
    [
        (f"q={'长' * (LONGEST_ANSWER + 1)}", "参数 q 太长（201 个字）"),
        ("q=%00", "不能显示的字符"),
        ("&".join(["q=1"] * 31), "参数 q 写了 31 次；最多 30 次"),
        (f"as_of={'2' * 10_000}", "参数 as_of 太长"),
    ],
)
def test_what_no_page_can_mean_is_refused(query: str, says: str) -> None:
    with pytest.raises(BadQuestion, match=says):
        visit(f"/2022/?{query}", "q")


@pytest.mark.parametrize(
    ("cookie", "classes"),
    [("", ""), ("large", "large"), ("contrast-large", "large contrast"), ("<script>", ""), ("largest", "")],
)
def test_the_look_is_two_known_words(cookie: str, classes: str) -> None:
    assert visit("/", cookie=cookie).display.classes == classes
