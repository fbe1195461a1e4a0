"""What a typed cell is stored as: a table of cases."""

from __future__ import annotations

from decimal import Decimal

import pytest

from indicators.cells import Cell, storable, understand
from indicators.judging.terms import OutcomeState

REPORTED, DECLARED = OutcomeState.REPORTED, OutcomeState.DECLARED
CITY, REDEFINED, ANNUAL = OutcomeState.AWAITING_CITY, OutcomeState.REDEFINED, OutcomeState.ANNUAL_ONLY

# typed, the row's unit, state, value, wording
CASES = [
    ("6.5", "%", REPORTED, "6.5", "6.5"),
    ("0", "%", REPORTED, "0", "0"),
    ("-0", "%", REPORTED, "0", "0"),
    ("０．０", "%", REPORTED, "0", "0"),
    ("６．５", "%", REPORTED, "6.5", "6.5"),
    ("六点五", "%", REPORTED, "6.5", "6.5"),
    ("百分之六点五", "%", REPORTED, "6.5", "6.5"),
    ("6.5％", "%", REPORTED, "6.5", "6.5"),
    ("－9.4", "%", REPORTED, "-9.4", "-9.4"),
    ("−9.4", "%", REPORTED, "-9.4", "-9.4"),
    ("负9.4", "%", REPORTED, "-9.4", "负9.4"),
    ("下降9.4%", "%", REPORTED, "-9.4", "下降9.4%"),
    ("1,200", "万美元", REPORTED, "1200", "1200"),
    ("27.8亿", "亿元", REPORTED, "27.8", "27.8亿"),
    ("278000万元", "亿元", REPORTED, "27.8", "278000万元"),
    ("1500万美元", "万美元", REPORTED, "1500", "1500万美元"),
    ("0.15亿美元", "万美元", REPORTED, "1500", "0.15亿美元"),
    ("1500万元", "万美元", REPORTED, None, "1500万元"),
    ("31亿元，同比下降8.4%", "亿元", REPORTED, "31", "31亿元，同比下降8.4%"),
    ("5.5以内", "%", REPORTED, None, "5.5以内"),
    ("Ⅱ类", "", REPORTED, None, "Ⅱ类"),
    ("约6", "%", REPORTED, None, "约6"),
    ("0.5个百分点", "%", REPORTED, None, "0.5个百分点"),
    ("提高0.5个百分点", "%", REPORTED, None, "提高0.5个百分点"),
    ("27.8亿", "%", REPORTED, None, "27.8亿"),
    ("3.5%", "", REPORTED, None, "3.5%"),
    ("预计6.5", "%", OutcomeState.ESTIMATED, "6.5", "预计6.5"),
    ("abc", "%", DECLARED, None, "abc"),
    ("—", "%", DECLARED, None, "—"),
    ("市级暂未反馈", "%", CITY, None, ""),
    ("口径调整", "%", REDEFINED, None, ""),
    ("年度指标", "%", ANNUAL, None, ""),
    ("", "%", OutcomeState.UNREPORTED, None, ""),
    ("  ", "%", OutcomeState.UNREPORTED, None, ""),
    ("9" * 19, "%", REPORTED, None, "9" * 19),
    ("1.1234567", "%", REPORTED, None, "1.1234567"),
]


@pytest.mark.parametrize(("text", "unit", "state", "value", "wording"), CASES)
def test_a_cell_is_understood(
    text: str, unit: str, state: OutcomeState, value: str | None, wording: str
) -> None:
    read = understand(Cell(text), unit=unit)
    assert (read.state, read.value, read.wording) == (
        state,
        None if value is None else Decimal(value),
        wording,
    )


@pytest.mark.parametrize(("text", "unit"), [case[:2] for case in CASES])
def test_what_is_stored_is_understood_alike(text: str, unit: str) -> None:
    once = understand(Cell(text), unit=unit)
    again = understand(Cell(once.wording, once.state, once.note), unit=unit)
    assert (again.state, again.value, again.wording, again.note) == (
        once.state,
        once.value,
        once.wording,
        once.note,
    )


def test_what_was_picked_counts_where_nothing_was_typed() -> None:
    assert understand(Cell("", CITY), unit="%").state is CITY
    assert understand(Cell("6", CITY), unit="%").state is REPORTED


def test_more_words_than_the_state_are_kept_as_the_note() -> None:
    assert understand(Cell("以市级反馈数据为准"), unit="%").note == "以市级反馈数据为准"
    assert understand(Cell("以市级反馈数据为准", note="八月"), unit="%").note == "八月"


def test_blank_is_nothing_and_zero_is_something() -> None:
    assert Cell("", note="备注").is_blank
    assert not Cell("0").is_blank
    assert not Cell("", CITY).is_blank


def test_what_the_database_keeps() -> None:
    assert storable(Decimal("1E+17"))
    assert storable(Decimal("0.000001"))
    assert not storable(Decimal("1E+18"))
    assert not storable(Decimal("0.0000001"))
