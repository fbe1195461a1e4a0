"""What the files must agree on among themselves: keys, references, and what one table promises of another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wanzhou.kernel.plans.periods import Period

from .problems import Problem
from .project_tables import Told
from .rows import Key, Link, Row, Table
from .tables import TABLES

Rows = dict[str, list[Row]]  # of every table that could be read


def disagreements(rows: Rows, folder: Path) -> Iterator[Problem]:
    """Every problem between rows; tables that could not be read are asked nothing."""
    for table in TABLES:
        if table.name in rows:
            for columns in (table.key_columns, *table.unique):
                yield from _repeated(rows[table.name], columns)
            yield from _dangling(table, rows)
    yield from _missing_documents(rows, folder)
    yield from _unnumbered_parents(rows)
    yield from _unworded_targets(rows)
    yield from _renamed_projects(rows)
    yield from _undated_boxes(rows)
    yield from _unknown_projects(rows)


def _repeated(rows: list[Row], columns: tuple[str, ...]) -> Iterator[Problem]:
    first: dict[Key, Row] = {}
    for row in rows:
        key = row.key(columns)
        if key is None:
            continue
        if key in first:
            yield row.problem(columns[-1], f"与第{first[key].line}行重复（{'、'.join(columns)}），须只有一行")
        first.setdefault(key, row)


def _dangling(table: Table, rows: Rows) -> Iterator[Problem]:
    for link in table.links:
        home = next(each for each in TABLES if each.name == link.table)
        if link.table not in rows or not home.file:
            continue
        known = {row.key(home.key_columns) for row in rows[link.table]}
        for row in rows[table.name]:
            key = row.key(link.columns)
            if key is not None and key not in known:
                yield _unknown(row, link, home)


def _unknown(row: Row, link: Link, home: Table) -> Problem:
    file = home.file.format(year=row.cells.get("year"))
    return row.problem(link.columns[-1], f"须是 {file} 中已有的 {'、'.join(home.key_columns[-1:])}")


def _missing_documents(rows: Rows, folder: Path) -> Iterator[Problem]:
    for source in rows.get("sources", []):
        if source["file"] and not (folder / source["file"]).is_file():
            yield source.problem("file", f"须是 {folder.name} 下已有的文件")


def _unnumbered_parents(rows: Rows) -> Iterator[Problem]:
    targets = rows.get("targets", [])
    subs = {(row["year"], row["code"]) for row in targets if row["parent"]}
    for row in targets:
        if row["parent"] and (row["year"], row["parent"]) in subs:
            yield row.problem("parent", "须是有序号的一行，其中行（#）之下不能再有其中行")


def _unworded_targets(rows: Rows) -> Iterator[Problem]:
    if "adjustments" not in rows:
        return
    adjusted = {(row["year"], row["code"]) for row in rows["adjustments"]}
    for row in rows.get("targets", []):
        if row["wording"] is None and not row.broken and (row["year"], row["code"]) not in adjusted:
            yield row.problem("wording", "须填写；首次表述未知的，须在 adjustments.csv 有调整后的表述")


def _renamed_projects(rows: Rows) -> Iterator[Problem]:
    first: dict[str, Row] = {}
    for row in rows.get("tasks", []):
        known = first.setdefault(row["slug"], row) if row["slug"] and row["name"] else row
        if known["name"] != row["name"]:
            expected = f"须与 {known.file} 第{known.line}行一致（“{known['name']}”）：slug 相同即同一项目"
            yield row.problem("name", expected)


def _undated_boxes(rows: Rows) -> Iterator[Problem]:
    if "periods" not in rows:
        return
    finished = {row["year"] for row in rows["periods"] if row["period"] == Period.FULL_YEAR}
    for row in rows.get("boxes", []):
        if row["states"] is Told.REACHED and row["year"] and row["year"] not in finished:
            expected = f"须在 periods.csv 有 {row['year']} 年的 full_year，已达到的阶段随全年结果发布"
            yield row.problem("states", expected)


def _unknown_projects(rows: Rows) -> Iterator[Problem]:
    if "tasks" not in rows:
        return
    known = {row["slug"] for row in rows["tasks"]}
    for row in rows.get("quotations", []):
        if row["slug"] and row["slug"] not in known:
            yield row.problem("slug", "须是某一年 tasks.csv 中已有的 slug")
