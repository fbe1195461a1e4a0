"""The report's order: its title, its three parts, and the sections in which prose stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from .passages import Passage

_PART: Final = re.compile(r"^\s*(?P<number>[一二三四五六七八九十]{1,3})、\s*(?P<words>[^。：:]{2,50})$")
_SECTION: Final = re.compile(
    r"^\s*（(?P<number>[一二三四五六七八九十]{1,3})）\s*(?P<words>[^。]{2,60})(?:。|$)"
)
_HEADED: Final = re.compile(r"^\s*(?P<words>[^。，；：“”0-9]{4,24})[。：](?=\S)")
_DASHED: Final = re.compile(r"^\s*[—－-]{1,2}\s*(?P<words>[^。，；]{4,40})。")
_UNNUMBERED: Final = re.compile(r"^\s*(?P<words>[^。；：0-9“”]{4,20}，[^。；：，0-9“”]{4,20})。(?=\S)")
_DONE: Final = re.compile(r"执行情况|完成情况|工作回顾|发展回顾|主要成效")
_AHEAD: Final = re.compile(r"重点工作|主要任务|工作任务|主要措施|重点任务|工作安排|主要工作|计划的措施")
_TITLE_END: Final = re.compile(r"报\s*告\s*(?:（[^）]*）)?$")
_YEAR: Final = re.compile(r"((?:19|20)[0-9]{2})\s*年")
MOST_TITLE_LINES: Final = 12
LONGEST_TITLE: Final = 150


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph with the part, section and heading that it stands under; `section` joins the last two with ·."""

    passage: Passage
    part: str
    section: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class Outline:
    """The prose of what was done, and of what is to be done, paragraph by paragraph."""

    done: tuple[Prose, ...]
    ahead: tuple[Prose, ...]
    problems: tuple[str, ...]


def title_of(passages: Iterable[Passage]) -> str:
    """The title: the first lines, up to the one that ends in 报告; empty where there is none."""
    lines: list[str] = []
    for passage in passages:
        if not passage.said:
            continue
        lines.append(passage.said)
        joined = "".join(lines)
        if len(joined) > LONGEST_TITLE or len(lines) > MOST_TITLE_LINES:
            break
        if _TITLE_END.search(joined):
            first = next((at for at, line in enumerate(lines) if "关于" in line), 0)
            return "".join(lines[first:])
    return ""


def years_in(title: str) -> tuple[int, ...]:
    """The years that a title names, each once, in order."""
    return tuple(sorted({int(year) for year in _YEAR.findall(title)}))


def outline_of(passages: Sequence[Passage], taken: frozenset[int]) -> Outline:
    """The prose in its sections; passages in `taken` belong to boxes and are left out."""
    done: list[Prose] = []
    ahead: list[Prose] = []
    problems: list[str] = []
    for prose in _prose(passages, taken, problems):
        if _AHEAD.search(prose.part):
            ahead.append(prose)
        elif _DONE.search(prose.part):
            done.append(prose)
    return Outline(tuple(done), tuple(ahead), tuple(problems))


def _prose(passages: Sequence[Passage], taken: frozenset[int], problems: list[str]) -> Iterator[Prose]:
    part = section = heading = ""
    for passage in passages:
        if passage.number in taken or not passage.said:
            continue
        if found := _PART.match(passage.text):
            part, section, heading = found["words"].strip(), "", ""
            continue
        start = 0
        if found := _SECTION.match(passage.text):
            section, heading, start = found["words"].strip(), "", found.end()
        elif not section and _AHEAD.search(part) and (found := _UNNUMBERED.match(passage.text)):
            section, heading, start = found["words"].strip(), "", found.end()
            problems.append(f"“{part}”的第一个小标题“{section}”前面没有编号（一）。")
        elif found := _DASHED.match(passage.text) or _HEADED.match(passage.text):
            heading, start = found["words"].strip(), found.end()
        yield Prose(passage, part, "·".join(filter(None, (section, heading))), start)
