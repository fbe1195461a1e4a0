"""Dividing cells that stand on lines of their own into rows, by numbers, sub-rows' signs and the form of the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from wanzhou.kernel.wording import fold

from .headings import Head, Meaning
from .passages import Place, Square

_SUB: Final = re.compile(r"\s*(?:#|＃|其中[:：]?|[—－-]{1,2}\s*其中)")
NUMBER: Final = re.compile(r"[0-9]{1,3}[.、]?")
_CJK: Final = re.compile(r"[\u4e00-\u9fff]{2}")
_NATURE: Final = re.compile(r"约束性|预期性|约束|预期|指导性")
_STATE: Final = re.compile(r"市级|反馈|口径|完成|统计|下达|左右|以上|以下|以内|提升|下降|增长|保持|稳定")
MOST_EXTRA: Final = 4  # lines that one row may have beyond its cells


@dataclass(frozen=True, slots=True)
class Token:
    """A line that may be a cell, and the number of its block; `fresh` says that a tab opened it."""

    text: str
    place: Place
    fresh: bool
    at: int


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, the block that it ends with, and what a person should look at."""

    squares: tuple[Square, ...]
    end: int
    doubt: str = ""


class Rows:
    """Divides the lines below the heads into rows."""

    def __init__(self, heads: tuple[Head, ...], tokens: Sequence[Token]) -> None:
        self.heads, self.tokens = heads, tokens
        self.width = len(heads)
        self.ordinal = next((at for at, head in enumerate(heads) if head.meaning is Meaning.ORDINAL), None)

    def split(self) -> Iterator[Row]:
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
                NUMBER.fullmatch(fold(token.text))
                and named
                and self._number(token) in (expected, expected + 1)
            ):
                expected = self._number(token) + 1
                starts.append(at)
            elif _SUB.match(token.text):
                starts.append(at)
        return starts if starts and starts[0] == 0 else []

    @staticmethod
    def _number(token: Token) -> int:
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

    def _row(self, tokens: Sequence[Token]) -> Row | None:
        if _SUB.match(tokens[0].text):
            tokens = [Token("", tokens[0].place, True, tokens[0].at), *tokens]
        if len(tokens) > self.width + MOST_EXTRA:
            return None
        parts, doubt = self._joined(tokens)
        squares = [Square("".join(token.text for token in part), _place(part)) for part in parts]
        squares += [Square("", squares[-1].place)] * (self.width - len(squares))
        return Row(tuple(squares), tokens[-1].at, doubt)

    def _joined(self, tokens: Sequence[Token]) -> tuple[list[Sequence[Token]], str]:
        """The lines of each cell: by their tabs where they have any, else by the form of the cells."""
        if len(tokens) <= self.width:
            return [[token] for token in tokens], ""
        if sum(token.fresh for token in tokens) == self.width and tokens[0].fresh:
            cells: list[list[Token]] = []
            for token in tokens:
                if token.fresh:
                    cells.append([])
                cells[-1].append(token)
            return list(cells), ""
        options = sorted(self._divisions(tokens, self.width), key=self._fitness, reverse=True)
        said = "".join(token.text for token in options[0][1 if self.width > 1 else 0])
        return options[0], f"“{said}”这一行的格子折成了几行，按各列的样子接起来，请核对"

    def _divisions(self, tokens: Sequence[Token], width: int) -> Iterator[list[Sequence[Token]]]:
        if width == 1:
            yield [tokens]
            return
        for first in range(1, len(tokens) - width + 2):
            for rest in self._divisions(tokens[first:], width - 1):
                yield [tokens[:first], *rest]

    def _fitness(self, parts: Sequence[Sequence[Token]]) -> tuple[int, int]:
        """How well the cells fit their heads; of equals, the wrapped cell is rather a wording than a number."""
        texts = ["".join(token.text for token in part) for part in parts]
        fits = sum(_fits(head, text) for head, text in zip(self.heads, texts, strict=True))
        longest = max(range(len(parts)), key=lambda at: len(parts[at]))
        return fits, int(self.heads[longest].meaning in (Meaning.TARGET, Meaning.NAME))

    def _evenly(self) -> Iterator[Row]:
        """Without numbers: as many lines as there are heads make a row, as long as the names look like names."""
        name = next(at for at, head in enumerate(self.heads) if head.meaning is Meaning.NAME)
        at = 0
        while at + self.width <= len(self.tokens):
            tokens = self.tokens[at : at + self.width]
            if not self._is_name(tokens[name].text) or (self.ordinal is not None and not _has_number(tokens)):
                return
            yield Row(tuple(Square(token.text, token.place) for token in tokens), tokens[-1].at)
            at += self.width


def _has_number(tokens: Sequence[Token]) -> bool:
    return any(NUMBER.fullmatch(fold(token.text)) for token in tokens)


def _place(part: Sequence[Token]) -> Place:
    return part[0].place


def _fits(head: Head, text: str) -> int:
    plain = fold(text)
    if head.meaning is Meaning.ORDINAL:
        return 4 * bool(NUMBER.fullmatch(plain) or not plain)
    if head.meaning is Meaning.NATURE:
        return 4 * bool(_NATURE.fullmatch(plain))
    if head.meaning is Meaning.NAME:
        return 2 * bool(_CJK.search(text)) + bool(text.endswith(("）", ")", "*")))
    if head.meaning is Meaning.UNIT:
        return 2 * (not any(sign.isdigit() for sign in plain))
    return int(bool(re.search(r"[0-9]|类|任务|反馈|口径", plain)))
