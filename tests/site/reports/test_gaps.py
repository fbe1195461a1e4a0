"""Differences in words."""

from decimal import Decimal
from typing import Any

import pytest

from indicators.judging.terms import Accrual, Pace, Verdict
from indicators.models import PublishedRow
from wanzhou.site.reports.gaps import gap_words


def published(gap: str | None = None, value: str | None = "1", **facts: Any) -> PublishedRow:
    reading = {"kind": facts.pop("kind", "plain"), "number": facts.pop("number", "6")}
    return PublishedRow(
        gap=None if gap is None else Decimal(gap),
        outcome_value=None if value is None else Decimal(value),
        reading=reading,
        **{"unit": "%", "outcome_state": "reported", **facts},
    )


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (published("-2.500000", verdict=Verdict.MISSED), "低 2.5 个百分点"),
        (published("17", verdict=Verdict.MET, unit="天", kind="at_least"), "高 17 天"),
        (published("0", verdict=Verdict.MET), "持平"),
        (published("-0.9", verdict=Verdict.MET, kind="at_most"), "低于上限 0.9 个百分点"),
        (published("0.4", verdict=Verdict.MISSED, kind="below"), "超出上限 0.4 个百分点"),
        (published("-1", verdict=Verdict.MET, kind="at_most", number="-3"), "低 1 个百分点"),
        (published("-0.02", verdict=Verdict.MET, kind="below", unit=""), "低于上限 0.02"),
        (published("0", value=None, verdict=Verdict.MET, kind="at_most"), "在限内"),
        (published(None, value=None, verdict=Verdict.MET, number=None), "符合表述"),
        (published(None, value=None, verdict=Verdict.MET, number="2", kind="grade"), "符合表述"),
        (published(None, value=None, verdict=Verdict.MISSED, number=None), "—"),
        (published(None, value=None, verdict=Verdict.REVIEW, number=None), "—"),
        (published(None, value=None, verdict=Verdict.REDEFINED, outcome_state="redefined"), "—"),
        (published(None, value=None, verdict=Verdict.AWAITING_CITY, outcome_state="awaiting_city"), "—"),
        (published("-0.5", pace=Pace.BEHIND), "低 0.5 个百分点"),
        (published(None, value=None, pace=Pace.BEHIND, number=None), "—"),
        (published(None, value=None, pace=Pace.ON_PACE, number=None), "符合表述"),
        (published(None, value=None, pace=Pace.IN_PROGRESS), "年末核算"),
        (published(None, value=None, pace=Pace.NOT_COLLECTED), "—"),
        (published(None, value=None, pace=Pace.AWAITING_CITY, outcome_state="not_collected"), "待基数"),
    ],
)
def test_a_difference_reads(row: PublishedRow, words: str) -> None:
    assert gap_words(row) == words


def test_a_cumulative_figure_on_the_way_names_what_it_should_have_reached() -> None:
    row = published(
        "-9", pace=Pace.BEHIND, unit="天", accrual=Accrual.CUMULATIVE, expected=Decimal("170.000000")
    )
    assert gap_words(row) == "应达 170，低 9 天"
