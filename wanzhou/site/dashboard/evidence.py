"""Published files beside what they attest."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from projects.records import Record
from wanzhou.kernel.evidence.kinds import Kind, in_words
from wanzhou.kernel.evidence.models import Withdrawal
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
    def of(cls, told: dict[str, Any]) -> Self:
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


def photos_of(told: Iterable[dict[str, Any]], gone: frozenset[str]) -> tuple[File, ...]:
    """The pictures among the files of a row, to be shown in their place; those that were withdrawn are not."""
    pictures = (File.of(one) for one in told if Kind(one["kind"]).is_picture)
    return tuple(picture for picture in pictures if picture.sha256 not in gone)


def papers_of(told: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The files of a row that are no pictures."""
    return [one for one in told if not Kind(one["kind"]).is_picture]


def withdrawn_of(records: Iterable[Record]) -> frozenset[str]:
    """The fingerprints of pictures that the public may read no more; one query where there are pictures, else none."""
    told = [one for record in records for one in record.task.documents if Kind(one["kind"]).is_picture]
    if not told:
        return frozenset()
    named = Withdrawal.objects.filter(sha256__in={one["sha256"] for one in told})
    return frozenset(named.values_list("sha256", flat=True))


def files_of(told: Iterable[tuple[str, list[dict[str, Any]]]]) -> tuple[Files, ...]:
    """Group by group; a file that several rows name stands with the first of them."""
    known: set[str] = set()
    groups: list[Files] = []
    for about, documents in told:
        files = tuple(File.of(one) for one in documents if one["sha256"] not in known)
        known |= {file.sha256 for file in files}
        if files:
            groups.append(Files(about, files))
    return tuple(groups)
