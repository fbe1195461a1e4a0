"""Mid-year reports and briefs: what they say, on which basis, and what changed since."""

from __future__ import annotations

import datetime

import pytest

from indicators.judging.terms import OutcomeState, Pace, Verdict
from wanzhou.kernel.plans.periods import Period
from wanzhou.site.reports.writing.brief import brief
from wanzhou.site.reports.writing.documents import Document, DocumentRefused, Heading, Listing
from wanzhou.site.reports.writing.facts import Year
from wanzhou.site.reports.writing.lacking import waiting_lines
from wanzhou.site.reports.writing.midyear import midyear_report, pace_paragraph
from wanzhou.site.reports.writing.standings import Before, Standing, changes, standings_of

from .years import MOMENT, NAMES, missed, paced, row, year


def under_way() -> Year:
    return year(
        paced(1, Pace.ON_PACE, "甲", outcome="7", sentence="甲的判定说明。"),
        paced(
            2, Pace.BEHIND, "乙", outcome="5", difference="低 1 个百分点", sentence="乙的判定说明。", department="乙局",
            cause="乙的原因。", measures="乙的措施。",
        ),
        paced(3, Pace.IN_PROGRESS, "丙", outcome="未收录"),
        paced(4, Pace.AWAITING_CITY, "丁", state=OutcomeState.AWAITING_CITY, bureau="丁市局", outcome="市级暂未反馈"),
        paced(5, Pace.AWAITING_CITY, "戊", state=OutcomeState.REPORTED, wording="较上年提高"),
        paced(6, Pace.UNREPORTED, "己", department="己局", outcome="未填报"),
        paced(7, Pace.UNREPORTED, "庚", department="己局", outcome="未填报"),
        period=Period.FIRST_HALF,
    )  # fmt: skip


def said(document: Document) -> str:
    lines = [line for block in document.blocks if isinstance(block, Listing) for line in block.lines]
    return "\n".join([*document.paragraphs, *lines])


def headings_of(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def test_the_paces_are_counted_and_named() -> None:
    assert pace_paragraph(under_way()) == (
        "2030年7项年度目标中，上半年1项达到序时进度，1项滞后；“丙”指标年末核算、年中不作判断；"
        "丁、戊2项指标待市级反馈或待基数；己、庚2项指标尚未填报。序时进度只是年中的提示，不是全年结论。"
    )


def test_what_is_behind_stands_with_its_cause_and_next_step() -> None:
    words = said(midyear_report(under_way(), NAMES))
    assert "1．乙：乙的判定说明。原因：乙的原因。下一步措施：乙的措施。" in words
    assert "丁市局：丁。" in words
    assert "戊：目标“较上年提高”所依据的基数尚未反馈。" in words


def test_what_departments_wrote_stands_under_their_names() -> None:
    report = midyear_report(under_way(), NAMES)
    headings = headings_of(report)
    assert headings[-2:] == ["五、部门文字材料", "乙局"]
    assert "乙：乙的原因。乙的措施。" in report.paragraphs


def test_a_missing_cause_stops_the_final_report_and_is_listed_in_a_draft() -> None:
    told = year(paced(1, Pace.BEHIND, "甲"), period=Period.FIRST_HALF)
    with pytest.raises(DocumentRefused, match="第1项“甲”滞后于序时进度，尚无原因说明。"):
        midyear_report(told, NAMES)
    assert "第1项“甲”滞后于序时进度，尚无原因说明。" in said(midyear_report(told, NAMES, draft="征求意见稿"))


def test_nobody_is_blamed_for_what_public_sources_lack() -> None:
    told = year(
        paced(1, Pace.BEHIND, "甲"),
        paced(2, Pace.NOT_COLLECTED, "乙", outcome="未收录", department="乙局"),
        period=Period.FIRST_HALF, explained=False, asked=False,
    )  # fmt: skip
    report = said(midyear_report(told, NAMES))
    assert "公开资料中未见原因说明" in report
    page = brief(told, NAMES, before=None)
    headings = headings_of(page)
    assert "未收录的数据及对口单位（公开资料中未见，不是单位未报）" in headings
    assert "缺数及责任单位" not in headings


def test_the_brief_names_who_owes_what() -> None:
    page = brief(under_way(), NAMES, before=None, stamp="内部")
    words = said(page)
    assert page.compact
    assert page.stamp == "内部"
    assert "7项年度目标：1项达到序时进度，1项滞后，1项年末核算，2项待市级反馈或待基数，2项未填报。" in words
    assert "己局：己、庚" in words
    assert "乙：全年目标6%左右，完成5%，低1个百分点。原因：乙的原因。措施：乙的措施。" in words
    assert "这是本期的第一份，没有可比的上一份。" in words


def test_a_shared_cause_is_told_once() -> None:
    told = year(missed(1, "甲"), missed(2, "乙"), missed(3, "丙", cause="另一个"))
    words = said(brief(told, NAMES, before=None))
    assert words.count("虚构的原因") == 1
    assert "原因同上。" in words
    assert "原因：另一个。" in words


def test_what_changed_since_the_last_brief() -> None:
    before = Before(
        MOMENT,
        {
            **standings_of(under_way()),
            under_way().rows[0].code: Standing("甲", "6", "滞后"),
            under_way().rows[1].code: Standing("乙", "5", "进行中"),
            "gone": Standing("旧项", "1", "滞后"),
        },
    )
    told = under_way()
    assert list(changes(told, before)) == ["甲：6→7，滞后→序时达标", "乙：进行中→滞后", "旧项：不再列入"]
    later = Before(MOMENT + datetime.timedelta(days=1), standings_of(told))
    page = said(brief(told, NAMES, before=later))
    assert "没有变化。" in page


def test_a_new_row_is_told_as_new() -> None:
    before = Before(MOMENT, {})
    told = year(row(1, "甲", verdict=Verdict.MET))
    assert list(changes(told, before)) == ["甲：新列入，6.1（达到或超过）"]


def test_rows_that_wait_for_one_bureau_stand_together() -> None:
    rows = [
        paced(n, Pace.AWAITING_CITY, name, state=OutcomeState.AWAITING_CITY)
        for n, name in ((1, "甲"), (2, "乙"))
    ]
    assert waiting_lines(rows) == ("市级（哪个部门，报告未载）：甲、乙。",)


def test_an_internal_report_says_who_owes_what_and_what_changed() -> None:
    before = Before(MOMENT, {**standings_of(under_way()), "gone": Standing("旧项", "1", "滞后")})
    report = midyear_report(under_way(), NAMES, stamp="内部", before=before)
    assert headings_of(report)[-2:] == ["六、缺数及责任单位", "七、与上次一页纸（2031-02-01 09:00）相比"]
    words = said(report)
    assert "己局：己、庚" in words
    assert "旧项：不再列入" in words
    assert "缺数及责任单位" not in " ".join(headings_of(midyear_report(under_way(), NAMES)))
