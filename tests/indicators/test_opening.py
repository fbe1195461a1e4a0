"""A file from outside is read as it is seen, or refused in one sentence that says what would be accepted."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from indicators.workbooks import opening
from indicators.workbooks.opening import NotOpenedError, Square, open_sheets


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
    (read,) = open_sheets("报表.XLSX", saved(book))
    (line,) = read.lines
    assert line.row == 2
    assert line.squares == (
        Square("A2", "固投"),
        Square("B2", "6.2"),
        Square("C2", "=1+1", is_formula=True),
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
        ("a.et", b"", "另存为 .xlsx"),
        ("a.xls", b"", "另存为 .xlsx"),
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
