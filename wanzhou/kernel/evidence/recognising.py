"""What a file is, told by its content and never by its name; pure.

Nothing is unpacked but the short table of contents of an Office file, so that no packed file can swell in here.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import Final

from . import compound
from .kinds import Kind

MOST_MEMBERS: Final = 5_000
MOST_UNPACKED: Final = 400 * 1024 * 1024
MOST_SWELLING: Final = 200  # times; documents of mere repetition reach a hundred
_WORTH_WEIGHING = 50 * 1024 * 1024
_CONTENTS = "[Content_Types].xml"
_MOST_CONTENTS = 1024 * 1024

MAIN_PARTS: Final = {
    "wordprocessingml.document.main+xml": Kind.DOCX,
    "spreadsheetml.sheet.main+xml": Kind.XLSX,
    "presentationml.presentation.main+xml": Kind.PPTX,
}
OLD_PARTS: Final = {
    "WordDocument": Kind.DOC,
    "Workbook": Kind.XLS,
    "Book": Kind.XLS,
    "PowerPoint Document": Kind.PPT,
}
MACROS: Final = {"Macros", "_VBA_PROJECT_CUR", "VBA", "_VBA_PROJECT"}
# What people send instead, and what to do about it.
STRANGERS: Final = (
    (b"MZ", "Windows 程序"),
    (b"\x7fELF", "程序"),
    (b"Rar!", "RAR 压缩包，请解压后逐个上传"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包，请解压后逐个上传"),
    (b"\x1f\x8b", "gzip 压缩包，请解压后逐个上传"),
    (b"GIF8", "GIF 图片，请存为 PNG 或 JPEG"),
    (b"BM", "BMP 图片，请存为 PNG 或 JPEG"),
    (b"II*\x00", "TIFF 图片，请存为 PDF 或 JPEG"),
    (b"MM\x00*", "TIFF 图片，请存为 PDF 或 JPEG"),
    (b"{\\rtf", "RTF 文档，请另存为 docx 或 PDF"),
    (b"#!", "脚本"),
)
_PDF_LOCK = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
_PDF_ACTS = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile)\b")
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|script|svg|\?xml)", re.IGNORECASE)


class Unfit(Exception):
    """The file is not accepted; the message says in Chinese what it was found to be."""


def recognise(content: bytes) -> Kind:
    """The kind of a file. Raises Unfit for everything that is not accepted, locked, or able to act by itself."""
    if not content:
        raise Unfit("空文件，没有内容")
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    if content.startswith(compound.SIGNATURE):
        return _old_office(content)
    picture = _picture(content)
    if picture is not None:
        return picture
    raise Unfit(_stranger(content))


def _pdf(content: bytes) -> Kind:
    if b"%%EOF" not in content[-2048:]:
        raise Unfit("不完整的 PDF（可能没有传完）")
    if _PDF_LOCK.search(content):
        raise Unfit("加密的 PDF，请去掉密码和权限限制后再传")
    if _PDF_ACTS.search(content):
        raise Unfit("带脚本、外部程序或内嵌附件的 PDF，请用“打印为 PDF”另存一份")
    return Kind.PDF


def _picture(content: bytes) -> Kind | None:
    if content.startswith(b"\xff\xd8\xff"):
        return _whole(Kind.JPEG, b"\xff\xd9" in content)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _whole(Kind.PNG, content[12:16] == b"IHDR" and b"IEND\xaeB`\x82" in content[-64:])
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return _whole(Kind.WEBP, struct.unpack_from("<I", content, 4)[0] + 8 <= len(content))
    return None


def _whole(kind: Kind, is_whole: bool) -> Kind:
    if not is_whole:
        raise Unfit(f"不完整的 {kind.label}（可能没有传完）")
    return kind


def _stranger(content: bytes) -> str:
    """What a file that is not accepted seems to be."""
    for signature, says in STRANGERS:
        if content.startswith(signature):
            return says
    if content[4:8] == b"ftyp":
        heic = content[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"hevc")
        return "HEIC 图片，请在手机相机设置里选“兼容性最佳”，或存为 JPEG" if heic else "视频"
    if _MARKUP.search(content[:1024]):
        return "网页或 XML 文件"
    return "纯文本文件，请存为 PDF 或 docx" if _is_text(content[:4096]) else "不认识的格式"


def _is_text(beginning: bytes) -> bool:
    return b"\x00" not in beginning and sum(sign < 32 and sign not in b"\t\r\n" for sign in beginning) == 0


# --- Office since 2007: packed ------------------------------------------------------------------------------
def _packed(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as pack:
            members = pack.infolist()
            _refuse_swelling(members, len(content))
            if any(member.flag_bits & 1 for member in members):
                raise Unfit("加密的压缩文件，请去掉密码")
            names = {member.filename for member in members}
            if "OFD.xml" in names:
                raise Unfit("OFD 版式文件，请另存为 PDF")
            if _CONTENTS not in names:
                raise Unfit("ZIP 压缩包，请解压后逐个上传")
            with pack.open(_CONTENTS) as contents:
                table = contents.read(_MOST_CONTENTS + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise Unfit("损坏或不完整的压缩文件（可能没有传完）") from error
    return _new_office(table, names)


def _refuse_swelling(members: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(member.file_size for member in members)
    swells = unpacked > _WORTH_WEIGHING and unpacked > MOST_SWELLING * size
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or swells:
        raise Unfit(f"解开后过大的压缩文件（{len(members)} 个部分，共 {unpacked // 1024 // 1024} MB）")


def _new_office(table: bytes, names: set[str]) -> Kind:
    if len(table) > _MOST_CONTENTS:
        raise Unfit("目录过大的压缩文件")
    said = table.decode(
        "utf-16" if table.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", errors="replace"
    )
    folded = {name.lower() for name in names}
    if "macroenabled" in said.lower() or any(
        name.endswith("vbaproject.bin") or "/activex/" in name for name in folded
    ):
        raise Unfit("带宏的 Office 文件，请另存为不带宏的 docx、xlsx 或 pptx")
    kinds = [kind for part, kind in MAIN_PARTS.items() if part in said]
    if len(kinds) != 1:
        raise Unfit("ZIP 压缩包或不认识的 Office 文件，请另存为 docx、xlsx、pptx 或 PDF")
    return kinds[0]


# --- Office before 2007 --------------------------------------------------------------------------------------
def _old_office(content: bytes) -> Kind:
    try:
        pack = compound.Compound.read(content)
        if pack.names & {"EncryptedPackage", "EncryptionInfo"}:
            raise Unfit("加密的 Office 文件，请去掉打开密码")
        if pack.names & MACROS:
            raise Unfit("带宏的 Office 文件，请另存为不带宏的文件")
        kinds = {kind for part, kind in OLD_PARTS.items() if part in pack.names}
        if len(kinds) != 1:
            raise Unfit("不认识的 Office 或 WPS 文件，请另存为 docx、xlsx、pptx 或 PDF")
        kind = kinds.pop()
        if _is_locked(pack, kind):
            raise Unfit("加密的 Office 文件，请去掉打开密码")
    except compound.Broken as error:
        raise Unfit("损坏或不完整的 Office 文件（可能没有传完）") from error
    return kind


def _is_locked(pack: compound.Compound, kind: Kind) -> bool:
    """Whether the content asks for a password, as each format says it."""
    if kind is Kind.PPT:
        return "EncryptedSummary" in pack.names
    if kind is Kind.DOC:
        head = pack.beginning("WordDocument")
        return len(head) > 11 and bool(struct.unpack_from("<H", head, 10)[0] & 0x0100)
    return _sheet_is_locked(pack.beginning("Workbook") or pack.beginning("Book"))


def _sheet_is_locked(book: bytes) -> bool:
    """A FILEPASS record stands before the sheets; records are a code, a length and as many bytes."""
    place = 0
    for _ in range(200):
        if place + 4 > len(book):
            return False
        code, length = struct.unpack_from("<HH", book, place)
        if code == 0x002F:
            return True
        place += 4 + length
    return False
