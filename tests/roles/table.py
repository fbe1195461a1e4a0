"""The table of rights, read from `table.txt`: a line for each staff address."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from .answers import COLUMNS, WHO

TABLE = Path(__file__).with_name("table.txt")


class Line(NamedTuple):
    """How everybody is answered at an address: when he looks, and when he sends an empty form."""

    get: str
    post: str


def lines() -> dict[str, Line]:
    """The table, by address."""
    read = (line.split() for line in TABLE.read_text(encoding="utf-8").splitlines())
    return {words[0]: Line(*words[1:]) for words in read if words and not words[0].startswith("#")}


def written(address: str, line: Line) -> str:
    """A line as the table has it."""
    return f"{address:<96} {line.get} {line.post}"


def differences(address: str, expected: Line, answered: Line) -> list[str]:
    """What is otherwise, one sentence for each person."""
    return [
        f"{address} ({method}): the {WHO[who]} is answered {was!r}, the table says {said!r}"
        for method, line, now in (("get", expected.get, answered.get), ("post", expected.post, answered.post))
        for who, said, was in zip(COLUMNS, line, now, strict=True)
        if said != was
    ]
