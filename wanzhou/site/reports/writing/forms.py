"""The forms that a document takes, and the file of each."""

from __future__ import annotations

from collections.abc import Callable

from wanzhou.kernel.pages.pages import File
from wanzhou.kernel.terms import Term

from .documents import Document


class Form(Term):
    """What a document is written as; a member is the ending of its file."""

    DOCX = "docx", "Word 文档"
    XLSX = "xlsx", "Excel 表格"
    HTML = "html", "网页"
    TXT = "txt", "纯文字"

    @property
    def media(self) -> str:
        """The media type that it is served as."""
        return _MEDIA[self]


_OFFICE = "application/vnd.openxmlformats-officedocument."
_MEDIA = {
    Form.DOCX: f"{_OFFICE}wordprocessingml.document",
    Form.XLSX: f"{_OFFICE}spreadsheetml.sheet",
    Form.HTML: "text/html; charset=utf-8",
    Form.TXT: "text/plain; charset=utf-8",
}


def written(document: Document, form: Form) -> bytes:
    """The document in this form; the same document is the same bytes."""
    return _writer(form)(document)


def file_of(document: Document, form: Form, name: str) -> File:
    """The document as a file to save."""
    return File(written(document, form), form.media, f"{name}.{form}")


def _writer(form: Form) -> Callable[[Document], bytes]:
    """Each brings its own library, which is loaded when it is used."""
    match form:
        case Form.DOCX:
            from .word.writing import word_file

            return word_file
        case Form.XLSX:
            from .workbook import workbook_file

            return workbook_file
        case Form.HTML:
            from .web import web_file

            return web_file
        case Form.TXT:
            from .plain import plain_text

            return plain_text
