"""Pictures as telephones, cameras and scanners make them, with what they carry unseen."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any, Final

from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

# Each of these must be gone: none of them occurs by chance in so small a picture.
SECRETS: Final = ("PLACE-108.40E-30.80N", "WANG-PHONE-17", "2022:07:16 08:00:00", "IPTC-CITY", "XMP-CREATOR")
CAMERA, ORIENTATION, TAKEN, PLACE = 0x0110, 0x0112, 0x0132, 0x8825
RED, BLUE = (250, 10, 10), (10, 10, 250)


def notes(orientation: int = 1) -> Image.Exif:
    """EXIF with a camera, a time, a place and a description."""
    exif = Image.Exif()
    exif[CAMERA], exif[TAKEN], exif[0x010E] = SECRETS[1], SECRETS[2], SECRETS[0]
    exif[ORIENTATION] = orientation
    exif.get_ifd(PLACE).update({1: "N", 2: (30.0, 48.0, 0.0), 3: "E", 4: (108.0, 24.0, 0.0)})
    return exif


def scene(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """Red, with a blue upper left quarter, so that one sees how it is turned."""
    picture = Image.new("RGB", (width, height), RED)
    ImageDraw.Draw(picture).rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill=BLUE)
    return picture.convert(mode)


def saved(picture: Image.Image, ending: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, {"jpg": "JPEG"}.get(ending, ending), **options)
    return out.getvalue()


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def telling(ending: str, *, orientation: int = 1, size: tuple[int, int] = (60, 40)) -> bytes:
    """A picture of the kind with every secret that the kind can carry."""
    xmp = f"<x:xmpmeta><dc:creator>{SECRETS[4]}</dc:creator></x:xmpmeta>".encode()
    options: dict[str, Any] = {"exif": notes(orientation).tobytes(), "icc_profile": profile()}
    if ending == "png":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Comment", SECRETS[0])
        texts.add_text("Author", SECRETS[1], zip=True)
        texts.add_itxt("XML:com.adobe.xmp", xmp.decode())
        return saved(scene(*size), "png", pnginfo=texts, **options)
    if ending == "webp":
        return saved(scene(*size), "webp", xmp=xmp, quality=95, **options)
    content = saved(scene(*size), "jpg", comment=SECRETS[0], xmp=xmp, quality=95, **options)
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x0e\x1c\x02\x5a\x00\x09" + SECRETS[3].encode()
    segment = b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc
    return content[:2] + segment + content[2:] + SECRETS[1].encode()


def moving(ending: str) -> bytes:
    return saved(scene(), ending, save_all=True, append_images=[scene().rotate(180)], duration=100)


def of_many_pictures() -> bytes:
    """A JPEG with a second picture behind the first, as telephones make it for depth or light."""
    return saved(scene(), "mpo", save_all=True, append_images=[scene().rotate(180)])


def png_of(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG that says it is that large, with the given chunks in it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = [(b"IHDR", head), *chunks, (b"IEND", b"")]
    packed = (
        struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part))
        for name, part in body
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def swelling_png(side: int) -> bytes:
    """Some kilobytes that would be drawn as side × side pixels."""
    squeezing = zlib.compressobj(9)
    line = b"\x00" * (side * 3 + 1)
    body = b"".join(squeezing.compress(line) for _ in range(side)) + squeezing.flush()
    return png_of(side, side, (b"IDAT", body))


def swelling_webp(side: int) -> bytes:
    """A WebP whose header promises side × side pixels."""
    head = b"VP8X" + struct.pack("<I", 10) + b"\x00" * 4 + (side - 1).to_bytes(3, "little") * 2
    body = b"WEBP" + head + saved(scene(), "webp")[12:]
    return b"RIFF" + struct.pack("<I", len(body)) + body


def larger_than_said(content: bytes, side: int) -> bytes:
    """A JPEG whose frame header says another size than its picture has."""
    place = next(content.index(mark) for mark in (b"\xff\xc0", b"\xff\xc2") if mark in content)
    return content[: place + 5] + struct.pack(">HH", side, side) + content[place + 9 :]
