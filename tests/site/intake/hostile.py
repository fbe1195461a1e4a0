"""Texts made to keep a reader busy for ever, each of a size that is asked for (1 is the largest that is let in)."""

from __future__ import annotations

from collections.abc import Callable

PART = "三、2023年实现国民经济和社会发展计划的重点工作\n\n"
BOX = "专栏1  2023年重点项目\n一、工业："


def many(share: float, most: int) -> int:
    """So many of the most that a file may hold."""
    return max(1, int(share * most))


HOSTILE: dict[str, Callable[[float], str]] = {
    "one trend without end": lambda share: PART + "同比" * many(share, 400_000) + "增长5%。",
    "figures without end": lambda share: PART + "新增泊位5个、" * many(share, 150_000) + "。",
    "sentences without end": lambda share: PART + "新增泊位5个。" * many(share, 150_000),
    "heads without end": lambda share: "指标名称\n2023年目标\n" * many(share, 25_000),
    "other heads without end": lambda share: "".join(
        f"指标名称\n{1900 + at % 200}年目标\n甲乙\n" for at in range(many(share, 18_000))
    ),
    "numbers without end": lambda share: (
        "序号\n指标名称\n目标\n" + "".join(f"{at % 999}\n指标增速\n5\n" for at in range(many(share, 18_000)))
    ),
    "wrapped without end": lambda share: ("甲" * 45 + "\n") * many(share, 55_000),
    "和 without end": lambda share: BOX + "竣工" + "道路和" * many(share, 300_000) + "道路等项目。",
    "等 without end": lambda share: BOX + "竣工" + "甲等" * many(share, 300_000) + "项目。",
    "brackets without end": lambda share: BOX + "竣工" + "（" * many(share, 500_000),
    "gaps without end": lambda share: "序号  指标名称  目标\n" + " " * many(share, 1_000_000) + "\n",
    "tabs without end": lambda share: "序号\t指标名称\t目标\n" + "\t" * many(share, 1_000_000) + "甲\n",
    "boxes without end": lambda share: (
        "专栏1  2023年重点项目\n一、工业：竣工甲等项目。\n" * many(share, 25_000)
    ),
    "counting without end": lambda share: "22项目标中，" + "甲、" * many(share, 500_000) + "3项指标未完成",
}
