"""What fits on one page."""

from __future__ import annotations

import pytest

from wanzhou.site.reports.writing.fitting import LINE, Part, cut, fit, height


@pytest.mark.parametrize(
    ("text", "lines"), [("", 1), ("字" * (LINE - 2), 1), ("字" * (LINE - 1), 2), ("a" * LINE, 1)]
)
def test_lines_are_counted_as_set(text: str, lines: int) -> None:
    assert height(text) == lines


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        ("短", 5, "短"),
        ("面临疫情、旱情，努力克服困难，力争完成", 12, "面临疫情、旱情……"),
        ("没有逗号的一句很长很长的话", 8, "没有逗号的一……"),
    ],
)
def test_long_texts_end_at_a_clause(text: str, most: int, kept: str) -> None:
    assert cut(text, most) == kept


def test_every_part_gets_its_least_before_the_first_gets_more() -> None:
    many = tuple(f"第{number}条" for number in range(50))
    first, second = fit([Part("甲", many, 3, "无"), Part("乙", many, 2, "无")], 20)
    assert len(second.statements) == 2
    assert len(first.statements) == 20 - 4 - 2
    assert (first.left_out, second.left_out) == (50 - 14, 48)


def test_a_part_without_statements_says_so() -> None:
    [part] = fit([Part("甲", (), 3, "没有。")], 20)
    assert (part.statements, part.left_out) == (("没有。",), 0)
