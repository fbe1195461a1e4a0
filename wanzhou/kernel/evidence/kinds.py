"""The kinds of files that are accepted as evidence; pure."""

from __future__ import annotations

from typing import Final

from wanzhou.kernel.terms import Term

MOST_BYTES: Final = 20 * 1024 * 1024
ACCEPTED: Final = (
    "PDF，Word、Excel、PowerPoint（docx、xlsx、pptx、doc、xls、ppt），"
    "图片（JPEG、PNG、WebP），每个不超过 20 MB"
)
_OFFICE = "application/vnd.openxmlformats-officedocument."


class Kind(Term):
    """What a file was found to be; a member is its ending."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word 文档"
    XLSX = "xlsx", "Excel 表格"
    PPTX = "pptx", "PowerPoint 演示文稿"
    DOC = "doc", "Word 文档（旧格式）"
    XLS = "xls", "Excel 表格（旧格式）"
    PPT = "ppt", "PowerPoint 演示文稿（旧格式）"
    JPEG = "jpg", "JPEG 图片"
    PNG = "png", "PNG 图片"
    WEBP = "webp", "WebP 图片"

    @property
    def media(self) -> str:
        """The media type that it is served as."""
        return _MEDIA[self]

    @property
    def is_picture(self) -> bool:
        """Whether a browser may show it in its place: nothing in a picture can act."""
        return self.media.startswith("image/")

    @property
    def endings(self) -> tuple[str, ...]:
        """How names of such files end."""
        return (f".{self.value}", ".jpeg") if self is Kind.JPEG else (f".{self.value}",)


_MEDIA: Final = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: f"{_OFFICE}wordprocessingml.document",
    Kind.XLSX: f"{_OFFICE}spreadsheetml.sheet",
    Kind.PPTX: f"{_OFFICE}presentationml.presentation",
    Kind.DOC: "application/msword",
    Kind.XLS: "application/vnd.ms-excel",
    Kind.PPT: "application/vnd.ms-powerpoint",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.WEBP: "image/webp",
}
SCANS: Final = (Kind.PDF, Kind.JPEG, Kind.PNG, Kind.WEBP)
ENDINGS: Final = ",".join(ending for kind in Kind for ending in kind.endings)
"""For the `accept` of a file field; it only helps people choose, and is never relied on."""


def in_words(size: int) -> str:
    """A size as people read it: 850 B, 12.3 KB, 4.0 MB."""
    if size < 1024:
        return f"{size} B"
    return f"{size / 1024:.1f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"
