"""What differs between two publications of a row, as a table of cases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from indicators.differences import REPLACEMENTS, Change, Difference, Told, adjusted, differences
from indicators.models import Replacement

TOLD = Told(
    actual=1,
    figure="6.1%",
    state="met",
    wording="6",
    supplements={"原因说明": "", "参考数据": []},
    names={"名称": "虚构指标", "责任单位": "虚构单位"},
)


def after(**changes: Any) -> tuple[Difference, ...]:
    return differences(TOLD, replace(TOLD, **changes))


@pytest.mark.parametrize("kind", list(Replacement))
def test_a_replaced_figure_is_of_the_kind_that_it_was_replaced_for(kind: Replacement) -> None:
    [one] = after(actual=2, figure="5.1%", state="missed", replaced_because=kind.value)
    assert (one.kind.value, one.kind.label, one.about) == (kind.value, kind.label, ("完成情况",))
    assert (one.before, one.after, one.state_before, one.state_after) == ("6.1%", "5.1%", "met", "missed")


def test_the_kinds_of_replacement_are_those_of_the_facts() -> None:
    assert {kind.value: kind.label for kind in REPLACEMENTS} == {
        kind.value: kind.label for kind in Replacement
    }


@pytest.mark.parametrize(
    ("changes", "kind", "about", "old", "new", "reason"),
    [
        ({"wording": "5", "adjustment": "经批准调整"}, Change.ADJUSTMENT, ("目标",), "6", "5", "经批准调整"),
        ({"ruling": 7, "ruling_reason": "误差之内"}, Change.RULING, ("结论",), "", "", "误差之内"),
        ({"supplements": {"原因说明": "受旱", "参考数据": []}}, Change.ADDITION, ("原因说明",), "", "", ""),
        ({"actual": 2, "figure": "6.2%"}, Change.ADDITION, ("完成情况",), "6.1%", "6.2%", ""),
        (
            {"names": {"名称": "虚构指标", "责任单位": "另一单位"}},
            Change.RESTATEMENT,
            ("责任单位",),
            "虚构单位",
            "另一单位",
            "",
        ),
        ({"state": "review"}, Change.RESTATEMENT, ("结论",), "", "", ""),
    ],
)
def test_one_change_alone(
    changes: dict[str, Any], kind: Change, about: tuple[str, ...], old: str, new: str, reason: str
) -> None:
    [one] = after(**changes)
    assert (one.kind, one.about, one.before, one.after, one.reason) == (kind, about, old, new, reason)


def test_the_same_told_again_is_no_difference() -> None:
    assert after() == ()


def test_an_old_replacement_is_not_told_again_with_a_new_cause() -> None:
    corrected = replace(TOLD, replaced_because="correction")
    explained = replace(corrected, supplements={"原因说明": "受旱", "参考数据": []})
    assert [one.kind for one in differences(corrected, explained)] == [Change.ADDITION]


def test_each_kind_is_told_apart_when_several_come_at_once() -> None:
    found = after(
        actual=2,
        figure="5.1%",
        replaced_because="correction",
        wording="5",
        supplements={"原因说明": "受旱", "参考数据": [{"region": "全国"}]},
    )
    assert [one.kind for one in found] == [Change.CORRECTION, Change.ADJUSTMENT, Change.ADDITION]
    assert found[-1].about == ("原因说明", "参考数据")


def test_what_is_no_longer_said_is_no_addition() -> None:
    waiting = replace(TOLD, supplements={"等待与催办": {"bureau": None}})
    assert differences(waiting, replace(waiting, supplements={"等待与催办": None})) == ()


def test_a_target_adjusted_between_two_periods() -> None:
    one = adjusted("6", replace(TOLD, wording="5", adjustment="经批准调整"))
    assert (one.kind, one.before, one.after, one.reason) == (Change.ADJUSTMENT, "6", "5", "经批准调整")
