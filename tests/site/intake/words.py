"""Word files made for the tests, as clerks make them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from docx import Document
from docx.document import Document as DocumentObject

from wanzhou.site.reports.intake import Report, open_report, pasted, read_report

HEADS = ["序号", "指标名称", "2022年目标", "完成情况"]
ROWS = [
    ["1", "地区生产总值增速（%）", "6左右", "3.5"],
    ["2", "进出口总额（亿元）", "50", "51.9"],
    ["", "#税收收入增速（%）", "-9.5", "-9.4"],
    ["3", "空气质量优良天数（天）*", "330以上", "347"],
]
CAPTION = "表1  2022年经济社会发展主要预期目标完成情况"
NOTE = "注：加*为约束性指标，其他为预期性指标。"
Told = tuple[int | None, str, str, str, str, str, bool]
EXPECTED: list[Told] = [
    (1, "地区生产总值增速", "%", "6左右", "3.5", "anticipatory", False),
    (2, "进出口总额", "亿元", "50", "51.9", "anticipatory", False),
    (None, "税收收入增速", "%", "-9.5", "-9.4", "anticipatory", True),
    (3, "空气质量优良天数", "天", "330以上", "347", "binding", False),
]


def word_file(rows: Sequence[Sequence[str]], *, caption: str = CAPTION, note: str = NOTE) -> DocumentObject:
    """A document with a caption, a table and its note."""
    document = Document()
    document.add_paragraph(caption)
    add_table(document, rows)
    if note:
        document.add_paragraph(note)
    return document


def add_table(document: DocumentObject, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def saved(document: DocumentObject) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def read(document: DocumentObject) -> Report:
    return read_report(open_report("报告.docx", saved(document)))


def read_text(text: str) -> Report:
    return read_report(pasted(text))


def told(report: Report, number: int = 0) -> list[Told]:
    """The rows of a table, as the command prints them."""
    return [
        (row.ordinal, row.name, row.unit, row.target, row.outcome, row.nature, row.sub)
        for row in report.tables[number].rows
    ]


def packed(body: bytes, *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package with this body and nothing else."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as package:
        package.writestr("word/document.xml", body)
    return file.getvalue()
