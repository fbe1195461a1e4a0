"""The form of the pages: sizes, fonts and styles that GB/T 9704-2012 asks for; pure.

A4; margins 37 mm above and 28 mm to the left of a text block of 156 × 225 mm that holds 22 lines of 28 characters of
3号 (16 pt). Fonts are named and never embedded; where one is missing the next of its fallbacks stands in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MILLIMETRE: Final = 36_000  # in the units of the format
TWIP: Final = 635


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its margins and footer in millimetres, the grid of its lines and characters (none where it is 0)."""

    top: float
    left: float
    right: float
    bottom: float
    footer: float
    line_pitch: int = 0
    char_space: int = 0
    width: float = 210
    height: float = 297

    @property
    def text_width(self) -> float:
        """The width of the text block."""
        return self.width - self.left - self.right


OFFICIAL: Final = Sheet(top=37, left=28, right=26, bottom=35, footer=24, line_pitch=579, char_space=-848)
ONE_PAGE: Final = Sheet(top=20, left=22, right=22, bottom=18, footer=10)


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font by name, and what may stand in for it."""

    name: str
    fallbacks: tuple[str, ...]
    serif: bool = True


TITLE: Final = Typeface("方正小标宋简体", ("方正小标宋_GBK", "华文中宋", "STZhongsong", "宋体", "SimSun"))
TEXT: Final = Typeface("仿宋_GB2312", ("仿宋", "FangSong", "华文仿宋", "STFangsong"))
SECOND: Final = Typeface("楷体_GB2312", ("楷体", "KaiTi", "华文楷体", "STKaiti"))
FIRST: Final = Typeface("黑体", ("SimHei", "思源黑体", "Noto Sans CJK SC"), serif=False)
NUMBERS: Final = Typeface("宋体", ("SimSun", "华文宋体", "STSong"))
TYPEFACES: Final = (TITLE, TEXT, SECOND, FIRST, NUMBERS)

LINE: Final = 579  # twips: the distance of lines
# Percent of the width of characters, so that 28 of them fill a line. The grid says the same to whoever opens the page
# setup, but text does not hang on it: some programs give a character that is wider than its cell two of them.
NARROWED: Final = 98
SIZES: Final = {"二号": 22.0, "三号": 16.0, "四号": 14.0, "小四": 12.0, "五号": 10.5}


@dataclass(frozen=True, slots=True)
class Style:
    """A named style of paragraphs: its font and size in points; lines in twips (0: as the font asks).

    `indent` is that of the first line in characters; `level` is where a heading stands in the outline, from 1; a
    `gridded` style sets 22 lines of 28 characters.
    """

    name: str
    typeface: Typeface
    size: float
    line: int = LINE
    align: str = "both"
    indent: int = 0
    level: int = 0
    together: bool = False
    before: int = 0
    boxed: bool = False
    gridded: bool = False


def styles(compact: bool) -> tuple[Style, ...]:
    """The styles of a document; the compact ones are for what must fit on one page."""
    if compact:
        return _STYLES_OF_ONE_PAGE
    return _STYLES


_STYLES: Final = (
    Style("Normal", TEXT, 16, indent=2, gridded=True),
    Style("Title", TITLE, 22, line=640, align="center"),
    Style("署名", SECOND, 16, align="center"),
    Style("标记", FIRST, 14, align="right", line=400),
    Style("Heading 1", FIRST, 16, indent=2, level=1, together=True, gridded=True),
    Style("Heading 2", SECOND, 16, indent=2, level=2, together=True, gridded=True),
    Style("Caption", FIRST, 14, align="center", together=True, before=160),
    Style("表格文字", TEXT, 12, line=320, align="left"),
    Style("表头", FIRST, 12, line=320, align="center", together=True),
    Style("表注", TEXT, 12, line=360, align="both"),
    Style("专栏标题", FIRST, 14, align="center", level=3, together=True, boxed=True),
    Style("专栏文字", TEXT, 14, line=480, indent=2, boxed=True),
)
_STYLES_OF_ONE_PAGE: Final = (
    Style("Normal", TEXT, 12, line=340, indent=2),
    Style("Title", TITLE, 18, line=480, align="center"),
    Style("署名", SECOND, 12, line=340, align="center"),
    Style("标记", FIRST, 10.5, align="right", line=300),
    Style("Heading 1", FIRST, 12, line=360, level=1, together=True, before=60),
    Style("Heading 2", SECOND, 12, line=340, level=2, together=True),
    Style("Caption", FIRST, 10.5, line=320, align="center", together=True),
    Style("表格文字", TEXT, 10.5, line=280, align="left"),
    Style("表头", FIRST, 10.5, line=280, align="center", together=True),
    Style("表注", TEXT, 10.5, line=280),
    Style("专栏标题", FIRST, 12, align="center", level=3, together=True, boxed=True),
    Style("专栏文字", TEXT, 12, line=340, indent=2, boxed=True),
)
