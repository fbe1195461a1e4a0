"""Reading one file of a table, strictly: every cell is read, and every problem is noted."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.core.exceptions import ValidationError

from .columns import Column, Unreadable, Value
from .problems import Problem
from .rows import Row, Table, shown


def read_file(table: Table, path: Path, *, year: int | None) -> tuple[list[Row] | None, list[Problem]]:
    """The rows of a file and what is wrong with them; None instead of rows when it cannot be read as a table."""
    name = "/".join(path.parts[-3 if year else -2 :])
    try:
        lines = list(_lines(path, name))
    except _NotATable as refusal:
        return None, [refusal.problem]
    wrong = _wrong_header(table, lines[0][1] if lines else [], name)
    if wrong is not None:
        return None, [wrong]
    header = lines[0][1]
    rows, problems = [], []
    for number, cells in lines[1:]:
        if len(cells) != len(header):
            expected = f"须有 {len(header)} 格，实有 {len(cells)} 格"
            problems.append(Problem(name, number, "", "", expected))
            continue
        row, found = _read_row(table, name, number, dict(zip(header, cells, strict=True)), year)
        rows.append(row)
        problems += found
    return rows, problems


class _NotATable(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def _lines(path: Path, name: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that are not blank, each with the number of its first line; raises _NotATable."""
    reader = csv.reader(io.StringIO(_text(path, name), newline=""), strict=True)
    start = 1
    try:
        for cells in reader:
            if cells:
                yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise _NotATable(Problem(name, start, "", "", "不是 CSV：引号不成对，或某格过长")) from error


def _text(path: Path, name: str) -> str:
    try:
        written = path.read_bytes()
    except OSError as error:
        raise _NotATable(Problem(name, None, "", "", "找不到文件或不能读取，须有这个文件")) from error
    try:
        return written.decode("utf-8-sig")  # Excel puts a mark before its UTF-8
    except UnicodeDecodeError as error:
        line = written.count(b"\n", 0, error.start) + 1
        raise _NotATable(Problem(name, line, "", "", "不是 UTF-8 编码，须存为“CSV UTF-8”")) from error


def _wrong_header(table: Table, header: Sequence[str], name: str) -> Problem | None:
    expected = [column.name for column in table.columns]
    if sorted(header) == sorted(expected):
        return None
    missing = [column for column in expected if column not in header]
    excess = [column for column in header if column not in expected or header.count(column) > 1]
    faults = [f"缺少 {'、'.join(missing)}"] * bool(missing) + [f"多出 {'、'.join(excess)}"] * bool(excess)
    return Problem(name, 1, "", "", f"列名不符，{'，'.join(faults)}；须是 {'、'.join(expected)}")


def _read_row(
    table: Table, name: str, number: int, cells: dict[str, str], year: int | None
) -> tuple[Row, list[Problem]]:
    values: dict[str, Value] = {"year": year} if year else {}
    problems = []
    for column in table.columns:
        cell = cells[column.name]
        try:
            values[column.name] = _kept(table, column, column.value_of(cell))
        except Unreadable as refusal:
            values[column.name] = None
            problems.append(Problem(name, number, column.name, cell, str(refusal)))
    row = Row(name, number, values, broken=bool(problems))
    if not problems:
        problems = [row.problem(cell, expected) for cell, expected in table.wrong(row)]
    return row, problems


def _kept(table: Table, column: Column, value: Value) -> Value:
    """The value, if the field that keeps it takes it: its length, its digits; raises Unreadable."""
    if column.field and shown(value):
        try:
            table.model._meta.get_field(column.field).run_validators(value)  # type: ignore[union-attr]
        except ValidationError as error:
            raise Unreadable("".join(error.messages)) from error
    return value
