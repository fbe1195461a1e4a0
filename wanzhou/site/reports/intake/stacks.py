"""Finding the tables of a plain text: cells between tabs, or cells that stand on lines of their own.

Saved as text, a table loses its lines: every cell is a line, an empty cell is a line with a tab alone, and a wrapped
cell goes on below without one. Pasted, even the tabs may be gone. The heads say how many cells a row has; the
numbers of the rows, the sub-rows' signs and the form of the cells say where a row begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from .headings import Head, head_of, heads_of
from .passages import Block, Grid, Passage, Square
from .rows import NUMBER, Rows, Token

LONGEST_CELL: Final = 60
MOST_HEADS: Final = 12
MOST_TOKENS: Final = 1_500
MOST_GAPS: Final = 60  # empty cells side by side
_BREAK: Final = re.compile(r"\t+| {2,}|　+")
_AFTER: Final = re.compile(
    r"\s*(?:注\s*[:：0-9]|表\s*[0-9一二三四五六七八九十]|专栏|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)"
)


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
    rows = list(Rows(heads, body).split())
    if not rows:
        return None, 0
    top = tuple(Square(token.text, token.place) for token in tokens[: len(heads)])
    last = rows[-1].end
    doubts = tuple(row.doubt for row in rows if row.doubt)
    return Grid((top, *(row.squares for row in rows)), stacked=True, doubts=doubts), last + 1 - index


def _tokens(blocks: Sequence[Block], index: int) -> Iterator[Token]:
    """The lines from the first head on, up to a long one, another heading, or the same head again."""
    opening = blocks[index]
    first = opening.said if isinstance(opening, Passage) else ""
    for at in range(index, len(blocks)):
        block = blocks[at]
        if not isinstance(block, Passage):
            return
        said = block.said
        if len(said) > LONGEST_CELL or (_AFTER.match(said) and not NUMBER.fullmatch(said)):
            return
        if at > index and said == first:
            return
        if said:
            start = block.text.find(said)
            yield Token(said, block.place(start, start + len(said)), block.text.startswith("\t"), at)
        elif block.text.startswith("\t"):
            yield Token("", block.place(0, 0), True, at)


def _heads(tokens: Sequence[Token]) -> tuple[Head, ...] | None:
    """The longest run of heads at the beginning that heads a table."""
    known = 0
    while known < min(len(tokens), MOST_HEADS) and head_of(tokens[known].text) is not None:
        known += 1
    return heads_of([token.text for token in tokens[:known]]) if known >= 2 else None
