"""Keys to find Chinese names by: as written, by pinyin, and by the initials of the pinyin."""

from __future__ import annotations

from typing import Final

from .wording import fold

# A query is a piece of a name: with something behind it, 三 stays the beginning of 三峡 and is not taken for a 3.
_MORE: Final = "·"


def search_key(*texts: str) -> str:
    """What a folded query is looked for in: every text folded, its whole pinyin and its initials, between spaces.

    ü is written v, as people type it. The dictionary costs 55 MB and is loaded by whoever publishes, not by readers.
    """
    from pypinyin import Style, lazy_pinyin

    keys: dict[str, None] = {}
    for text in filter(None, map(_folded, texts)):
        syllables, initials = lazy_pinyin(text), lazy_pinyin(text, style=Style.FIRST_LETTER)
        keys |= dict.fromkeys((text, "".join(syllables), "".join(initials)))
    return " ".join(keys)


def folded_query(text: str) -> str:
    """What a visitor looks for, in the form that `search_key` keeps; empty when nothing was asked."""
    return _folded(text + _MORE).removesuffix(_MORE)


def _folded(text: str) -> str:
    return fold(text).lower()
