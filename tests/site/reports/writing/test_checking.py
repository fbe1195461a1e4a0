"""What stands against a report names its row."""

from __future__ import annotations

import pytest

from indicators.judging.terms import Pace, Verdict
from wanzhou.site.reports.writing.annual import annual_report
from wanzhou.site.reports.writing.checking import problems_of_goals, problems_of_outcomes, problems_of_pace
from wanzhou.site.reports.writing.documents import DocumentRefused
from wanzhou.site.reports.writing.facts import Row

from .years import NAMES, apart, missed, paced, row, year


def test_a_year_that_fits_has_no_problem() -> None:
    rows = (row(1), missed(2), apart(3, Verdict.REDEFINED), apart(4, Verdict.AWAITING_CITY))
    assert problems_of_outcomes(year(*rows)) == ()


@pytest.mark.parametrize(
    ("wrong", "named", "said"),
    [
        (row(1, "甲", outcome="3"), "第1项“甲”", "文字与表对不上"),
        (
            row(1, "甲", verdict=Verdict.MISSED, cause="因"),
            "第1项“甲”",
            "应为达到或超过，发布的结论却是未完成",
        ),
        (row(1, "甲", outcome="市级暂未反馈"), "第1项“甲”", "文字与表对不上"),
        (row(1, "甲", verdict=Verdict.AWAITING_CITY), "第1项“甲”", "文字与表对不上"),
        (missed(1, "甲", cause=""), "第1项“甲”", "未完成，尚无原因说明"),
        (apart(1, Verdict.UNREPORTED, "甲"), "第1项“甲”", "完成情况还没有发布"),
        (apart(1, Verdict.NOT_COLLECTED, "甲"), "第1项“甲”", "完成情况还没有发布"),
        (row(1, "甲", verdict=None), "第1项“甲”", "完成情况还没有发布"),
        (row(None, "乙", outcome="3"), "其中行“乙”", "文字与表对不上"),
    ],
)
def test_each_problem_names_its_row(wrong: Row, named: str, said: str) -> None:
    others = () if wrong.counted else (row(1),)
    found = problems_of_outcomes(year(*others, wrong))
    assert any(named in problem and said in problem for problem in found)
    with pytest.raises(DocumentRefused) as refused:
        annual_report(year(*others, wrong), None, NAMES)
    assert refused.value.problems == found


def test_a_ruled_row_is_as_it_was_ruled() -> None:
    assert problems_of_outcomes(year(row(1, outcome="5.7", ruled=True))) == ()
    assert problems_of_outcomes(year(row(1, outcome="5.7")))


def test_a_sub_row_below_its_target_needs_no_cause() -> None:
    below = row(None, "分项", outcome="3", verdict=Verdict.MISSED)
    assert problems_of_outcomes(year(row(1), below)) == ()


def test_numbers_run_without_a_gap_and_each_once() -> None:
    assert problems_of_outcomes(year(row(1), row(3))) == ("2030年的表缺序号2，文字却按2项计数。",)
    assert "2030年的序号1用了2次。" in problems_of_outcomes(year(row(1, "甲"), row(1, "乙")))


def test_a_year_without_rows_cannot_be_told() -> None:
    assert problems_of_outcomes(year()) == ("2030年没有已发布的编号指标。",)


def test_a_goal_without_words_is_named() -> None:
    assert problems_of_goals(year(row(1, "甲", wording=""))) == ("2030年第1项“甲”没有目标表述。",)


def test_what_is_behind_owes_its_cause_and_measures_where_departments_were_asked() -> None:
    behind = paced(1, Pace.BEHIND, "甲")
    assert problems_of_pace(year(behind, explained=True)) == (
        "第1项“甲”滞后于序时进度，尚无原因说明。",
        "第1项“甲”滞后于序时进度，尚无下一步措施。",
    )
    assert problems_of_pace(year(behind, explained=False)) == ()


def test_a_draft_lists_what_is_open() -> None:
    draft = annual_report(year(row(1), missed(2, "甲", cause="")), None, NAMES, draft=True)
    assert draft.watermark == "征求意见稿"
    assert draft.blocks[-1].lines == ("第2项“甲”未完成，尚无原因说明。",)  # type: ignore[union-attr]
    clean = annual_report(year(row(1)), None, NAMES, draft=True)
    assert clean.watermark
    assert "补齐" not in repr(clean.blocks)
