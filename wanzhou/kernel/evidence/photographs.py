"""Photographs rid of everything but what is seen on them: no place, no time, no telephone, no owner; pure.

    photograph = cleaned(content)             # at most 1600 px on the long side, upright, nothing hidden in it
    small = smaller(photograph)               # the same at most 480 px, for lists
    scan = cleaned(content, longest=None)     # as large as it came, where small print has to stay legible

The picture is drawn anew, so that whatever hung on the old file (EXIF, XMP, IPTC, comments, text chunks, colour
profiles, what stands after its end, a film behind a still) has no way into the new one. The same content always
gives the same result.
"""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageCms

from .kinds import MOST_BYTES, Kind, in_words
from .recognising import Unfit, recognise

LONGEST: Final = 1600  # px of the long side
PREVIEW: Final = 480
MOST_PIXELS: Final = {Kind.JPEG: 64_000_000, Kind.PNG: 32_000_000, Kind.WEBP: 32_000_000}
"""Telephones make JPEGs of 50 million. Four bytes each are held while a picture is drawn, twice where it is clear."""
PICTURES: Final = tuple(MOST_PIXELS)

_QUALITY = 85
_WORTH_PACKING = 4_000_000  # pixels; packing a larger JPEG tighter would hold all of it once more
_ORIENTATION = 0x0112  # of EXIF: how the camera was held
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# A JPEG of several pictures is another format to the library; its first picture is the one that is seen.
_FORMATS: Final = {Kind.JPEG: ("JPEG", "MPO"), Kind.PNG: ("PNG",), Kind.WEBP: ("WEBP",)}
_BROKEN = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError, OverflowError,
    MemoryError, RuntimeError, struct.error, zlib.error,
)  # fmt: skip
_TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class Photograph:
    """A clean picture: its kind, the bytes of its file, and its size in pixels as it is seen."""

    kind: Kind
    content: bytes
    width: int
    height: int


def cleaned(content: bytes, *, longest: int | None = LONGEST) -> Photograph:
    """The photograph of a JPEG, PNG or WebP file: upright, of the same kind, its long side within `longest` px.

    Raises Unfit, whose message says in Chinese what the file was found to be: not a picture, broken, moving,
    or too large.
    """
    kind = _picture_kind(content)
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS[kind]) as opened:
            _refuse_large_or_moving(opened, kind)
            return _drawn(_upright(opened, longest), kind)
    except _TOO_LARGE as error:
        raise Unfit(f"过大的 {kind.label}，{_within(kind)}") from error
    except _BROKEN as error:
        raise Unfit(f"损坏或不完整的 {kind.label}（可能没有传完）") from error


def smaller(photograph: Photograph, *, longest: int = PREVIEW) -> Photograph:
    """A clean photograph once more, its long side within `longest` px; never larger than it is."""
    with Image.open(io.BytesIO(photograph.content), formats=_FORMATS[photograph.kind]) as opened:
        return _drawn(_upright(opened, longest), photograph.kind)


def _picture_kind(content: bytes) -> Kind:
    if len(content) > MOST_BYTES:
        raise Unfit(f"文件太大（{in_words(len(content))}）")
    kind = recognise(content)
    if kind not in PICTURES:
        raise Unfit(f"是 {kind.label}，不是照片")
    return kind


def _refuse_large_or_moving(opened: Image.Image, kind: Kind) -> None:
    """By what the file says of itself; nothing is unpacked yet."""
    if opened.width * opened.height > MOST_PIXELS[kind]:
        raise Unfit(f"过大的 {kind.label}（{opened.width}×{opened.height} 像素），{_within(kind)}")
    if kind is not Kind.JPEG and getattr(opened, "is_animated", False):
        raise Unfit(f"会动的 {kind.label}，请存为不会动的图片再传")


def _within(kind: Kind) -> str:
    return f"请缩小到 {MOST_PIXELS[kind] // 10_000} 万像素以内再传"


def _upright(opened: Image.Image, longest: int | None) -> Image.Image:
    if longest is not None:
        opened.draft(None, (longest, longest))  # a JPEG is unpacked no larger than it is needed
    opened.load()
    turn = _TURNS.get(_orientation(opened))
    picture = _in_plain_colours(opened)
    if longest is not None:
        picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return picture if turn is None else picture.transpose(turn)


def _orientation(opened: Image.Image) -> int:
    """How the camera was held; a picture whose notes are broken is taken as it lies."""
    try:
        return int(opened.getexif().get(_ORIENTATION, 1))
    except _BROKEN:
        return 1


def _in_plain_colours(opened: Image.Image) -> Image.Image:
    """In the colours of the web: grey, RGB or RGBA, whatever depth, palette or profile it came with."""
    profile, clear = opened.info.get("icc_profile"), opened.has_transparency_data
    if opened.mode.startswith("I"):  # sixteen bits of grey
        return opened.point(lambda value: value / 256).convert("L")
    if opened.mode == "P":
        opened = opened.convert("RGBA" if clear else "RGB")
    opened = _without_profile(opened, profile)
    plain = "RGBA" if clear else "L" if opened.mode in ("1", "L") else "RGB"
    return opened if opened.mode == plain else opened.convert(plain)


def _without_profile(opened: Image.Image, profile: object) -> Image.Image:
    """The colours as the profile means them; a profile that is broken or of another kind is left aside."""
    if not isinstance(profile, bytes) or opened.mode not in ("RGB", "RGBA", "CMYK"):
        return opened
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if opened.mode == "RGBA" else "RGB"
        seen = ImageCms.profileToProfile(opened, meant, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, *_BROKEN):
        return opened
    return opened if seen is None else seen


def _drawn(picture: Image.Image, kind: Kind) -> Photograph:
    """The file of a picture; only its pixels go in."""
    picture.info.clear()
    out = io.BytesIO()
    if kind is Kind.JPEG:
        tight = picture.width * picture.height <= _WORTH_PACKING
        picture.save(out, "JPEG", quality=_QUALITY, optimize=tight, progressive=tight)
    else:
        picture.save(out, kind.name, quality=_QUALITY)
    content = out.getvalue()
    if len(content) > MOST_BYTES:
        raise Unfit(f"过大的 {kind.label}（去掉拍摄信息以后还有 {in_words(len(content))}），请缩小再传")
    return Photograph(kind, content, picture.width, picture.height)
