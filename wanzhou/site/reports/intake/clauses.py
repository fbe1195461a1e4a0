"""One clause of a box into its entries: the stage that its words mean, and the projects that it names.

The rules are those of the printed boxes. 前期工作 comes first: “加快推进…前期工作” is preparatory. 以及 divides two
projects; 和 divides only where a whole project stands on both sides; 等 ends the list only where nothing but
项目, 工程 and the like follows. What rests on 和 or 等 is never certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from projects.stages import Stage

from .report import Sure

_STAGES: Final = (
    (Stage.MAIN_BODY_COMPLETE, r"主体(?:工程)?(?:完工|竣工|封顶)|基本(?:建成|完工)"),
    (
        Stage.COMPLETED,
        r"竣工(?:投产|投用|验收|运营|通车)?|建成(?:通车|投用|投产|投运|使用)?|完工(?:投用)?|投(?:产|用|运)|通车|完成",
    ),
    (Stage.STARTED, r"(?:全面|启动|新)?开工(?:建设)?|启动(?:建设)?|动工(?:建设)?"),
    (
        Stage.UNDERWAY,
        r"(?:加快|提速|加速|扎实|有序|持续|全力|稳步|深入)?(?:推进|建设|实施)(?:建设|实施)?|加快|续建|在建",
    ),
    (Stage.SUSPENDED, r"停工"),
    (Stage.DEFERRED, r"缓建"),
    (Stage.WITHDRAWN, r"调出"),
)
_ANY: Final = "|".join(f"(?:{form})" for _, form in _STAGES)
_BEFORE: Final = re.compile(rf"^(?:力争|确保|计划|年内|全面)?(?P<verb>{_ANY})")
_AFTER: Final = re.compile(rf"(?P<verb>{_ANY})$")
_PREPARATION: Final = re.compile(
    r"(?:项目|工程)?(?:的)?前期(?:工作|准备)?(?:(?:加快|提速|有序|扎实)?(?:推进|开展|启动))?$"
)
_OPENING: Final = re.compile(
    r"^(?:加快|提速|有序|扎实|深入|积极|持续)*(?:推进|开展|启动|做好|谋划|抓好|加快)(?:实施)?"
)
_BUILDING: Final = re.compile(r"(?:项目|工程)(?P<verb>建设|实施)$")
_KIND: Final = r"(?:重点|重大|一批|一系列|系列|基础设施)*(?:项目|工程|事项|建设项目)"
_COUNT: Final = r"[0-9０-９一二两三四五六七八九十百]+(?:余|多)?(?:个|座|所|条|处|家|项|批|件|台|套)"
_BOUND: Final = r"(?:以上|以下|以内|左右|及以上)?"
_TAIL_GROUP: Final = re.compile(rf"等(?P<group>[^等、，]*?(?:项目|工程)(?P<quantity>{_COUNT}{_BOUND}))$")
_TAIL: Final = re.compile(rf"(?P<tail>等(?:{_COUNT})?(?:{_KIND})?)$")
_BARE_TAIL: Final = re.compile(r"(?<=[^个座所条处家项])(?:项目)$")
_LEADING_GROUP: Final = re.compile(rf"^(?P<quantity>{_COUNT})(?=[“\u4e00-\u9fff])")
_TRAILING_GROUP: Final = re.compile(rf"(?P<quantity>{_COUNT}{_BOUND})$")
_INNER_DENG: Final = re.compile(r"(?<![高中初劣优])等(?![级学])")
# What a thing that is built ends with; 和 between two such names joins two projects.
_BUILT: Final = re.compile(
    r"(?:道|路|桥|隧道|通道|干线|高速|高铁|铁路|公路|码头|港|机场|水库|泵站|水厂|电站|电厂|厂|医院|学校|小学|中学|幼儿园|"
    r"公园|广场|中心|基地|园区|产业园|场|馆|楼|枢纽|工程|项目|一期|二期|三期|四期|路段|段|管网|市场)(?:（[^）]*）)?$"
)
LONGEST_NAME: Final = 60
LONGEST_PAIR: Final = 120


@dataclass(frozen=True, slots=True)
class Entry:
    """A name as it stands in the clause, and where."""

    name: str
    start: int
    group: bool = False
    quantity: str = ""
    sure: Sure = Sure.CERTAIN
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause divided: the stage, its words, and the entries; `stage` is None where no words of a stage stand."""

    stage: Stage | None
    wording: str
    entries: tuple[Entry, ...]


def divide(clause: str) -> Clause:
    """The stage and the entries of a clause, without its full stop."""
    stage, wording, start, end = _frame(clause)
    entries = tuple(_entries(clause, start, end))
    return Clause(stage, wording, entries)


def comma_parts(text: str) -> Iterator[tuple[int, str]]:
    """A sentence at its commas, where every part has a stage of its own: ``甲等项目主体完工，乙等项目加快建设``."""
    parts = [(found.start(), found[0]) for found in re.finditer(r"[^，,]+", text)]
    if len(parts) > 1 and all(_frame(part.strip())[0] is not None for _, part in parts):
        yield from parts
    else:
        yield 0, text


def _frame(clause: str) -> tuple[Stage | None, str, int, int]:
    """The stage, its words, and where the list of names begins and ends."""
    if "前期" in clause and (found := _PREPARATION.search(clause)):
        opening = _OPENING.match(clause)
        start = opening.end() if opening else 0
        wording = f"{opening[0]}…{found[0]}" if opening else found[0]
        return Stage.PREPARATORY, wording, start, found.start()
    if found := _BEFORE.match(clause):
        building = _BUILDING.search(clause)
        end = building.start("verb") if building else len(clause)
        wording = f"{found['verb']}…{building['verb']}" if building else found["verb"]
        return _stage(found["verb"]), wording, found.end(), end
    if found := _AFTER.search(clause):
        return _stage(found["verb"]), found["verb"], 0, found.start()
    return None, "", 0, len(clause)


def stage_in(words: str) -> Stage | None:
    """The stage that words by themselves mean: 竣工投用, 前期工作; None where they mean none."""
    if "前期" in words:
        return Stage.PREPARATORY
    bare = words.strip().removeprefix("年内")
    return next((stage for stage, form in _STAGES if re.fullmatch(form, bare)), None)


def _stage(verb: str) -> Stage:
    return next(stage for stage, form in _STAGES if re.fullmatch(form, verb))


def _entries(clause: str, start: int, end: int) -> Iterator[Entry]:
    names, group = clause[start:end], None
    if (found := _TAIL_GROUP.search(names)) or (found := _TAIL.search(names)):
        group = found if "group" in found.re.groupindex else None
        names = names[: found.start()]
    elif (found := _BARE_TAIL.search(names)) and not _LEADING_GROUP.match(names):
        names = names[: found.start()]
    for offset, name in _pieces(names):
        yield from _joined(name, start + offset)
    if group is not None:
        yield Entry(group["group"], start + group.start("group"), group=True, quantity=group["quantity"])


def _pieces(names: str) -> Iterator[tuple[int, str]]:
    """The names between commas and 以及, brackets and quotes kept whole; each with its offset."""
    depth = begin = at = 0
    while at < len(names):
        sign = names[at]
        depth += (sign in "（(“《") - (sign in "）)”》" and depth > 0)
        wide = 2 if names.startswith("以及", at) else 1 if sign in "、，" else 0
        if wide and depth == 0:
            if begin < at:
                yield begin, names[begin:at]
            begin = at = at + wide
            continue
        at += 1
    if begin < len(names):
        yield begin, names[begin:]


def _joined(name: str, offset: int) -> Iterator[Entry]:
    """One piece, or two where 和 stands between whole projects."""
    for found in re.finditer("和", name[:LONGEST_PAIR]):
        left, right = name[: found.start()], name[found.end() :]
        if _BUILT.search(left) and _BUILT.search(right) and len(left) > 3 and len(right) > 3:
            doubt = "“和”的两边都像独立的项目，拆成了两条"
            yield Entry(left, offset, sure=Sure.LIKELY, doubt=doubt)
            yield Entry(right, offset + found.end(), sure=Sure.LIKELY, doubt=doubt)
            return
    yield _entry(name, offset)


def _entry(name: str, offset: int) -> Entry:
    found = _LEADING_GROUP.match(name) or _TRAILING_GROUP.search(name)
    doubt = ""
    if "和" in name:
        doubt = "名称里有“和”，当作一个项目"
    elif _INNER_DENG.search(name):
        doubt = "名称里有“等”，当作一个项目"
    elif len(name) > LONGEST_NAME:
        doubt = "名称太长，可能没有拆开"
    sure = Sure.LIKELY if doubt else Sure.CERTAIN
    return Entry(name, offset, bool(found), found["quantity"] if found else "", sure, doubt)
