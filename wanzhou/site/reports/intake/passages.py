"""A report as its reader takes it: numbered passages in their order, and grids where cells stand in rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

# What word processors leave in a text: the name of a field that holds a reference manager's settings.
_JUNK: Final = re.compile(r"ADDIN\s+[!-~]+\s*|\\\*\s*MERGEFORMAT")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b-\u200f\u2028\u2029]")
_NARROW: Final = {
    wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
} | {ord("％"): ord("%")}
_WIDE_POINT: Final = re.compile(r"(?<=[0-9])．(?=[0-9])")
LONGEST_JOINED: Final = 5_000  # no paragraph is longer; joining without end would take for ever
SHORTEST_WRAPPED: Final = 25  # signs; a shorter line was ended by its writer
_GAP: Final = re.compile(r"\t| {2}|　")  # cells of a table side by side
_ENDED: Final = re.compile(r"[。；：！？:;!?]\s*$")
_BEGINS: Final = re.compile(
    r"\s*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[（(]?[0-9]{1,2}[）)]?[.、．](?![0-9])|[—－-]{2}|(?:续|附)?表\s*[0-9一二三四五六七八九十]"
    r"|专\s*栏|注[:：]|序号|第[一二三四五六七八九十]+[章节部])"
)
_HEADING: Final = re.compile(
    r"\s*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|(?:续|附)?表\s*[0-9]|专\s*栏)[^。：；]*$"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece stands: the number of its passage (from 1), and the offsets in it (`end` exclusive)."""

    number: int
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """One line of a text file, or one paragraph of a Word file, as it stands but for junk."""

    number: int
    text: str
    seams: tuple[int, ...] = ()  # offsets at which the next line was joined on

    @property
    def said(self) -> str:
        """The text without the blanks around it."""
        return self.text.strip()

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """The place of a piece, by its offsets in the text; in a joined passage, of what stands on its first line."""
        end = len(self.text) if end is None else end
        line = sum(seam <= start for seam in self.seams)
        begin = self.seams[line - 1] if line else 0
        close = self.seams[line] if line < len(self.seams) else len(self.text)
        return Place(self.number + line, start - begin, min(end, close) - begin)

    def cut(self, end: int) -> Passage:
        """The passage up to `end`, its places unchanged."""
        return Passage(self.number, self.text[:end], self.seams)


@dataclass(frozen=True, slots=True)
class Square:
    """One cell of a grid: its text, the passage where it begins, and whether a merged cell was copied into it."""

    text: str
    place: Place
    merged: bool = False
    counted: bool = False  # numbered by the word processor, which keeps the number to itself


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells; `stacked` where they were put together from cells that stand on lines of their own."""

    rows: tuple[tuple[Square, ...], ...]
    stacked: bool = False
    doubts: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """The number of cells of the widest row."""
        return max((len(row) for row in self.rows), default=0)


Block = Passage | Grid


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A whole report: every passage as it stands, and the same as blocks; `counted_in` is 行 or 段."""

    passages: tuple[Passage, ...]
    blocks: tuple[Block, ...]
    counted_in: str
    remarks: tuple[str, ...] = field(default=())

    def paragraphs(self) -> Iterator[Passage]:
        """The passages that stand outside grids and are not blank."""
        yield from (block for block in self.blocks if isinstance(block, Passage) and block.said)


def without_junk(text: str) -> str:
    """The text without control characters and the word processor's field names, digits and letters half as wide."""
    narrow = _JUNK.sub("", _CONTROL.sub("", text)).translate(_NARROW)
    return _WIDE_POINT.sub(".", narrow)


def unwrapped(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Lines that a page's edge broke in the middle of a sentence, joined again."""
    held: Passage | None = None
    for passage in passages:
        if held is not None and _goes_on(held, passage):
            seams = (*held.seams, len(held.text))
            held = Passage(held.number, held.text + passage.text, seams)
            continue
        if held is not None:
            yield held
        held = passage
    if held is not None:
        yield held


def _goes_on(above: Passage, below: Passage) -> bool:
    last = above.text[above.seams[-1] if above.seams else 0 :]
    if (
        len(last) < SHORTEST_WRAPPED
        or len(above.text) > LONGEST_JOINED
        or not below.said
        or _GAP.search(last.strip())
        or _GAP.search(below.said)
    ):
        return False
    return not (_ENDED.search(last) or _BEGINS.match(below.text) or _HEADING.match(above.text))


def passages_of(lines: Iterator[str] | list[str]) -> tuple[Passage, ...]:
    """Lines as passages, numbered from 1."""
    return tuple(Passage(number, without_junk(line)) for number, line in enumerate(lines, start=1))
