"""Opening what somebody hands in as a report: its passages, or one plain sentence why it is not read.

Size, unpacked size and number of passages are bounded before or while reading, so that no file hangs the site.
"""

from __future__ import annotations

import codecs
from typing import Final

from .passages import Manuscript, Passage, passages_of, unwrapped
from .sheets import SheetError, read_sheets
from .stacks import with_grids
from .word import WordFileError, is_workbook, read_word

MEGABYTE: Final = 1024 * 1024
MOST_BYTES: Final = 20 * MEGABYTE
MOST_SIGNS: Final = 3_000_000  # about twenty times the longest report seen, and a 300-page one ten times over
MOST_PASSAGES: Final = 60_000
ACCEPTED: Final = "请上传 .docx、.txt 或 .xlsx 文件，或者把文字粘贴进来。"
AGAIN: Final = "请在 WPS 或 Word 里打开，另存为 .docx 后再上传。"
_BEGINNINGS: Final = (
    (b"%PDF", "是 PDF 文件"),
    (b"\xd0\xcf\x11\xe0", "是旧的 .doc 或 .wps 格式，或加了密码"),
    (b"{\\rtf", "是 RTF 文件"),
)
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class NotReadError(ValueError):
    """The file is not read; the message is Chinese, names the file and says what would be accepted."""


def open_report(name: str, content: bytes) -> Manuscript:
    """The passages of a .docx, .txt or .xlsx file. Raises `NotReadError`."""
    if len(content) > MOST_BYTES:
        raise NotReadError(f"《{name}》超过 {MOST_BYTES // MEGABYTE} MB，没有读取。请去掉图片后再上传。")
    if not content.strip():
        raise NotReadError(f"《{name}》是空文件，里面没有文字。")
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            raise NotReadError(f"《{name}》其实{kind}，没有读取。{AGAIN}")
    if content.startswith(b"PK") and is_workbook(content):
        return _bounded(name, _from_sheets(name, content))
    if content.startswith(b"PK"):
        return _bounded(name, _from_word(name, content))
    if name.lower().endswith(".docx"):
        raise NotReadError(f"《{name}》不是真正的 .docx 文件，或已损坏。{AGAIN}")
    return _bounded(name, _from_text(_decoded(name, content)))


def pasted(text: str) -> Manuscript:
    """The passages of a text that was pasted. Raises `NotReadError`."""
    if not text.strip():
        raise NotReadError("没有粘贴任何文字。")
    return _bounded("粘贴的文字", _from_text(text))


def _from_word(name: str, content: bytes) -> Manuscript:
    try:
        blocks, passages, remarks = read_word(content)
    except WordFileError as fault:
        raise NotReadError(f"《{name}》{fault}") from fault
    return Manuscript(passages, with_grids(blocks), "段", remarks)


def _from_sheets(name: str, content: bytes) -> Manuscript:
    try:
        blocks, passages = read_sheets(name, content)
    except SheetError as fault:
        raise NotReadError(str(fault)) from fault
    return Manuscript(passages, blocks, "行")


def _from_text(text: str) -> Manuscript:
    if len(text) > MOST_SIGNS:
        raise NotReadError(f"文字超过 {MOST_SIGNS // 10_000} 万字，没有读取。请只保留计划报告本身。")
    passages = passages_of(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return Manuscript(passages, with_grids(tuple(unwrapped(passages))), "行")


def _decoded(name: str, content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _with(name, content, encoding)
    if b"\0" not in content:
        for encoding in ("utf-8", "gb18030"):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise NotReadError(f"《{name}》的文字编码认不出来，或者不是文字文件。{ACCEPTED}")


def _with(name: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as fault:
        raise NotReadError(f"《{name}》的文字编码认不出来，或已损坏。{ACCEPTED}") from fault


def _bounded(name: str, manuscript: Manuscript) -> Manuscript:
    if sum(len(passage.text) for passage in manuscript.passages) > MOST_SIGNS:
        raise NotReadError(f"《{name}》超过 {MOST_SIGNS // 10_000} 万字，没有读取。请只保留计划报告本身。")
    if len(manuscript.passages) > MOST_PASSAGES:
        raise NotReadError(f"《{name}》超过 {MOST_PASSAGES} 行，没有读取。请只保留计划报告本身。")
    if not any(_says_something(passage) for passage in manuscript.passages):
        raise NotReadError(f"《{name}》里没有文字。如果是扫描件，请先识别成文字。")
    return manuscript


def _says_something(passage: Passage) -> bool:
    return any(sign.isalnum() for sign in passage.text)
