"""Small files of every kind, made as their formats say, and files that are something else."""

from __future__ import annotations

import io
import struct
import zipfile

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.evidence import pictures

FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
MAIN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    "docm": "application/vnd.ms-word.document.macroEnabled.main+xml",
}


def pdf(inside: bytes = b"") -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + inside + b">>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
    )


def png() -> bytes:
    return pictures.saved(pictures.scene(), "png")


def jpeg() -> bytes:
    return pictures.saved(pictures.scene(), "jpg")


def webp() -> bytes:
    return pictures.saved(pictures.scene(), "webp")


def packed(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, body in members.items():
            pack.writestr(name.replace("__", "/").replace("_dot_", "."), body)
    return out.getvalue()


def office(kind: str, **more: bytes) -> bytes:
    table = f'<Types><Override PartName="/main.xml" ContentType="{MAIN[kind]}"/></Types>'.encode()
    out = io.BytesIO(packed(**more))
    with zipfile.ZipFile(out, "a") as pack:
        pack.writestr("[Content_Types].xml", table)
    return out.getvalue()


def xlsx() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def old(*names: str, body: bytes = b"\x00" * 4096) -> bytes:
    """A compound file whose first stream has the body, the others none: header, table, directory, body."""
    length = -(-len(body) // 512)
    chain = [TABLE, END, *range(3, 2 + length), END]
    table = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    entries = [_entry("Root Entry", 5, END, 0)]
    entries += [
        _entry(name, 2, 2 if n == 0 else END, len(body) if n == 0 else 0) for n, name in enumerate(names)
    ]
    directory = b"".join(entries).ljust(512, b"\x00")
    assert len(directory) == 512
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\x00" * 6
    head += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0, 0)[:36]
    head = head[:76] + struct.pack("<109I", 0, *[FREE] * 108)
    return head + table + directory + body.ljust(length * 512, b"\x00")


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    coded = name.encode("utf-16-le") + b"\x00\x00"
    head = coded.ljust(64, b"\x00") + struct.pack("<HB", len(coded), kind)
    return head.ljust(116, b"\x00") + struct.pack("<III", start, size, 0)


def doc(*more: str, flags: int = 0) -> bytes:
    return old("WordDocument", *more, body=struct.pack("<HHHHHH", 0xA5EC, 0, 0, 0, 0, flags) + b"\x00" * 4096)


def xls(*, locked: bool = False) -> bytes:
    records = struct.pack("<HH4s", 0x0809, 4, b"\x00\x06\x05\x00")
    records += struct.pack("<HH2s", 0x002F, 2, b"\x00\x00") if locked else b""
    return old("Workbook", body=records.ljust(4096, b"\x00"))


GOOD = {
    "pdf": pdf(), "png": png(), "jpg": jpeg(), "webp": webp(), "docx": office("docx"), "pptx": office("pptx"),
    "xlsx": xlsx(), "doc": doc(), "xls": xls(), "ppt": old("PowerPoint Document"),
}  # fmt: skip


def bomb() -> bytes:
    return packed(**{f"part{n}": b"\x00" * 30_000_000 for n in range(2)})


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
