"""What is typed of a task's progress, read in one way from a phone, the table, a paste or a workbook; pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field, replace
from decimal import Decimal
from typing import Final

from projects.stages import Stage
from wanzhou.kernel.numerals import plain
from wanzhou.kernel.wording import fold

LONGEST_TEXT: Final = 2_000
LABELS: Final[Mapping[str, str]] = {
    "stage": "阶段",
    "percent": "完成比例",
    "invested": "本年完成投资",
    "progress": "形象进度",
    "difficulty": "存在困难",
    "next_step": "下一步措施",
    "needs": "需协调事项",
    "reason": "倒退缘由",
    "count": "已完成个数",
}
TEXTS: Final = ("progress", "difficulty", "next_step", "needs", "reason")
STAGES_IN_WORDS: Final = "、".join(stage.label for stage in Stage)
# Other words for the stages, as reports and 调度表 have them.
_WORDS: Final = {
    Stage.STARTED: ("开工", "新开工", "动工", "已开工", "启动建设"),
    Stage.UNDERWAY: ("加快推进", "推进", "实施", "在建", "建设中", "加快实施", "续建"),
    Stage.MAIN_BODY_COMPLETE: ("主体竣工", "主体完成", "主体封顶", "基本建成", "基本完工"),
    Stage.COMPLETED: ("竣工", "竣工投产", "投产", "投用", "建成通车", "建成", "建成投用", "建成投产", "完工"),
    Stage.SUSPENDED: ("停建", "已停工"),
    Stage.DEFERRED: ("暂缓", "已缓建"),
    Stage.WITHDRAWN: ("已调出", "调整退出"),
}
_STAGES: Final = {fold(word): stage for stage in Stage for word in (stage.label, *_WORDS.get(stage, ()))}
_PERCENT: Final = re.compile(r"(?P<number>\d{1,3}(?:\.\d+)?)%?")
_MONEY: Final = re.compile(r"(?P<number>\d{1,16}(?:\.\d+)?)(?P<unit>万元|亿元|万|亿)?")


@dataclass(frozen=True, slots=True)
class Cells:
    """One task's progress as typed; the stage as a code or a word, `count` only of a group."""

    stage: str = ""
    percent: str = ""
    invested: str = ""
    progress: str = ""
    difficulty: str = ""
    next_step: str = ""
    needs: str = ""
    reason: str = ""
    count: str = ""

    @property
    def is_blank(self) -> bool:
        return not any(text.strip() for text in astuple(self))

    @property
    def digest(self) -> str:
        """A short mark of the content, the same for every way of typing it."""
        return hashlib.sha256("\0".join(astuple(settled(self))).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Understood:
    """The cells as values, and what is wrong with them by the name of the field, in Chinese."""

    stage: Stage | None = None
    percent: Decimal | None = None
    invested: Decimal | None = None
    count: int | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)


def stage_of(text: str) -> Stage | None:
    """The stage that a code or a word names; None where it names none of ours. 前期工作 comes first."""
    said = text.strip()
    if said in list(Stage):
        return Stage(said)
    folded = fold(said)
    return Stage.PREPARATORY if "前期" in folded and len(folded) <= 12 else _STAGES.get(folded)


def understand(cells: Cells) -> Understood:
    """Read the cells; never raises, never guesses: what is not understood is a fault."""
    faults: dict[str, str] = {}
    stage = stage_of(cells.stage)
    if stage is None:
        faults["stage"] = _no_stage(cells.stage)
    percent = _percent(cells.percent, faults)
    invested = _invested(cells.invested, faults)
    count = _count(cells.count, faults)
    texts = {name: _text(getattr(cells, name)) for name in TEXTS}
    for name, text in texts.items():
        if len(text) > LONGEST_TEXT:
            faults[name] = f"{LABELS[name]}太长：最多{LONGEST_TEXT}个字，现在{len(text)}个。"
    return Understood(stage, percent, invested, count, texts, faults)


def settled(cells: Cells) -> Cells:
    """The cells in the one way they are shown again: 竣工 → the stage's code, `86%` → 86, `1.2亿元` → 12000."""
    read = understand(cells)
    return Cells(
        stage=cells.stage.strip() if read.stage is None else read.stage.value,
        percent=cells.percent.strip() if read.percent is None else plain(read.percent),
        invested=cells.invested.strip() if read.invested is None else plain(read.invested),
        count=cells.count.strip() if read.count is None else str(read.count),
        **read.texts,
    )


def without_reason(cells: Cells) -> Cells:
    return replace(cells, reason="")


def _no_stage(text: str) -> str:
    if not text.strip():
        return "请选现在到哪一步。"
    return f"阶段“{text.strip()[:20]}”认不出来，可填：{STAGES_IN_WORDS}。"


def _percent(text: str, faults: dict[str, str]) -> Decimal | None:
    said = fold(text)
    if not said:
        return None
    match = _PERCENT.fullmatch(said)
    number = Decimal(match["number"]) if match else None
    if number is None or number > 100 or -_exponent(number) > 2:
        faults["percent"] = f"完成比例“{text.strip()[:20]}”不行：填0到100的数，如86，最多两位小数。"
        return None
    return number


def _invested(text: str, faults: dict[str, str]) -> Decimal | None:
    said = fold(text)
    if not said:
        return None
    match = _MONEY.fullmatch(said)
    number = Decimal(match["number"]) if match else None
    if number is not None and match is not None and (match["unit"] or "").startswith("亿"):
        number *= 10_000
    if number is None or number >= Decimal(10) ** 14 or -_exponent(number) > 4:
        faults["invested"] = (
            f"本年完成投资“{text.strip()[:20]}”不行：按万元填累计数，如1200或1.2亿元，不填负数，最多四位小数。"
        )
        return None
    return number


def _count(text: str, faults: dict[str, str]) -> int | None:
    said = fold(text).removesuffix("个")
    if not said:
        return None
    if not said.isdecimal() or len(said) > 4:
        faults["count"] = f"已完成个数“{text.strip()[:20]}”不行：填整数，如12；一个都没有填0。"
        return None
    return int(said)


def _exponent(number: Decimal) -> int:
    found = number.normalize().as_tuple().exponent
    return found if isinstance(found, int) else 0


def _text(text: str) -> str:
    """Without what no keyboard types and no database keeps; lines end in one way."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in "\n\t\u3000" or sign.isprintable()).strip()
