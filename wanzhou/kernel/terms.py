"""Words of the domain that are stored as codes and read as Chinese labels."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A member is its code; `.label` is the word that people read."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        """Make a member from its code and its label (without one, `Term(code)` looks a member up)."""
        term = str.__new__(cls, code)
        term._value_ = code
        term.label = label
        return term

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of code and label, as a form or a model field takes them."""
        return [(term.value, term.label) for term in cls]
