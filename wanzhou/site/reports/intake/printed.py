"""A report as plain JSON values for machines, and as lines of text for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from projects.stages import Stage

from .report import NATURES, Named, PrintedBox, PrintedTable, PrintedTally, Quantity, Report, Sure


def as_json(report: Report) -> dict[str, Any]:
    """The report as `manage.py read_report --json` prints it; what the report does not say is null or empty."""
    return {
        "title": report.title,
        "years": list(report.years),
        "tables": [_table(table) for table in report.tables],
        "boxes": [_box(box) for box in report.boxes],
        "tally": _tally(report.tally),
        "commitments": [_commitment(one) for one in report.commitments],
        "problems": list(report.problems),
    }


def _table(table: PrintedTable) -> dict[str, Any]:
    columns = ("ordinal", "name", "unit", "target", "outcome", "nature", "sub")
    rows = [{column: getattr(row, column) for column in columns} for row in table.rows]
    return {"caption": table.caption, "year": table.year, "rows": rows}


def _box(box: PrintedBox) -> dict[str, Any]:
    columns = ("section", "name", "stage_wording", "stage", "group", "quantity")
    entries = [{column: getattr(entry, column) for column in columns} for entry in box.entries]
    return {"number": box.number, "title": box.title, "year": box.year, "entries": entries}


def _tally(tally: PrintedTally) -> dict[str, Any]:
    return {
        "total": tally.total,
        "redefined": _named(tally.redefined),
        "awaiting_city": _named(tally.awaiting_city),
        "judged": tally.judged,
        "met": tally.met,
        "missed": _named(tally.missed),
        "cause": tally.cause,
        "planned": tally.planned,
        "binding": tally.binding,
        "anticipatory": tally.anticipatory,
    }


def _named(named: Named | None) -> dict[str, Any] | None:
    return None if named is None else {"count": named.count, "names": list(named.names)}


def _commitment(one: Quantity) -> dict[str, str]:
    return {"section": one.section, "item": one.name, "target": one.wording, "unit": one.unit}


def as_lines(report: Report) -> Iterator[str]:
    """A summary for people."""
    yield report.title or "（没有找到标题）"
    yield f"年份：{'、'.join(map(str, report.years)) or '没有写'}"
    for table in report.tables:
        yield _told(table)
    for box in report.boxes:
        unsure = sum(entry.sure < Sure.CERTAIN for entry in box.entries)
        stages = {stage.label: sum(entry.stage == stage for entry in box.entries) for stage in Stage}
        said = "、".join(f"{label} {count}" for label, count in stages.items() if count)
        look = f"；{unsure} 条请核对" if unsure else ""
        yield f"专栏{box.number}《{box.title}》：点名 {len(box.entries)} 条（{said}）{look}"
    yield from _counted(report.tally)
    yield f"重点工作部分有数的目标 {len(report.commitments)} 条；执行情况部分有数的结果 {len(report.results)} 条"
    yield f"需要看的 {len(report.problems)} 处" + ("：" if report.problems else "")
    yield from (f"  · {problem}" for problem in report.problems)


def _told(table: PrintedTable) -> str:
    subs = len(table.rows) - len(table.numbered)
    binding = sum(row.nature == NATURES["约束性"] for row in table.numbered)
    columns = "目标和完成情况" if any(row.target and row.outcome for row in table.rows) else "目标"
    if not any(row.target for row in table.rows):
        columns = "完成情况"
    year = f"{table.year}年" if table.year else "年份不明"
    natures = f"，约束性 {binding} 项" if any(row.nature for row in table.rows) else ""
    rows = f"{len(table.numbered)} 项、其中行 {subs} 行{natures}"
    return f"{table.caption or '没有标题的一张表'}（{year}，{columns}）：{rows}"


def _counted(tally: PrintedTally) -> Iterator[str]:
    if tally.total is not None:
        parts = [f"共 {tally.total} 项"]
        for named, label in ((tally.redefined, "口径调整"), (tally.awaiting_city, "市级暂未反馈")):
            parts += [f"{label} {named.count} 项"] if named else []
        parts += [f"达到或超过 {tally.met} 项"] if tally.met is not None else []
        parts += (
            [f"未完成 {tally.missed.count} 项（{'、'.join(tally.missed.names)}）"] if tally.missed else []
        )
        yield f"报告的点数：{'，'.join(parts)}"
    if tally.planned is not None:
        yield f"报告的计划：共 {tally.planned} 项，约束性 {tally.binding} 项，预期性 {tally.anticipatory} 项"
