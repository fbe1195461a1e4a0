"""The fixtures hold together: one indicator across years, known codes and words, clean files, true copies."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.acceptance.printed_report import FIXTURES, ROOT, SOURCES, YEARS, read

CSV_FILES = sorted(path.relative_to(FIXTURES).as_posix() for path in FIXTURES.rglob("*.csv"))
OWN_FILES = [name for name in CSV_FILES if not name.startswith("sources/")]
BROKEN_SERIES = {"foreign-capital", "work-safety-deaths", "consumer-prices", "emerging-industries-growth"}
REGISTERS = ("indicators", "departments", "sources", "questions")
# Neither the report nor the two half-year pages state these.
UNSTATED = {
    "plans.csv": ["approved_on"],
    "2022/adjustments.csv": ["approved_on", "document"],
    "2022/targets.csv": ["section"],
    "2023/targets.csv": ["section"],
    "city_requests.csv": ["bureau", "since", "expected"],
    "indicators.csv": ["definition"],
    "reference_figures.csv": ["rank", "of", "place"],
}
VOCABULARY = {
    "year": set(YEARS),
    "nature": {"binding", "anticipatory"},
    "series_break": {"yes", "no"},
    "complete": {"yes", "no"},
    "group": {"yes", "no"},
    "default": {"yes", "no"},
    "origin": {"reported", "public_sources"},
    "period": {"first_quarter", "first_half", "first_three_quarters", "full_year"},
    "accrual": {"rate", "cumulative", "level", "grade", "assigned"},
    "favourable": {"higher", "lower"},
    "frequency": {"quarterly", "annual"},
    "states": {"reached", "planned"},
    "stage": {"preparatory", "started", "underway", "main_body_complete", "completed"},
}


def test_indicators_are_one_across_years_and_findable_by_every_printed_name() -> None:
    indicators = {row["code"]: row for row in read("indicators.csv")}
    targets = {year: {row["code"]: row for row in read(f"{year}/targets.csv")} for year in YEARS}
    assert len(indicators) == 27
    assert {code: row["name"] for code, row in indicators.items()} == {
        code: target["name"] for code, target in targets["2023"].items()
    }
    known = {code: [row["name"], *row["aliases"].split("；")] for code, row in indicators.items()}
    assert all(target["name"] in known[code] for code, target in targets["2022"].items())
    assert max(Counter(name for names in known.values() for name in names).values()) == 1
    assert all(re.fullmatch(r"\S{1,4} \S{1,5}", row["short_name"]) for row in indicators.values())


def test_a_series_breaks_where_unit_or_calibre_changed_and_says_why() -> None:
    before, after = ({row["code"]: row for row in read(f"{year}/targets.csv")} for year in YEARS)
    broken = {code for code, target in after.items() if target["series_break"] == "yes"}
    assert broken == BROKEN_SERIES
    assert all(after[code]["note"] for code in broken)
    assert {code for code in before if before[code]["unit"] != after[code]["unit"]} <= broken
    assert not any(target["series_break"] == "yes" for target in before.values())


def test_only_the_outcome_of_2022_is_declared_complete() -> None:
    assert [tuple(row.values())[:4] for row in read("periods.csv")] == [
        ("2022", "first_half", "public_sources", "no"),
        ("2022", "full_year", "reported", "yes"),
        ("2023", "first_half", "public_sources", "no"),
    ]


@pytest.mark.parametrize(("name", "columns"), UNSTATED.items())
def test_what_no_source_states_is_empty(name: str, columns: list[str]) -> None:
    assert not any(row[column] for row in read(name) for column in columns)


@pytest.mark.parametrize("year", YEARS)
def test_slugs_are_short_ascii_syllables_and_unique_in_their_year(year: str) -> None:
    slugs = [task["slug"] for task in read(f"{year}/tasks.csv")]
    assert len(set(slugs)) == len(slugs)
    assert all(len(slug) <= 80 and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs)


@pytest.mark.parametrize("name", OWN_FILES)
def test_references_exist_and_closed_words_are_known(name: str) -> None:
    codes = {key: {row["code"] for row in read(f"{key}.csv")} for key in REGISTERS}
    for line, row in enumerate(read(name), start=2):
        for column, allowed in VOCABULARY.items():
            assert row.get(column, next(iter(allowed))) in allowed, f"{name}:{line} {column}"
        if "source" in row:
            assert row["source"] in codes["sources"], f"{name}:{line} source"
        assert row.get("department", "") in codes["departments"] | {""}, f"{name}:{line} department"
        if name.removesuffix(".csv") not in REGISTERS and not name.endswith("work.csv"):  # it names its own
            assert row.get("code", "gdp-growth") in codes["indicators"], f"{name}:{line} code"


def test_files_of_sources_exist_and_their_codes_are_unique() -> None:
    for name in REGISTERS:
        rows = read(f"{name}.csv")
        assert len({row["code"] for row in rows}) == len(rows)
    assert all((FIXTURES / row["file"]).is_file() for row in read("sources.csv"))


@pytest.mark.parametrize("name", OWN_FILES)
def test_files_are_plain_utf8_with_line_feeds_and_quotes_only_where_needed(name: str) -> None:
    written = (FIXTURES / name).read_bytes().decode("utf-8")
    rows = list(csv.reader(io.StringIO(written, newline=""), strict=True))
    plain = io.StringIO(newline="")
    csv.writer(plain, lineterminator="\n").writerows(rows)
    assert plain.getvalue() == written
    assert not written.startswith("\ufeff")
    assert {len(row) for row in rows} == {len(rows[0])}
    assert all(cell == cell.strip() for row in rows for cell in row)


@pytest.mark.parametrize("path", sorted(SOURCES.iterdir()), ids=lambda path: path.name)
def test_copies_of_the_sources_are_byte_for_byte(path: Path) -> None:
    original = ROOT.parent / "shared" / "source" / path.name
    if not original.exists():
        pytest.skip("the original source material does not stand beside this checkout")
    assert path.read_bytes() == original.read_bytes()
