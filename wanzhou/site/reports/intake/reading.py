"""Reading a whole report: its title, tables, boxes, counts, and the figures of its prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from .boxes import boxes_in
from .checks import differences
from .counting import tally_in
from .outline import outline_of, title_of, years_in
from .passages import Manuscript
from .quantities import quantities_in
from .report import PrintedBox, PrintedTable, Report, Sure
from .tables import tables_in

MOST_PROBLEMS: Final = 200
MOST_QUANTITIES: Final = 3_000  # ten times what the longest report states


def read_report(manuscript: Manuscript) -> Report:
    """What the manuscript says. Never raises; what is missing, doubtful or contradictory is a problem line."""
    paragraphs = tuple(manuscript.paragraphs())
    title = title_of(paragraphs)
    found = tables_in(manuscript.blocks)
    boxes = boxes_in(manuscript.blocks, counted_in=manuscript.counted_in)
    tally = tally_in(paragraphs)
    outline = outline_of(paragraphs, boxes.taken)
    commitments = tuple(islice(quantities_in(outline.ahead, promised=True), MOST_QUANTITIES))
    counted = tally.place.number if tally.place else 0
    stated = (
        one
        for one in quantities_in(outline.done, promised=False)
        if one.place.number != counted or one.sure is Sure.CERTAIN  # there the report counts its own targets
    )
    results = tuple(islice(stated, MOST_QUANTITIES))
    years = years_in(title) or _years(found.tables, boxes.boxes)
    report = Report(title, years, found.tables, boxes.boxes, tally, commitments, results)
    problems = [
        *manuscript.remarks,
        *_missing(report),
        *found.problems,
        *boxes.problems,
        *outline.problems,
        *differences(tally, found.tables),
    ]
    return Report(title, years, found.tables, boxes.boxes, tally, commitments, results, _few(problems))


def _years(tables: Sequence[PrintedTable], boxes: Sequence[PrintedBox]) -> tuple[int, ...]:
    named = [*(table.year for table in tables), *(box.year for box in boxes)]
    return tuple(sorted({year for year in named if year is not None}))


def _missing(report: Report) -> Iterator[str]:
    if report.says_nothing:
        yield "没有找到计划报告的内容：没有指标表，没有专栏，也没有“…项目标中…”这样的句子。请核对是不是选错了文件。"
        return
    if not report.title:
        yield "没有找到标题（以“报告”结尾的几行）。"
    if not report.tables:
        yield "没有找到指标表：表头须有指标名称，以及目标或完成情况。"
    if not report.boxes:
        yield "没有找到专栏。"
    if report.tally.total is None:
        yield "没有找到“…项年度目标中…”这样点数的句子，没有核对各类是否合得拢。"
    if MOST_QUANTITIES in (len(report.commitments), len(report.results)):
        yield f"有数的句子太多，只读了前 {MOST_QUANTITIES} 个数。"
    if not report.commitments:
        yield "没有找到重点工作部分里有数的句子。"


def _few(problems: Sequence[str]) -> tuple[str, ...]:
    if len(problems) <= MOST_PROBLEMS:
        return tuple(problems)
    return (*problems[:MOST_PROBLEMS], f"……另有 {len(problems) - MOST_PROBLEMS} 处")
