"""`manage.py judge`: JSON Lines in, JSON Lines out, whatever comes."""

import io
import json
import sys
from typing import Any

import pytest

from indicators.judging.bulk import answer, judge_lines


def judged(**fields: Any) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(answer(json.dumps(fields)))
    return result


def test_every_key_is_always_present() -> None:
    assert judged(target="6左右", outcome="3.5", unit="%", favourable="higher") == {
        "reading": {
            "kind": "about",
            "number": "6",
            "low": "5.9",
            "high": None,
            "low_open": False,
            "high_open": False,
            "unit": "%",
            "aspiration": False,
            "parts": [],
        },
        "outcome": {
            "state": "reported",
            "value": "3.5",
            "low": None,
            "high": None,
            "grade": None,
            "unit": "%",
            "version": None,
        },
        "verdict": "missed",
        "pace": None,
        "gap": "-2.5",
        "reason": "目标“6左右”按不低于5.9判定；完成3.5，低2.5个百分点，未完成。",
    }


def test_a_target_alone_is_enough() -> None:
    alone = judged(target="下降3%以上")
    assert alone["reading"]["kind"] == "at_most"
    assert alone["outcome"]["state"] == alone["verdict"] == "unreported"
    assert alone["gap"] is None


def test_before_the_years_end_there_is_a_pace() -> None:
    half = judged(target="340以上", outcome="161", unit="天", period="first_half", accrual="cumulative")
    assert (half["verdict"], half["pace"], half["gap"]) == (None, "behind", "-9")


def test_a_month_overrides_the_period() -> None:
    july = judged(target="60", outcome="29.5", unit="亿元", period="full_year", month=7)
    assert (july["pace"], july["gap"]) == ("behind", "-5.5")
    assert judged(target="60", outcome="60", unit="亿元", period="first_half", month=12)["verdict"] == "met"


def test_null_is_absent_and_unknown_keys_are_ignored() -> None:
    fields = dict.fromkeys(("outcome", "unit", "favourable", "accrual", "period", "month", "baseline"))
    assert judged(target="5", remark=[1], **fields)["verdict"] == "unreported"


@pytest.mark.parametrize("number", ["3.5", "3.50", "35e-1"])
def test_a_json_number_is_an_outcome_or_a_baseline(number: str) -> None:
    plain = json.loads(answer(f'{{"target": "3.5", "outcome": {number}, "unit": "%"}}'))
    assert (plain["outcome"]["value"], plain["gap"], plain["verdict"]) == ("3.5", "0", "met")
    base = json.loads(
        answer(f'{{"target": "与上年持平", "outcome": "4", "unit": "%", "baseline": {number}}}')
    )
    assert (base["gap"], base["verdict"]) == ("0.5", "met")


@pytest.mark.parametrize(
    ("baseline", "unit", "low"),
    [
        ("56.5", "%", "56.5"),
        ("５６．５％", "%", "56.5"),
        ("1.6亿美元", "万美元", "16000"),
        ("1.6亿美元", "", "1.6"),
        ("市级暂未反馈", "%", None),
        ("", "%", None),
    ],
)
def test_a_baseline_may_be_written_as_printed(baseline: str, unit: str, low: str | None) -> None:
    assert judged(target="与上年持平", unit=unit, baseline=baseline)["reading"]["low"] == low


BAD = [
    ("{", "JSON"),
    ("[1]", "对象"),
    ('"6左右"', "对象"),
    ("{}", "target"),
    ('{"target": null}', "target"),
    ('{"target": 6}', "target"),
    ('{"target": "6", "outcome": [3]}', "outcome"),
    ('{"target": "6", "outcome": true}', "outcome"),
    ('{"target": "6", "outcome": NaN}', "NaN"),
    ('{"target": "6", "outcome": -Infinity}', "Infinity"),
    ('{"target": "6", "outcome": 1e999999}', "数字"),
    ('{"target": "6", "outcome": 1e9999999999999999999999}', "数字"),
    ('{"target": "6", "outcome": ' + "1" * 100_000 + "}", "数字"),
    ('{"target": "6", "unit": 3}', "unit"),
    ('{"target": "6", "favourable": "up"}', "favourable"),
    ('{"target": "6", "favourable": 1}', "favourable"),
    ('{"target": "6", "accrual": "yearly"}', "accrual"),
    ('{"target": "6", "period": "second_quarter"}', "period"),
    ('{"target": "6", "month": 13}', "month"),
    ('{"target": "6", "month": 1.5}', "month"),
    ('{"target": "6", "month": "6"}', "month"),
    ('{"target": "6", "month": true}', "month"),
    ('{"target": "6", "baseline": "完成"}', "baseline"),
    ('{"target": "6", "baseline": []}', "baseline"),
    ('{"target": "6", "baseline": "5人", "unit": "亿元"}', "baseline"),
    ("[" * 200_000, "JSON"),
    (b"\xff\xfe{}", "UTF-8"),
]


@pytest.mark.parametrize(("line", "about"), BAD, ids=lambda part: str(part)[:40])
def test_a_bad_line_answers_with_an_error(line: bytes | str, about: str) -> None:
    error = json.loads(answer(line))
    assert set(error) == {"error"}
    assert about in error["error"]


def test_a_bad_line_does_not_stop_the_others() -> None:
    lines = [
        b'\xef\xbb\xbf{"target": "6"}\n',
        b"\n",
        b"  \r\n",
        b"nonsense\n",
        b'{"target": "7"}\r\n',
        b'{"target": "8"}',
    ]
    answers = [json.loads(line) for line in judge_lines(lines)]
    assert [next(iter(answered)) for answered in answers] == ["reading", "error", "reading", "reading"]
    assert answers[-1]["reading"]["number"] == "8"


def test_lines_are_answered_as_they_come() -> None:
    taken: list[str] = []

    def lines() -> Any:
        for line in ('{"target": "6"}', '{"target": "7"}'):
            taken.append(line)
            yield line

    answers = judge_lines(lines())
    next(answers)
    assert len(taken) == 1


def test_a_lone_surrogate_comes_back_as_it_went_in() -> None:
    line = answer(b'{"target": "\\ud800"}')
    assert line.isascii()
    assert "\ud800" in json.loads(line)["reason"]


def test_absurdly_long_text_is_answered() -> None:
    long = judged(target="1" * 100_000 + "以上", outcome="达到" * 100_000)
    assert (long["reading"]["kind"], long["outcome"]["state"]) == ("narrative", "declared")


def test_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    command = pytest.importorskip("indicators.management.commands.judge")
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"target": "6"}\n\nx\n'))
    out = io.StringIO()
    command.Command(stdout=out).handle()
    assert [json.loads(line).keys() >= {"error"} for line in out.getvalue().splitlines()] == [False, True]
