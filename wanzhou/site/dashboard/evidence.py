"""Published files beside what they attest."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from wanzhou.kernel.evidence.kinds import Kind, in_words
from wanzhou.kernel.evidence.telling import Told, still_told
from wanzhou.kernel.pages.templating import day


@dataclass(frozen=True, slots=True)
class File:
    """A file that may be read: its name, ending, size and date, as the published row has them."""

    name: str
    kind: str
    size: int
    sha256: str
    on: str

    @classmethod
    def of(cls, told: Told) -> Self:
        """From what a published row says of it."""
        return cls(**{key: told[key] for key in ("name", "kind", "size", "sha256", "on")})

    @property
    def href(self) -> str:
        return f"/documents/{self.sha256}.{self.kind}"

    @property
    def about(self) -> str:
        """Its type, size and date."""
        on = day(datetime.date.fromisoformat(self.on))
        return f"{Kind(self.kind).label}，{in_words(self.size)}，{on}上传"


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one fact, and what they are about: 2023 年上半年."""

    about: str
    files: tuple[File, ...]


def files_of(told: Iterable[tuple[str, list[dict[str, Any]]]]) -> tuple[Files, ...]:
    """Group by group, without what was withdrawn; a file that several rows name stands with the first of them."""
    known: set[str] = set()
    groups: list[Files] = []
    named = list(told)
    for (about, _), documents in zip(named, still_told(documents for _, documents in named), strict=True):
        files = tuple(File.of(one) for one in documents if one["sha256"] not in known)
        known |= {file.sha256 for file in files}
        if files:
            groups.append(Files(about, files))
    return tuple(groups)
