"""The order of stages, and planned against reached."""

from __future__ import annotations

import pytest

from projects.stages import ON_TRACK, Stage, has_reached


def test_the_track_is_in_order_and_the_rest_is_off_it() -> None:
    assert [stage.rank for stage in ON_TRACK] == [1, 2, 3, 4, 5]
    assert {stage for stage in Stage if stage.rank is None} == {
        Stage.SUSPENDED,
        Stage.DEFERRED,
        Stage.WITHDRAWN,
    }


@pytest.mark.parametrize(
    ("reached", "planned", "answer"),
    [
        (Stage.COMPLETED, Stage.STARTED, True),
        (Stage.STARTED, Stage.STARTED, True),
        (Stage.PREPARATORY, Stage.STARTED, False),
        (Stage.SUSPENDED, Stage.PREPARATORY, False),
        (Stage.COMPLETED, Stage.WITHDRAWN, False),
    ],
)
def test_reached_is_the_planned_stage_or_a_later_one(reached: Stage, planned: Stage, answer: bool) -> None:
    assert has_reached(reached, planned) is answer
