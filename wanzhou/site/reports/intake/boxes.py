"""The boxes (专栏) of a report: their titles, sections, and every entry that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from wanzhou.kernel.wording import fold

from .clauses import comma_parts, divide
from .listings import listed_entries
from .passages import Block, Grid, Passage, Place
from .report import BoxEntry, PrintedBox, Sure

_TITLE: Final = re.compile(
    r"^\s*专\s*栏\s*(?P<number>[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*[:：]?\s*(?P<title>\S.*)?$"
)
_SECTION: Final = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+、|[0-9]{1,2}[.、．])\s*(?P<name>[^：:。，]{1,30})[:：]"
)
_PART: Final = re.compile(r"（[一二三四五六七八九十]+）\s*(?P<name>[^。：:，、]{1,20})[。：:]")
_HEADING: Final = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|第[一二三四五六七八九十]+[章节部])[^：:]*$|^\s*各位代表"
)
_YEAR: Final = re.compile(r"((?:19|20)[0-9]{2})\s*年")
_NUMERALS: Final = "零一二三四五六七八九十"
LONGEST_TITLE: Final = 60
LONGEST_CLAUSE: Final = 5_000


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes, the numbers of the passages that belong to them, and what a person should know."""

    boxes: tuple[PrintedBox, ...]
    taken: frozenset[int]
    problems: tuple[str, ...]


@dataclass(slots=True)
class _Open:
    number: int
    title: str
    year: int | None
    place: Place
    passages: list[Passage] = field(default_factory=list)
    listed: list[BoxEntry] = field(default_factory=list)


def boxes_in(blocks: Sequence[Block], *, counted_in: str = "行") -> Boxes:
    """Every box among the blocks, in order; a box ends where the report's prose goes on."""
    found: list[_Open] = []
    now: _Open | None = None
    for passage in _flat(blocks):
        if isinstance(passage, Grid):
            if now is not None:
                now.listed += listed_entries(passage)
        elif (title := _TITLE.match(passage.text)) and len(passage.said) <= LONGEST_TITLE:
            now = _opened(title, passage)
            found.append(now)
        elif now is not None and passage.said:
            if not now.title:
                now.title, now.year = passage.said, _year(passage.said)
            elif _belongs(passage, now):
                now.passages.append(passage)
            else:
                now = None
    problems: list[str] = []
    boxes = tuple(_box(one, problems, counted_in) for one in found)
    problems += _numbering(boxes)
    taken = {passage.number for one in found for passage in one.passages} | {
        one.place.number for one in found
    }
    return Boxes(boxes, frozenset(taken), tuple(problems))


def _flat(blocks: Sequence[Block]) -> Iterator[Block]:
    """Passages, and grids that list entries; a grid that only frames the sections of a box becomes passages."""
    for block in blocks:
        if isinstance(block, Passage) or listed_entries(block):
            yield block
        else:
            yield from _of_grid(block)


def _of_grid(grid: Grid) -> Iterator[Passage]:
    """A box that is set as a table of two columns, section and text, reads like its paragraphs."""
    for row in grid.rows:
        texts = list(dict.fromkeys(square.text for square in row if square.text))
        if len(texts) == 2 and len(texts[0]) <= 30 < len(texts[1]):
            yield Passage(row[0].place.number, f"一、{texts[0].rstrip('：:')}：{texts[1]}")


def _opened(title: re.Match[str], passage: Passage) -> _Open:
    words = (title["title"] or "").strip()
    return _Open(_number(title["number"]), words, _year(words), passage.place())


def _number(text: str) -> int:
    digits = fold(text)
    if digits.isdigit():
        return int(digits)
    tens, found, ones = text.partition("十")
    if not found:
        return _NUMERALS.index(text)
    return 10 * (_NUMERALS.index(tens) if tens else 1) + (_NUMERALS.index(ones) if ones else 0)


def _year(text: str) -> int | None:
    found = _YEAR.search(text)
    return int(found[1]) if found else None


def _belongs(passage: Passage, box: _Open) -> bool:
    """A numbered section belongs to the box, and so does a text that goes on in the middle of a sentence."""
    if _HEADING.match(passage.said):
        return False
    if _SECTION.match(passage.said) or _PART.match(passage.said):
        return True
    last = box.passages[-1].said if box.passages else ""
    return bool(last) and not last.endswith(("。", "；"))


def _box(box: _Open, problems: list[str], counted_in: str) -> PrintedBox:
    called = f"专栏{box.number}"
    entries = tuple(
        entry
        for section, passage, start in _sections(box.passages)
        for entry in _entries(section, passage, start)
    )
    entries += tuple(box.listed)
    unread = dict.fromkeys((entry.place.number, entry.clause[:30]) for entry in entries if not entry.stage)
    problems += [
        f"{called}第{number}{counted_in}“{clause}”没有认出阶段，请核对。" for number, clause in unread
    ]
    if not entries:
        problems.append(f"{called}“{box.title}”下面没有认出任何项目。")
    return PrintedBox(box.number, box.title, box.year, entries, box.place)


def _sections(passages: Sequence[Passage]) -> Iterator[tuple[str, Passage, int]]:
    """The parts of a box: the name of the section, its passage, and where its text begins there."""
    section = ""
    for passage in passages:
        start = 0
        if found := _SECTION.match(passage.text):
            section, start = found["name"].strip(), found.end()
        parts = list(_PART.finditer(passage.text, start))
        if not parts:
            yield section, passage, start
            continue
        for at, part in enumerate(parts):
            end = parts[at + 1].start() if at + 1 < len(parts) else len(passage.text)
            name = f"{section}·{part['name']}" if section else part["name"]
            yield name, passage.cut(end), part.end()


def _entries(section: str, passage: Passage, start: int) -> Iterator[BoxEntry]:
    for begin, clause in _clauses(passage.text, start):
        divided = divide(clause)
        for entry in divided.entries:
            at = begin + entry.start
            known = divided.stage is not None
            yield BoxEntry(
                section,
                entry.name,
                divided.wording,
                divided.stage.value if divided.stage else "",
                entry.group,
                entry.quantity,
                clause,
                passage.place(at, at + len(entry.name)),
                entry.sure if known else Sure.DOUBTFUL,
                entry.doubt if known else "没有认出阶段",
            )


def _clauses(text: str, start: int) -> Iterator[tuple[int, str]]:
    """The clauses, divided at full stops, and at commas where stages stand on both sides; each with its offset."""
    for found in re.finditer(r"[^。；;]+", text[start:]):
        begin = start + found.start()
        for offset, clause in comma_parts(found[0]) if len(found[0]) <= LONGEST_CLAUSE else ():
            bare = clause.strip()
            if bare and len(bare) <= LONGEST_CLAUSE:
                yield begin + offset + clause.index(bare), bare


def _numbering(boxes: Sequence[PrintedBox]) -> Iterator[str]:
    numbers = [box.number for box in boxes]
    if numbers and numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        yield f"专栏的编号不连续：{'、'.join(map(str, numbers))}。"
