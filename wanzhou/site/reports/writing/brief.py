"""The leader's brief: one page on where the plan stands; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indicators.judging.terms import Pace, Verdict
from wanzhou.kernel.plans.periods import Period

from .documents import Block, Document, Heading, Listing, Paragraph
from .facts import Names, Row, Year
from .fitting import Fitted, Part, cut, fit, height
from .lacking import NOTHING_OWED, owed, owed_title, waiting_lines
from .sentences import bare_cause, with_unit
from .standings import Before, changes, no_change, since

LINES = 38  # of the page, without its title
CAUSE = 60  # characters of a cause
NAMES = 110  # characters of a list of names
_SHORT = (Verdict.MISSED, Pace.BEHIND)
_WELL = (Verdict.MET, Pace.ON_PACE)
_WAITS = (Verdict.AWAITING_CITY, Pace.AWAITING_CITY)
_UNEXPLAINED = {True: "尚无原因说明。", False: "公开资料中未见原因。"}
_COUNTED = {
    "met": "达到或超过",
    "missed": "未完成",
    "on_pace": "达到序时进度",
    "behind": "滞后",
    "review": "待认定",
    "in_progress": "年末核算",
    "awaiting_city": "待市级反馈或待基数",
    "redefined": "口径调整",
    "not_judged": "不作判断",
    "unreported": "未填报",
    "not_collected": "未收录",
}


def brief(year: Year, names: Names, *, before: Before | None, stamp: str = "") -> Document:
    """The page. `before` is the brief made last of this period on this basis, None where there is none."""
    assert year.period is not None
    assert year.moment is not None
    lead = counts(year)
    parts = fit(_parts(year, before), LINES - height(lead))
    return Document(
        title=f"{year.year}年{year.period.label}计划执行情况一页纸",
        byline=names.commission,
        blocks=(Paragraph(lead), *(block for part in parts for block in _blocks(part))),
        moment=year.moment,
        stamp=stamp,
        compact=True,
    )


def counts(year: Year) -> str:
    """How many targets stand how: 25项年度目标：3项达到序时进度，5项滞后，…"""
    states = [_code(row) for row in year.numbered]
    told = (f"{states.count(code)}项{word}" for code, word in _COUNTED.items() if code in states)
    return f"{len(year.numbered)}项年度目标：{'，'.join(told)}。"


def _parts(year: Year, before: Before | None) -> tuple[Part, ...]:
    over = year.period is Period.FULL_YEAR
    short = _in(year, *_SHORT)
    word = "未完成" if over else "滞后"
    missing = owed(year.numbered)
    return (
        Part(f"{word}的指标（{len(short)}项）", tuple(_shortfalls(short, year)), 3, f"没有{word}的指标。"),
        Part(owed_title(year), tuple(cut(line, NAMES) for line in missing), 3, NOTHING_OWED),
        Part("等待市级反馈", waiting_lines(_in(year, *_WAITS)), 2, "没有等待市级反馈的指标。"),
        Part(since(before), tuple(changes(year, before)), 3, no_change(before)),
        Part("达到或超过的指标" if over else "达到序时进度的指标", _well(year), 1, "暂时没有。"),
    )  # fmt: skip


def _in(year: Year, *states: str) -> tuple[Row, ...]:
    return tuple(row for row in year.numbered if (row.verdict or row.pace) in states)


def _shortfalls(rows: Sequence[Row], year: Year) -> Iterator[str]:
    """The rows that fall short, each with its cause; one that several share is told once."""
    told = ""
    for row in rows:
        why = "原因同上。" if row.cause and row.cause == told else _why(row, year)
        yield f"{_shortfall(row, year)}。{why}"
        told = row.cause


def _why(row: Row, year: Year) -> str:
    """As much of the cause and of what will be done as there is room for."""
    cause, measures = bare_cause(row.cause), row.measures.strip()
    why = f"原因：{cut(cause, CAUSE)}。" if cause else _UNEXPLAINED[year.asked]
    return f"{why}措施：{cut(measures.rstrip('。'), CAUSE)}。" if measures else why


def _shortfall(row: Row, year: Year) -> str:
    """How far a row falls short; a binding one says so."""
    over = year.period is Period.FULL_YEAR
    figure = with_unit(row.figure, row.unit) if row.figure else "无数"
    binds = "（约束性）" if row.binding else ""
    target = f"{'目标' if over else '全年目标'}{with_unit(row.wording, row.unit)}"
    difference = "" if row.difference in ("", "—") else f"，{row.difference.replace(' ', '')}"
    return f"{row.name}{binds}：{target}，完成{figure}{difference}"


def _well(year: Year) -> tuple[str, ...]:
    rows = _in(year, *_WELL)
    told = "、".join(f"{row.name}{with_unit(row.figure, row.unit)}" for row in rows)
    return (cut(told, NAMES * 2) + ("" if len(rows) == 0 else "。"),) if rows else ()


def _blocks(part: Fitted) -> Iterator[Block]:
    yield Heading(1, part.title)
    yield Listing(part.statements)
    if part.left_out:
        yield Listing((f"另有{part.left_out}项，见进度报告。",))


def _code(row: Row) -> str:
    state = row.verdict or row.pace
    return state.value if state else ""
