"""Numbers as people read them."""

from decimal import Decimal

import pytest

from wanzhou.kernel.numerals import Numeral, of_value, of_wording, plain


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("3.500000", "3.5"),
        ("-9.4", "−9.4"),
        ("0.000000", "0"),
        ("-0.0", "0"),
        ("100", "100"),
        ("1500.00", "1500"),
    ],
)
def test_a_value_reads_short_and_exact(value: str, words: str) -> None:
    assert plain(Decimal(value)) == words


@pytest.mark.parametrize(
    ("wording", "numeral"),
    [
        ("6左右", Numeral("6", "左右", 0)),
        ("-9.5", Numeral("−9.5", "", 1)),
        ("0.035以下", Numeral("0.035", "以下", 3)),
        ("5.5以内", Numeral("5.5", "以内", 1)),
        ("总体保持II类", Numeral(text="总体保持II类")),
        ("较2022年提升0.2个百分点", Numeral(text="较2022年提升0.2个百分点")),
        ("", Numeral(text="报告未载")),
    ],
)
def test_a_wording_keeps_its_qualifier_apart(wording: str, numeral: Numeral) -> None:
    assert of_wording(wording) == numeral


@pytest.mark.parametrize("wording", ["6左右", "总体保持II类", "330以上"])
def test_printed_is_the_wording_again(wording: str) -> None:
    assert of_wording(wording).printed == wording


def test_a_figure_that_is_not_final_says_so() -> None:
    assert of_value(Decimal("3.50"), "快报") == Numeral("3.5", "快报", 1)
