"""How long a Word file of a whole plan takes, and against bare python-docx that writes the same paragraphs and cells.

Run: ``python -m benchmarks.writing``. The bar: a file in under 2 s, and at most 2 times the bare writing.
"""

import datetime
import io
from collections.abc import Callable
from time import perf_counter

import docx

from wanzhou.site.reports.writing.documents import Box, Document, Line, Listed, Paragraph, Passage, Table
from wanzhou.site.reports.writing.word.writing import word_file

ROWS, ENTRIES, SECTIONS = 60, 300, 20
CLAUSE = "加快推进很长名称的重点项目、另一个很长名称的重点项目等项目"


def document() -> Document:
    """Two tables and five boxes, more than twice what a year has."""
    heads = ("序号", "指标名称", "目标", "完成情况")
    lines = tuple(Line((str(row), "很长的指标名称增速（%）", "6左右", "3.5")) for row in range(ROWS))
    table = Table("表1  指标", heads, lines, (9, 47, 22, 22), ("注：加*为约束性指标。",))
    passages = tuple(Passage(f"{section}、分类：", f"{CLAUSE}。" * 15) for section in range(SECTIONS // 5))
    entries = tuple(Listed("分类", f"项目{entry}", CLAUSE) for entry in range(ENTRIES // 5))
    boxes = tuple(Box(f"专栏{number}  项目", passages, entries) for number in range(1, 6))
    text = Paragraph("统计文字。" * 100)
    at = datetime.datetime(2023, 1, 1, tzinfo=datetime.UTC)
    return Document("报告", "单位", (text, table, text, table, *boxes), at)


def bare(document: Document) -> None:
    """What python-docx alone needs for the same words."""
    file = docx.Document()
    for paragraph in document.paragraphs:
        file.add_paragraph(paragraph)
    for table in document.tables:
        made = file.add_table(rows=0, cols=len(table.heads))
        for line in table.lines:
            for cell, text in zip(made.add_row().cells, line.cells, strict=True):
                cell.paragraphs[0].add_run(text)
    for box in document.boxes:
        for passage in box.passages:
            file.add_paragraph(passage.heading + passage.text)
    file.save(io.BytesIO())


def seconds(act: Callable[[], object]) -> float:
    """The best of five."""
    times = []
    for _ in range(5):
        start = perf_counter()
        act()
        times.append(perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    written = document()
    alone, ours = seconds(lambda: bare(written)), seconds(lambda: word_file(written))
    print(f"python-docx {alone:.3f} s, the report {ours:.3f} s, ratio {ours / alone:.2f}")
