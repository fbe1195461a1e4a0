"""What the heads of a table's columns mean, whatever their order and number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wanzhou.kernel.wording import fold

LONGEST_HEAD: Final = 30


class Meaning(StrEnum):
    """What stands below a head."""

    ORDINAL = "ordinal"
    NAME = "name"
    UNIT = "unit"
    TARGET = "target"
    OUTCOME = "outcome"
    NATURE = "nature"
    GROWTH = "growth"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Head:
    """One head: its meaning, the year it names (None for none), and its words."""

    meaning: Meaning
    year: int | None
    words: str


# 繁体 heads occur in old files and in those of other regions.
_PLAIN: Final = str.maketrans(
    "號標稱單計劃實際況屬約預執責備註說類別項績較長", "号标称单计划实际况属约预执责备注说类别项绩较长"
)
_YEAR: Final = re.compile(r"(?P<year>(?:19|20)[0-9]{2})年?(?:度|全年)?")
_FORMS: Final = (
    (Meaning.ORDINAL, r"序号?|编号|No\.?"),
    (Meaning.NAME, r"(?:主要|考核|经济社会发展|预期)*(?:指标|项目)(?:及单位|名称)?|名称|指标名"),
    (Meaning.UNIT, r"(?:计量)?单位"),
    (Meaning.NATURE, r"(?:指标|目标)?(?:属性|性质|类型)"),
    (Meaning.GROWTH, r"(?:比上年|较上年|同比)?(?:增长|增速|增幅|增减|±)(?:率)?(?:\(%\)|%)?"),
    (
        Meaning.OUTCOME,
        r"(?:预计|实际|全年|累计|目标|指标|计划|任务)*(?:完成|执行|实现)(?:情况|值|数|结果)?(?:\(.*\))?|实绩|实际(?:值|数)?|结果",
    ),
    (
        Meaning.TARGET,
        r"(?:计划|预期|年度|主要|建议|发展|初步|草案|调整后)*(?:目标|计划|预期)(?:值|数|任务|草案|表述)?(?:\(.*\))?",
    ),
    (Meaning.OTHER, r"备注|说明|(?:责任|牵头|主管)(?:单位|部门)|类别|领域|分类"),
)
_PATTERNS: Final = tuple((meaning, re.compile(form)) for meaning, form in _FORMS)


def head_of(text: str) -> Head | None:
    """The head that a cell is; None where it is none."""
    words = fold(text).translate(_PLAIN)
    if not words or len(words) > LONGEST_HEAD:
        return None
    found = _YEAR.search(words)
    year = int(found["year"]) if found else None
    bare = _YEAR.sub("", words).strip("()年度")
    for meaning, pattern in _PATTERNS:
        if pattern.fullmatch(bare):
            return Head(meaning, year, text)
    return None


def heads_of(cells: Sequence[str]) -> tuple[Head, ...] | None:
    """The heads of a row, OTHER where a cell is none; None where the row does not head a table of targets.

    It heads one when it names the indicators, and a target, an outcome or a nature beside them.
    """
    found = [head_of(cell) for cell in cells]
    meanings = {head.meaning for head in found if head}
    beside = meanings & {Meaning.TARGET, Meaning.OUTCOME}
    if Meaning.NAME not in meanings or not beside or _is_ambiguous(found):
        return None
    return tuple(head or Head(Meaning.OTHER, None, cell) for head, cell in zip(found, cells, strict=True))


def _is_ambiguous(found: Sequence[Head | None]) -> bool:
    """A row in which more cells are no heads than are."""
    return sum(head is None for head in found) > sum(head is not None for head in found)
