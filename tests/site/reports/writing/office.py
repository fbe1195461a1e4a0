"""LibreOffice as a reader of our files: skipped where there is none (never in CI)."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

PROGRAMS = ("soffice", "pdfinfo", "pdftotext")


@dataclass(frozen=True)
class Printed:
    """A document as it comes out on paper."""

    pages: int
    size: str
    text: str


def require_office() -> None:
    """Skip without LibreOffice and the PDF tools; in CI that is a failure."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing and os.environ.get("CI") != "true":
        pytest.skip(f"没有找到 {'、'.join(missing)}")
    assert not missing, f"没有找到 {'、'.join(missing)}"


def printed(content: bytes, folder: Path, ending: str = "docx") -> Printed:
    """Convert to PDF with a profile of its own, and read the pages back."""
    require_office()
    place = folder / f"document.{ending}"
    place.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(place)]
    subprocess.run(command, capture_output=True, check=True, timeout=180)
    paper = folder / "document.pdf"
    told = _said(["pdfinfo", str(paper)])
    facts = dict(line.split(":", 1) for line in told.splitlines() if ":" in line)
    return Printed(
        int(facts["Pages"]), facts["Page size"].strip(), _said(["pdftotext", "-layout", str(paper), "-"])
    )


def _said(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode()
