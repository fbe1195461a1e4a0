"""Small invented years for the tests of what is written about them."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from indicators.judging.terms import Accrual, Favourable, OutcomeState, Pace, Tolerances, Verdict
from wanzhou.kernel.plans.periods import Period
from wanzhou.site.reports.writing.facts import Names, OtherBasis, Row, Task, Year

NAMES = Names("测试市测试县", "测试县发展改革委", "全县")
MOMENT = datetime.datetime(2031, 2, 1, 9, tzinfo=datetime.UTC)


def row(ordinal: int | None, name: str = "", **facts: Any) -> Row:
    """A row that was met: 6左右 against 6.1."""
    given: dict[str, Any] = {
        "ordinal": ordinal,
        "code": f"invented-{ordinal}-{name}",
        "name": name or f"虚构指标{ordinal}",
        "unit": "%",
        "binding": False,
        "wording": "6左右",
        "outcome": "6.1",
        "state": OutcomeState.REPORTED,
        "verdict": Verdict.MET,
        "pace": None,
        "accrual": Accrual.RATE,
        "favourable": Favourable.HIGHER,
        "tolerances": Tolerances(),
        **facts,
    }
    given.setdefault("figure", given["outcome"])
    return Row(**given)


def missed(ordinal: int, name: str = "", cause: str = "虚构的原因。", **facts: Any) -> Row:
    """A row that was missed: 6左右 against 3."""
    return row(ordinal, name, outcome="3", verdict=Verdict.MISSED, cause=cause, **facts)


def apart(ordinal: int, verdict: Verdict, name: str = "", **facts: Any) -> Row:
    """A row that was not judged."""
    state = OutcomeState(verdict.value) if verdict.value in set(OutcomeState) else OutcomeState.REPORTED
    return row(ordinal, name, outcome=state.label, state=state, verdict=verdict, **facts)


def paced(ordinal: int | None, pace: Pace, name: str = "", **facts: Any) -> Row:
    """A row of a year under way."""
    return row(ordinal, name, verdict=None, pace=pace, **facts)


def basis(value: str, note: str = "扣除虚构因素后") -> OtherBasis:
    return OtherBasis(note, Decimal(value), "%")


def task(section: str, name: str, wording: str = "", **facts: Any) -> Task:
    given: dict[str, Any] = {"box": 1, "box_title": "虚构专栏", "planned": "", "reached": "", **facts}
    return Task(section=section, name=name, wording=wording or name, **given)


def year(*rows: Row, tasks: tuple[Task, ...] = (), **facts: Any) -> Year:
    given: dict[str, Any] = {
        "year": 2030,
        "title": "2030年国民经济和社会发展计划",
        "approved_by": "虚构会议",
        "period": Period.FULL_YEAR,
        "moment": MOMENT,
        **facts,
    }
    return Year(rows=rows, tasks=tasks, **given)
