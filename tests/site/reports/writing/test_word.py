"""The Word file: the form of GB/T 9704, and the same bytes for the same facts."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from indicators.judging.terms import Verdict
from wanzhou.site.reports.writing.annual import annual_report
from wanzhou.site.reports.writing.documents import Document
from wanzhou.site.reports.writing.word.writing import word_file

from .years import NAMES, apart, missed, row, task, year

TASKS = (task("甲", "项目一", "竣工项目一等项目", planned="completed"),)


@pytest.fixture
def document() -> Document:
    below = row(None, "分项", outcome="3", verdict=Verdict.MISSED)
    over = year(row(1, binding=True), below, missed(2), apart(3, Verdict.AWAITING_CITY))
    return annual_report(over, year(row(1), year=2031, tasks=TASKS), NAMES)


@pytest.fixture
def file(document: Document) -> Any:
    return docx.Document(io.BytesIO(word_file(document)))


def test_the_page_is_a4_with_its_margins_and_grid(file: Any) -> None:
    [section] = file.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)
    text = section.page_width - section.left_margin - section.right_margin
    block = section.page_height - section.top_margin - section.bottom_margin
    assert abs(text - Mm(156)) < Mm(0.1)
    assert abs(block - Mm(225)) < Mm(0.1)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert {name: grid.get(qn(f"w:{name}")) for name in ("type", "linePitch", "charSpace")} == {
        "type": "linesAndChars",
        "linePitch": "579",
        "charSpace": "-848",
    }


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("Normal", "仿宋_GB2312", 16),
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
    ],
)
def test_styles_name_their_fonts_for_every_script(file: Any, style: str, font: str, size: int) -> None:
    made = file.styles[style]
    assert made.font.size.pt == size
    fonts = made.element.rPr.find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {font}
    assert not [name for name in fonts.attrib if "Theme" in name]


def test_headings_are_real_headings(file: Any) -> None:
    headings = [(one.style.name, one.text) for one in file.paragraphs if one.style.name.startswith("Heading")]
    assert headings == [
        ("Heading 1", "一、2030年国民经济和社会发展计划执行情况"),
        ("Heading 1", "二、2031年国民经济和社会发展计划总体考虑"),
        ("Heading 2", "（一）主要发展目标"),
        ("Heading 1", "三、2031年实现国民经济和社会发展计划的重点工作"),
    ]
    levels = [file.styles[f"Heading {level}"].element.pPr.find(qn("w:outlineLvl")) for level in (1, 2)]
    assert [level.get(qn("w:val")) for level in levels] == ["0", "1"]


def test_every_page_bears_its_number(file: Any) -> None:
    [section] = file.sections
    assert file.settings.odd_and_even_pages_header_footer
    for footer in (section.footer, section.even_page_footer):
        runs = footer.paragraphs[0]._p
        assert "".join(node.text or "" for node in runs.iter(qn("w:t"))) == "— 1 —"
        assert [node.text.strip() for node in runs.iter(qn("w:instrText"))] == ["PAGE"]


def test_table_heads_repeat_and_rows_stay_whole(file: Any) -> None:
    for table in file.tables:
        heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert heads == [True] + [False] * (len(table.rows) - 1)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_sub_rows_stand_in(file: Any) -> None:
    names = [row.cells[1].paragraphs[0] for row in file.tables[0].rows[1:]]
    indents = [name._p.pPr.find(qn("w:ind")) for name in names]
    assert [indent is not None for indent in indents] == [False, True, False, False]


def test_fonts_have_fallbacks_and_none_is_embedded(document: Document) -> None:
    with ZipFile(io.BytesIO(word_file(document))) as archive:
        table = archive.read("word/fontTable.xml").decode()
        names = archive.namelist()
    for font, fallback in (
        ("仿宋_GB2312", "FangSong"),
        ("方正小标宋简体", "SimSun"),
        ("楷体_GB2312", "KaiTi"),
    ):
        found = table[table.index(f'w:name="{font}"') :]
        assert fallback in found[: found.index("</w:font>")]
    assert not [name for name in names if name.endswith((".ttf", ".odttf", ".jpeg"))]


def test_the_same_facts_are_the_same_bytes(document: Document) -> None:
    digests = {hashlib.sha256(word_file(document)).hexdigest() for _ in range(3)}
    assert len(digests) == 1
    other = replace(document, moment=document.moment.replace(year=2032))
    assert hashlib.sha256(word_file(other)).hexdigest() not in digests


def test_the_file_names_no_person_and_the_time_of_its_facts(document: Document, file: Any) -> None:
    told = file.core_properties
    assert (told.title, told.author, told.last_modified_by) == (document.title, document.byline, "")
    assert told.created == told.modified == document.moment
    with ZipFile(io.BytesIO(word_file(document))) as archive:
        assert {one.date_time for one in archive.infolist()} == {(2031, 2, 1, 9, 0, 0)}


def test_a_draft_bears_its_watermark_on_odd_and_even_pages(document: Document) -> None:
    file = docx.Document(io.BytesIO(word_file(replace(document, watermark="征求意见稿", stamp="内部"))))
    [section] = file.sections
    for header in (section.header, section.even_page_header):
        assert 'string="征求意见稿"' in header._element.xml
    assert file.paragraphs[0].text == "内部"


def test_a_final_one_bears_none(file: Any) -> None:
    assert "textpath" not in file.sections[0].header._element.xml


def test_what_is_written_is_escaped(document: Document) -> None:
    wild = replace(document, title="甲<乙>&“丙”\"丁'", watermark='<w:p/>"&', byline="戊\x0b\ud800己")
    file = docx.Document(io.BytesIO(word_file(wild)))
    said = [paragraph.text for paragraph in file.paragraphs]
    assert {wild.title, "戊己"} <= set(said)
