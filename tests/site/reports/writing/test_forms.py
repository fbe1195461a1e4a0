"""The other forms: a workbook without formulas, a page that stands alone, plain text."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from typing import Any

import html5lib
import pytest
from openpyxl import load_workbook

from indicators.judging.terms import Verdict
from wanzhou.site.reports.writing.annual import annual_report
from wanzhou.site.reports.writing.documents import Document, Heading, Line, Listing, Table
from wanzhou.site.reports.writing.forms import Form, file_of, written

from .years import NAMES, missed, row, task, year

TASKS = (task("甲", "项目一", "竣工项目一等项目", planned="completed"),)
WILD = Table(
    "表9  =1+1", ("序号", "名称"), (Line(("1", "=HYPERLINK(1)")), Line(("-9.50", "甲\x0b乙<b>"))), (1, 3)
)


@pytest.fixture
def document() -> Document:
    below = row(None, "分项", outcome="-0.9", wording="-1", verdict=Verdict.MET)
    return annual_report(year(row(1), below, missed(2)), year(row(1), year=2031, tasks=TASKS), NAMES)


@pytest.mark.parametrize("form", list(Form))
def test_the_same_facts_are_the_same_bytes(document: Document, form: Form) -> None:
    digests = {hashlib.sha256(written(document, form)).hexdigest() for _ in range(2)}
    assert len(digests) == 1
    file = file_of(document, form, "report-2030")
    assert (file.name, file.content_type) == (f"report-2030.{form}", form.media)


def sheets_of(document: Document) -> Any:
    return load_workbook(io.BytesIO(written(document, Form.XLSX)))


def test_numbers_are_numbers_and_nothing_is_a_formula(document: Document) -> None:
    book = sheets_of(replace(document, blocks=(*document.blocks, WILD, Listing(("=2+2",)))))
    sheet = book["表9"]
    assert (sheet["A3"].value, sheet["B3"].data_type, sheet["B3"].value) == (1, "s", "=HYPERLINK(1)")
    assert (sheet["A4"].value, sheet["A4"].number_format, sheet["B4"].value) == (-9.5, "0.00", "甲乙<b>")
    assert {cell.data_type for line in book["正文"].iter_rows() for cell in line if cell.value} == {"s"}
    assert not [cell for one in book for line in one.iter_rows() for cell in line if cell.data_type == "f"]


def test_heads_come_again_on_each_page_and_sub_rows_stand_in(document: Document) -> None:
    sheet = sheets_of(document)["表1"]
    assert sheet.print_title_rows == "$1:$2"
    assert sheet["B4"].alignment.indent == 1
    assert sheet["B3"].alignment.indent == 0
    assert sheet.page_setup.paperSize == 9


def test_every_sheet_of_an_internal_workbook_says_so_on_paper(document: Document) -> None:
    book = sheets_of(replace(document, stamp="内部", watermark="征求意见稿"))
    assert {sheet.oddHeader.right.text for sheet in book} == {"征求意见稿 内部"}
    assert {sheet.oddHeader.right.text for sheet in sheets_of(document)} == {None}


def test_the_page_stands_alone(document: Document) -> None:
    wild = replace(document, title="甲<乙>&", watermark="征求意见稿", blocks=(*document.blocks, WILD))
    page = written(wild, Form.HTML).decode()
    html5lib.HTMLParser(strict=True).parse(page)
    assert "<h1>甲&lt;乙&gt;&amp;</h1>" in page
    assert page.count("<h1") == 1
    assert "征求意见稿" in page
    assert "src=" not in page
    assert "href=" not in page
    assert "<td>−0.9</td>" in page


def test_plain_text_says_who_may_read_it(document: Document) -> None:
    text = written(replace(document, watermark="征求意见稿", stamp="内部"), Form.TXT).decode()
    assert text.startswith("【征求意见稿】\n【内部】\n")
    assert "\n\t#分项（%）\n\t-1\n\t-0.9\n" in text
    assert text.endswith("\n")
    assert Heading(1, "一、2030年国民经济和社会发展计划执行情况") in document.blocks
