"""The published report, read whole: every cell, every entry, every count is the one that the fixtures hold."""

from __future__ import annotations

import re

import pytest

from tests.acceptance.printed_report import REPORT, YEARS
from tests.acceptance.printed_report import read as fixture
from tests.site.intake.words import read_text, told
from wanzhou.site.reports.intake import Report, open_report, read_report
from wanzhou.site.reports.intake.passages import Place
from wanzhou.site.reports.intake.report import Sure

UNNUMBERED = (
    "“2023年实现国民经济和社会发展计划的重点工作”的第一个小标题"
    "“培育壮大现代化产业，夯实发展基础支撑”前面没有编号（一）。"
)
WRAPPED = "“表2  2023年国民经济和社会发展计划”：“R&D占GDP比重（%）”这一行的格子折成了几行，按各列的样子接起来，请核对。"


@pytest.fixture(scope="module")
def report() -> Report:
    return read_text(REPORT)


def expected_table(year: str) -> list[tuple[object, ...]]:
    adjusted = (
        {row["code"]: row["wording"] for row in fixture(f"{year}/adjustments.csv")} if year == "2022" else {}
    )
    states = {"awaiting_city": "市级暂未反馈", "redefined": "口径调整"}
    outcomes = {
        row["code"]: states.get(row["state"], row["wording"])
        for row in fixture(f"{year}/figures.csv")
        if row["period"] == "full_year"
    }
    return [
        (
            int(row["ordinal"]) if row["ordinal"] else None,
            row["name"],
            row["unit"],
            adjusted.get(row["code"], row["wording"]),
            outcomes.get(row["code"], ""),
            row["nature"],
            bool(row["parent"]),
        )
        for row in fixture(f"{year}/targets.csv")
    ]


def test_title_and_years(report: Report) -> None:
    assert report.title == fixture("sources.csv")[0]["title"]
    assert report.years == (2022, 2023)


def test_both_tables_equal_the_fixtures_cell_by_cell(report: Report) -> None:
    assert [table.year for table in report.tables] == [2022, 2023]
    for number, year in enumerate(YEARS):
        assert told(report, number) == expected_table(year)
    assert report.tables[0].note.startswith("注：加*为约束性指标，其他为预期性指标。")


def entries(report: Report) -> list[tuple[str, ...]]:
    return [
        (
            str(box.number),
            entry.section,
            entry.name,
            entry.stage,
            "yes" if entry.group else "no",
            entry.quantity,
            entry.clause,
        )
        for box in report.boxes
        for entry in box.entries
    ]


def test_every_one_of_the_208_entries_and_no_other(report: Report) -> None:
    columns = ("box", "section", "name", "stage", "group", "quantity", "wording")
    expected = [
        tuple(row[column] for column in columns) for year in YEARS for row in fixture(f"{year}/tasks.csv")
    ]
    assert len(expected) == 208
    assert entries(report) == expected
    assert [(str(box.number), box.title, str(box.year)) for box in report.boxes] == [
        (row["box"], row["title"], row["year"]) for row in fixture("boxes.csv")
    ]


def test_what_rests_on_he_or_deng_is_never_certain(report: Report) -> None:
    unsure = [entry for box in report.boxes for entry in box.entries if entry.sure < Sure.CERTAIN]
    assert len(unsure) == 11
    assert all(entry.doubt for entry in unsure)
    certain = [entry.name for box in report.boxes for entry in box.entries if entry.sure is Sure.CERTAIN]
    assert not [name for name in certain if "和" in name or re.search("(?<!高)等", name)]


def test_the_tally_and_its_cause(report: Report) -> None:
    tally = report.tally
    assert (tally.total, tally.judged, tally.met) == (22, 17, 14)
    assert tally.redefined is not None
    assert tally.redefined.names == ("实际利用外资",)
    assert tally.awaiting_city is not None
    assert tally.awaiting_city.names == (
        "战略性新兴产业产值增速",
        "文化产业增加值增速",
        "R&D占GDP比重",
        "节能减排降碳",
    )
    assert tally.missed is not None
    assert tally.missed.names == ("地区生产总值增速", "固定资产投资增速", "社会消费品零售总额增速")
    assert {row["text"] for row in fixture("2022/causes.csv")} == {tally.cause}
    assert (tally.planned, tally.binding, tally.anticipatory) == (25, 4, 21)


def test_the_only_problem_is_the_missing_number(report: Report) -> None:
    assert report.problems == (UNNUMBERED,)


def test_every_piece_stands_where_it_says(report: Report) -> None:
    lines = REPORT.replace("ADDIN CNKISM.UserStyle", "").split("\n")

    def at(place: Place) -> str:
        return lines[place.number - 1][place.start : place.end]

    for box in report.boxes:
        for entry in box.entries:
            assert at(entry.place) == entry.name
    for table in report.tables:
        for row in table.rows:
            assert row.name in at(row.place)
    for one in (*report.commitments, *report.results):
        assert one.sentence in lines[one.place.number - 1]
        assert at(one.place) in one.sentence


def test_commitments_keep_the_words_of_their_sentences(report: Report) -> None:
    assert len(report.commitments) == 107
    said = {(one.name, one.wording, one.unit) for one in report.commitments}
    assert {
        ("规上工业产值", "同比增长25%以上", "%"),
        ("新培育规上工业企业", "25家以上、总数达210家以上", "家"),
        ("新增市级“专精特新”中小企业", "15家以上", "家"),
        ("金融机构存贷款余额", "同比增长8%", "%"),
        ("绿色信贷余额", "同比增长50%", "%"),
        ("固定资产投资", "力争同比增长11%", "%"),
        ("耕地保有量", "稳定在122.8万亩以上", "万亩"),
        ("城乡居民收入比", "缩小至2.36:1", ":1"),
        ("长江干流万州段水质", "稳定保持Ⅱ类", ""),
        ("完成保交楼任务", "2900户、41万平方米", "户"),
    } <= said
    for one in report.commitments:
        assert stands_in_order(one.name.replace("力争", ""), one.sentence)
        assert stands_in_order(one.wording, one.sentence)


def stands_in_order(words: str, sentence: str) -> bool:
    """Whether the signs of the words stand in the sentence, one behind the other."""
    signs = iter(sentence)
    return all(sign in signs for sign in words)


def lost_tabs() -> str:
    return "\n".join(line.strip() for line in REPORT.split("\n"))


def lost_blank_lines() -> str:
    return "\n".join(line.strip() for line in REPORT.split("\n") if line.strip())


def wrapped() -> str:
    """Every paragraph broken at thirty signs, as text taken from a page is."""
    return re.sub(r"(?m)^.{61,}$", lambda line: re.sub("(.{30})(?=.)", "\\1\n", line[0]), REPORT)


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        (lost_tabs(), (WRAPPED,)),
        (lost_blank_lines(), (WRAPPED,)),
        (wrapped(), ()),
        (REPORT.replace("\n", "\r\n"), ()),
    ],
    ids=["no tabs", "no tabs, no blank lines", "broken lines", "lines of Windows"],
)
def test_the_same_report_in_a_worse_state(report: Report, text: str, beside: tuple[str, ...]) -> None:
    again = read_text(text)
    assert [told(again, number) for number in (0, 1)] == [told(report, number) for number in (0, 1)]
    assert [one[:6] for one in entries(again)] == [one[:6] for one in entries(report)]
    assert [(one.name, one.wording) for one in again.commitments] == [
        (one.name, one.wording) for one in report.commitments
    ]
    assert set(again.problems) == {UNNUMBERED, *beside}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_same_report_in_any_encoding(report: Report, encoding: str) -> None:
    again = read_report(open_report("报告.txt", REPORT.encode(encoding)))
    assert again == report


def test_full_width_digits_are_read_as_digits(report: Report) -> None:
    wide = REPORT.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789%*#"})
    again = read_text(wide)
    assert [told(again, number) for number in (0, 1)] == [told(report, number) for number in (0, 1)]
    assert again.tally.missed == report.tally.missed
    assert entries(again) == entries(report)
