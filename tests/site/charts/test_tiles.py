"""Tiles by state, and how wide they stand."""

import pytest

from indicators.judging.terms import Pace, Verdict
from indicators.models import PublishedRow
from wanzhou.site.charts.tiles import strip_of
from wanzhou.site.dashboard.rows import Row, row_of
from wanzhou.site.dashboard.tones import TONES


def rows(**counts: int) -> list[Row]:
    """So many rows of each state, numbered in order, and one sub-row that was missed."""
    states = [state for state, count in counts.items() for _ in range(count)]
    numbered = [
        PublishedRow(
            ordinal=number, code=f"row-{number}", reading={}, outcome_state="reported", **judged(state)
        )
        for number, state in enumerate(states, start=1)
    ]
    below = PublishedRow(code="below", reading={}, outcome_state="reported", verdict=Verdict.MISSED)
    return [row_of(row) for row in [*numbered, below]]


def judged(state: str) -> dict[str, str]:
    return {"verdict": state} if state in set(Verdict) else {"pace": state}


def test_groups_stand_in_the_order_in_which_states_matter_and_leave_sub_rows_out() -> None:
    strip = strip_of(rows(redefined=1, awaiting_city=4, missed=3, met=14), TONES)
    assert [(group.tone.word, len(group.rows)) for group in strip.groups] == [
        ("达到或超过", 14),
        ("未完成", 3),
        ("待市级反馈", 4),
        ("口径调整", 1),
    ]


@pytest.mark.parametrize(
    "counts",
    [
        {"met": 14, "missed": 3, "awaiting_city": 4, "redefined": 1},
        {
            "on_pace": 3,
            "behind": 5,
            "in_progress": 5,
            "awaiting_city": 1,
            "not_judged": 1,
            "not_collected": 10,
        },
        {"met": 40},
        {"met": 1},
    ],
)
def test_on_middle_widths_all_groups_fit_side_by_side(counts: dict[str, int]) -> None:
    strip = strip_of(rows(**counts), TONES)
    assert sum(group.columns for group in strip.groups) == strip.columns
    assert strip.columns <= 20
    assert all(group.columns >= 2 for group in strip.groups)


def test_more_tiles_than_a_row_holds_at_full_size_are_crowded() -> None:
    assert not strip_of(rows(met=22), TONES).crowded
    assert strip_of(rows(met=23), TONES).crowded


def test_every_state_has_a_place_in_the_strip() -> None:
    states = [*Verdict, *Pace]
    assert len(strip_of(rows(**dict.fromkeys(states, 1)), TONES).groups) == len(set(states))


def test_rows_without_a_judgement_make_no_tile() -> None:
    row = row_of(PublishedRow(ordinal=1, code="row", reading={}, outcome_state="unreported"))
    assert strip_of([row], TONES).groups == ()
