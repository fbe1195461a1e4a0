"""A document written as a Word file."""

from __future__ import annotations

import io
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Mm

from wanzhou.kernel.pages.archives import dated
from wanzhou.site.reports.writing.documents import Block, Box, Document, Heading, Listing, Paragraph, Table
from wanzhou.site.reports.writing.signs import holdable

from . import marks
from .forms import OFFICIAL, ONE_PAGE
from .pages import blank

KEPT_TOGETHER = 3  # rows that a table begins with on one page
SUB_INDENT = 240  # twips: how far a sub-row's name stands in


def word_file(document: Document) -> bytes:
    """The document as .docx; the same document is the same bytes."""
    file = blank(document)
    if document.stamp:
        _say(file, document.stamp, "标记")
    _say(file, document.title, "Title")
    if document.byline:
        _say(file, document.byline, "署名")
    if not document.compact:
        _say(file, "", "Normal")
    width = (ONE_PAGE if document.compact else OFFICIAL).text_width
    for block in document.blocks:
        _write(file, block, width)
    draft = io.BytesIO()
    file.save(draft)
    return dated(draft.getvalue(), document.moment)


def _write(file: Any, block: Block, width: float) -> None:
    match block:
        case Heading(level=level, text=text):
            _say(file, text, f"Heading {level}")
        case Paragraph(text=text):
            _say(file, text, "Normal")
        case Listing(lines=lines):
            for line in lines:
                _say(file, line, "Normal")
        case Table():
            _write_table(file, block, width)
        case Box():
            _write_box(file, block)


def _say(file: Any, text: str, style: str) -> None:
    file.add_paragraph(holdable(text), style=style)


def _write_box(file: Any, box: Box) -> None:
    """A frame around a title and its passages; the headings of the passages stand out."""
    _say(file, box.caption, "专栏标题")
    for passage in box.passages:
        paragraph = file.add_paragraph(style="专栏文字")
        paragraph.add_run(holdable(passage.heading)).bold = True
        paragraph.add_run(holdable(passage.text))
    _say(file, "", "表注")


def _write_table(file: Any, table: Table, width: float) -> None:
    _say(file, table.caption, "Caption")
    made = file.add_table(rows=0, cols=len(table.heads))
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    made._tbl.tblPr.append(marks.table_borders())
    widths = [Mm(width * share / sum(table.shares)) for share in table.shares]
    for column, wide in zip(made.columns, widths, strict=True):
        column.width = wide
    _write_row(made, table.heads, widths, "表头", repeated=True)
    for line in table.lines:
        _write_row(made, line.cells, widths, "表格文字", named=table.named, sub=line.sub)
    for row in made.rows[:KEPT_TOGETHER]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    for note in table.notes or ("",):
        _say(file, note, "表注")


def _write_row(
    table: Any,
    cells: tuple[str, ...],
    widths: list[Any],
    style: str,
    *,
    named: int = -1,
    sub: bool = False,
    repeated: bool = False,
) -> None:
    """One row; it never breaks over a page, and the head comes again on each."""
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(marks.element("w:cantSplit"))
    if repeated:
        properties.append(marks.element("w:tblHeader"))
    for place, (cell, text, width) in enumerate(zip(row.cells, cells, widths, strict=True)):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.style = style
        paragraph.add_run(holdable(text))
        _align(cell, paragraph, named=place == named, sub=sub, head=repeated)


def _align(cell: Any, paragraph: Any, *, named: bool, sub: bool, head: bool) -> None:
    """Names stand at the left, a sub-row's further in; everything else in the middle."""
    cell._tc.get_or_add_tcPr().append(marks.element("w:vAlign", val="center"))
    properties = paragraph._p.get_or_add_pPr()
    if named and sub:
        marks.put(properties, marks.element("w:ind", left=SUB_INDENT), marks.PARAGRAPH_ORDER)
    if not named and not head:
        marks.put(properties, marks.element("w:jc", val="center"), marks.PARAGRAPH_ORDER)


__all__ = ["word_file"]
