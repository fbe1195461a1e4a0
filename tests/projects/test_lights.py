"""The lights: a table of cases at every boundary, each with its sentence; and the SQL expression says the same."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.lights import (
    Light,
    Situation,
    Thresholds,
    days_unheard,
    due_by_then,
    months_done,
    signal_of,
    stale,
)
from projects.stages import Stage

RULES = Thresholds()
JUNE, SEPTEMBER, DECEMBER = (datetime.date(2023, *day) for day in ((6, 30), (9, 30), (12, 31)))


def known(**facts: Any) -> Situation:
    """A task under way in 2023, half of the year gone and 10000 万元 planned."""
    usual: dict[str, Any] = {
        "year": 2023,
        "reached": Stage.UNDERWAY,
        "as_of": JUNE,
        "investment": Decimal(10000),
    }
    return Situation(**(usual | facts))


@pytest.mark.parametrize(
    ("facts", "light", "sentence"),
    [
        # Against 序时进度: at the bound the light has not changed yet.
        ({"invested": 5000}, "green", "完成率50%，序时进度50%，与序时进度持平。"),
        ({"invested": 4000}, "green", "完成率40%，序时进度50%，低10个百分点。"),
        ({"invested": "3999.9999"}, "yellow", "完成率约40%，序时进度50%，低约10个百分点。"),
        ({"invested": 3999}, "yellow", "完成率39.99%，序时进度50%，低10.01个百分点。"),
        ({"invested": 2000}, "yellow", "完成率20%，序时进度50%，低30个百分点。"),
        ({"invested": "1999.9999"}, "red", "完成率约20%，序时进度50%，低约30个百分点。"),
        ({"invested": 0}, "red", "完成率0%，序时进度50%，低50个百分点。"),
        ({"invested": 12500}, "green", "完成率125%，序时进度50%，高75个百分点。"),
        ({"invested": 10000}, "green", "完成率100%，序时进度50%，高50个百分点。"),
        # A month that is not over does not count against anybody; before the year nothing was due, after it all was.
        ({"invested": 3200, "as_of": datetime.date(2023, 6, 29)}, "green", "完成率32%，序时进度约41.67%"),
        ({"invested": 0, "as_of": datetime.date(2023, 1, 30)}, "green", "完成率0%，序时进度0%"),
        ({"invested": 0, "as_of": datetime.date(2022, 12, 31)}, "green", "序时进度0%"),
        ({"invested": 8000, "as_of": datetime.date(2024, 2, 1)}, "yellow", "序时进度100%，低20个百分点。"),
        # The task's own quarters, in between by months.
        ({"invested": 1000, "quarters": (0, 2000, 6000)}, "green", "完成率10%，序时进度20%，低10个百分点。"),
        ({"invested": 999, "quarters": (0, 2000, 6000)}, "yellow", "完成率9.99%，序时进度20%"),
        (
            {"invested": 0, "quarters": (0, 3000, 6000), "as_of": datetime.date(2023, 4, 30)},
            "green",
            "序时进度10%，低10个百分点。",
        ),
        ({"invested": 9000, "quarters": (0, 2000, 6000), "as_of": DECEMBER}, "green", "序时进度100%"),
        # A planned start: waited for to the end of the months that the rules name.
        ({"planned": "started", "reached": "preparatory", "as_of": datetime.date(2023, 9, 29)}, "off", ""),
        (
            {"planned": "started", "reached": "preparatory", "as_of": SEPTEMBER},
            "yellow",
            "到9月底未开工亮黄灯",
        ),
        (
            {"planned": "started", "reached": "preparatory", "as_of": datetime.date(2023, 12, 30)},
            "yellow",
            "截至2023年12月30日仍在前期工作",
        ),
        ({"planned": "started", "reached": "preparatory", "as_of": DECEMBER}, "red", "到12月底未开工亮红灯"),
        (
            {"planned": "started", "reached": "started", "as_of": DECEMBER},
            "green",
            "已达到年度安排的“年内开工”。",
        ),
        ({"planned": "preparatory", "reached": "preparatory", "as_of": DECEMBER}, "green", "“前期工作”"),
        # Of two rules the graver one speaks.
        (
            {"planned": "started", "reached": "preparatory", "as_of": SEPTEMBER, "invested": 7500},
            "yellow",
            "仍在前期工作",
        ),
        ({"planned": "started", "reached": "preparatory", "as_of": SEPTEMBER, "invested": 0}, "red", "低75"),
        # What the stage settles.
        ({"reached": "completed", "invested": 0}, "green", "已竣工投用。"),
        ({"planned": "completed", "reached": "completed", "investment": None}, "green", "已竣工投用。"),
        ({"reached": "suspended", "invested": 5000}, "red", "已停工。"),
        ({"reached": "deferred", "invested": 0}, "off", "已缓建，不亮灯。"),
        ({"reached": "withdrawn", "invested": 0}, "off", "已调出，不亮灯。"),
        # What is not known accuses nobody.
        ({"reached": None, "as_of": None}, "off", "尚无进展更新，不亮灯。"),
        ({"invested": None}, "off", "没有填报完成投资，不亮灯。"),
        ({"invested": 5, "investment": None}, "off", "没有年度计划投资，不亮灯。"),
        ({"invested": 0, "investment": 0}, "off", "年度计划投资为0，不亮灯。"),
        ({"invested": 0, "as_of": None}, "off", "更新没有写明截至日期，不亮灯。"),
        ({"planned": "started", "reached": "preparatory", "as_of": None}, "off", "没有写明截至日期"),
        ({"planned": "underway", "investment": None}, "green", "已达到年度安排的“加快推进”。"),
        ({"planned": "completed", "investment": None}, "off", "没有年度计划投资，不亮灯。"),
    ],
)
def test_cases(facts: dict[str, Any], light: str, sentence: str) -> None:
    signal = signal_of(known(**_read(facts)), RULES)
    assert (signal.light, sentence in signal.inside) == (light, True), signal.inside
    assert signal.inside.endswith("。")
    assert signal.outside.endswith("。")


def _read(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts as the model has them."""
    read = dict(facts)
    for name in ("planned", "reached"):
        if read.get(name):
            read[name] = Stage(read[name])
    for name in ("investment", "invested"):
        if read.get(name) is not None:
            read[name] = Decimal(read[name])
    if "quarters" in read:
        read["quarters"] = tuple(map(Decimal, read["quarters"]))
    return read


def test_other_thresholds_light_otherwise() -> None:
    strict = Thresholds(yellow=Decimal(0), red=Decimal("-5.5"), start_yellow=6, start_red=10)
    assert signal_of(known(invested=Decimal(4999)), strict).light == Light.YELLOW
    assert signal_of(known(invested=Decimal(4449)), strict).light == Light.RED
    waiting = known(planned=Stage.STARTED, reached=Stage.PREPARATORY)
    assert signal_of(waiting, strict).light == Light.YELLOW
    assert "低于序时进度5.5个百分点以上" in signal_of(known(invested=Decimal(0)), strict).outside


AMOUNTS = st.none() | st.decimals(0, 10**9, places=4)
DAYS = st.none() | st.dates(datetime.date(2021, 1, 1), datetime.date(2025, 12, 31))
SITUATIONS = st.builds(
    Situation,
    year=st.just(2023),
    planned=st.none() | st.sampled_from(Stage),
    reached=st.none() | st.sampled_from(Stage),
    as_of=DAYS,
    investment=AMOUNTS,
    invested=AMOUNTS,
)


@given(SITUATIONS)
def test_what_is_said_outside_names_no_amount(situation: Situation) -> None:
    """Neither the plan nor what was invested, nor a rate made of them: only the rule's own numbers and dates."""
    said = signal_of(situation, RULES).outside
    numbers = set(re.findall(r"\d+(?:\.\d+)?", re.sub(r"\d+年\d+月\d+日|\d+月底", "", said)))
    assert numbers <= {"10", "30"}
    assert "万元" not in said
    assert len(said) <= 200


@given(SITUATIONS)
def test_nothing_known_lights_nothing_red(situation: Situation) -> None:
    if situation.as_of is None and situation.reached != Stage.SUSPENDED:
        assert signal_of(situation, RULES).light in (Light.GREEN, Light.OFF)


@given(st.dates(datetime.date(2022, 1, 1), datetime.date(2024, 12, 31)))
def test_what_is_due_grows_with_the_months(day: datetime.date) -> None:
    spread = known(as_of=day)
    by_quarters = known(as_of=day, quarters=(Decimal(2500), Decimal(5000), Decimal(7500)))
    assert due_by_then(spread) == due_by_then(by_quarters)
    assert due_by_then(spread) * 12 == 10000 * months_done(day, 2023)


@pytest.mark.parametrize(
    ("as_of", "today", "reached", "days", "told"),
    [
        (JUNE, datetime.date(2023, 8, 13), "underway", 44, False),
        (JUNE, datetime.date(2023, 8, 14), "underway", 45, True),
        (JUNE, datetime.date(2023, 6, 1), "underway", 0, False),
        (datetime.date(2023, 12, 1), datetime.date(2024, 6, 1), "underway", 30, False),
        (datetime.date(2023, 10, 1), datetime.date(2024, 6, 1), "suspended", 91, True),
        (JUNE, DECEMBER, "completed", None, False),
        (JUNE, DECEMBER, "withdrawn", None, False),
        (None, DECEMBER, "underway", None, False),
    ],
)
def test_stale(as_of: Any, today: datetime.date, reached: str, days: int | None, told: bool) -> None:
    situation = known(as_of=as_of, reached=Stage(reached))
    assert days_unheard(situation, today) == days
    assert bool(stale(situation, RULES, today)) is told
    if told:
        since = "到年底" if today.year > 2023 else ""
        assert stale(situation, RULES, today) == f"{since}已{days}天没有更新（满45天即提示）。"
