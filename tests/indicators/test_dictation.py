"""Text that names rows: a table of sentences and sheets, with what is heard and what stays unclear."""

from __future__ import annotations

import csv

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from indicators.dictation import MOST_SIGNS, Row, block_of, in_unit, take_dictation


def rows() -> list[Row]:
    """The rows of the real plan of 2023, keyed by their code's position."""
    folder = settings.BASE_DIR / "fixtures"
    with (folder / "indicators.csv").open(encoding="utf-8", newline="") as table:
        catalogue = {row["code"]: row for row in csv.DictReader(table)}
    with (folder / "2023" / "targets.csv").open(encoding="utf-8", newline="") as table:
        targets = list(csv.DictReader(table))
    found = []
    for key, target in enumerate(targets):
        known = catalogue[target["code"]]
        aliases = known["aliases"].split("；")
        found.append(Row(key, target["unit"], (target["name"], known["name"], known["short_name"], *aliases)))
    return found


ROWS = rows()
NAME = {row.key: row.names[0] for row in ROWS}
GDP, INVESTMENT, RETAIL = "地区生产总值增速", "固定资产投资增速", "社会消费品零售总额增速"
BUDGET, TAX = "一般公共预算收入增速", "税收收入增速"

# said, heard by name, number of unclear places
SAID = [
    ("GDP增长6%，固投7.3%，社零6.1", {GDP: "6", INVESTMENT: "7.3", RETAIL: "6.1"}, 0),
    ("gdp 6\n固投：7.3%\n社零= 6.1", {GDP: "6", INVESTMENT: "7.3", RETAIL: "6.1"}, 0),
    ("上半年，我区GDP同比增长6%", {GDP: "6"}, 0),
    ("万州区GDP增长6%", {GDP: "6"}, 0),
    ("社零下降0.9%、财政收入0.1%", {RETAIL: "-0.9", BUDGET: "0.1"}, 0),
    ("一般公共预算收入同比增长8.4%，其中税收收入增长18.4%", {BUDGET: "8.4", TAX: "18.4"}, 0),
    ("GDP达到500亿元，增长6%", {GDP: "6"}, 0),
    ("进出口27.8亿元，增长8%", {"进出口总额": "27.8"}, 0),
    ("进出口278000万元", {"进出口总额": "27.8"}, 0),
    ("人均GDP 7.4万元", {"人均地区生产总值": "7.4"}, 0),
    ("失业率控制在5.5%以内", {"城镇调查失业率": "5.5%以内"}, 0),
    ("水质保持Ⅱ类", {"长江干流水质": "II类"}, 0),
    ("战新产业市级暂未反馈", {"战略性新兴产业增加值增速": "市级暂未反馈"}, 0),
    ("外资1,200万美元", {"实际使用外资": "1200"}, 0),
    ("全国GDP增长5.5%，我区GDP增长6%", {GDP: "6"}, 1),
    ("税收占一般公共预算收入比重60%", {}, 1),
    ("GDP增长6%，比全国高0.5个百分点", {GDP: "6"}, 1),
    ("出口10亿元", {}, 1),
    ("GDP", {}, 1),
    ("GDP 6\nGDP 7", {}, 2),
    ("GDP 6\nGDP 6", {GDP: "6"}, 0),
    ("请各单位抓紧报数", {}, 0),
    ("", {}, 0),
    ("序号\t指标\t单位\t上半年\n6\t固定资产投资增速（%）\t%\t7.3\n8\t社零\t%\t6.1\n\t# 税收收入增速\t%\t18.4",
     {INVESTMENT: "7.3", RETAIL: "6.1", TAX: "18.4"}, 0),
    ("10\t没有的指标\t%\t5", {}, 1),
    ("GDP\t", {}, 0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "heard", "unclear"), SAID)
def test_what_is_heard(text: str, heard: dict[str, str], unclear: int) -> None:
    found = take_dictation(text, ROWS, places=("万州区", "万州"))
    assert {NAME[one.key]: one.text for one in found.heard} == heard
    assert len(found.unclear) == unclear, found.unclear


def test_a_name_of_two_rows_fills_neither() -> None:
    twins = [Row(1, "%", ("甲收入", "收入")), Row(2, "%", ("乙收入", "收入"))]
    for text in ("收入5%", "收入\t5"):
        found = take_dictation(text, twins)
        assert found.heard == ()
        assert "可以指几行" in found.unclear[0].why
    assert [one.key for one in take_dictation("乙收入5%", twins).heard] == [2]


def test_every_name_and_alias_finds_its_own_row() -> None:
    for row in ROWS:
        for name in row.names:
            found = take_dictation(f"{name}\t1", ROWS)
            assert [one.key for one in found.heard] == [row.key], name


def test_a_row_without_an_alias_is_not_named_by_nothing() -> None:
    found = take_dictation("5%", [Row(1, "%", ("甲收入", "", " "))])
    assert found.heard == ()


def test_too_much_at_once_is_refused() -> None:
    found = take_dictation("字" * (MOST_SIGNS + 1), ROWS)
    assert "太长" in found.unclear[0].why


def test_a_block_as_a_sheet_copies_it() -> None:
    assert block_of('6\r\n"a\nb ""c"""\t7\r\n\r\n8\r\n') == (("6",), ('a b "c"', "7"), ("",), ("8",))
    assert block_of("6") == (("6",),)


@given(st.text(max_size=200))
def test_listening_never_raises(text: str) -> None:
    found = take_dictation(text, ROWS)
    assert len({one.key for one in found.heard}) == len(found.heard)
    block_of(text)


@pytest.mark.parametrize(
    ("text", "unit", "row_unit", "told"),
    [
        ("278000", "万元", "亿元", "27.8"),
        ("0", "万元", "亿元", "0"),
        ("27.8", "亿元", "亿元", "27.8"),
        ("35", "家", "户", "35"),  # two words for one measure
        ("15", "含个体", "万户", "15"),  # a remark in brackets, no unit
        ("12", "现价", "亿元", "12"),
        ("6%", "万元", "亿元", "6%"),  # no plain number
        ("市级暂未反馈", "万元", "亿元", "市级暂未反馈"),
        ("5", "人", "亿元", None),
    ],
)
def test_a_number_in_a_tables_unit_is_told_in_the_rows(
    text: str, unit: str, row_unit: str, told: str | None
) -> None:
    assert in_unit(text, unit, row_unit) == told
