"""Where words stand: never on each other where there is another place, and always in the same one."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest

from indicators.judging.terms import Accrual
from wanzhou.site.charts.labels import Label, around, clearest, halves, untidiness, width_of
from wanzhou.site.charts.series import Series, Year
from wanzhou.site.charts.sheets import Sheet
from wanzhou.site.charts.trends import trend_of

from .shapes import BUDGET, FOREIGN_CAPITAL, GDP, GOOD_AIR, PRICES, D, drawn, figures, floor

REAL = [
    (Accrual.RATE, GDP),
    (Accrual.CUMULATIVE, FOREIGN_CAPITAL),
    (Accrual.CUMULATIVE, GOOD_AIR),
    (Accrual.RATE, PRICES),
    (Accrual.RATE, BUDGET),
]


def labels_of(sheet: Sheet) -> list[Label]:
    aside = [text for text in sheet.texts if not text.dx]
    return [Label(D(text.x), D(text.y), (text.words,), text.style, text.anchor) for text in aside]


def overlaps(sheet: Sheet) -> list[tuple[str, str]]:
    """Labels that cover each other on the narrowest sheet; lines of one label may touch."""
    pairs = combinations(labels_of(sheet), 2)
    return [
        (one.lines[0], other.lines[0])
        for one, other in pairs
        if one.area.meets(other.area) and abs(one.y - other.y) < 14
    ]


@pytest.mark.parametrize(("accrual", "years"), REAL)
def test_no_words_of_the_published_series_cover_each_other(accrual: Accrual, years: tuple[Year, ...]) -> None:
    for panel in drawn(accrual, *years).panels:
        assert [overlaps(sheet) for sheet in panel.sheets] == [[]] * len(panel.sheets)


@pytest.mark.parametrize("value", [f"{Decimal(tenths) / 10}" for tenths in range(0, 100, 3)])
def test_wherever_a_figure_lies_its_label_and_the_targets_stay_apart(value: str) -> None:
    for accrual in (Accrual.RATE, Accrual.CUMULATIVE, Accrual.LEVEL):
        years = tuple(
            Year(year, "示例", "%", figures(value, value, value, value), floor("6左右", "6"))
            for year in (2022, 2023)
        )
        trend = trend_of(Series(accrual, years))
        assert trend is not None
        for panel in trend.panels:
            assert [overlaps(sheet) for sheet in panel.sheets] == [[]] * len(panel.sheets)


def test_the_first_of_equally_clear_places_is_taken() -> None:
    first, second = Label(D(50), D(100), ("一",)), Label(D(50), D(60), ("一",))
    assert clearest([first, second], []) is first
    assert clearest([first, second], [around(D(50), D(95))]) is second
    assert clearest([Label(D(50), D(2), ("一",)), second], []) is second, "not above the sheet"


def test_labels_count_against_each_other() -> None:
    one = Label(D(50), D(100), ("一二",), anchor="start")
    assert untidiness([one, Label(D(50), D(104), ("三",), anchor="end")], []) == 0
    assert untidiness([one, Label(D(50), D(104), ("三",))], []) == 1


def test_full_width_letters_are_wider() -> None:
    assert width_of("6左右") == 8 + 2 * 13


@pytest.mark.parametrize(
    ("word", "lines"),
    [("未收录", ("未收录",)), ("待市级反馈", ("待市级", "反馈")), ("市级暂未反馈", ("市级暂", "未反馈"))],
)
def test_long_words_take_two_lines(word: str, lines: tuple[str, ...]) -> None:
    assert halves(word) == lines
