"""The law of the import: the tables of the report come in as they stand, every figure in its row, nothing invented."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from indicators.models import QuarterlyActual
from tests.acceptance.printed_report import printed_table, read
from tests.cast import Cast
from tests.entry.desk import PROVIDED, address, emptied, signed_in
from tests.entry.uploads import accept, send, sheet, unread
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.plans.periods import Period

pytestmark = pytest.mark.django_db
TITLE = ("表1  2022年经济社会发展主要预期目标完成情况",)
NOTE = (
    "注：加*为约束性指标，其他为预期性指标。一般公共预算收入预期目标经区六届人大常委会第六次会议批准进行了调整。",
)
Lines = Sequence[Sequence[str]]


@pytest.fixture
def full_year(loaded_plans: None, cast: Cast) -> ReportingPeriod:
    return emptied(2022, Period.FULL_YEAR, cast)


def outcomes(period: ReportingPeriod) -> dict[str, tuple[str, str, Decimal | None]]:
    found = QuarterlyActual.objects.filter(period=period).select_related("target__indicator")
    return {one.target.indicator.code: (one.outcome_state, one.wording, one.value) for one in found}


def printed_outcomes() -> dict[str, tuple[str, str, Decimal | None]]:
    """The full year of 2022 as the fixtures hold it, which a test of their own keeps equal to the report."""
    return {
        row["code"]: (row["state"], row["wording"], Decimal(row["value"]) if row["value"] else None)
        for row in read("2022/figures.csv")
        if row["period"] == "full_year"
    }


def wrapped(cell: str) -> str:
    """A long cell as a narrow column breaks it."""
    return f"{cell[:9]}\n{cell[9:]}" if len(cell) > 9 else cell


def as_printed(table: Lines) -> tuple[Lines, list[str]]:
    """A title over all columns, the table, the note below; 序号 is merged over a row and its sub-row."""
    merged = ["A1:D1", f"A{len(table) + 2}:D{len(table) + 2}"]
    merged += [f"A{at + 1}:A{at + 2}" for at, row in enumerate(table) if row[1].startswith("#")]
    return [TITLE, *([wrapped(cell) for cell in row] for row in table), NOTE], merged


def in_a_clerks_form(table: Lines) -> tuple[Lines, list[str]]:
    """Units in a column, natures behind, numbers as numbers, Ⅱ for II, the years over two columns each."""
    lines: list[list[object]] = [
        ["附件"], ["2022年主要指标"],
        ["序号", "指标名称", "单位", "2021年", "", "2022年", "", "指标属性"],
        ["", "", "", "年度目标", "完成情况", "年度目标", "完成情况", ""],
    ]  # fmt: skip
    for ordinal, name, target, outcome in table[1:]:
        bare, _, unit = name.replace("*", "").partition("（")
        figure = (
            float(outcome) if outcome.replace(".", "").lstrip("-").isdigit() else outcome.replace("II", "Ⅱ")
        )
        nature = "约束性" if name.endswith("*") else "预期性"
        lines.append([ordinal, f" {bare} ", unit.removesuffix("）"), "9", "9.9", target, figure, nature])
    return lines, ["D3:E3", "F3:G3", "A3:A4", "B3:B4", "C3:C4", "H3:H4"]  # type: ignore[return-value]


@pytest.mark.parametrize("form", [as_printed, in_a_clerks_form])
def test_table_1_imports_without_edits(form: object, full_year: ReportingPeriod, cast: Cast) -> None:
    lines, merged = form(printed_table(1))  # type: ignore[operator]
    client = signed_in(cast.reviewer)
    file = sheet(*lines, name="表1.xlsx", merged=merged)
    previewed = send(client, address(full_year, "workbook/"), file, **PROVIDED)
    assert unread(previewed) == {}
    assert "草稿已保存" in accept(client, full_year, previewed, cast.reviewer)
    expected = {
        code: (state, wording.replace("II", "Ⅱ") if form is in_a_clerks_form else wording, value)
        for code, (state, wording, value) in printed_outcomes().items()
    }
    assert outcomes(full_year) == expected
    assert len(expected) == 24
    assert not send(client, address(full_year, "workbook/"), sheet(*lines)).context["found"].fillings


def test_the_tables_of_another_year_say_so(full_year: ReportingPeriod, cast: Cast) -> None:
    client, place = signed_in(cast.reviewer), address(full_year, "workbook/")
    lines, _ = as_printed(printed_table(1))
    of_2021 = [[cell.replace("2022", "2021") for cell in line] for line in lines]
    previewed = send(client, place, sheet(*of_2021, name="上年.xlsx"))
    assert previewed.context["found"].fillings == ()
    (why,) = unread(previewed).values()
    assert "标题写的是“表1  2021年" in why
    assert "这里填的是2022年全年，整张没有读取" in why
    half = sheet(("2022年上半年",), ("指标名称", "完成情况"), ("地区生产总值增速", "2.8"))
    assert "标题写的是“2022年上半年”" in next(iter(unread(send(client, place, half)).values()))


def test_table_2_has_no_outcomes_and_says_where_targets_go(full_year: ReportingPeriod, cast: Cast) -> None:
    client, place = signed_in(cast.reviewer), address(full_year, "workbook/")
    table = printed_table(2)
    previewed = send(client, place, sheet(("表2  2023年国民经济和社会发展计划",), *table, name="表2.xlsx"))
    (why,) = unread(previewed).values()
    assert "没有2022年全年的完成情况" in why
    assert "编制新年度计划" in why
    untouched = sheet(("2022年",), ("序号", "指标名称", "2022年目标", "指标属性", "完成情况"), *table[1:])
    found = send(client, place, untouched).context["found"]
    assert (found.fillings, found.unclear) == ((), ()), "an empty column of outcomes fills nothing"


def test_what_cannot_be_read_is_named_with_its_cell(full_year: ReportingPeriod, cast: Cast) -> None:
    table = [list(row) for row in printed_table(1)]
    table[1][3], table[3][3], table[4][1], table[6][1] = "#N/A", "九点几", "新的指标（%）", ""
    table[16][1], table[17][3] = "进出口总额（亿美元）", "1.6亿元"
    previewed = send(
        signed_in(cast.reviewer), address(full_year, "workbook/"), sheet(TITLE, *table, NOTE, name="表1.xlsx")
    )
    said = unread(previewed)
    at = "《表1.xlsx》“Sheet”"
    assert said.pop(f"{at}D3").startswith("“地区生产总值增速（%）”的数据是错误值 #N/A，没有读取：应填数字")
    assert said.pop(f"{at}D6 新的指标（%）：13").startswith("没有认出是哪一行：请写")
    assert (
        said.pop(f"{at}D8") == "“3.1”这一行没有指标名称，没有读取：每一行都要写上名称（合并的单元格请拆开）。"
    )
    other_unit = said.pop(f"{at}D18 进出口总额（亿美元）：51.9")
    assert other_unit == "表里的单位是“亿美元”，这一行按“亿元”填，没有换算：请换算后再上传。"
    assert said == {}
    remarks = {
        one.row.name: [remark.says for remark in one.remarks] for one in previewed.context["found"].fillings
    }
    assert "应填数字" in remarks["规上工业全员劳动生产率"][0]
    assert "单位不符" in remarks["实际利用外资"][0]
