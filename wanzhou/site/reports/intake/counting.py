"""The sentences in which a report counts its targets, and the cause that it gives for what was missed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from .passages import Passage
from .report import Named, PrintedTally

_TOTAL: Final = re.compile(
    r"(?P<count>[0-9]+)\s*(?:项|个)(?:年度|主要|预期|计划|经济社会发展)*(?:目标|指标)(?:任务)?中"
)
_REDEFINED: Final = re.compile(
    r"(?:^|[，；。：])(?P<names>[^，；。]{1,200}?)(?P<count>[0-9]+项)?(?:指标)?(?:统计)?口径(?:调整|变化|改变)"
)
_AWAITING: Final = re.compile(
    r"(?:^|[，；。：])(?P<names>[^，；。]{1,200}?)(?P<count>[0-9]+项)?(?:指标)?(?:因)?(?:市级|上级|市里)?(?:暂未|尚未|未)(?:反馈|核定|公布)"
)
_REST: Final = re.compile(r"其余\s*(?P<count>[0-9]+)\s*项")
_MET: Final = re.compile(
    r"(?P<count>[0-9]+)\s*项(?:指标)?(?:均|全部)?(?:达到或超过|完成或超过|达到|完成|实现|超过)(?!或)[^，；。]{0,8}目标"
)
_MISSED: Final = re.compile(
    r"(?:^|[，；。：])(?P<names>[^，；。]{1,200}?)(?P<count>[0-9]+)\s*项(?:指标)?(?:未|没有|未能)(?:完成|达到|实现)"
)
_CAUSE: Final = re.compile(r"主要原因(?:是|为)?[:：]?[^。]*。")
_APART: Final = re.compile(
    r"\s*(?:表|专栏|注|[—－-]{2}|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|.{0,30}[：:]$)"
)
_PLANNED: Final = re.compile(
    r"共(?:设置|提出|安排|计)?\s*(?P<count>[0-9]+)\s*项(?:指标|目标)[^。]{0,20}?约束性(?:指标|目标)\s*(?P<binding>[0-9]+)\s*项"
    r"[、，和及以]*预期性(?:指标|目标)\s*(?P<anticipatory>[0-9]+)\s*项"
)


def tally_in(passages: Iterable[Passage]) -> PrintedTally:
    """What the prose counts; every field is None where it says nothing of it."""
    tally = PrintedTally()
    prose = list(passages)
    for at, passage in enumerate(prose):
        if tally.total is None and (found := _TOTAL.search(passage.text)):
            tally = _counted(
                tally, passage, passage.text[found.end() :] + _behind(prose[at + 1 : at + 3]), found
            )
        if tally.planned is None and (found := _PLANNED.search(passage.text)):
            tally = replace(
                tally,
                planned=int(found["count"]),
                binding=int(found["binding"]),
                anticipatory=int(found["anticipatory"]),
                planned_place=passage.place(found.start(), found.end()),
            )
    return tally


def _behind(passages: Sequence[Passage]) -> str:
    """What goes on below, where a page's edge fell between two sentences; a heading or a table ends it."""
    found = []
    for passage in passages:
        if _APART.match(passage.text):
            break
        found.append(passage.said)
    return "".join(found)


def _counted(tally: PrintedTally, passage: Passage, text: str, total: re.Match[str]) -> PrintedTally:
    cause = _CAUSE.search(text)
    said = text[: cause.start()] if cause else text
    rest, met = _REST.search(said), _MET.search(said)
    return replace(
        tally,
        total=int(total["count"]),
        redefined=_named(_REDEFINED.search(said)),
        awaiting_city=_named(_AWAITING.search(said)),
        judged=int(rest["count"]) if rest else None,
        met=int(met["count"]) if met else None,
        missed=_named(_MISSED.search(said)),
        cause=cause[0] if cause else "",
        place=passage.place(),
    )


def _named(found: re.Match[str] | None) -> Named | None:
    if found is None:
        return None
    names = tuple(
        name.strip("“”\"' ") for name in re.split(r"[、，]|以及", found["names"]) if name.strip("“”\"' ")
    )
    names = tuple(name.removesuffix("指标").strip("“”") for name in names)
    said = found["count"]
    return Named(int(said.removesuffix("项")) if said else len(names), names)
