"""What a visitor looks for, how well a key answers it, and where its words stand in a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wanzhou.kernel.pages.refusals import BadQuestion
from wanzhou.kernel.pinyin import folded_query

MOST_WORDS = 8
_BETWEEN_WORDS = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, and whether it is what was looked for."""

    text: str
    found: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """The question as typed, and its words in the form in which keys keep them."""

    text: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Question:
        """Read what was typed; raises BadQuestion when it is more than a question."""
        typed = _BETWEEN_WORDS.split(text)
        words = tuple(dict.fromkeys(filter(None, map(folded_query, typed))))
        if len(words) > MOST_WORDS:
            raise BadQuestion(f"一次最多查找 {MOST_WORDS} 个词，现在有 {len(words)} 个；请只留下最要紧的几个")
        return cls(text, words)

    def rank(self, key: str) -> int:
        """How well a search key answers, as well as its worst word does; 0 is best.

        0: its first text, the name, begins with the word, or another name or the code is just that; 1: the name
        holds it; 2: another name, the pinyin or the initials begin with it; 3: they hold it; 4: nothing does.
        """
        name, *others = key.split(" ")
        return max((_rank(word, name, others) for word in self.words), default=0)

    def marked(self, text: str) -> tuple[Piece, ...]:
        """The text in pieces, those found that stand in it as they were asked for, in whatever case."""
        typed = (word for word in _BETWEEN_WORDS.split(self.text) if folded_query(word))
        wanted = sorted({*typed, *self.words}, key=len, reverse=True)
        if not wanted:
            return (Piece(text),)
        parts = re.split(f"({'|'.join(map(re.escape, wanted))})", text, flags=re.IGNORECASE)
        return tuple(Piece(part, place % 2 == 1) for place, part in enumerate(parts) if part)


def _rank(word: str, name: str, others: list[str]) -> int:
    if name.startswith(word) or word in others:
        return 0
    if word in name:
        return 1
    found = [other for other in others if word in other]
    if not found:
        return 4
    return 2 if any(other.startswith(word) for other in found) else 3
