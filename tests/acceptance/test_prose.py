"""The work targets and the cited figures: every word stands in the report, and the reader finds the same sentences."""

from __future__ import annotations

import re

import pytest

from tests.acceptance.printed_report import REPORT, Row, read
from wanzhou.site.reports.intake import Report, pasted, read_report

WORK, CITED = read("2023/work.csv"), read("2022/cited.csv")
AHEAD = REPORT.index("三、2023年实现国民经济和社会发展计划的重点工作")
BEHIND = REPORT.index("二、2023年国民经济和社会发展计划总体考虑")


@pytest.fixture(scope="module")
def report() -> Report:
    return read_report(pasted(REPORT))


def stands_in_order(words: str, sentence: str) -> bool:
    """Whether the signs of the words stand in the sentence, one behind the other."""
    signs = iter(sentence)
    return all(sign in signs for sign in words)


@pytest.mark.parametrize("row", WORK, ids=lambda row: row["code"])
def test_a_work_target_is_made_of_its_sentence(row: Row) -> None:
    assert REPORT.index(row["quoted"]) > AHEAD
    assert re.fullmatch(r"[^。；]+[。；]", row["quoted"])
    assert stands_in_order(row["name"], row["quoted"])
    assert stands_in_order(row["wording"], row["quoted"])
    for figure in re.findall(r"[0-9.]+[^0-9、]+", row["wording"]):
        assert figure.rstrip("以上左右") in row["quoted"]
    assert row["unit"] in row["wording"]
    assert row["place"] == f"第三部分“{row['section'].split('·')[-1]}”"


@pytest.mark.parametrize("row", CITED, ids=lambda row: row["name"])
def test_a_cited_figure_is_made_of_its_sentence(row: Row) -> None:
    assert REPORT.index(row["sentence"]) < BEHIND
    assert stands_in_order(row["name"], row["sentence"])
    assert stands_in_order(row["wording"], row["sentence"])
    assert row["unit"] in row["wording"]


def test_no_promise_of_section_three_is_missing(report: Report) -> None:
    """The reader and the files, made of it and then checked by hand, agree on every sentence and figure."""
    assert len(WORK) == 107
    found = [(one.section, one.sentence, one.wording, one.unit) for one in report.commitments]
    assert [(row["section"], row["quoted"], row["wording"], row["unit"]) for row in WORK] == found


def test_no_figure_of_section_one_is_missing(report: Report) -> None:
    assert len(CITED) == 228
    sentences = {one.sentence for one in report.results}
    assert {row["sentence"] for row in CITED} == sentences
    assert (
        len(report.results) == len(CITED) - 1
    )  # “10项国家级和25项市级改革试点” are two, which the hand divided


def test_what_the_table_asks_too_shares_its_code() -> None:
    listed = {row["code"]: row for row in read("2023/targets.csv")}
    shared = {row["code"]: row["name"] for row in WORK if row["code"] in listed}
    assert shared == {
        "digital-economy-growth": "数字经济增加值",
        "fixed-investment-growth": "固定资产投资",
        "retail-sales-growth": "社会消费品零售总额",
        "rural-income-growth": "农村居民人均可支配收入",
        "foreign-trade": "进出口总额",
        "foreign-capital": "实际使用外资",
        "yangtze-water-quality": "长江干流万州段水质",
        "good-air-days": "空气质量优良天数",
    }
    assert len({row["code"] for row in WORK}) == len(WORK)
