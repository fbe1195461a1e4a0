"""The report's tables, cell by cell as they are printed; pure."""

from __future__ import annotations

from .documents import Line, Table
from .facts import Row, Year
from .sentences import adjustment_notes

UNKNOWN = "报告未载"
BINDING_MARK = "*"
SHARES = (9, 47, 22, 22)


def outcomes_table(year: Year, number: int) -> Table:
    """表1: the year's targets and what came of them; `*` marks the binding ones."""
    lines = tuple(
        _line(row, row.wording or UNKNOWN, row.outcome, mark=BINDING_MARK if row.binding else "")
        for row in year.rows
    )
    return Table(
        caption=f"表{number}  {year.year}年经济社会发展主要预期目标完成情况",
        heads=("序号", "指标名称", f"{year.year}年目标", "完成情况"),
        lines=lines,
        shares=SHARES,
        notes=(note,) if (note := _note(year)) else (),
    )


def goals_table(year: Year, number: int) -> Table:
    """表2: the targets of the next year and their nature."""
    lines = tuple(
        _line(row, row.wording or UNKNOWN, "约束性" if row.binding else "预期性") for row in year.rows
    )
    heads = ("序号", "指标名称", f"{year.year}年目标", "指标属性")
    return Table(f"表{number}  {year.title}", heads, lines, SHARES)


def name_cell(row: Row, mark: str = "") -> str:
    """A name as the table prints it: `#` before a sub-row, the unit in brackets, the mark behind."""
    unit = f"（{row.unit}）" if row.unit else ""
    return f"{'' if row.counted else '#'}{row.name}{unit}{mark}"


def _line(row: Row, *cells: str, mark: str = "") -> Line:
    ordinal = str(row.ordinal) if row.counted else ""
    return Line((ordinal, name_cell(row, mark), *cells), sub=not row.counted)


def _note(year: Year) -> str:
    marked = any(row.binding for row in year.rows)
    natures = f"加{BINDING_MARK}为约束性指标，其他为预期性指标。" if marked else ""
    told = natures + adjustment_notes(year.rows)
    return f"注：{told}" if told else ""
