"""2023's plan beside 2022's, row by row, as a careful reader of the two printed tables would tell it.

The expected rows were written from 表1 and 表2 by hand, not from what the program answers.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.acceptance.printed_report import printed_table
from tests.pages.reading import page_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_plans")]

# In the order of 表2: code, 2022 as printed, 2023 as printed, what became of it, by how much, in what else it differs.
# None: the row is not in that table.
EXPECTED: list[tuple[str, str | None, str, str, str | None, set[str]]] = [
    ("gdp-growth", "6左右", "6.5以上", "raised", "0.5", {"reworded"}),
    ("gdp-per-capita", None, "7.4", "added", None, set()),
    ("emerging-industries-growth", "10", "10", "incomparable", None, {"renamed", "redefined"}),
    ("digital-economy-growth", None, "15以上", "added", None, set()),
    ("industrial-labour-productivity", "29", "29", "kept", "0", set()),
    ("fixed-investment-growth", "6左右", "11", "raised", "5", {"reworded"}),
    ("culture-industry-growth", "4", "6", "raised", "2", set()),
    ("retail-sales-growth", "7", "7", "kept", "0", set()),
    ("new-market-entities-growth", "12", "10", "lowered", "-2", set()),
    ("public-budget-revenue-growth", "0", "8", "raised", "8", set()),
    ("tax-revenue-growth", "-9.5", "15", "raised", "24.5", set()),
    ("rd-intensity", "1.7左右", "较2022年提升0.2个百分点", "reworded", None, {"reworded"}),
    ("invention-patents-per-10k", "3", "3.8", "raised", "0.8", set()),
    ("high-tech-enterprises", None, "110", "added", None, set()),
    ("urbanisation-rate", "69以上", "70.4", "raised", "1.4", {"reworded"}),
    ("good-air-days", "330以上", "340以上", "raised", "10", set()),
    ("yangtze-water-quality", "总体保持II类", "稳定保持II类", "reworded", "0", {"reworded"}),
    ("forest-cover", "56.5", "56.8", "raised", "0.3", {"renatured"}),
    ("energy-emission-carbon", "上级下达任务", "上级下达任务", "kept", None, set()),
    ("foreign-trade", "50", "60", "raised", "10", set()),
    ("foreign-capital", "1.6", "1500", "incomparable", None, {"renamed", "reunited", "redefined"}),
    ("resident-income-growth", "7.5", "6.5以上", "lowered", "-1", {"reworded"}),
    ("rural-income-growth", "8", "8左右", "reworded", "0", {"reworded"}),
    (
        "work-safety-deaths",
        "3.5以下",
        "0.035以下",
        "incomparable",
        None,
        {"renamed", "reunited", "redefined"},
    ),
    ("consumer-prices", "3以内", "103以内", "incomparable", None, {"renamed", "redefined"}),
    ("urban-new-jobs", "2.5以上", "2.5以上", "kept", "0", {"renamed"}),
    ("surveyed-unemployment", "5.5以内", "5.5以内", "kept", "0", set()),
]
WHY_NOT = {
    "战略性新兴产业增加值增速": "换了名称、口径，不比较高低口径变化：2022年为产值增速，2023年为增加值增速，两年不可比",
    "实际使用外资": "换了名称、单位、口径，不比较高低口径和计量单位变化：2022年为“实际利用外资”（亿美元），"
    "2023年为“实际使用外资”（万美元），两年不可比",
    "每亿元地区生产总值生产安全事故死亡人数": "换了名称、单位、口径，不比较高低指标名称和计量单位变化："
    "2022年为死亡率（%），2023年为死亡人数，数值相差100倍",
    "居民消费价格指数": "换了名称、口径，不比较高低2022年为涨幅，2023年为指数（指数=100+涨幅），不可直接比较",
}


@pytest.fixture
def compared(client: Client) -> dict[str, Any]:
    answer: dict[str, Any] = client.get("/compare/2022/2023.json").json()
    return answer


def test_every_row_is_what_the_printed_tables_say(compared: dict[str, Any]) -> None:
    told = [
        (
            row["code"],
            row["earlier"] and row["earlier"]["wording"],
            row["later"]["wording"],
            row["movement"],
            row["amount"],
            set(row["switches"]) - ({"reworded"} if row["movement"] == "incomparable" else set()),
        )
        for row in compared["indicators"]
    ]
    assert told == EXPECTED


def test_the_expected_wordings_are_the_printed_ones() -> None:
    """The hand-written list itself is held against both tables, whose cells carry the mark of binding targets."""
    for number, column in ((1, 1), (2, 2)):
        printed = [row[2].strip() for row in printed_table(number)[1:]]
        expected = [row[column] for row in EXPECTED if row[column] is not None]
        assert sorted(printed) == sorted(str(each) for each in expected)


def test_numbered_rows_are_counted_exactly(compared: dict[str, Any]) -> None:
    assert (compared["numbered"], compared["binding"]) == ([22, 25], [5, 4])
    assert compared["movements"] == {
        "added": 3,
        "dropped": 0,
        "raised": 9,
        "lowered": 2,
        "reworded": 2,
        "kept": 5,
        "incomparable": 4,
    }
    sub_rows = [row["code"] for row in compared["indicators"] if not row["counted"]]
    assert sub_rows == ["tax-revenue-growth", "rural-income-growth"]


def test_the_page_says_it_in_a_sentence(client: Client) -> None:
    words = page_at(client, "/compare/2022/2023/")
    assert "2023 年计划比 2022 年多 3 项指标，9 项提高，2 项降低" in words
    assert (
        "新增 3 项，5 项与 2022 年相同，2 项只改表述，4 项换了单位或口径、不比较高低。"
        "约束性指标由 5 项变为 4 项：森林覆盖率由约束性改为预期性。"
    ) in words


def test_what_is_not_comparable_says_why_in_the_published_words(client: Client) -> None:
    words = page_at(client, "/compare/2022/2023/")
    for name, why in WHY_NOT.items():
        assert name in words
        assert why in words


def test_the_adjusted_target_is_compared_and_its_first_wording_stays_unknown(
    client: Client, compared: dict[str, Any]
) -> None:
    [fiscal] = [row for row in compared["indicators"] if row["code"] == "public-budget-revenue-growth"]
    assert (fiscal["earlier"]["wording"], fiscal["earlier"]["first_wording"]) == ("0", None)
    assert "2022 年目标经区六届人大常委会第六次会议批准调整为“0”；调整前的目标：报告未载" in page_at(
        client, "/compare/2022/2023/"
    )


def test_a_softer_wording_of_the_same_number_is_said_to_be_softer(compared: dict[str, Any]) -> None:
    words = {row["code"]: row["words"] for row in compared["indicators"]}
    assert words["rural-income-growth"] == "改表述，放宽"
    assert words["yangtze-water-quality"] == "改表述"
    assert words["rd-intensity"] == "改表述"
    assert words["gdp-growth"] == "提高 0.5 个百分点"
    assert words["good-air-days"] == "提高 10 天"
    assert words["resident-income-growth"] == "降低 1 个百分点"
