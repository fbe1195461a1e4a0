"""All the files of a folder, read and checked whole."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from indicators.models import Frequency

from .checks import Rows, disagreements
from .problems import FixtureError, Problem
from .project_tables import Told
from .reading import read_file
from .rows import Row, Table
from .tables import TABLES

SHORT = 12  # signs of a short name


def read_fixtures(folder: Path) -> Rows:
    """The rows of every table, by its name, complete; raises FixtureError with all problems of all files."""
    folder = folder.resolve()
    if not folder.is_dir():
        raise FixtureError([Problem(str(folder), None, "", "", "找不到文件夹")])
    rows, problems = _read_tables(folder)
    problems += disagreements(rows, folder)
    if problems:
        raise FixtureError(problems)
    return _completed(rows)


def _read_tables(folder: Path) -> tuple[Rows, list[Problem]]:
    """The tables without years come first: they say which years there are."""
    rows: Rows = {}
    problems: list[Problem] = []
    for table in TABLES:
        if table.file and "{year}" not in table.file:
            _note(table, _asked(table, [(None, folder / table.file)]), rows, problems)
    years = _years(folder, rows, problems)
    for table in TABLES:
        if "{year}" in table.file:
            paths = [(year, folder / table.file.format(year=year)) for year in years]
            _note(table, _asked(table, paths), rows, problems)
    return rows, problems


def _asked(table: Table, files: Iterable[tuple[int | None, Path]]) -> list[tuple[int | None, Path]]:
    """The files that must be readable; an optional one is asked for only where it is."""
    return [(year, path) for year, path in files if path.exists() or not table.optional]


def _note(
    table: Table, files: Iterable[tuple[int | None, Path]], rows: Rows, problems: list[Problem]
) -> None:
    """Read a table's files; a table with an unreadable file counts as unread."""
    found: list[Row] = []
    readable = True
    for year, path in files:
        read, wrong = read_file(table, path, year=year)
        problems += wrong
        readable = readable and read is not None
        found += read or []
    if readable:
        rows[table.name] = found


def _years(folder: Path, rows: Rows, problems: list[Problem]) -> list[int]:
    """The years that have a plan or a folder; a folder without a plan is a problem."""
    kept = {int(path.name) for path in folder.iterdir() if path.is_dir() and _is_year(path.name)}
    if "plans" not in rows:
        return sorted(kept)
    planned = {row["year"] for row in rows["plans"] if row["year"]}
    problems += [
        Problem(f"{folder.name}/{year}", None, "", "", f"须在 plans.csv 有 {year} 年")
        for year in sorted(kept - planned)
    ]
    return sorted(planned)


def _is_year(name: str) -> bool:
    return len(name) == 4 and name.isascii() and name.isdigit()


def _completed(rows: Rows) -> Rows:
    """Add what the files imply: places in a table, projects, and what a stage tells by its box."""
    told = {(box["year"], box["box"]): box["states"] for box in rows["boxes"]}
    tasks = [_task(row, told[row["year"], row["box"]]) for row in rows["tasks"]]
    projects = {row["slug"]: row for row in reversed(tasks)}
    return rows | {
        "targets": _placed(rows["targets"]),
        "work indicators": _work_indicators(rows),
        "work targets": _placed(rows["work targets"]),
        "cited facts": _placed(rows["cited facts"]),
        "tasks": tasks,
        "projects": list(reversed(projects.values())),
        "updates": [row for row in tasks if row["reached_stage"]],
    }


def _placed(targets: list[Row]) -> list[Row]:
    placed: dict[int, list[Row]] = {}
    for row in targets:
        year = placed.setdefault(row["year"], [])
        year.append(row.with_cells(order=len(year) + 1))
    return [row for year in placed.values() for row in year]


def _work_indicators(rows: Rows) -> list[Row]:
    """What only the prose asks for becomes an indicator of its own; the others are in the catalogue already."""
    listed = {row["code"] for row in rows["indicators"]}
    own = {row["code"]: row for row in reversed(rows["work targets"]) if row["code"] not in listed}
    return [
        row.with_cells(short_name=_short(row["name"]), frequency=Frequency.ANNUAL)
        for row in reversed(own.values())
    ]


def _short(name: str) -> str:
    """Two lines of a strip: the first signs of the name, divided in the middle."""
    bare = "".join(sign for sign in name if sign.isalnum())[:SHORT]
    half = (len(bare) + 1) // 2
    return f"{bare[:half]} {bare[half:]}".strip()


def _task(row: Row, told: Told) -> Row:
    reached = told is Told.REACHED
    stage = row["stage"]
    return row.with_cells(planned_stage="" if reached else stage, reached_stage=stage if reached else "")
