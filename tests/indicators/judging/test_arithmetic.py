"""Intervals, units and the small parts the judgement is made of."""

from decimal import Decimal
from fractions import Fraction

import pytest

from indicators.judging.intervals import Interval, decimal_of, plain
from indicators.judging.moments import moment_of
from indicators.judging.tallies import Tally, pace_tally, tally
from indicators.judging.terms import Accrual, Favourable, Kind, Pace, Period, Verdict
from indicators.judging.units import completed, measure, of_difference, tidy

ONE, TWO, THREE = Decimal(1), Decimal(2), Decimal(3)


@pytest.mark.parametrize(
    ("outer", "inner", "contains", "disjoint"),
    [
        (Interval(ONE, THREE), Interval(ONE, TWO), True, False),
        (Interval(ONE, THREE), Interval(ONE, None), False, False),
        (Interval(ONE, THREE), Interval(None, TWO), False, False),
        (Interval(ONE), Interval.exactly(ONE), True, False),
        (Interval(ONE, low_open=True), Interval.exactly(ONE), False, True),
        (Interval(ONE, low_open=True), Interval(ONE, low_open=True), True, False),
        (Interval(high=ONE, high_open=True), Interval.exactly(ONE), False, True),
        (Interval(high=ONE, high_open=True), Interval(high=ONE, high_open=True), True, False),
        (Interval(high=TWO), Interval.exactly(ONE), True, False),
        (Interval(high=TWO), Interval.exactly(THREE), False, True),
        (Interval(), Interval(), True, False),
    ],
)
def test_intervals(outer: Interval, inner: Interval, contains: bool, disjoint: bool) -> None:
    assert outer.contains(inner) is contains
    assert outer.disjoint(inner) is disjoint
    assert inner.disjoint(outer) is disjoint


def test_an_interval_times_a_factor_keeps_its_ends() -> None:
    assert Interval(ONE, low_open=True).times(THREE) == Interval(THREE, low_open=True)
    assert Interval(ONE, TWO).times(ONE) == Interval(ONE, TWO)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(1, 8), "0.125"),
        (Fraction(-5, 2), "-2.5"),
        (Fraction(170), "170"),
        (Fraction(1, 3), "0.333333"),
        (Fraction(-2, 3), "-0.666667"),
        (Fraction(7, 100), "0.07"),
    ],
)
def test_a_fraction_as_a_decimal(value: Fraction, shown: str) -> None:
    assert plain(decimal_of(value)) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [("-0", "0"), ("0.00", "0"), ("1E+3", "1000"), ("6.50", "6.5"), ("100", "100")]
)
def test_the_plain_form_of_a_decimal(value: str, shown: str) -> None:
    assert plain(Decimal(value)) == shown


@pytest.mark.parametrize(
    ("unit", "dimension", "worth"),
    [
        ("", "", "1"),
        ("（%）", "ratio", "0.01"),
        ("百分比", "ratio", "0.01"),
        ("万亿斤", "质量", "500000000"),
        ("亿", "", "100000000"),
        ("万元/人", "元/人", "10000"),
        ("件/万人", "件/人", "0.0001"),
        ("吨/公顷", "质量/公顷", "1"),
        ("千瓦时", "电量", "1"),
        ("万千瓦", "功率", "10000"),
        ("指数点", "指数点", "1"),
        ("元/指数", "元/指数", "1"),
        ("指数/元", "指数/元", "1"),
    ],
)
def test_units(unit: str, dimension: str, worth: str) -> None:
    assert measure(unit) == (dimension, Decimal(worth))


def test_a_bare_magnitude_takes_the_rows_base() -> None:
    assert completed("亿", "万元") == "亿元"
    assert completed("", "万元") == "万元"
    assert completed("人", "万元") == "人"
    assert completed("亿", "") == "亿"
    assert tidy(" （ 万 元 ） ") == "万元"


def test_differences_of_rates_are_points() -> None:
    assert [of_difference(unit) for unit in ("%", "‰", "天", "")] == ["个百分点", "个千分点", "天", ""]


@pytest.mark.parametrize(
    ("period", "month", "share", "label"),
    [
        (Period.FIRST_QUARTER, None, Fraction(1, 4), "一季度"),
        (Period.FIRST_HALF, None, Fraction(1, 2), "上半年"),
        (Period.FIRST_THREE_QUARTERS, None, Fraction(3, 4), "前三季度"),
        (Period.FULL_YEAR, None, Fraction(1), "全年"),
        (Period.FULL_YEAR, 7, Fraction(7, 12), "1至7月"),
        (Period.FIRST_HALF, 1, Fraction(1, 12), "1月"),
        (Period.FIRST_HALF, 12, Fraction(1), "全年"),
    ],
)
def test_moments(period: Period, month: int | None, share: Fraction, label: str) -> None:
    moment = moment_of(period, month)
    assert (moment.share, moment.label) == (share, label)
    assert moment.year_is_over is (share == 1)


def test_an_indicators_own_profile_holds_before_the_years_end_only() -> None:
    assert moment_of(Period.FIRST_HALF, share=Fraction(2, 5)).share == Fraction(2, 5)
    assert moment_of(Period.FULL_YEAR, share=Fraction(2, 5)).share == 1


@pytest.mark.parametrize("terms", [Kind, Verdict, Pace, Favourable, Accrual, Period])
def test_every_term_has_its_code_and_its_word(terms: type[Kind]) -> None:
    for term in terms:
        assert terms(term.value) is term
        assert term.label
        assert str(term) == term.value


def test_tallies() -> None:
    counted = tally([(True, Verdict.MET), (True, Verdict.MISSED), (False, Verdict.MISSED)])
    assert counted == Tally(numbered=2, met=1, missed=1)
    assert list(counted.as_dict()) == [
        "numbered", "met", "missed", "awaiting_city", "redefined", "review", "not_judged", "unreported",
        "not_collected",
    ]  # fmt: skip
    assert not Tally(numbered=3, met=2).adds_up()
    assert list(pace_tally([]).as_dict()) == [pace.value for pace in Pace]
