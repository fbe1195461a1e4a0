"""A photograph keeps what is seen on it and nothing else; whatever is not one is refused in plain words."""

from __future__ import annotations

import io
import random
import struct
import zlib
from contextlib import suppress

import pytest
from PIL import Image

from tests.evidence import files, pictures
from wanzhou.kernel.evidence.kinds import MOST_BYTES, Kind
from wanzhou.kernel.evidence.photographs import LONGEST, PICTURES, PREVIEW, Photograph, cleaned, smaller
from wanzhou.kernel.evidence.recognising import Unfit, recognise

ENDINGS = [kind.value for kind in PICTURES]


def seen(photograph: Photograph) -> Image.Image:
    picture = Image.open(io.BytesIO(photograph.content))
    picture.load()
    assert picture.size == (photograph.width, photograph.height)
    return picture


def is_near(colour: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(one - other) < 40 for one, other in zip(colour[:3], wanted, strict=True))


def jpeg_marks(content: bytes) -> set[int]:
    """The marks of all segments before the picture itself."""
    place, found = 2, set[int]()
    while content[place + 1] != 0xDA:
        found.add(content[place + 1])
        place += 2 + struct.unpack_from(">H", content, place + 2)[0]
    return found


def chunks_of(content: bytes, *, order: str, start: int, padded: bool) -> set[bytes]:
    found, place = set[bytes](), start
    while place + 8 <= len(content):
        name, length = content[place : place + 4], content[place + 4 : place + 8]
        if order == ">":
            name, length = length, name
        size = struct.unpack(f"{order}I", length)[0]
        found.add(name)
        place += 8 + size + (size % 2 if padded else 4)
    return found


# --- nothing hidden comes along ------------------------------------------------------------------------------
@pytest.mark.parametrize("ending", ENDINGS)
def test_every_secret_is_gone(ending: str) -> None:
    told = pictures.telling(ending)
    hidden = [secret for secret in pictures.SECRETS if secret.encode() in told]
    assert len(hidden) >= 3, "the picture tells nothing that could be lost"
    for clean in (cleaned(told), smaller(cleaned(told)), cleaned(told, longest=None)):
        assert not [secret for secret in pictures.SECRETS if secret.encode() in clean.content]
        left = seen(clean)
        assert (dict(left.getexif()), left.info.get("icc_profile"), left.info.get("xmp")) == ({}, None, None)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_clean_file_has_only_the_parts_that_draw_it(ending: str) -> None:
    content = cleaned(pictures.telling(ending)).content
    if ending == "jpg":
        # JFIF's own mark, tables, the frame: no other application data, no comment, nothing after the end.
        assert jpeg_marks(content) <= {0xE0, 0xDB, 0xC2, 0xC4}
        assert content.endswith(b"\xff\xd9")
    elif ending == "png":
        assert chunks_of(content, order=">", start=8, padded=False) == {b"IHDR", b"IDAT", b"IEND"}
    else:
        assert chunks_of(content, order="<", start=12, padded=True) <= {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_content_gives_the_same_file(ending: str) -> None:
    told = pictures.telling(ending)
    assert cleaned(told) == cleaned(told)
    assert recognise(cleaned(told).content) is Kind(ending)


def test_the_second_picture_of_a_telephone_is_left_out() -> None:
    told = pictures.of_many_pictures()
    clean = cleaned(told)
    assert clean.kind is Kind.JPEG
    assert clean.content.count(b"\xff\xd8\xff") == 1
    assert is_near(seen(clean).getpixel((2, 2)), pictures.BLUE)


# --- what is seen stays --------------------------------------------------------------------------------------
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    ("orientation", "blue"),
    [(1, "left top"), (2, "right top"), (3, "right bottom"), (4, "left bottom"),
     (5, "left top"), (6, "right top"), (7, "right bottom"), (8, "left bottom")],
)  # fmt: skip
def test_it_stands_upright(ending: str, orientation: int, blue: str) -> None:
    clean = cleaned(pictures.telling(ending, orientation=orientation))
    assert (clean.width, clean.height) == ((60, 40) if orientation < 5 else (40, 60))
    picture = seen(clean)
    for across, down in (("left", "top"), ("right", "top"), ("left", "bottom"), ("right", "bottom")):
        place = (3 if across == "left" else clean.width - 4, 3 if down == "top" else clean.height - 4)
        wanted = pictures.BLUE if f"{across} {down}" == blue else pictures.RED
        assert is_near(picture.getpixel(place), wanted), (across, down)


@pytest.mark.parametrize(
    ("size", "shown", "preview"),
    [
        ((4000, 3000), (1600, 1200), (480, 360)),
        ((3000, 4000), (1200, 1600), (360, 480)),
        ((1600, 900), (1600, 900), (480, 270)),
        ((300, 200), (300, 200), (300, 200)),
        ((5000, 2), (1600, 1), (480, 1)),
    ],
)
def test_it_is_no_larger_than_it_needs(
    size: tuple[int, int], shown: tuple[int, int], preview: tuple[int, int]
) -> None:
    clean = cleaned(pictures.telling("jpg", size=size))
    small = smaller(clean)
    assert (clean.width, clean.height) == shown
    assert max(shown) <= LONGEST
    assert (small.width, small.height) == preview
    assert max(preview) <= PREVIEW
    whole = cleaned(pictures.telling("jpg", size=size), longest=None)
    assert (whole.width, whole.height) == size


DEPTHS = {"jpg": "1 L RGB CMYK", "png": "1 L LA P RGB RGBA I;16", "webp": "RGB RGBA"}


@pytest.mark.parametrize(
    ("ending", "mode"), [(ending, mode) for ending, modes in DEPTHS.items() for mode in modes.split()]
)
def test_every_depth_of_colour_is_understood(ending: str, mode: str) -> None:
    told = pictures.saved(Image.new(mode, (30, 20)), ending)
    assert seen(cleaned(told)).mode in ("L", "RGB", "RGBA")


def test_sixteen_bits_of_grey_stay_grey() -> None:
    clean = cleaned(pictures.saved(Image.new("I;16", (8, 8), 0x8000), "png"))
    assert seen(clean).getpixel((0, 0)) == 0x80


def test_what_is_clear_stays_clear() -> None:
    clear = Image.new("RGBA", (8, 8), (10, 20, 30, 0))
    for ending in ("png", "webp"):
        assert seen(cleaned(pictures.saved(clear, ending))).getpixel((0, 0))[3] == 0  # type: ignore[index]
    palette = Image.new("P", (8, 8))
    told = pictures.saved(palette, "png", transparency=0)
    assert seen(cleaned(told)).mode == "RGBA"


@pytest.mark.filterwarnings("ignore:Corrupt EXIF:UserWarning")
def test_broken_notes_and_profiles_do_not_refuse_a_whole_picture() -> None:
    for options in ({"exif": b"Exif\x00\x00II*\x00\xff\xff\xff\xff"}, {"icc_profile": b"nonsense"}):
        told = pictures.saved(pictures.scene(), "jpg", quality=95, **options)
        assert is_near(seen(cleaned(told)).getpixel((2, 2)), pictures.BLUE)


# --- what is refused, and how it is called -------------------------------------------------------------------
REFUSED = {
    "nothing": (b"", "空文件"),
    "a document": (files.pdf(), "是 PDF，不是照片"),
    "a page called a photograph": (b"<html></html>", "网页"),
    "a telephone's own format": (b"\x00\x00\x00\x18ftypheic", "HEIC"),
    "too many bytes": (b"\xff\xd8\xff" + b"0" * MOST_BYTES, "文件太大"),
    "a head without a body, jpg": (b"\xff\xd8\xff\xe0\x00\x04ab\xff\xd9", "损坏或不完整的 JPEG"),
    "half a jpg": (
        pictures.saved(pictures.scene(600, 400), "jpg", comment=b"\xff\xd9")[:1500], "损坏或不完整的 JPEG"
    ),
    "half a png": (pictures.saved(pictures.scene(), "png")[:60], "不完整的 PNG"),
    "a png without a picture": (pictures.png_of(8, 8), "损坏或不完整的 PNG"),
    "a png of nonsense": (pictures.png_of(8, 8, (b"IDAT", b"nonsense")), "损坏或不完整的 PNG"),
    "half a webp": (pictures.saved(pictures.scene(), "webp")[:40], "不完整的 WebP"),
    "a moving png": (pictures.moving("png"), "会动的 PNG"),
    "a moving webp": (pictures.moving("webp"), "会动的 WebP"),
    "a png that swells": (pictures.swelling_png(9000), r"过大的 PNG 图片（9000×9000 像素），请缩小到 3200 万像素"),
    "a png of the largest size": (pictures.png_of(2**31 - 1, 2**31 - 1), "过大的 PNG"),
    "a webp that swells": (pictures.swelling_webp(16000), "WebP"),
    "a jpg that swells": (
        pictures.larger_than_said(pictures.saved(pictures.scene(), "jpg"), 60_000), "过大的 JPEG"
    ),
    "texts that swell": (
        pictures.png_of(8, 8, (b"zTXt", b"a\x00\x00" + zlib.compress(b"0" * 80_000_000))), "PNG"
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", list(REFUSED))
def test_what_is_no_photograph_is_refused_by_its_name(what: str) -> None:
    content, says = REFUSED[what]
    with pytest.raises(Unfit, match=says):
        cleaned(content)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("ending", ENDINGS)
def test_damage_never_stumbles(ending: str) -> None:
    """Cut and scratched anywhere, a picture is drawn or refused; nothing else is raised."""
    chance = random.Random(ending)
    whole = pictures.telling(ending)
    for _ in range(300):
        damaged = bytearray(whole[: chance.randrange(len(whole) // 2, len(whole) + 1)])
        for _ in range(chance.randrange(12)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        with suppress(Unfit):
            assert cleaned(bytes(damaged)).kind in PICTURES
