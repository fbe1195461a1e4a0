"""What stands against a report: each problem names its row; pure.

The sentences come from the published verdicts, the table from the published cells. Before either is written, the
cells are judged anew, so that a report never says one thing in a sentence and another in its table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from indicators.judging.outcomes import read_outcome
from indicators.judging.tallies import tally
from indicators.judging.terms import Pace, Period, Verdict
from indicators.judging.verdicts import assess

from .facts import Row, Year

_SILENT = {Verdict.UNREPORTED, Verdict.NOT_COLLECTED}


def problems_of_outcomes(year: Year) -> tuple[str, ...]:
    """What stands against telling how the year went."""
    if not year.numbered:
        return (f"{year.year}年没有已发布的编号指标。",)
    return (*_sums(year), *(problem for row in year.rows for problem in _of_row(row)))


def problems_of_goals(year: Year) -> tuple[str, ...]:
    """What stands against telling what the year is to reach."""
    unknown = (f"{year.year}年{row.called}没有目标表述。" for row in year.rows if not row.wording)
    return (*_ordinals(year), *unknown)


def problems_of_pace(year: Year) -> tuple[str, ...]:
    """What stands against telling how the year goes, where causes are owed."""
    if not year.explained:
        return _ordinals(year)
    return (*_ordinals(year), *(problem for row in year.at_pace(Pace.BEHIND) for problem in _behind(row)))


def _behind(row: Row) -> Iterator[str]:
    if not row.cause:
        yield f"{row.called}滞后于序时进度，尚无原因说明。"
    if not row.measures.strip():
        yield f"{row.called}滞后于序时进度，尚无下一步措施。"


def _sums(year: Year) -> Iterator[str]:
    yield from _ordinals(year)
    counted = tally((row.counted, row.verdict) for row in year.rows if row.verdict)
    if not counted.adds_up() or counted.numbered != len(year.numbered):
        told = sum(row.verdict is not None for row in year.numbered)
        yield f"表中有{len(year.numbered)}项编号指标，有结论的是{told}项，文字与表对不上。"


def _ordinals(year: Year) -> tuple[str, ...]:
    """The numbers of the table run from 1 on, each once, or the sentence counts what the table does not show."""
    found = Counter(row.ordinal for row in year.numbered)
    twice = [f"{year.year}年的序号{number}用了{times}次。" for number, times in found.items() if times > 1]
    missing = [
        f"{year.year}年的表缺序号{number}，文字却按{len(year.numbered)}项计数。"
        for number in range(1, max((row.ordinal or 0 for row in year.numbered), default=0) + 1)
        if number not in found
    ]
    return (*twice, *missing)


def _of_row(row: Row) -> Iterator[str]:
    if row.verdict is None or row.verdict in _SILENT:
        yield f"{row.called}的完成情况还没有发布。"
        return
    if row.counted and row.verdict is Verdict.MISSED and not row.cause:
        yield f"{row.called}未完成，尚无原因说明。"
    judged = judged_from_cells(row)
    if not row.ruled and judged is not None and judged is not row.verdict:
        yield (
            f"{row.called}文字与表对不上：表中目标“{row.wording or '报告未载'}”、完成情况“{row.outcome}”，"
            f"按判定规则应为{judged.label}，发布的结论却是{row.verdict.label}。"
        )


def judged_from_cells(row: Row) -> Verdict | None:
    """What the printed cells say by themselves, by the rules that the row was judged by."""
    return assess(
        row.wording or None,
        read_outcome(row.outcome, unit=row.unit),
        unit=row.unit,
        favourable=row.favourable,
        accrual=row.accrual,
        period=Period.FULL_YEAR,
        baseline=row.baseline,
        tolerances=row.tolerances,
    ).verdict
