"""What a file is, whatever it is called; what is locked, acts, swells or is broken is refused in plain words."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest

from tests.evidence import files
from wanzhou.kernel.evidence.kinds import Kind
from wanzhou.kernel.evidence.recognising import MOST_MEMBERS, Unfit, recognise


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_known_by_its_content(kind: Kind) -> None:
    assert recognise(files.GOOD[kind.value]) is kind


REFUSED = {
    "empty": (b"", "空文件"),
    "locked pdf": (files.pdf(b"/Encrypt 5 0 R "), "加密的 PDF"),
    "locked pdf, inline": (files.pdf(b"/Encrypt << /V 4 >> "), "加密的 PDF"),
    "acting pdf": (files.pdf(b"/OpenAction << /S /JavaScript /JS (x) >> "), "带脚本"),
    "launching pdf": (files.pdf(b"/AA << /S /Launch >> "), "带脚本"),
    "half a pdf": (files.pdf()[:40], "不完整的 PDF"),
    "half a png": (files.png()[:30], "不完整的 PNG"),
    "half a jpeg": (files.jpeg()[:10], "不完整的 JPEG"),
    "half a webp": (files.webp()[:16], "不完整的 WebP"),
    "macros by type": (files.office("docm"), "带宏的 Office"),
    "macros inside": (files.office("docx", word__vbaProject_dot_bin=b"x"), "带宏的 Office"),
    "controls inside": (files.office("docx", word__activeX__a_dot_xml=b"x"), "带宏的 Office"),
    "old macros": (files.doc("Macros"), "带宏的 Office"),
    "locked new office": (files.old("EncryptedPackage", "EncryptionInfo"), "加密的 Office"),
    "locked doc": (files.doc(flags=0x0100), "加密的 Office"),
    "locked xls": (files.xls(locked=True), "加密的 Office"),
    "locked ppt": (files.old("PowerPoint Document", "EncryptedSummary"), "加密的 Office"),
    "unknown old office": (files.old("Something"), "不认识的 Office 或 WPS"),
    "half an old office": (files.doc()[:600], "损坏或不完整的 Office"),
    "zip": (files.packed(a=b"x"), "ZIP 压缩包"),
    "ofd": (files.packed(OFD_dot_xml=b"x"), "OFD"),
    "half a zip": (files.office("docx")[:60], "损坏或不完整"),
    "bomb": (files.bomb(), "解开后过大"),
    "many members": (files.packed(**{f"n{n}": b"" for n in range(MOST_MEMBERS + 1)}), "解开后过大"),
    "page": (b"<!DOCTYPE html><script>alert(1)</script>", "网页"),
    "svg": (b"<?xml version='1.0'?><svg/>", "网页或 XML"),
    "program": (b"MZ\x90\x00", "Windows 程序"),
    "elf": (b"\x7fELF\x02", "程序"),
    "rar": (b"Rar!\x1a\x07", "RAR"),
    "gif": (b"GIF89a", "GIF"),
    "heic": (b"\x00\x00\x00\x18ftypheic", "HEIC"),
    "film": (b"\x00\x00\x00\x18ftypmp42", "视频"),
    "text": ("说明".encode(), "纯文本"),
    "noise": (b"\x01\x02\x00\x03", "不认识"),
}


@pytest.mark.parametrize("what", list(REFUSED))
def test_what_is_refused_is_called_by_its_name(what: str) -> None:
    content, says = REFUSED[what]
    with pytest.raises(Unfit, match=says):
        recognise(content)


def test_a_locked_member_is_refused() -> None:
    content = bytearray(files.office("docx"))
    place = content.rindex(b"PK\x01\x02")
    content[place + 8] |= 1
    with pytest.raises(Unfit, match="加密"):
        recognise(bytes(content))


@pytest.mark.parametrize("kind", list(Kind))
def test_damage_never_stumbles(kind: Kind) -> None:
    """Cut and scratched anywhere, a file is known or refused; nothing else is raised, nothing hangs."""
    chance = random.Random(kind.value)
    whole = files.GOOD[kind.value]
    for _ in range(200):
        damaged = bytearray(whole[: chance.randrange(1, len(whole) + 1)])
        for _ in range(chance.randrange(8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        with suppress(Unfit):
            assert recognise(bytes(damaged)) in Kind
