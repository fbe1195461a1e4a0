"""The small marks of the file's own language: elements that python-docx has no words for."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from .forms import TYPEFACES, Typeface

_VML = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
# The height of the watermark's letters to the width of all of them.
_WATERMARK_HEIGHT = 88  # points
FONT_TABLE = "/word/fontTable.xml"


def element(name: str, **attributes: str | int) -> Any:
    """An element with attributes of the same space: `element("w:jc", val="center")`."""
    space = name.partition(":")[0]
    told = " ".join(f'{space}:{key}="{value}"' for key, value in attributes.items())
    return parse_xml(f"<{name} {nsdecls('w')} {told}/>")


def fonts(typeface: Typeface) -> Any:
    """One font for every script; the hint lets quotation marks and dashes be Chinese ones."""
    name = typeface.name
    return element("w:rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name, hint="eastAsia")


def put(parent: Any, child: Any, order: tuple[str, ...]) -> None:
    """Insert a child where the schema wants it: before the first that comes later in `order`; a same one gives way."""
    for old in parent.findall(child.tag):
        parent.remove(old)
    later = [qn(name) for name in order]
    after = later[later.index(child.tag) + 1 :]
    following = next((node for node in parent if node.tag in after), None)
    if following is None:
        parent.append(child)
    else:
        following.addprevious(child)


SECTION_ORDER = (
    "w:headerReference", "w:footerReference", "w:type", "w:pgSz", "w:pgMar", "w:pgNumType", "w:cols", "w:titlePg",
    "w:docGrid",
)  # fmt: skip


def box_borders() -> Any:
    """A thin frame; paragraphs of the same frame stand in one."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="{space}" w:color="auto"/>'
        for side, space in (("top", 4), ("left", 6), ("bottom", 4), ("right", 6))
    )
    return parse_xml(f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>")


def page_number() -> tuple[Any, ...]:
    """The runs of a field that counts pages: — 1 —."""
    told = (
        '<w:t xml:space="preserve">— </w:t>',
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
        '<w:t xml:space="preserve"> —</w:t>',
    )
    return tuple(parse_xml(f"<w:r {nsdecls('w')}>{inner}</w:r>") for inner in told)


def watermark(text: str, number: int) -> Any:
    """A run that draws large grey words across the page, behind the text."""
    width = _WATERMARK_HEIGHT * len(text)
    style = (
        "position:absolute;margin-left:0;margin-top:0;"
        f"width:{width}pt;height:{_WATERMARK_HEIGHT}pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    return parse_xml(
        f"<w:r {nsdecls('w')} {_VML}><w:pict>"
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
        ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
        '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
        '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="watermark{number}" o:spid="_x0000_s{2048 + number}" type="#_x0000_t136" style="{style}"'
        ' o:allowincell="f" fillcolor="#c8c8c8" stroked="f"><v:fill opacity=".5"/>'
        f"<v:textpath style=\"font-family:'{TYPEFACES[0].name}';font-size:1pt\" string={quoteattr(text)}/>"
        "</v:shape></w:pict></w:r>"
    )


def font_table() -> bytes:
    """The fonts of the document, each with what may stand in for it."""
    told = "".join(
        f'<w:font w:name="{one.name}"><w:altName w:val="{",".join(one.fallbacks)}"/>'
        f'<w:charset w:val="86"/><w:family w:val="{"roman" if one.serif else "swiss"}"/></w:font>'
        for one in TYPEFACES
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}<w:fonts {nsdecls('w')}>{told}</w:fonts>".encode()
