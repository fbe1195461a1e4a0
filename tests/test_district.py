"""One deployment is one district, and its names are settings: no file knows this one's."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
NAMES = ("万州", "重庆")
# Where the names may stand: the defaults of the settings, the facts, what is written about them, and the tests.
ALLOWED = (
    "wanzhou/settings.py",
    "fixtures/",
    "docs/",
    "tests/",
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
)


def files() -> list[Path]:
    """Every file of the project, as git knows or would add it; all of it where git is not to be had."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_no_file_names_the_district() -> None:
    named = [
        str(path.relative_to(ROOT))
        for path in files()
        if not str(path.relative_to(ROOT)).startswith(ALLOWED)
        and any(name.encode() in path.read_bytes() for name in NAMES)
    ]
    assert named == []


@pytest.mark.parametrize("name", NAMES)
def test_the_search_would_find_it(name: str) -> None:
    assert name.encode() in (ROOT / "wanzhou" / "settings.py").read_bytes()
