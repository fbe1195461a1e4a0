"""Published files beside what they attest."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

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


def photos_of(told: Iterable[Told]) -> tuple[File, ...]:
    """The pictures among the files of a row, to be shown in their place."""
    return tuple(File.of(one) for one in told if Kind(one["kind"]).is_picture)


def papers_of(told: Iterable[Told]) -> list[Told]:
    """The files of a row that are no pictures."""
    return [one for one in told if not Kind(one["kind"]).is_picture]


def files_of(told: Iterable[tuple[str, list[Told]]]) -> tuple[Files, ...]:
    """The same as `grouped`, without what was withdrawn."""
    named = list(told)
    still = still_told(documents for _, documents in named)
    return grouped((about, documents) for (about, _), documents in zip(named, still, strict=True))


def grouped(told: Iterable[tuple[str, Sequence[Told]]]) -> tuple[Files, ...]:
    """Group by group; a file that several rows name stands with the first of them."""
    known: set[str] = set()
    groups: list[Files] = []
    for about, documents in told:
        files = tuple(File.of(one) for one in documents if one["sha256"] not in known)
        known |= {file.sha256 for file in files}
        if files:
            groups.append(Files(about, files))
    return tuple(groups)
