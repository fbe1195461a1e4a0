"""A copy of the real files that a test may spoil."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Folder:
    """The files of the plans in a folder of a test's own."""

    path: Path

    @classmethod
    def copied_to(cls, place: Path) -> Folder:
        shutil.copytree(settings.BASE_DIR / "fixtures", place / "fixtures")
        return cls(place / "fixtures")

    def append(self, name: str, line: str) -> None:
        with (self.path / name).open("a", encoding="utf-8", newline="") as file:
            file.write(line + "\n")

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace the first occurrence, which must exist."""
        written = (self.path / name).read_text(encoding="utf-8")
        assert old in written
        (self.path / name).write_text(written.replace(old, new, 1), encoding="utf-8")

    def remove(self, name: str) -> None:
        (self.path / name).unlink()
