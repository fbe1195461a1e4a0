"""Texts made to keep a reader busy for ever cost no more than their length: twice the text, about twice the work.

Work is counted in calls, which are the same on every machine; how long it takes is measured by benchmarks/reading.py.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from tests.site.intake.hostile import HOSTILE
from tests.site.intake.words import read_text

SHARE = 0.004


def calls_of(text: str) -> int:
    """How many functions are called while it is read."""
    counted = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read_text(text)
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_twice_the_text_is_about_twice_the_work(text: Callable[[float], str]) -> None:
    assert calls_of(text(2 * SHARE)) <= 2.5 * calls_of(text(SHARE)) + 1_000


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_nothing_is_made_of_it_that_it_does_not_say(text: Callable[[float], str]) -> None:
    said = text(SHARE)
    report = read_text(said)
    assert all(row.name in said for table in report.tables for row in table.rows)
    assert all(entry.name in said for box in report.boxes for entry in box.entries)
