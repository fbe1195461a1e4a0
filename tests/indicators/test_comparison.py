"""Two plans held against each other, as a table of cases; every figure is invented."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from indicators.comparison import Asked, Break, Compared, Demand, Meant, Movement, Switch, balance_of, compare
from indicators.judging.targets import read_target
from indicators.judging.terms import Favourable

HIGHER, LOWER = Favourable.HIGHER, Favourable.LOWER


def asked(wording: str, code: str = "invented", **facts: Any) -> Asked:
    """A row as it is published: its reading goes through JSON."""
    whole: dict[str, Any] = {"name": "虚构指标", "unit": "%", "ordinal": 1, "favourable": HIGHER, **facts}
    reading = read_target(wording, unit=whole["unit"], favourable=whole["favourable"]).as_dict()
    return Asked(code=code, wording=wording, meant=Meant.of(reading), **whole)


def one(earlier: Asked, later: Asked, *breaks: Break) -> Compared:
    [row] = compare([earlier], [later], {later.code: breaks})
    return row


@pytest.mark.parametrize(
    ("before", "after", "favourable", "movement", "amount", "demand", "reworded"),
    [
        ("7", "7", HIGHER, Movement.KEPT, "0", None, False),
        ("4", "6", HIGHER, Movement.RAISED, "2", Demand.TIGHTER, False),
        ("-9.5", "15", HIGHER, Movement.RAISED, "24.5", Demand.TIGHTER, False),
        ("0", "8", HIGHER, Movement.RAISED, "8", Demand.TIGHTER, False),
        ("12", "10", HIGHER, Movement.LOWERED, "-2", Demand.LOOSER, False),
        ("5.5以内", "5以内", LOWER, Movement.LOWERED, "-0.5", Demand.TIGHTER, False),
        ("5.5以内", "6以内", LOWER, Movement.RAISED, "0.5", Demand.LOOSER, False),
        ("6左右", "6.5以上", HIGHER, Movement.RAISED, "0.5", Demand.TIGHTER, True),
        ("7.5", "6.5以上", HIGHER, Movement.LOWERED, "-1", Demand.LOOSER, True),
        ("6左右", "6以上", HIGHER, Movement.REWORDED, "0", Demand.TIGHTER, True),
        ("8", "8左右", HIGHER, Movement.REWORDED, "0", Demand.LOOSER, True),
        ("8", "8以上", HIGHER, Movement.REWORDED, "0", None, True),
        ("6以上", "超过6", HIGHER, Movement.REWORDED, "0", Demand.TIGHTER, True),
        ("6左右", "6.05左右", HIGHER, Movement.RAISED, "0.05", Demand.TIGHTER, False),
        ("1.7左右", "较2031年提升0.2个百分点", HIGHER, Movement.REWORDED, None, None, True),
        ("较2030年提升0.2个百分点", "较2031年提升0.3个百分点", HIGHER, Movement.REWORDED, None, None, True),
        ("与经济增长同步", "与经济增长同步", HIGHER, Movement.KEPT, None, None, False),
        ("上级下达任务", "上级下达任务", LOWER, Movement.KEPT, None, None, False),
        ("上级下达任务", "完成市定目标", LOWER, Movement.REWORDED, None, None, True),
        ("总体保持II类", "稳定保持Ⅱ类", LOWER, Movement.REWORDED, "0", None, True),
        ("总体保持III类", "总体保持II类", LOWER, Movement.RAISED, "-1", Demand.TIGHTER, True),
        ("总体保持II类", "总体保持Ⅱ类", LOWER, Movement.KEPT, "0", None, False),
        ("5以上", "6以内", HIGHER, Movement.REWORDED, None, None, True),
        ("稳中提质", "保稳提质", HIGHER, Movement.REWORDED, None, None, True),
        ("６．５％左右", "6.5%左右", HIGHER, Movement.KEPT, "0", None, False),
        ("增长5%左右，总量力争突破3000亿元", "增长6%左右", HIGHER, Movement.REWORDED, None, None, True),
    ],
)
def test_a_target_in_both_plans(
    before: str,
    after: str,
    favourable: Favourable,
    movement: Movement,
    amount: str | None,
    demand: Demand | None,
    reworded: bool,
) -> None:
    row = one(asked(before, favourable=favourable), asked(after, favourable=favourable))
    assert row.movement is movement
    assert row.amount == (None if amount is None else Decimal(amount))
    assert row.demand is demand
    assert (Switch.REWORDED in row.switches) is reworded


@pytest.mark.parametrize(
    ("before", "after", "breaks", "switches", "movement"),
    [
        ({"name": "虚构人数"}, {"name": "虚构新增"}, (), {Switch.RENAMED}, Movement.RAISED),
        ({"unit": "亿美元"}, {"unit": "万美元"}, (), {Switch.REUNITED}, Movement.INCOMPARABLE),
        ({}, {}, (Break(2032, "口径变化"),), {Switch.REDEFINED}, Movement.INCOMPARABLE),
        ({"binding": True}, {}, (), {Switch.RENATURED}, Movement.RAISED),
        ({"ordinal": None, "parent_code": "above"}, {}, (), {Switch.MOVED}, Movement.RAISED),
        ({"unit": "%"}, {"unit": "％"}, (), set(), Movement.RAISED),
    ],
)
def test_what_else_changed(
    before: dict[str, Any],
    after: dict[str, Any],
    breaks: tuple[Break, ...],
    switches: set[Switch],
    movement: Movement,
) -> None:
    row = one(asked("3", **before), asked("4", **after), *breaks)
    assert (set(row.switches), row.movement) == (switches, movement)
    assert (row.amount is None) is (movement is Movement.INCOMPARABLE)


def test_every_note_that_forbids_a_comparison_is_told_once() -> None:
    notes = ("二〇三一年换了口径", "二〇三二年又换了口径")
    breaks = [Break(2031, notes[0]), Break(2032, notes[1])]
    assert one(asked("3"), asked("4", note=notes[1]), *breaks).notes == notes


def test_an_unknown_wording_is_not_compared() -> None:
    row = one(asked(""), asked("4"))
    assert (row.movement, row.amount, row.demand) == (Movement.INCOMPARABLE, None, None)


def test_rows_stand_in_the_later_order_with_sub_rows_below_their_parents() -> None:
    below = {"ordinal": None, "parent_code": "b"}
    earlier = [asked("1", "a"), asked("1", "b", ordinal=2), asked("1", "b-old", **below)]
    earlier += [asked("1", "gone", ordinal=3), asked("1", "gone-too", ordinal=None, parent_code="gone")]
    later = [
        asked("1", "b"),
        asked("1", "b-new", **below),
        asked("1", "c", ordinal=2),
        asked("1", "a", ordinal=3),
    ]
    rows = compare(earlier, later, {})
    assert [row.newest.code for row in rows] == ["b", "b-new", "b-old", "c", "a", "gone", "gone-too"]
    assert [row.movement for row in rows[1:4]] == [Movement.ADDED, Movement.DROPPED, Movement.ADDED]


def test_only_numbered_rows_are_counted() -> None:
    below = {"ordinal": None, "parent_code": "a"}
    earlier = [asked("1", "a", binding=True), asked("1", "sub", **below), asked("1", "gone", ordinal=2)]
    later = [asked("2", "a"), asked("2", "sub", **below), asked("1", "new", ordinal=2, binding=True)]
    balance = balance_of(compare(earlier, later, {}))
    assert (balance.before, balance.after) == (2, 2)
    assert (balance.binding_before, balance.binding_after) == (1, 1)
    assert balance.movements == {Movement.RAISED: 1, Movement.ADDED: 1, Movement.DROPPED: 1}
    assert balance.switches == {Switch.RENATURED: 1}
