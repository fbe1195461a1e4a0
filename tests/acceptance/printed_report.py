"""The published report read straight from its text, and the fixtures read straight from their files.

Written apart from the loader, so that a slip in one cannot hide in the other.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

Row = dict[str, str]

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "fixtures"
SOURCES = FIXTURES / "sources"
REPORT_CODE = "plan-report-2022-2023"
REPORT = (SOURCES / f"{REPORT_CODE}.txt").read_text(encoding="utf-8")
YEARS = ("2022", "2023")


class Passage(NamedTuple):
    """The text under one heading of a box, as printed."""

    section: str
    place: str
    text: str


def read(name: str) -> list[Row]:
    with (FIXTURES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def printed_table(number: int) -> list[list[str]]:
    """The rows of a printed table, header first: a tab opens a cell, a line without one continues it."""
    table = REPORT[REPORT.index(f"\n表{number}  ") :]
    cells = [cell.replace("\n", "") for cell in table[: table.index("\n\n\n")].split("\n\t")[1:]]
    return [cells[start : start + 4] for start in range(0, len(cells), 4)]


def printed_passages(box: str) -> list[Passage]:
    """The headed passages of a box, which ends at the first line that bears no heading."""
    after_title = re.split(rf"^专栏{box}  .+$", REPORT, flags=re.M)[1]
    passages = []
    for line in filter(None, map(str.strip, after_title.splitlines())):
        heading = re.match(r"([一二三四五六]、)([^：。]+)：", line)
        if heading is None:
            break
        passages += subdivided(heading[2], f"专栏{box} {heading[1]}{heading[2]}", line[heading.end() :])
    return passages


def subdivided(section: str, place: str, text: str) -> list[Passage]:
    """A section cut at its sub-headings （一）…。, or whole where it has none."""
    first, *rest = re.split(r"(（[一二三]）)(\w+)。", text)
    if not rest:
        return [Passage(section, place, text)]
    assert not first, f"text before the first sub-heading of {place}"
    cuts = zip(rest[0::3], rest[1::3], rest[2::3], strict=True)
    return [Passage(f"{section}·{title}", f"{place}{mark}{title}", part) for mark, title, part in cuts]


def printed_clauses(text: str) -> list[str]:
    assert text.endswith("。")
    return re.split("[。，]", text[:-1])


def dissect(clause: str, names: list[str]) -> tuple[str, list[str]]:
    """What is left of a clause without its names: its frame, and the words between the names."""
    gaps, rest = [], clause
    for name in names:
        gap, found, rest = rest.partition(name)
        assert found, f"{name} is not in its place in {clause}"
        gaps.append(gap)
    return f"{gaps[0]}…{rest}", gaps[1:]


def folded(name: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name)).casefold()
