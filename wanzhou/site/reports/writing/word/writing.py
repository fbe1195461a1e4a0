"""A document written as a Word file."""

from __future__ import annotations

import io
from typing import Any

from wanzhou.kernel.pages.archives import dated
from wanzhou.site.reports.writing.documents import Block, Box, Document, Heading, Listing, Paragraph, Table
from wanzhou.site.reports.writing.signs import holdable

from . import tables
from .forms import OFFICIAL, ONE_PAGE
from .pages import blank


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
    """Caption, table, notes; the paragraph below keeps the table apart from what follows."""
    _say(file, table.caption, "Caption")
    ids = {name: file.styles[name].style_id for name in ("表头", "表格文字")}
    below = file.add_paragraph(style="表注")
    below._p.addprevious(tables.element_of(table, width, head=ids["表头"], text=ids["表格文字"]))
    first, *rest = table.notes or ("",)
    below.add_run(holdable(first))
    for note in rest:
        _say(file, note, "表注")


__all__ = ["word_file"]
