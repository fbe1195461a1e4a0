"""The sentence a resident would say, computed from the tally."""

import pytest

from indicators.judging.tallies import PaceTally, Tally
from wanzhou.kernel.plans.periods import Period
from wanzhou.site.dashboard.headline import finished, planned, running


def test_the_year_2022_as_the_report_says_it() -> None:
    headline = finished(Tally(numbered=22, met=14, missed=3, awaiting_city=4, redefined=1))
    assert "".join(headline.phrases) == "22 项年度目标，14 项达到或超过，3 项未完成"
    assert headline.lede == (
        "另有 4 项市级暂未反馈数据，1 项口径调整、不作比较。可以判定的 17 项中，14 项达到或超过年度目标。"
    )


def test_a_year_without_a_miss_says_nothing_of_misses() -> None:
    headline = finished(Tally(numbered=2, met=2))
    assert "".join(headline.phrases) == "2 项年度目标，2 项达到或超过"
    assert headline.lede == "所有年度目标均已判定。"


def test_what_a_person_must_decide_is_named() -> None:
    assert "1 项待认定" in finished(Tally(numbered=3, met=2, review=1)).lede


def test_the_half_year_2023_as_the_figures_say_it() -> None:
    tally = PaceTally(on_pace=3, behind=5, in_progress=5, awaiting_city=1, not_judged=1, not_collected=10)
    headline = running(tally, Period.FIRST_HALF)
    assert "".join(headline.phrases) == "时间过半，25 项目标中 3 项序时达标，5 项滞后"
    assert headline.lede == (
        "5 项年末才核算、年中不判，1 项待市级反馈或待基数，1 项不考核，10 项公开资料中未收录。"
        "年中状态随每季数据变化，不是全年结论。"
    )


@pytest.mark.parametrize(
    ("period", "words"),
    [(Period.FIRST_QUARTER, "一季度已过，"), (Period.FIRST_THREE_QUARTERS, "时间过去四分之三，")],
)
def test_other_periods_say_how_much_time_has_passed(period: Period, words: str) -> None:
    headline = running(PaceTally(on_pace=1), period)
    assert headline.phrases[0] == words
    assert headline.lede == "年中状态随每季数据变化，不是全年结论。"


def test_a_plan_without_outcomes_speaks_of_its_targets() -> None:
    headline = planned(2024, numbered=20, binding=4)
    assert "".join(headline.phrases) == "2024 年计划：20 项年度目标"
    assert headline.lede == "其中约束性指标 4 项、预期性指标 16 项。尚无已发布的完成情况。"
