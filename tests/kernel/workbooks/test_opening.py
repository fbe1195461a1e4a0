"""A file from outside is read as it is seen, or refused in one sentence that says what would be accepted."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from wanzhou.kernel.workbooks import opening
from wanzhou.kernel.workbooks.opening import NotOpenedError, open_sheets, pasted_sheet
from wanzhou.kernel.workbooks.squares import Fault, Square


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
        ("a.et", b"", "点“文件”→“另存为”，文件类型选“Excel 工作簿（*.xlsx）”，再上传新存的文件"),
        ("a.xlsm", b"", "宏"),
        ("a.xlsx", packed(**{"xl/vbaProject.bin": b"x"}), "宏"),
        ("a.xlsx", packed(bomb=bytes(25 * opening.MEGABYTE)), "解压后超过 24 MB"),
        ("a.xlsx", bytes(30 * opening.MEGABYTE), "超过 10 MB"),
        ("a.xlsx", b"name,value", "不是真正的 .xlsx"),
        ("a.xlsx", packed(other=b"x"), "不是完好的 .xlsx"),
        ("a.xlsx", packed(**{"[Content_Types].xml": b"<Types>"}), "不是完好的 .xlsx"),
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


def test_a_new_workbook_under_an_old_ending_is_read() -> None:
    book = Workbook()
    book.active["A1"] = "固投"
    (sheet,) = open_sheets("月报.xls", saved(book))
    assert sheet.lines[0].squares == (Square("A1", "固投"),)


def shown(value: object, code: str = "General") -> Square:
    book = Workbook()
    book.active["A1"] = value
    book.active["A1"].number_format = code
    return open_sheets("a.xlsx", saved(book))[0].lines[0].squares[0]


@pytest.mark.parametrize(
    ("value", "code", "text", "seen"),
    [
        (0.062, "0.0%", "6.2", ""),
        (0.0623, "0.0%", "6.23", "6.2"),
        (0.07, "0%", "7", ""),
        (6.2, '0.0"%"', "6.2", ""),
        (6.2, r"0.0\%", "6.2", ""),
        (-0.009, "0.0%;[Red]-0.0%", "-0.9", ""),
        (6.25, "0.0", "6.25", "6.3"),
        (1234.5, "#,##0.00", "1234.5", ""),
        (1234.5, "#,##0_ ", "1234.5", "1235"),
        (0.1 + 0.2, "General", "0.3", ""),
        (347, "0", "347", ""),
        (0, "0.0", "0", ""),
        (-0.0, "0.0", "0", ""),
        (6.1234567890123, "General", "6.1234567890123", "6.123456789"),
        (5e-05, "General", "0.00005", ""),
        (12000, "0.00E+00", "12000", ""),
        ("６.２%", "@", "６.２%", ""),
        (" 6.2 ", "General", "6.2", ""),
    ],
)
def test_numbers_are_read_exactly_and_told_as_shown(value: object, code: str, text: str, seen: str) -> None:
    square = shown(value, code)
    assert (square.text, square.shown, square.fault) == (text, seen, None)


@pytest.mark.parametrize(
    ("value", "code", "fault", "text"),
    [
        (datetime.date(2023, 6, 5), "m月d日", Fault.DATE, "2023-06-05"),
        (datetime.datetime(2023, 6, 5, 10, 30), "yyyy/m/d h:mm", Fault.DATE, "2023-06-05 10:30:00"),  # noqa: DTZ001
        (datetime.time(6, 5), "h:mm", Fault.DATE, "06:05:00"),
        ("#N/A", "General", Fault.ERROR, "#N/A"),
        (True, "General", Fault.TRUTH, "TRUE"),
        (52000, "0.0,", Fault.SCALED, "52000"),
        (52000, '0!.0,"万元"', Fault.SCALED, "52000"),
        (52000, "0!.0000", Fault.SCALED, "52000"),
        (52000000, "#,##0.0,,", Fault.SCALED, "52000000"),
        (99999999999, "yyyy-mm-dd", Fault.ERROR, "#VALUE!"),
    ],
)
def test_what_is_no_figure_is_told_apart(value: object, code: str, fault: Fault, text: str) -> None:
    square = shown(value, code)
    assert (square.fault, square.text) == (fault, text)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="A1"><f>B1*2</f><v>6.2</v></c>', Square("A1", "6.2", Fault.FORMULA)),
        ('<c r="A1"><f>B1*2</f></c>', Square("A1", "", Fault.FORMULA)),
        ('<c r="A1" t="str"><f>B1</f><v>市级暂未反馈</v></c>', Square("A1", "市级暂未反馈", Fault.FORMULA)),
        ('<c r="A1" t="e"><f>B1/0</f><v>#DIV/0!</v></c>', Square("A1", "#DIV/0!", Fault.ERROR)),
        ('<c r="A1"><f>B1-C1</f><v>9.9999999999999645E-2</v></c>', Square("A1", "0.1", Fault.FORMULA)),
    ],
)
def test_a_formula_is_told_with_what_it_came_to(cell: str, expected: Square) -> None:
    (sheet,) = open_sheets("a.xlsx", planted(f'<row r="1">{cell}</row>'))
    assert sheet.lines[0].squares == (expected,)


def test_what_stands_beyond_is_counted() -> None:
    book = Workbook()
    sheet = book.active
    sheet["A1"], sheet["CV1"], sheet["CW1"], sheet["DA2"], sheet["B100001"] = "固投", 1, 2, 3, 4
    (read,) = open_sheets("a.xlsx", saved(book))
    assert [square.address for line in read.lines for square in line.squares] == ["A1", "CV1"]
    assert read.beyond == "第1行第101列起有3格"
    (text,) = open_sheets("a.csv", ("指标" + "," * 100 + "9\n").encode())
    assert text.beyond == "第1行第101列起有1格"


def test_hidden_sheets_are_looked_at_and_not_counted() -> None:
    book = Workbook()
    book.active["A1"] = "固投"
    hidden = book.create_sheet("选项")
    hidden.sheet_state = "veryHidden"
    for _ in range(opening.MOST_LINES + 1):
        hidden.append(["x"])
    read, looked_at = open_sheets("a.xlsx", saved(book))
    assert (read.is_hidden, looked_at.is_hidden) == (False, True)
    assert len(looked_at.lines) == opening.OF_HIDDEN


def test_extensions_of_new_versions_are_passed_over() -> None:
    beside = '<row r="1"><c r="A1"><v>1</v></c></row></sheetData><extLst><ext uri="{x}"/></extLst><sheetData>'
    (sheet,) = open_sheets("a.xlsx", planted(beside))
    assert sheet.lines[0].squares == (Square("A1", "1"),)


def test_a_table_is_pasted_as_it_was_copied() -> None:
    sheet = pasted_sheet('甲\t"两\n行"\n\n\t=1+1\n')
    assert [line.row for line in sheet.lines] == [1, 3]
    assert sheet.lines[0].squares == (Square("A1", "甲"), Square("B1", "两\n行"))
    assert sheet.lines[1].squares == (Square("B3", "", Fault.FORMULA),)
    assert sheet.unread == ""
    assert pasted_sheet("\t" * 99 + "x").unread == ""
    assert pasted_sheet("\t" * 100 + "x").unread.startswith("第1行第101列起有1格有内容，没有读取")


def test_too_much_is_not_pasted() -> None:
    with pytest.raises(NotOpenedError, match="粘贴的内容》有内容的行超过 6000 行"):
        pasted_sheet("x\n" * (opening.MOST_LINES + 1))
