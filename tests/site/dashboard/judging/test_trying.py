"""A wording that anybody types is read, judged and drawn, and nothing breaks it."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from indicators.judging.terms import Accrual, Favourable, Period, Tolerances
from wanzhou.kernel.pages.asof import AsOf
from wanzhou.kernel.pages.refusals import BadQuestion
from wanzhou.kernel.pages.visits import Visit
from wanzhou.site.dashboard.judging.trying import PRESETS, Question, Tried, tried

IN_FORCE = Tolerances()
HIGHER, LOWER = Favourable.HIGHER, Favourable.LOWER


def answer(*args: object, **kwargs: object) -> Tried:
    found = tried(Question(*args, **kwargs), IN_FORCE)  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("question", "word", "sentence"),
    [
        (
            Question("6左右", "%", "5.6", HIGHER),
            "待认定",
            "以%计，不低于5.9算达到，达不到而不低于5.5的由人认定，其余未完成。",
        ),
        (
            Question("330以上", "天", "347", HIGHER),
            "达到或超过",
            "以天计，不低于330算达到，落在外面是未完成。",
        ),
        (Question("总体保持II类", "", "Ⅲ类"), "未完成", "不差于Ⅱ类算达到，落在外面是未完成。"),
        (Question("一二三 ~~ 乱写 @@"), "", "读作文字表述，由人认定。"),
        (Question("—", outcome="5"), "不考核", "读作未设目标，不考核。"),
        (Question("上级下达任务", outcome="5"), "不考核", "读作上级下达：由上级下达，待录入。"),
        (Question("力争6.5", "%"), "", "以%计，不低于6.5算达到，落在外面是未完成（带“力争”）。"),
        (
            Question("达到20亿元、增幅12%以上", "亿元"),
            "",
            (
                "读作 2 项要求：（1）以亿元计，不低于20算达到，落在外面是未完成；"
                "（2）以%计，不低于12算达到，落在外面是未完成。"
            ),
        ),
        (
            Question("较上年提升0.2个百分点", "%", "1.7", HIGHER),
            "待市级反馈",
            "读作相对某年：基年 +0.2个百分点（待基数）。",
        ),
        (
            Question("较上年提升0.2个百分点", "%", "1.7", HIGHER, base="1.5"),
            "达到或超过",
            "以%计，不低于1.7算达到，落在外面是未完成。",
        ),
    ],
)
def test_a_wording_is_told_in_a_sentence_and_judged(question: Question, word: str, sentence: str) -> None:
    found = tried(question, IN_FORCE)
    assert found is not None
    assert found.sentence == sentence
    assert (found.tone.word if found.tone else "") == word


def test_without_an_outcome_only_the_reading_is_told_and_drawn() -> None:
    found = answer("330以上", "天")
    assert (found.tone, found.judged) == (None, "")
    assert found.bullet is not None
    assert found.bullet.zone is not None
    assert found.bullet.bar is None


def test_a_running_year_shows_what_is_due_and_whether_it_can_be_reached() -> None:
    found = answer("340", "天", "161", HIGHER, Accrual.CUMULATIVE, Period.FIRST_HALF)
    assert found.heading == "“340”：滞后"
    assert "应达170" in found.judged
    assert "剩余184天中需179天" in found.judged
    assert found.bullet is not None
    assert found.bullet.expected is not None


def test_a_figure_in_another_unit_is_drawn_in_the_targets() -> None:
    one, other = answer("1.6", "亿美元", "0.8", HIGHER), answer("1.6", "亿美元", "8000万美元", HIGHER)
    assert one.bullet is not None
    assert one.bullet == other.bullet


def test_an_outcome_known_as_a_limit_is_drawn_as_one() -> None:
    found = answer("5.5以内", "%", "5.5以内", LOWER)
    assert found.bullet is not None
    assert (found.bullet.bar, found.bullet.bound is None) == (None, False)


def test_what_was_taken_for_granted_is_said() -> None:
    assert answer("6左右", "%", "5").notes == ("没有写明方向，按越高越好来读。",)
    assert answer("6左右", "%", "5", HIGHER).notes == ()


@pytest.mark.parametrize("base", ["很多", "5人"])
def test_a_base_that_cannot_be_used_is_named(base: str) -> None:
    found = answer("较上年提升0.2个百分点", "亿元", "1.7", HIGHER, base=base)
    assert f"基数“{base}”" in found.notes[0]
    assert "没有采用" in found.notes[0]


def test_nothing_asked_is_nothing_answered() -> None:
    assert tried(Question(), IN_FORCE) is None
    assert not Question().asked
    assert Question(unit="%").asked


def visit(query: str) -> Visit:
    now = datetime.datetime(2023, 1, 1, tzinfo=datetime.UTC)
    return Visit("/judging/", AsOf(now.date(), now), QueryDict(query))


@pytest.mark.parametrize(("label", "question"), PRESETS)
def test_a_preset_asks_what_it_says(label: str, question: Question) -> None:
    query = question.href.partition("?")[2].removesuffix("#tried")
    assert Question.of(visit(query)) == question
    assert tried(question, IN_FORCE)


@pytest.mark.parametrize("name", ["favourable", "accrual", "period"])
def test_a_choice_that_is_not_offered_is_refused_by_naming_the_offered(name: str) -> None:
    with pytest.raises(BadQuestion, match=f"{name}=“乱”不能理解；可选：.+（.+）"):
        Question.of(visit(f"{name}=乱"))


@given(
    wording=st.text(max_size=200),
    unit=st.text(max_size=30),
    outcome=st.text(max_size=200),
    base=st.text(max_size=60),
)
def test_no_text_breaks_it(wording: str, unit: str, outcome: str, base: str) -> None:
    found = tried(Question(wording, unit, outcome, base=base), IN_FORCE)
    assert (found is None) == (not wording)


@given(
    wording=st.sampled_from([question.target for _, question in PRESETS] + ["下降3%以上", "翻番", "0左右"]),
    outcome=st.decimals(
        allow_nan=False, allow_infinity=False, min_value=Decimal(-10) ** 9, max_value=Decimal(10) ** 9
    ),
    favourable=st.sampled_from([None, *Favourable]),
    accrual=st.sampled_from([None, *Accrual]),
    period=st.sampled_from([None, *Period]),
)
def test_every_combination_is_drawn_within_its_frame(
    wording: str,
    outcome: Decimal,
    favourable: Favourable | None,
    accrual: Accrual | None,
    period: Period | None,
) -> None:
    found = answer(wording, "%", f"{outcome:f}", favourable, accrual, period)
    if found.bullet is not None and found.bullet.bar is not None:
        assert 0 <= Decimal(found.bullet.bar.x) <= 100
