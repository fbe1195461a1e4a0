"""The day that pages are read as of."""

from __future__ import annotations

import datetime

import pytest

from wanzhou.kernel.pages.asof import as_of
from wanzhou.kernel.pages.refusals import BadQuestion

NOON = datetime.datetime(2023, 9, 20, 4, 0, tzinfo=datetime.UTC)  # 12:00 in the district


def test_nothing_asked_is_today_up_to_this_moment() -> None:
    today = as_of("", NOON)
    assert (today.day, today.moment, today.stated, today.text) == (
        datetime.date(2023, 9, 20),
        NOON,
        False,
        "",
    )


@pytest.mark.parametrize(
    "text",
    [
        "2023-01-31",
        "20230131",
        "2023/1/31",
        "2023.01.31",
        "2023年1月31日",
        "２０２３－０１－３１",
        " 2023-01-31 ",
    ],
)
def test_a_past_day_lasts_until_midnight_in_the_district(text: str) -> None:
    asked = as_of(text, NOON)
    assert asked.day == datetime.date(2023, 1, 31)
    assert asked.moment.astimezone(datetime.UTC).isoformat() == "2023-01-31T15:59:59.999999+00:00"
    assert asked.text == "2023-01-31"


def test_today_asked_for_by_name_ends_now() -> None:
    asked = as_of("2023-09-20", NOON)
    assert (asked.moment, asked.stated) == (NOON, True)


def test_after_midnight_in_the_district_it_is_the_next_day() -> None:
    late = datetime.datetime(2023, 9, 20, 17, 0, tzinfo=datetime.UTC)
    assert as_of("", late).day == datetime.date(2023, 9, 21)


@pytest.mark.parametrize("text", ["昨天", "2023-13-01", "2023-02-30", "0000-01-01", "2023", "1' OR 1=1"])
def test_what_is_no_date_is_refused_with_the_form_that_is(text: str) -> None:
    with pytest.raises(BadQuestion, match="请写成 2023-01-31 的样子"):
        as_of(text, NOON)


def test_the_future_is_refused() -> None:
    with pytest.raises(BadQuestion, match="晚于今天（2023-09-20）"):
        as_of("2023-09-21", NOON)
