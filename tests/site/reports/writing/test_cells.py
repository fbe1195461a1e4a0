"""What a cell says of an outcome."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from pytest_django import Settings

from indicators.wordings import approving_body
from wanzhou.site.reports.writing.cells import figure_cell, outcome_cell
from wanzhou.site.reports.writing.facts import Names
from wanzhou.site.reports.writing.told import district_names


@pytest.mark.parametrize(
    ("wording", "value", "state", "printed", "bare"),
    [
        ("3.5", "3.5", "reported", "3.5", "3.5"),
        ("", "-9.400000", "reported", "-9.4", "-9.4"),
        ("", "0", "reported", "0", "0"),
        ("5.5以内", None, "reported", "5.5以内", "5.5以内"),
        ("稳定保持II类", None, "reported", "稳定保持II类", "II类"),
        ("城镇调查失业率控制在5.5%以内", None, "reported", "5.5以内", "5.5以内"),
        ("今年上半年累计同比增长6%，稳中有进", "6", "reported", "6", "6"),
        ("", None, "awaiting_city", "市级暂未反馈", "市级暂未反馈"),
        ("", None, "redefined", "口径调整", "口径调整"),
        ("", None, "not_collected", "未收录", "未收录"),
        ("", None, "", "", ""),
        ("6", "6", "estimated", "6（预计）", "6（预计）"),
        ("预计6左右", "6", "estimated", "预计6左右", "6（预计）"),
    ],
)
def test_cells(wording: str, value: str | None, state: str, printed: str, bare: str) -> None:
    figure = None if value is None else Decimal(value)
    assert outcome_cell(wording, figure, state, "%") == printed
    assert figure_cell(wording, figure, state, "%") == bare


def test_who_approved_an_adjustment_is_read_from_what_was_told() -> None:
    told = "目标经某会批准调整为“0”；调整前的目标：报告未载；批准日期：报告未载。"
    assert approving_body(told) == "某会"
    assert approving_body("") == approving_body("年度目标曾经某会批准调整，调整日期报告未载") == ""


def test_the_district_is_called_as_the_settings_say(settings: Settings) -> None:
    settings.DISTRICT = replace(settings.DISTRICT, city="某市", name="某县", commission="某县发展改革委")
    assert district_names() == Names("某市某县", "某县发展改革委", "全县")
