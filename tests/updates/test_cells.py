"""What is typed of a project, read one way; steps backwards; what is due. Tables of cases, no database."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.cells import LONGEST_TEXT, Cells, settled, stage_of, understand
from projects.dues import Due, Word, due_of
from projects.setbacks import Course, setbacks
from projects.stages import Stage
from wanzhou.kernel.workflow.moves import State

GOOD = Cells(stage="underway")
TODAY = datetime.date(2026, 11, 24)
BAD = "not understood"


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        *((stage.value, stage) for stage in Stage),
        *((stage.label, stage) for stage in Stage),
        ("加快推进前期工作", Stage.PREPARATORY),
        ("前期", Stage.PREPARATORY),
        ("竣工", Stage.COMPLETED),
        (" 建成通车 ", Stage.COMPLETED),
        ("主体竣工", Stage.MAIN_BODY_COMPLETE),
        ("基本建成", Stage.MAIN_BODY_COMPLETE),
        ("加快推进", Stage.UNDERWAY),
        ("实施", Stage.UNDERWAY),
        ("开工", Stage.STARTED),
        ("快了", None),
        ("竣工了吗还没有", None),
        ("", None),
    ],
)
def test_stages_in_words(text: str, stage: Stage | None) -> None:
    assert stage_of(text) is stage


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("86", "86"), ("86%", "86"), ("86.5", "86.5"), ("８６％", "86"), ("0", "0"), ("100", "100"),
        ("100.00", "100"), ("", None), ("101", BAD), ("-1", BAD), ("86.555", BAD), ("八成多", BAD), ("1e2", BAD),
    ],
)  # fmt: skip
def test_percent(text: str, percent: str | None) -> None:
    read = understand(replace(GOOD, percent=text))
    assert ("percent" in read.faults) == (percent == BAD)
    if percent != BAD:
        assert read.percent == (None if percent is None else Decimal(percent))


@pytest.mark.parametrize(
    ("text", "invested"),
    [
        ("1200", "1200"), ("1,200", "1200"), ("1200万元", "1200"), ("1.2亿元", "12000"), ("1.2亿", "12000"),
        ("0", "0"), ("0.0001", "0.0001"), ("", None), ("-5", BAD), ("0.00001", BAD), ("五百来万", BAD),
        ("500元", BAD), ("99999999999999999", BAD),
    ],
)  # fmt: skip
def test_investment(text: str, invested: str | None) -> None:
    read = understand(replace(GOOD, invested=text))
    assert ("invested" in read.faults) == (invested == BAD)
    if invested != BAD:
        assert read.invested == (None if invested is None else Decimal(invested))


def test_faults_say_what_would_be_accepted() -> None:
    faults = understand(Cells(stage="快了", percent="多半", invested="不少", progress="长" * 2001)).faults
    assert "可填：前期工作、开工建设" in faults["stage"]
    assert "填0到100的数" in faults["percent"]
    assert "按万元填" in faults["invested"]
    assert f"最多{LONGEST_TEXT}个字，现在2001个" in faults["progress"]
    assert understand(Cells()).faults == {"stage": "请选现在到哪一步。"}


def test_what_is_shown_again_is_one_way() -> None:
    typed = Cells(" 竣工 ", "86%", "1.2亿元", " 两行\r\n字 \x00")
    assert settled(typed) == Cells("completed", "86", "12000", "两行\n字")
    assert typed.digest == settled(typed).digest
    assert settled(Cells("快了", "很多")) == Cells("快了", "很多"), (
        "what is not understood stays as it was typed"
    )


TYPED = st.text("0159.%,，亿万元成多一二百竣工前期推进 \t\r\n\x00-−％ＡⅡ１⁰～“", max_size=12)


@given(st.builds(Cells, *[TYPED] * 8))
def test_reading_never_raises_and_settles_once(cells: Cells) -> None:
    assert settled(settled(cells)) == settled(cells)


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        (Course(), Course(Stage.STARTED, Decimal(1), Decimal(1)), 0),
        (Course(Stage.COMPLETED), Course(Stage.UNDERWAY), 1),
        (Course(Stage.UNDERWAY), Course(Stage.UNDERWAY), 0),
        (Course(Stage.UNDERWAY), Course(Stage.COMPLETED), 0),
        (Course(Stage.UNDERWAY), Course(Stage.SUSPENDED), 1),
        (Course(Stage.SUSPENDED), Course(Stage.STARTED), 0),
        (Course(Stage.SUSPENDED), Course(Stage.WITHDRAWN), 0),
        (Course(None, Decimal("60")), Course(None, Decimal("59.99")), 1),
        (Course(None, Decimal("60")), Course(None, Decimal("60.0")), 0),
        (Course(None, Decimal("60")), Course(None, None), 0),
        (Course(None, None, Decimal(5)), Course(None, None, Decimal(0)), 1),
        (Course(Stage.COMPLETED, Decimal(9), Decimal(9)), Course(Stage.STARTED, Decimal(8), Decimal(8)), 3),
    ],
)
def test_steps_backwards(before: Course, now: Course, found: int) -> None:
    assert len(setbacks(before, now)) == found


def test_a_step_backwards_in_words() -> None:
    before, now = Course(Stage.COMPLETED, Decimal("90.50")), Course(Stage.UNDERWAY, Decimal(80))
    assert setbacks(before, now) == ("阶段由“竣工投用”退为“加快建设”", "完成比例由90.5%降为80%")


@pytest.mark.parametrize(
    ("state", "last", "due"),
    [
        (None, None, Due.FIRST),
        (None, Word(Stage.UNDERWAY, TODAY - datetime.timedelta(45)), Due.RECENT),
        (None, Word(Stage.UNDERWAY, TODAY - datetime.timedelta(46)), Due.STALE),
        (None, Word(Stage.UNDERWAY, None), Due.STALE),
        (None, Word(Stage.SUSPENDED, None), Due.STALE),
        (None, Word(Stage.COMPLETED, None), Due.SETTLED),
        (None, Word(Stage.WITHDRAWN, TODAY), Due.SETTLED),
        (State.DRAFT, None, Due.DRAFT),
        (State.RETURNED, Word(Stage.COMPLETED, TODAY), Due.RETURNED),
        (State.SUBMITTED, None, Due.SUBMITTED),
        (State.APPROVED, None, Due.APPROVED),
    ],
)
def test_what_is_due(state: State | None, last: Word | None, due: Due) -> None:
    assert due_of(state, last, today=TODAY, stale_days=45) is due


@pytest.mark.parametrize(
    ("state", "stage", "handed_in", "due"),
    [
        (None, Stage.UNDERWAY, -1, Due.ASKED),
        (None, Stage.UNDERWAY, 0, Due.RECENT),
        (None, Stage.COMPLETED, -1, Due.ASKED),
        (None, Stage.COMPLETED, 1, Due.SETTLED),
        (State.DRAFT, Stage.UNDERWAY, -1, Due.DRAFT),
    ],
)
def test_what_is_due_while_a_round_asks(state: State | None, stage: Stage, handed_in: int, due: Due) -> None:
    opened = datetime.datetime(2026, 11, 20, 9, tzinfo=datetime.UTC)
    word = Word(stage, TODAY, opened + datetime.timedelta(hours=handed_in))
    assert due_of(state, word, today=TODAY, stale_days=45, asked_since=opened) is due


def test_a_word_of_unknown_moment_answers_no_round() -> None:
    assert Word(Stage.UNDERWAY, TODAY).answers(None)
    assert not Word(Stage.UNDERWAY, TODAY).answers(datetime.datetime(2026, 11, 20, tzinfo=datetime.UTC))
