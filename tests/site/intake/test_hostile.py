"""Texts made to keep a reader busy for ever are read in seconds."""

from __future__ import annotations

from time import perf_counter

import pytest

from tests.site.intake.words import read_text

PART = "三、2023年实现国民经济和社会发展计划的重点工作\n\n"
BOX = "专栏1  2023年重点项目\n一、工业："
HOSTILE = {
    "one trend without end": PART + "同比" * 400_000 + "增长5%。",
    "figures without end": PART + "新增泊位5个、" * 150_000 + "。",
    "sentences without end": PART + "新增泊位5个。" * 150_000,
    "heads without end": "指标名称\n2023年目标\n" * 25_000,
    "other heads without end": "".join(f"指标名称\n{1900 + at % 200}年目标\n甲乙\n" for at in range(18_000)),
    "numbers without end": "序号\n指标名称\n目标\n"
    + "".join(f"{at % 999}\n指标增速\n5\n" for at in range(18_000)),
    "wrapped without end": ("甲" * 45 + "\n") * 55_000,
    "和 without end": BOX + "竣工" + "道路和" * 300_000 + "道路等项目。",
    "等 without end": BOX + "竣工" + "甲等" * 300_000 + "项目。",
    "brackets without end": BOX + "竣工" + "（" * 500_000,
    "gaps without end": "序号  指标名称  目标\n" + " " * 1_000_000 + "\n",
    "tabs without end": "序号\t指标名称\t目标\n" + "\t" * 1_000_000 + "甲\n",
    "boxes without end": "专栏1  2023年重点项目\n一、工业：竣工甲等项目。\n" * 25_000,
    "counting without end": "22项目标中，" + "甲、" * 500_000 + "3项指标未完成",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_read_in_time(text: str) -> None:
    start = perf_counter()
    read_text(text)
    assert perf_counter() - start < 20
