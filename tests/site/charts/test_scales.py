"""Axes that people can read."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanzhou.kernel.numerals import plain
from wanzhou.site.charts.scales import position, scale_of

D = Decimal
NUMBERS = st.decimals(min_value=-(10**12), max_value=10**12, places=6)


def ticks(*values: str, origin: str | None = None) -> list[str]:
    scale = scale_of([D(value) for value in values], origin=D(origin) if origin else None)
    return [plain(tick) for tick in scale.ticks]


@pytest.mark.parametrize(
    ("values", "origin", "expected"),
    [
        (["2.8", "3.5", "6.5"], "0", ["0", "2", "4", "6", "8"]),
        (["-8.4", "0.1", "8.4"], "0", ["−10", "−5", "0", "5", "10"]),
        (["101.5", "103"], "100", ["100", "101", "102", "103"]),
        (["0.035", "0.028"], "0", ["0", "0.01", "0.02", "0.03", "0.04"]),
        (["0.000001", "0.000003"], "0", ["0", "0.000001", "0.000002", "0.000003"]),
        (["123456789012", "98765432109"], "0", ["0", "50000000000", "100000000000", "150000000000"]),
        (["56.5", "56.5"], None, ["55.5", "56", "56.5", "57", "57.5"]),
        (["0"], "0", ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        (["-3"], None, ["−3.1", "−3.05", "−3", "−2.95", "−2.9"]),
        (["5"], "0", ["0", "1", "2", "3", "4", "5"]),
    ],
)
def test_steps_are_ones_twos_and_fives(values: list[str], origin: str | None, expected: list[str]) -> None:
    assert ticks(*values, origin=origin) == expected


@given(st.lists(NUMBERS, min_size=1, max_size=8), st.none() | st.just(D(0)))
def test_every_value_lies_on_the_axis_and_the_axis_is_not_crowded(
    values: list[Decimal], origin: Decimal | None
) -> None:
    scale = scale_of(values, origin=origin)
    assert scale.low <= min(values) <= max(values) <= scale.high
    assert 2 <= len(scale.ticks) <= 6
    assert scale.ticks[-1] == scale.high
    assert all(28 <= scale.at(value, top=28, bottom=198) <= 198 for value in values)


def test_a_higher_value_stands_higher() -> None:
    scale = scale_of([D(0), D(10)])
    assert scale.at(D(0), top=20, bottom=120) == 120
    assert scale.at(D(10), top=20, bottom=120) == 20
    assert scale.at(D(11), top=20, bottom=120) == 20


@pytest.mark.parametrize(
    ("place", "written"), [("75", "75"), ("33.333", "33.3"), ("0.04", "0"), ("-0.04", "0")]
)
def test_a_place_has_one_decimal_at_most(place: str, written: str) -> None:
    assert position(D(place)) == written
