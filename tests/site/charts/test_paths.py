"""The way through one year against an even pace."""

from dataclasses import replace
from itertools import pairwise

from wanzhou.site.charts.paths import Path, path_of
from wanzhou.site.charts.series import Aim, Figure, Year

from .shapes import FULL, GOOD_AIR, HALF, QUARTER, D, figures, floor

CAPITAL = Year(2023, "示例外资", "万美元", figures("310", "812"), floor("1500", "1500"))


def drawn(year: Year) -> Path:
    path = path_of(year)
    assert path is not None
    return path


def test_the_even_pace_is_a_dashed_line_to_the_target() -> None:
    path = drawn(CAPITAL)
    pace = [line for line in path.sheet.lines if line.style == "tg"]
    assert [(line.x1, line.x2) for line in pace] == [("0", "25"), ("25", "50"), ("50", "75"), ("75", "100")]
    heights = [D(pace[0].y1), *(D(line.y2) for line in pace)]
    assert len({low - high for low, high in pairwise(heights)}) == 1, "straight"
    assert path.title == "2023 年逐季累计（万美元）"
    assert "按序时进度应达：一季度 375，上半年 750，前三季度 1125，全年 1500" in path.words


def test_the_path_starts_at_zero_and_joins_neighbours() -> None:
    lines = [line for line in drawn(CAPITAL).sheet.lines if line.style == "ln"]
    assert [(line.x1, line.x2) for line in lines] == [("0", "25"), ("25", "50")]


def test_nothing_is_joined_across_a_missing_period() -> None:
    sheet = drawn(GOOD_AIR[1]).sheet
    assert not [line for line in sheet.lines if line.style == "ln"]
    assert [dot.x for dot in sheet.dots] == ["50"]
    assert "未收录" in [text.words for text in sheet.texts]


def test_a_quarterly_profile_bends_the_line() -> None:
    year = replace(
        CAPITAL, figures=(Figure(QUARTER, D(120), expected=D(150)), Figure(FULL, missing="待市级反馈"))
    )
    path = drawn(year)
    assert "一季度 150，上半年 750" in path.words
    assert [key.words for key in path.keys] == ["年内累计数", "序时进度到年度目标"]


def test_the_full_year_and_the_target_have_their_own_places() -> None:
    path = drawn(
        replace(CAPITAL, figures=(*figures("310", "640", "1100"), Figure(FULL, D(1530), version="快报")))
    )
    labels = {text.words: text for text in path.sheet.texts}
    assert abs(D(labels["1530"].y) - D(labels["虚线：目标 1500"].y)) >= 16
    assert [key.words for key in path.keys] == ["年内累计数", "快报", "匀速到年度目标"]


def test_without_a_number_or_a_figure_there_is_no_path() -> None:
    assert path_of(replace(CAPITAL, aim=Aim("继续增长"))) is None
    assert path_of(replace(CAPITAL, aim=None)) is None
    assert path_of(replace(CAPITAL, figures=(Figure(HALF, missing="未收录"),))) is None


def test_a_count_needs_no_unit() -> None:
    assert drawn(replace(CAPITAL, unit="")).title == "2023 年逐季累计"
