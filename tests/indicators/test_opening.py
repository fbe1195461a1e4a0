"""A file from outside is read as it is seen, or refused in one sentence that says what would be accepted."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from indicators.workbooks import opening
from indicators.workbooks.opening import NotOpenedError, open_sheets
from indicators.workbooks.squares import Fault, Square


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def packed(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def test_a_workbook_is_read_as_it_is_seen() -> None:
    book = Workbook()
    sheet = book.active
    sheet["A2"], sheet["B2"], sheet["C2"], sheet["D2"] = "固投", 0.062, "=1+1", 0
    sheet["B2"].number_format = "0.0%"
    sheet["A200000"].font = Font(bold=True)
    book.create_sheet("旧表").sheet_state = "hidden"
    read, hidden = open_sheets("报表.XLSX", saved(book))
    assert hidden.is_hidden
    (line,) = read.lines
    assert line.row == 2
    assert line.squares == (
        Square("A2", "固投"),
        Square("B2", "6.2"),
        Square("C2", "", Fault.FORMULA),
        Square("D2", "0"),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_the_encodings_of_excel_and_wps(encoding: str) -> None:
    (sheet,) = open_sheets("a.csv", "指标,累计\r\n,\r\n社零,7.1\r\n".encode(encoding))
    assert [line.row for line in sheet.lines] == [1, 3]
    assert sheet.lines[1].squares == (Square("A3", "社零"), Square("B3", "7.1"))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.et", b"", "另存为"),
        ("a.xls", b"", "另存为"),
        ("a.xlsm", b"", "宏"),
        ("a.xlsx", packed(**{"xl/vbaProject.bin": b"x"}), "宏"),
        ("a.xlsx", packed(bomb=bytes(25 * opening.MEGABYTE)), "解压后超过 24 MB"),
        ("a.xlsx", bytes(30 * opening.MEGABYTE), "超过 10 MB"),
        ("a.xlsx", b"name,value", "不是真正的 .xlsx"),
        ("a.xlsx", packed(other=b"x"), "不是完好的 .xlsx"),
        ("a.csv", "固投".encode("utf-16"), "编码"),
        ("a.csv", b"\xff\xff\xff", "编码"),
        ("a.csv", b"x\n" * 200_000, "6000 行"),
        ("a.pdf", b"%PDF", ".csv"),
    ],
)
def test_what_is_not_opened_is_refused_by_name(name: str, content: bytes, said: str) -> None:
    with pytest.raises(NotOpenedError) as refused:
        open_sheets(name, content)
    assert name in str(refused.value)
    assert said in str(refused.value)


NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PART = "xl/worksheets/sheet1.xml"


def planted(rows: str, before: str = "") -> bytes:
    """A sound workbook whose only sheet was written by somebody who means harm."""
    with zipfile.ZipFile(io.BytesIO(saved(Workbook()))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = f'{before}<worksheet xmlns="{NAMESPACE}"><sheetData>{rows}</sheetData></worksheet>'
    return packed(**{**parts, PART: sheet.encode()})


ENTITIES = "".join(f'<!ENTITY a{step} "{f"&a{step - 1};" * 10}">' for step in range(1, 10))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (planted("".join(f'<row r="{row}"><c><v>1</v></c></row>' for row in range(1, 200_001))), "6000 行"),
        (
            planted(
                '<row r="1"><c t="inlineStr"><is><t>&a9;</t></is></c></row>',
                f'<!DOCTYPE w [<!ENTITY a0 "lol">{ENTITIES}]>',
            ),
            "不是完好的",
        ),
        (planted('<row r="1"><c r="A1"><v>1e999</v></c></row>'), "不是完好的"),
        (planted('<row r="1"><c r="A1" t="s"><v>999</v></c></row>'), "不是完好的"),
    ],
    ids=["200000 lines", "entities", "infinite", "no such string"],
)
def test_a_hostile_sheet_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(NotOpenedError, match=said):
        open_sheets("a.xlsx", content)


@pytest.mark.parametrize("last", ["A99999999999", "XFD"])
def test_empties_far_away_cost_nothing(last: str) -> None:
    cells = "".join(f'<row r="{row}"><c r="XFD{row}"/></row>' for row in range(1, 2_001))
    far = '<row r="99999999999"><c r="A99999999999"/></row>'
    (sheet,) = open_sheets("a.xlsx", planted(cells if last == "XFD" else far))
    assert sheet.lines == ()


def test_too_many_sheets_are_refused() -> None:
    book = Workbook()
    for _ in range(opening.MOST_SHEETS):
        book.create_sheet()
    with pytest.raises(NotOpenedError, match="超过 20 张"):
        open_sheets("a.xlsx", saved(book))
