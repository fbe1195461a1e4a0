"""A document as plain text, in the form in which the printed report's own text is kept: cells behind tabs; pure."""

from __future__ import annotations

from collections.abc import Iterator

from .documents import Block, Box, Document, Heading, Listing, Paragraph, Table
from .signs import holdable


def plain_text(document: Document) -> bytes:
    """UTF-8 with line feeds; a table's cells stand on lines of their own behind a tab, its rows apart."""
    head = [f"【{line}】" for line in (document.watermark, document.stamp) if line]
    lines = [*head, document.title, "", document.byline, ""]
    for block in document.blocks:
        lines += [*_lines(block), ""]
    return holdable("\n".join(lines).rstrip("\n") + "\n").encode()


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text=text) | Paragraph(text=text):
            yield text
        case Listing(lines=lines):
            yield from lines
        case Table():
            yield from _table(block)
        case Box():
            yield block.caption
            yield from (passage.heading + passage.text for passage in block.passages)


def _table(table: Table) -> Iterator[str]:
    yield table.caption
    for cells in (table.heads, *(line.cells for line in table.lines)):
        yield ""
        yield from (f"\t{cell}" for cell in cells)
    yield from ("", "")
    yield from table.notes
