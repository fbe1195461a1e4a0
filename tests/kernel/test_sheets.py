"""The spreadsheet twins: columns follow the schema, cells are typed, nothing runs, nothing is rounded."""

from __future__ import annotations

import csv
import datetime
import io
import time
import zipfile
from typing import Annotated, Any

import openpyxl
import pytest
from pydantic import BaseModel

from indicators.schemas import IndicatorOut
from projects.schemas import TaskOut
from wanzhou.kernel.pages.columns import CellKind, Coded, DecimalText, columns_of, decimal_text, told
from wanzhou.kernel.pages.sheets import Facts, csv_of, xlsx_of
from wanzhou.kernel.terms import Term

FACTS = Facts(
    source="虚构的报告",
    published_at=datetime.datetime(2031, 3, 1, 1, 30, tzinfo=datetime.UTC),
    as_of=datetime.date(2031, 3, 2),
    address="https://plan.example/2031/",
)
LIVE = [
    "=1+1",
    "+SUM(A1)",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "＝1+1",
    '=HYPERLINK("http://x","y")',
    "-",
]
TEXTS = ["中文", "0012", "6左右", "1e5", "第一行\n第二行", '逗号,引号"', "-9.5", "#N/A", "2031-01-01", "TRUE"]
NUMBERS = ["0", "-9.4", "0.1", "1500", "0.035", "999999999999999", "100000000000000000000", "-0.000001"]
LONG_NUMBERS = ["123456789012345678.123456", "-0.1234567890123456", "999999999999999999999999"]


class Colour(Term):
    RED = "red", "红"
    GREEN = "green", "绿"


class Inner(BaseModel):
    value: Annotated[str | None, DecimalText(), told("数值", "一个数。", "6.5")] = None
    colour: Annotated[str, Coded(Colour), told("颜色", "内里的颜色。", "green")] = "green"


class Outer(BaseModel):
    number: Annotated[int | None, told("序号", "编号。", 1)] = None
    text: Annotated[str | None, told("文字", "随意的文字。", "甲")] = None
    inner: Annotated[Inner | None, told("内里", "另一个对象。", {})] = None
    colour: Annotated[str | None, Coded(Colour), told("颜色", "外面的颜色。", "red")] = None
    sure: Annotated[bool | None, told("确定", "是否确定。", True)] = None
    day: Annotated[datetime.date | None, told("日期", "哪一天。", "2031-01-02")] = None
    several: Annotated[list[Inner], told("多个", "没有列。", [])] = []
    free: Annotated[dict[str, Any], told("自由", "没有列。", {})] = {}


CODES = [
    "number", "text", "inner_value", "inner_colour", "inner_colour_label", "colour", "colour_label", "sure", "day"
]  # fmt: skip


def records(*rows: Outer) -> list[list[str]]:
    """The lines of the CSV twin, read as a program reads them."""
    return list(csv.reader(io.StringIO(csv_of(Outer, rows).decode("utf-8-sig"), newline="")))


def workbook_of(*rows: Outer, facts: Facts = FACTS) -> Any:
    return openpyxl.load_workbook(io.BytesIO(xlsx_of("虚构表", Outer, rows, facts=facts)))


def cell(row: Outer, code: str) -> Any:
    """The only row's cell in the XLSX twin."""
    return workbook_of(row).worksheets[0].cell(2, CODES.index(code) + 1)


def test_columns_follow_the_schema() -> None:
    columns = {column.code: column for column in columns_of(Outer)}
    assert list(columns) == CODES
    assert [column.kind for column in columns.values()] == [
        CellKind.INTEGER, CellKind.TEXT, CellKind.DECIMAL, CellKind.CODE, CellKind.TEXT,
        CellKind.CODE, CellKind.TEXT, CellKind.BOOLEAN, CellKind.DATE,
    ]  # fmt: skip
    assert (columns["inner_value"].label, columns["inner_value"].example) == ("内里·数值", "6.5")
    assert columns["colour"].meaning == "外面的颜色。取值：red 红；green 绿。"
    assert (columns["colour_label"].label, columns["colour_label"].example) == ("颜色", "红")
    assert columns["sure"].example == "true"


@pytest.mark.parametrize("schema", [IndicatorOut, TaskOut])
def test_every_column_of_the_lists_is_explained_once(schema: type[BaseModel]) -> None:
    columns = columns_of(schema)
    assert (
        len({column.code for column in columns}) == len({column.label for column in columns}) == len(columns)
    )
    assert all(column.label and column.meaning.endswith("。") and column.example for column in columns)


def test_a_schema_says_which_codes_and_which_digits() -> None:
    fields = Inner.model_json_schema()["properties"]
    assert fields["colour"]["enum"] == ["red", "green"]
    assert fields["colour"]["x-labels"] == {"red": "红", "green": "绿"}
    assert "pattern" in fields["value"]["anyOf"][0]


def test_csv_is_what_spreadsheets_and_programs_open() -> None:
    content = csv_of(Outer, [Outer(number=1, text="中文")])
    assert content.startswith(b"\xef\xbb\xbfnumber,text,")
    assert content.count(b"\r\n") == content.count(b"\n") == 2


def test_csv_values() -> None:
    row = Outer(
        number=0,
        text="甲",
        inner=Inner(value="-9.400"),
        colour="red",
        sure=False,
        day=datetime.date(2031, 1, 2),
    )
    assert records(row)[0] == CODES
    assert records(row)[1] == ["0", "甲", "-9.4", "green", "绿", "red", "红", "false", "2031-01-02"]


def test_csv_leaves_the_unknown_empty() -> None:
    assert records(Outer())[1] == [""] * len(CODES)


@pytest.mark.parametrize("text", LIVE)
def test_csv_defuses_what_would_run(text: str) -> None:
    assert records(Outer(text=text))[1][1] == f"'{text}"


@pytest.mark.parametrize("text", TEXTS)
def test_csv_leaves_text_alone(text: str) -> None:
    assert records(Outer(text=text))[1][1] == text


@pytest.mark.parametrize("digits", [*NUMBERS, *LONG_NUMBERS])
def test_csv_numbers_are_exact(digits: str) -> None:
    assert records(Outer(inner=Inner(value=digits)))[1][2] == digits


@pytest.mark.parametrize("text", [*LIVE, *TEXTS])
def test_xlsx_text_is_text(text: str) -> None:
    written = cell(Outer(text=text), "text")
    assert (written.data_type, written.value) == ("s", text.replace("\r", "\n"))
    assert written.quotePrefix is (text in LIVE)


def test_xlsx_holds_no_formula() -> None:
    content = xlsx_of("表", Outer, [Outer(text=text) for text in LIVE], facts=FACTS)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert all(b"<f>" not in archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("digits", NUMBERS)
def test_xlsx_numbers_are_numbers_and_show_their_decimals(digits: str) -> None:
    written = cell(Outer(inner=Inner(value=digits)), "inner_value")
    assert (written.data_type, written.value) == ("n", float(digits))
    assert len(written.number_format.partition(".")[2]) == len(digits.partition(".")[2])


@pytest.mark.parametrize("digits", LONG_NUMBERS)
def test_xlsx_numbers_that_would_be_rounded_are_text(digits: str) -> None:
    written = cell(Outer(inner=Inner(value=digits)), "inner_value")
    assert (written.data_type, written.value) == ("s", digits)


def test_xlsx_zero_is_a_figure_and_blank_is_not() -> None:
    assert cell(Outer(inner=Inner(value="0")), "inner_value").value == 0
    assert cell(Outer(inner=Inner()), "inner_value").value is None
    assert cell(Outer(number=0), "number").value == 0


def test_xlsx_truth_and_dates() -> None:
    assert [cell(Outer(sure=sure), "sure").value for sure in (True, False, None)] == [True, False, None]
    written = cell(Outer(day=datetime.date(2031, 1, 2)), "day")
    assert (written.is_date, written.value.date()) == (True, datetime.date(2031, 1, 2))
    assert written.number_format == "yyyy-mm-dd"


def test_xlsx_keeps_what_the_format_cannot_hold_out() -> None:
    assert cell(Outer(text="甲\x00\x0b乙"), "text").value == "甲乙"
    cut = cell(Outer(text="长" * 40_000), "text").value
    assert len(cut) == 32_767
    assert cut.endswith("……（文字过长，此处截断）")


def test_xlsx_header_is_frozen_bold_and_filtered() -> None:
    sheet = workbook_of(Outer(number=1), Outer(number=2)).worksheets[0]
    assert [top.value for top in sheet[1]] == [column.label for column in columns_of(Outer)]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:I3")
    assert all(top.font.b for top in sheet[1])
    assert not sheet["B2"].font.b


def test_xlsx_columns_are_as_wide_as_their_text() -> None:
    sheet = workbook_of(Outer(text="汉字" * 8)).worksheets[0]
    latin = workbook_of(Outer(text="ab" * 8)).worksheets[0]
    assert sheet.column_dimensions["B"].width == 2 * 16 + 2
    assert latin.column_dimensions["B"].width == 16 + 2
    assert not sheet["B2"].alignment.wrap_text


def test_xlsx_long_text_wraps_instead_of_running_on() -> None:
    sheet = workbook_of(Outer(text="很长的说明" * 40)).worksheets[0]
    assert sheet.column_dimensions["B"].width == 50
    assert sheet["B2"].alignment.wrap_text


def test_xlsx_explains_its_fields_and_where_it_comes_from() -> None:
    book = workbook_of(Outer(number=1))
    assert book.sheetnames == ["虚构表", "字段说明", "说明"]
    told_of = [[told_cell.value for told_cell in line] for line in book["字段说明"]]
    assert told_of[0] == ["字段", "代码", "类型", "含义", "示例"]
    assert told_of[1] == ["序号", "number", "整数", "编号。", "1"]
    assert [line[1] for line in told_of[1:]] == CODES
    stated = {line[0].value: line[1].value for line in book["说明"]}
    assert stated["来源"] == "虚构的报告"
    assert stated["发布时间"] == "2031-03-01 09:30"
    assert (stated["截至"], stated["网址"]) == ("2031-03-02", "https://plan.example/2031/")
    assert stated["行数"] == "1"


def test_xlsx_says_nothing_of_what_is_not_known() -> None:
    book = workbook_of(facts=Facts(source="", published_at=None, as_of=None, address=""))
    assert {line[0].value for line in book["说明"]} == {"事项", "名称", "行数", "空白", "数值"}
    assert book.properties.created == datetime.datetime(1980, 1, 1)  # noqa: DTZ001  as the format has it


def test_xlsx_names_its_sheet_as_the_format_allows() -> None:
    content = xlsx_of("2031/指标:[表]" + "长" * 40, Outer, [], facts=FACTS)
    name = openpyxl.load_workbook(io.BytesIO(content)).sheetnames[0]
    assert len(name) == 31
    assert name.startswith("2031 指标  表")


def test_xlsx_is_the_same_bytes_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [Outer(number=1, text="甲", inner=Inner(value="3.5"))]
    first = xlsx_of("表", Outer, rows, facts=FACTS)
    later = time.time() + 86_400
    monkeypatch.setattr(time, "time", lambda: later)
    assert xlsx_of("表", Outer, rows, facts=FACTS) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(2031, 3, 1, 1, 30, 0)}
    book = openpyxl.load_workbook(io.BytesIO(first))
    assert book.properties.created == book.properties.modified == datetime.datetime(2031, 3, 1, 1, 30)  # noqa: DTZ001


def test_many_rows_take_seconds_not_minutes() -> None:
    row = Outer(number=1, text="甲" * 60, inner=Inner(value="3.5"), sure=True, day=datetime.date(2031, 1, 2))
    begun = time.process_time()
    content = xlsx_of("表", Outer, [row] * 10_000, facts=FACTS)
    assert time.process_time() - begun < 15  # about 1 s where it was written
    assert len(openpyxl.load_workbook(io.BytesIO(content), read_only=True).sheetnames) == 3


def test_decimals_as_text() -> None:
    from decimal import Decimal

    written = [decimal_text(Decimal(digits)) for digits in ("-2.500000", "1.5E+3", "0.000000", "-0.0", "100")]
    assert written == ["-2.5", "1500", "0", "0", "100"]
    assert decimal_text(None) is None
