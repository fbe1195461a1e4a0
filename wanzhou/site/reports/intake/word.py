"""A Word file as passages and grids, read straight from its package and within bounds.

Paragraphs are counted through the whole body, those inside cells included, so that every piece of a table has a
place. Deleted text, field codes and pictures are not read; a number that Word itself counts is not in the text.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple
from xml.etree.ElementTree import Element, ParseError, iterparse

from .passages import Block, Grid, Passage, Place, Square, without_junk

MEGABYTE: Final = 1024 * 1024
MOST_UNPACKED: Final = 60 * MEGABYTE
MOST_RATIO: Final = 200  # a real document.xml shrinks ten to thirty times
SMALL: Final = 2 * MEGABYTE  # below this no ratio is frightening
MOST_PARTS: Final = 5_000
MOST_COLUMNS: Final = 60
MOST_ROWS: Final = 5_000
DEEPEST: Final = 40
BODY: Final = "word/document.xml"
AGAIN: Final = "请在 WPS 或 Word 里打开，另存为 .docx 后再上传。"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_UNSEEN: Final = frozenset(
    {"del", "moveFrom", "instrText", "delText", "pict", "drawing", "object", "Fallback"}
)


class WordFileError(ValueError):
    """Why a package cannot be read, as the end of a sentence that begins with the file's name."""


def read_word(content: bytes) -> tuple[tuple[Block, ...], tuple[Passage, ...], tuple[str, ...]]:
    """The blocks, every passage, and remarks of a .docx. Raises `WordFileError`."""
    reader = _Reader()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _refuse(package)
            with package.open(BODY) as body:
                for block in _top_blocks(body, reader):
                    reader.blocks.append(block)
    except WordFileError:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        ParseError,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
    ) as fault:
        raise WordFileError(f"不是完好的 .docx 文件。{AGAIN}") from fault
    except (KeyError, RuntimeError, RecursionError) as fault:
        raise WordFileError(f"不是 Word 文档，或加了密码。{AGAIN}") from fault
    return tuple(reader.blocks), tuple(reader.passages), ()


def is_workbook(content: bytes) -> bool:
    """Whether a package is a workbook and no document; one that cannot be opened is neither."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = {part.filename for part in package.infolist()[:MOST_PARTS]}
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return "xl/workbook.xml" in names and BODY not in names


def _refuse(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if BODY not in {part.filename for part in parts}:
        raise WordFileError("其实不是 Word 文档，没有读取。请上传 .docx、.txt 或 .xlsx 文件。")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise WordFileError(f"解压后超过 {MOST_UNPACKED // MEGABYTE} MB，没有打开。请去掉图片后再上传。")
    body = package.getinfo(BODY)
    if body.file_size > SMALL and body.file_size > MOST_RATIO * max(body.compress_size, 1):
        raise WordFileError(f"压缩得异常厉害，像是有意做成的，没有打开。{AGAIN}")


@dataclass(slots=True)
class _Reader:
    blocks: list[Block] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)

    def passage(self, text: str) -> Passage:
        passage = Passage(len(self.passages) + 1, without_junk(text))
        self.passages.append(passage)
        return passage


class _Bounded(io.RawIOBase):
    """Never hands out more than was announced, whatever the package says of itself, and no declared entities."""

    def __init__(self, body: Any) -> None:
        self._body, self._left, self._tail = body, MOST_UNPACKED, b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        chunk: bytes = self._body.read(min(size if size >= 0 else 65536, 65536))
        self._left -= len(chunk)
        if self._left < 0:
            raise WordFileError(f"解压后超过 {MOST_UNPACKED // MEGABYTE} MB，没有打开。请去掉图片后再上传。")
        seen = self._tail + chunk
        if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen or b"\0" in chunk:  # a NUL: not UTF-8, as Word writes
            raise WordFileError(f"里面有文档类型声明，没有打开。{AGAIN}")
        self._tail = chunk[-10:]
        return chunk


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _top_blocks(body: Any, reader: _Reader) -> Iterator[Block]:
    """Paragraph by paragraph and table by table; what was read is let go of at once."""
    held = depth = 0
    for event, element in iterparse(_Bounded(body), ("start", "end")):  # noqa: S314  (no DTD gets this far)
        name = _name(element)
        if event == "start":
            depth += 1
            if depth > 400:
                raise WordFileError(f"嵌套过深，没有打开。{AGAIN}")
            held += name in ("p", "tbl")
            continue
        depth -= 1
        if name not in ("p", "tbl"):
            continue
        held -= 1
        if held == 0:
            yield from _blocks_of(element, reader, 0)
            element.clear()


def _blocks_of(element: Element, reader: _Reader, deep: int) -> Iterator[Block]:
    if _name(element) == "p":
        yield from (reader.passage(line) for line in _text(element).split("\n"))
        for box in _text_boxes(element):
            yield from _inside(box, reader, deep + 1)
        return
    rows = [row for row in _children(element, "tr") if not _is_deleted(row)][:MOST_ROWS]
    cells = [list(_children(row, "tc")) for row in rows]
    if all(len(row) == 1 for row in cells):  # a frame round paragraphs, as boxes are often set
        for row in cells:
            yield from _inside(row[0], reader, deep + 1)
        return
    yield _grid(cells, reader, deep)


def _inside(container: Element, reader: _Reader, deep: int) -> Iterator[Block]:
    if deep > DEEPEST:
        raise WordFileError(f"表格嵌套过深，没有打开。{AGAIN}")
    for child in container:
        if _name(child) in ("p", "tbl"):
            yield from _blocks_of(child, reader, deep)
        elif _name(child) in ("sdt", "sdtContent", "smartTag", "ins"):
            yield from _inside(child, reader, deep + 1)


def _children(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also where a content control is wrapped round them."""
    for child in element:
        if _name(child) == name:
            yield child
        elif _name(child) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _children(child, name)


class _Cell(NamedTuple):
    square: Square
    span: int
    above: bool


def _grid(rows: list[list[Element]], reader: _Reader, deep: int) -> Grid:
    found: list[tuple[Square, ...]] = []
    for row in rows:
        squares: list[Square] = []
        for cell in (_cell(element, reader, deep) for element in row):
            for copy in range(cell.span):
                square = cell.square
                column = len(squares)
                if cell.above and found and column < len(found[-1]):
                    above = found[-1][column]
                    square = Square(above.text, above.place, merged=True)
                elif copy:
                    square = Square(square.text, square.place, merged=True)
                if column < MOST_COLUMNS:
                    squares.append(square)
        found.append(tuple(squares))
    return Grid(tuple(found))


def _cell(element: Element, reader: _Reader, deep: int) -> _Cell:
    first = len(reader.passages) + 1
    texts = [_said(block) for block in _inside(element, reader, deep + 1)]
    properties = next(_children(element, "tcPr"), None)
    span, above = 1, False
    if properties is not None:
        for each in properties:
            if _name(each) == "gridSpan":
                span = max(1, min(int(_value(each) or 1), MOST_COLUMNS))
            elif _name(each) == "vMerge":
                above = _value(each) != "restart"
    counted = any(_name(each) == "numPr" for each in element.iter())
    text = "".join(part.strip() for part in texts)
    return _Cell(Square(text, Place(first, 0, len(text)), counted=counted), span, above)


def _said(block: Block) -> str:
    if isinstance(block, Passage):
        return block.text
    return " ".join(square.text for row in block.rows for square in row)


def _value(element: Element) -> str:
    return element.get(f"{_W}val") or element.get(f"{_STRICT}val") or ""


def _is_deleted(row: Element) -> bool:
    properties = next(_children(row, "trPr"), None)
    return properties is not None and any(_name(each) == "del" for each in properties)


def _text(element: Element) -> str:
    """The words of a paragraph; a line break is a line feed, a tab a tab."""
    parts: list[str] = []
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            continue
        name = _name(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "tab":
            parts.append("\t")
        elif name in ("br", "cr"):
            parts.append("\n")
        elif name == "noBreakHyphen":
            parts.append("-")
        elif name not in _UNSEEN and name != "pPr":
            stack.append(iter(child))
    return "".join(parts)


def _text_boxes(element: Element) -> Iterator[Element]:
    """The contents of frames that float beside a paragraph, the copy for old programs left out."""
    seen: set[str] = set()
    for box in element.iter():
        if _name(box) == "txbxContent":
            text = "".join(box.itertext())
            if text not in seen:
                seen.add(text)
                yield box
