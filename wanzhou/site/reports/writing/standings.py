"""Where every row stood when a leader was told, and what reads otherwise since; pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .facts import Row, Year


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a row stood when a brief was made: its figure and its state as words."""

    name: str
    figure: str
    state: str


@dataclass(frozen=True, slots=True)
class Before:
    """The brief that was made last: when, and where every row stood."""

    at: datetime.datetime
    standings: Mapping[str, Standing]


def standings_of(year: Year) -> dict[str, Standing]:
    """Where every row stands, by the indicator's code."""
    return {row.code: Standing(row.name, row.figure, _state(row)) for row in year.rows}


def changes(year: Year, before: Before | None) -> Iterator[str]:
    """What became known or reads otherwise since the brief before, row by row."""
    if before is None:
        return
    now = standings_of(year)
    for code, standing in now.items():
        old = before.standings.get(code)
        if old != standing:
            yield f"{standing.name}：{_turned(old, standing)}"
    for code, old in before.standings.items():
        if code not in now:
            yield f"{old.name}：不再列入"


def _turned(old: Standing | None, now: Standing) -> str:
    if old is None:
        return f"新列入，{now.figure or '无数'}（{now.state}）"
    figure = "" if old.figure == now.figure else f"{old.figure or '无数'}→{now.figure or '无数'}"
    state = "" if old.state == now.state else f"{old.state}→{now.state}"
    return "，".join(filter(None, (figure, state))) or "更名"


def since(before: Before | None) -> str:
    """What the changes are told under."""
    return f"与上次一页纸（{before.at:%Y-%m-%d %H:%M}）相比" if before else "与上次一页纸相比"


def no_change(before: Before | None) -> str:
    """What is said where there are none."""
    return "没有变化。" if before else "这是本期的第一份，没有可比的上一份。"


def _state(row: Row) -> str:
    state = row.verdict or row.pace
    return state.label if state else ""
