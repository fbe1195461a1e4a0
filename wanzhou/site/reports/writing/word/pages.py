"""The sheet that a document is written on: styles, page, grid, page numbers, watermark, properties."""

from __future__ import annotations

import datetime
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from wanzhou.site.reports.writing.documents import Document
from wanzhou.site.reports.writing.signs import holdable

from . import marks
from .forms import NARROWED, NUMBERS, OFFICIAL, ONE_PAGE, SIZES, TEXT, Sheet, Style, styles

_LANGUAGE = "zh-CN"
_BROUGHT = ("thumbnail", "customXml")  # by the library's template
INSIDE_BOX = 140  # twips: a frame stands out of its text by less


def blank(document: Document) -> Any:
    """An empty file with everything but the text."""
    file = docx.Document()
    body = file.element.body
    for node in [node for node in body if node.tag != qn("w:sectPr")]:
        body.remove(node)
    _defaults(file)
    for style in styles(document.compact):
        _define(file, style)
    sheet = ONE_PAGE if document.compact else OFFICIAL
    _page(file, sheet)
    _footers(file, numbered=not document.compact)
    if document.watermark:
        _watermarks(file, document.watermark)
    _tell(file, document)
    _tidy(file)
    return file


def _defaults(file: Any) -> None:
    """What every run starts from: the font of the text, in Chinese."""
    run = file.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for node in list(run):
        run.remove(node)
    run.append(marks.fonts(TEXT))
    # The grid of characters is counted from this size, not from that of the text.
    for name in ("w:sz", "w:szCs"):
        run.append(marks.element(name, val=round(SIZES["三号"] * 2)))
    run.append(marks.element("w:lang", val=_LANGUAGE, eastAsia=_LANGUAGE, bidi="ar-SA"))


def _define(file: Any, style: Style) -> None:
    """Make or remake a style; nothing of the library's own template is left in it."""
    if style.name in file.styles:
        made = file.styles[style.name]
    else:
        made = file.styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = None
    node = made.element
    for name in ("w:pPr", "w:rPr"):
        for old in node.findall(qn(name)):
            node.remove(old)
    made.quick_style = True
    made.hidden = made.unhide_when_used = False
    node.append(_paragraph_of(style))
    node.append(_run_of(style))


def _paragraph_of(style: Style) -> Any:
    made = parse_xml(f"<w:pPr {nsdecls('w')}/>")
    if style.together:
        made.append(marks.element("w:keepNext"))
    made.append(marks.element("w:widowControl", val=0))
    if style.boxed:
        made.append(marks.box_borders())
    made.append(marks.element("w:snapToGrid", val=0))
    if style.line:
        spacing: dict[str, str | int] = {
            "before": style.before,
            "after": 0,
            "line": style.line,
            "lineRule": "exact",
        }
        made.append(marks.element("w:spacing", **spacing))
    # The first line is told in characters and, for programs that do not count those, in twips.
    hanging = {"firstLineChars": style.indent * 100, "firstLine": round(style.indent * style.size * 20)}
    inside = INSIDE_BOX if style.boxed else 0
    made.append(marks.element("w:ind", left=inside, right=inside, **hanging))
    made.append(marks.element("w:jc", val=style.align))
    if style.level:
        made.append(marks.element("w:outlineLvl", val=style.level - 1))
    return made


def _run_of(style: Style) -> Any:
    made = parse_xml(f"<w:rPr {nsdecls('w')}/>")
    made.append(marks.fonts(style.typeface))
    made.append(marks.element("w:b", val=0))
    made.append(marks.element("w:i", val=0))
    made.append(marks.element("w:color", val="000000"))
    if style.gridded:
        made.append(marks.element("w:w", val=NARROWED))
    for name in ("w:sz", "w:szCs"):
        made.append(marks.element(name, val=round(style.size * 2)))
    return made


def _page(file: Any, sheet: Sheet) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Mm(sheet.width), Mm(sheet.height)
    section.top_margin, section.bottom_margin = Mm(sheet.top), Mm(sheet.bottom)
    section.left_margin, section.right_margin = Mm(sheet.left), Mm(sheet.right)
    section.header_distance, section.footer_distance = Mm(15), Mm(sheet.footer)
    if sheet.line_pitch:
        pitch, space = sheet.line_pitch, sheet.char_space
        grid = marks.element("w:docGrid", type="linesAndChars", linePitch=pitch, charSpace=space)
        marks.put(section._sectPr, grid, marks.SECTION_ORDER)


def _footers(file: Any, *, numbered: bool) -> None:
    """— 1 — in 4号 宋体: on odd pages at the right, on even ones at the left, one character from the edge."""
    section = file.sections[0]
    if not numbered:
        return
    file.settings.odd_and_even_pages_header_footer = True
    for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]._p
        properties = paragraph.get_or_add_pPr()
        for old in list(properties):
            properties.remove(old)
        properties.append(marks.element("w:ind", left=280, right=280, firstLine=0, firstLineChars=0))
        properties.append(marks.element("w:jc", val=align))
        for run in marks.page_number():
            run.insert(0, _footer_font())
            paragraph.append(run)


def _footer_font() -> Any:
    made = parse_xml(f"<w:rPr {nsdecls('w')}/>")
    made.append(marks.fonts(NUMBERS))
    for name in ("w:sz", "w:szCs"):
        made.append(marks.element(name, val=round(SIZES["四号"] * 2)))
    return made


def _watermarks(file: Any, text: str) -> None:
    """The words behind every page, odd or even."""
    section = file.sections[0]
    for number, header in enumerate((section.header, section.even_page_header), 1):
        header.paragraphs[0]._p.append(marks.watermark(text, number))


def _tell(file: Any, document: Document) -> None:
    """The file's properties: nobody's name, and the time of the facts."""
    at = document.moment.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)
    told = file.core_properties
    told.title, told.author = holdable(document.title)[:255], holdable(document.byline)[:255]
    told.language = _LANGUAGE
    told.subject = holdable(document.source)[:255]
    told.comments, told.keywords, told.last_modified_by = "", "", ""
    told.revision = 1
    told.created = told.modified = at


def _tidy(file: Any) -> None:
    """Leave out what the library's own template brings, and name the fonts with their fallbacks."""
    package = file.part.package
    for owner in (package, file.part):
        for key, relation in list(owner.rels.items()):
            if any(name in relation.reltype for name in _BROUGHT):
                del owner.rels[key]
    for part in package.iter_parts():
        if str(part.partname) == marks.FONT_TABLE:
            part._blob = marks.font_table()
