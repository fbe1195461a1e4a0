"""Finding the tables of a plain text: cells between tabs, or cells that stand on lines of their own.

Saved as text, a table loses its lines: every cell is a line, an empty cell is a line with a tab alone, and a wrapped
cell goes on below without one. Pasted, even the tabs may be gone. The heads say how many cells a row has; the
numbers of the rows, the sub-rows' signs and the form of the cells say where a row begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from wanzhou.kernel.wording import fold

from .headings import Head, Meaning, head_of, heads_of
from .passages import Block, Grid, Passage, Place, Square

LONGEST_CELL: Final = 60
MOST_HEADS: Final = 12
MOST_TOKENS: Final = 1_500
MOST_GAPS: Final = 60  # empty cells side by side
_BREAK: Final = re.compile(r"\t+| {2,}|　+")
_SUB: Final = re.compile(r"\s*(?:#|＃|其中[:：]?|[—－-]{1,2}\s*其中)")
_AFTER: Final = re.compile(
    r"\s*(?:注\s*[:：0-9]|表\s*[0-9一二三四五六七八九十]|专栏|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)"
)
_NUMBER: Final = re.compile(r"[0-9]{1,3}[.、]?")
_CJK: Final = re.compile(r"[\u4e00-\u9fff]{2}")
_NATURE: Final = re.compile(r"约束性|预期性|约束|预期|指导性")
_STATE: Final = re.compile(r"市级|反馈|口径|完成|统计|下达|左右|以上|以下|以内|提升|下降|增长|保持|稳定")
MOST_EXTRA: Final = 4  # lines that one row may have beyond its cells


def with_grids(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks, with the tables that hide in passages as grids."""
    found: list[Block] = []
    index = 0
    while index < len(blocks):
        grid, taken = _grid_at(blocks, index)
        if grid is None:
            found.append(blocks[index])
            index += 1
        else:
            found.append(grid)
            index += taken
    return tuple(found)


def _grid_at(blocks: Sequence[Block], index: int) -> tuple[Grid | None, int]:
    block = blocks[index]
    if not isinstance(block, Passage) or not block.said or len(block.said) > LONGEST_CELL * MOST_HEADS:
        return None, 0
    parts = _parts(block)
    if len(parts) > 2 and heads_of([part.text for part in parts]):
        return _tabbed(blocks, index)
    return _stacked(blocks, index)


def _parts(passage: Passage) -> list[Square]:
    """The cells of a line that is divided by tabs or wide gaps; a leading tab opens with an empty cell."""
    parts, start = [], 0
    for gap in [*_BREAK.finditer(passage.text), None]:
        end = gap.start() if gap else len(passage.text)
        parts.append(Square(passage.text[start:end].strip(), passage.place(start, end)))
        start = gap.end() if gap else end
        if gap and gap[0].startswith("\t"):
            parts += [Square("", passage.place(end, end))] * min(len(gap[0]) - 1, MOST_GAPS)
    while parts and not parts[-1].text:
        parts.pop()
    return parts


def _tabbed(blocks: Sequence[Block], index: int) -> tuple[Grid, int]:
    rows: list[tuple[Square, ...]] = []
    blank = 0
    for block in blocks[index:]:
        if not isinstance(block, Passage):
            break
        if not block.said:
            blank += 1
            continue
        parts = _parts(block)
        if len(parts) < 2:
            break
        rows.append(tuple(parts))
        blank = 0
    return Grid(tuple(rows)), _spread(blocks, index, len(rows))


def _spread(blocks: Sequence[Block], index: int, filled: int) -> int:
    """How many blocks hold that many filled ones."""
    taken = 0
    while filled:
        block = blocks[index + taken]
        filled -= bool(isinstance(block, Passage) and block.said)
        taken += 1
    return taken


@dataclass(frozen=True, slots=True)
class _Token:
    """A line that may be a cell; `fresh` says that a tab opened it, `after_gap` that a blank line went before."""

    text: str
    place: Place
    fresh: bool
    at: int


def _stacked(blocks: Sequence[Block], index: int) -> tuple[Grid | None, int]:
    first = blocks[index]
    assert isinstance(first, Passage)
    if head_of(first.said) is None:
        return None, 0
    heads = _heads(list(islice(_tokens(blocks, index), MOST_HEADS)))
    if heads is None:
        return None, 0
    tokens = list(islice(_tokens(blocks, index), MOST_TOKENS))
    body = tokens[len(heads) :]
    rows = list(_Rows(heads, body).split())
    if not rows:
        return None, 0
    top = tuple(Square(token.text, token.place) for token in tokens[: len(heads)])
    last = rows[-1].end
    doubts = tuple(row.doubt for row in rows if row.doubt)
    return Grid((top, *(row.squares for row in rows)), stacked=True, doubts=doubts), last + 1 - index


def _tokens(blocks: Sequence[Block], index: int) -> Iterator[_Token]:
    """The lines from the first head on, up to a long one, another heading, or the same head again."""
    opening = blocks[index]
    first = opening.said if isinstance(opening, Passage) else ""
    for at in range(index, len(blocks)):
        block = blocks[at]
        if not isinstance(block, Passage):
            return
        said = block.said
        if len(said) > LONGEST_CELL or (_AFTER.match(said) and not _NUMBER.fullmatch(said)):
            return
        if at > index and said == first:
            return
        if said:
            start = block.text.find(said)
            yield _Token(said, block.place(start, start + len(said)), block.text.startswith("\t"), at)
        elif block.text.startswith("\t"):
            yield _Token("", block.place(0, 0), True, at)


def _heads(tokens: Sequence[_Token]) -> tuple[Head, ...] | None:
    """The longest run of heads at the beginning that heads a table."""
    known = 0
    while known < min(len(tokens), MOST_HEADS) and head_of(tokens[known].text) is not None:
        known += 1
    return heads_of([token.text for token in tokens[:known]]) if known >= 2 else None


@dataclass(frozen=True, slots=True)
class _Row:
    squares: tuple[Square, ...]
    end: int
    doubt: str = ""


class _Rows:
    """Divides the lines below the heads into rows."""

    def __init__(self, heads: tuple[Head, ...], tokens: Sequence[_Token]) -> None:
        self.heads, self.tokens = heads, tokens
        self.width = len(heads)
        self.ordinal = next((at for at, head in enumerate(heads) if head.meaning is Meaning.ORDINAL), None)

    def split(self) -> Iterator[_Row]:
        """The rows, one after another; stops where the lines no longer look like a row."""
        starts = self._starts() if self.ordinal == 0 else []
        if not starts:
            yield from self._evenly()
            return
        for number, start in enumerate(starts):
            end = starts[number + 1] if number + 1 < len(starts) else self._last_end(start)
            row = self._row(self.tokens[start:end])
            if row is None:
                return
            yield row

    def _starts(self) -> list[int]:
        """Where rows begin: the next number with a name below it, an empty number, or a sub-row's sign."""
        starts: list[int] = []
        expected = 1
        for at, token in enumerate(self.tokens):
            if starts and at < starts[-1] + min(2, self.width):
                continue
            named = at + 1 < len(self.tokens) and self._is_name(self.tokens[at + 1].text)
            if token.text == "" and token.fresh and named:
                starts.append(at)
            elif (
                _NUMBER.fullmatch(fold(token.text))
                and named
                and self._number(token) in (expected, expected + 1)
            ):
                expected = self._number(token) + 1
                starts.append(at)
            elif _SUB.match(token.text):
                starts.append(at)
        return starts if starts and starts[0] == 0 else []

    @staticmethod
    def _number(token: _Token) -> int:
        return int(fold(token.text).rstrip(".、"))

    @staticmethod
    def _is_name(text: str) -> bool:
        return (
            bool(_CJK.search(text))
            and not _NATURE.fullmatch(text)
            and ("（" in text or "(" in text or not _STATE.search(text) or len(text) > 8)
        )

    def _last_end(self, start: int) -> int:
        """The last row ends with its last head's cell; with a wrapped one it is a little longer."""
        row = self.tokens[start:]
        empty = bool(row) and _SUB.match(row[0].text) is not None
        width = self.width - empty
        if row and row[0].fresh:
            fresh = [at for at, token in enumerate(row) if token.fresh]
            if len(fresh) >= width:
                end = fresh[width] if len(fresh) > width else len(row)
                return start + min(end, fresh[width - 1] + 1)
        return start + min(width, len(row))

    def _row(self, tokens: Sequence[_Token]) -> _Row | None:
        if _SUB.match(tokens[0].text):
            tokens = [_Token("", tokens[0].place, True, tokens[0].at), *tokens]
        if len(tokens) > self.width + MOST_EXTRA:
            return None
        parts, doubt = self._joined(tokens)
        squares = [Square("".join(token.text for token in part), _place(part)) for part in parts]
        squares += [Square("", squares[-1].place)] * (self.width - len(squares))
        return _Row(tuple(squares), tokens[-1].at, doubt)

    def _joined(self, tokens: Sequence[_Token]) -> tuple[list[Sequence[_Token]], str]:
        """The lines of each cell: by their tabs where they have any, else by the form of the cells."""
        if len(tokens) <= self.width:
            return [[token] for token in tokens], ""
        if sum(token.fresh for token in tokens) == self.width and tokens[0].fresh:
            cells: list[list[_Token]] = []
            for token in tokens:
                if token.fresh:
                    cells.append([])
                cells[-1].append(token)
            return list(cells), ""
        options = sorted(self._divisions(tokens, self.width), key=self._fitness, reverse=True)
        said = "".join(token.text for token in options[0][1 if self.width > 1 else 0])
        return options[0], f"“{said}”这一行的格子折成了几行，按各列的样子接起来，请核对"

    def _divisions(self, tokens: Sequence[_Token], width: int) -> Iterator[list[Sequence[_Token]]]:
        if width == 1:
            yield [tokens]
            return
        for first in range(1, len(tokens) - width + 2):
            for rest in self._divisions(tokens[first:], width - 1):
                yield [tokens[:first], *rest]

    def _fitness(self, parts: Sequence[Sequence[_Token]]) -> tuple[int, int]:
        """How well the cells fit their heads; of equals, the wrapped cell is rather a wording than a number."""
        texts = ["".join(token.text for token in part) for part in parts]
        fits = sum(_fits(head, text) for head, text in zip(self.heads, texts, strict=True))
        longest = max(range(len(parts)), key=lambda at: len(parts[at]))
        return fits, int(self.heads[longest].meaning in (Meaning.TARGET, Meaning.NAME))

    def _evenly(self) -> Iterator[_Row]:
        """Without numbers: as many lines as there are heads make a row, as long as the names look like names."""
        name = next(at for at, head in enumerate(self.heads) if head.meaning is Meaning.NAME)
        at = 0
        while at + self.width <= len(self.tokens):
            tokens = self.tokens[at : at + self.width]
            if not self._is_name(tokens[name].text) or (self.ordinal is not None and not _has_number(tokens)):
                return
            yield _Row(tuple(Square(token.text, token.place) for token in tokens), tokens[-1].at)
            at += self.width


def _has_number(tokens: Sequence[_Token]) -> bool:
    return any(_NUMBER.fullmatch(fold(token.text)) for token in tokens)


def _place(part: Sequence[_Token]) -> Place:
    return part[0].place


def _fits(head: Head, text: str) -> int:
    plain = fold(text)
    if head.meaning is Meaning.ORDINAL:
        return 4 * bool(_NUMBER.fullmatch(plain) or not plain)
    if head.meaning is Meaning.NATURE:
        return 4 * bool(_NATURE.fullmatch(plain))
    if head.meaning is Meaning.NAME:
        return 2 * bool(_CJK.search(text)) + bool(text.endswith(("）", ")", "*")))
    if head.meaning is Meaning.UNIT:
        return 2 * (not any(sign.isdigit() for sign in plain))
    return int(bool(re.search(r"[0-9]|类|任务|反馈|口径", plain)))
