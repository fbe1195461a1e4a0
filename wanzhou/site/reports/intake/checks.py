"""The arithmetic of a report: do its counts add up, and do its tables say what its sentences say?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from indicators.judging.outcomes import read_outcome
from indicators.judging.terms import Favourable, Verdict
from indicators.judging.verdicts import assess
from wanzhou.kernel.wording import fold

from .report import NATURES, Named, PrintedTable, PrintedTally, TableRow

# Names that say by themselves that less is better; a bare number under one is a ceiling.
_LOWER: Final = re.compile(r"失业率|涨幅|价格指数|死亡|事故|能耗|PM2\.?5|PM10|排放|负债率|赤字")


def verdict_of(row: TableRow) -> Verdict | None:
    """What a row's outcome is against its target, by the rules of the system; None for half a row."""
    if not row.target or not row.outcome:
        return None
    favourable = Favourable.LOWER if _LOWER.search(row.name) else Favourable.HIGHER
    return assess(
        row.target, read_outcome(row.outcome, unit=row.unit), unit=row.unit, favourable=favourable
    ).verdict


def differences(tally: PrintedTally, tables: Sequence[PrintedTable]) -> Iterator[str]:
    """Every disagreement, one Chinese line each."""
    yield from _classes(tally)
    for named, said in (
        (tally.redefined, "口径调整"),
        (tally.awaiting_city, "市级暂未反馈"),
        (tally.missed, "未完成"),
    ):
        if named is not None and named.names and named.count != len(named.names):
            yield f"报告说{said}的有 {named.count} 项，点名的却是 {len(named.names)} 项。"
    done = next((one for one in tables if any(row.outcome and row.target for row in one.rows)), None)
    if done is not None:
        yield from _numbers(done)
        yield from _against(tally, done)
    planned = next(
        (one for one in reversed(tables) if one is not done and any(row.target for row in one.rows)), None
    )
    if planned is not None:
        yield from _numbers(planned)
        yield from _natures(tally, planned)


def _classes(tally: PrintedTally) -> Iterator[str]:
    total, judged, met, missed = tally.total, tally.judged, tally.met, tally.missed
    if total is not None and judged is not None:
        others = sum(named.count for named in (tally.redefined, tally.awaiting_city) if named)
        if total != others + judged:
            said = f"共 {total} 项，口径调整和市级未反馈 {others} 项，其余却写 {judged} 项"
            yield f"报告的各类合不拢：{said}。"
    if None not in (judged, met) and missed is not None and judged != (met or 0) + missed.count:
        yield f"报告的各类合不拢：其余 {judged} 项，{met} 项达到、{missed.count} 项未完成。"
    natures = (tally.binding, tally.anticipatory)
    if None not in (tally.planned, *natures) and tally.planned != sum(one or 0 for one in natures):
        said = f"约束性 {tally.binding} 项、预期性 {tally.anticipatory} 项"
        yield f"报告说共 {tally.planned} 项指标，{said}，合不拢。"


def _numbers(table: PrintedTable) -> Iterator[str]:
    numbers = [row.ordinal for row in table.numbered]
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"“{table.caption}”的序号不是从 1 起连续的：{'、'.join(str(number) for number in numbers)}。"


def _against(tally: PrintedTally, table: PrintedTable) -> Iterator[str]:
    """The tally against the table, where the report counts at all."""
    if tally.total is None:
        return
    if tally.total != len(table.numbered):
        yield f"报告说 {tally.total} 项，“{table.caption}”里有序号的是 {len(table.numbered)} 行。"
    verdicts = {row.name: verdict_of(row) for row in table.numbered}
    for verdict, named, said in (
        (Verdict.MISSED, tally.missed, "未完成"),
        (Verdict.AWAITING_CITY, tally.awaiting_city, "市级暂未反馈"),
        (Verdict.REDEFINED, tally.redefined, "口径调整"),
    ):
        yield from _names(verdict, named, said, verdicts)
    met = sum(verdict is Verdict.MET for verdict in verdicts.values())
    if tally.met is not None and tally.met != met:
        yield f"报告说 {tally.met} 项达到或超过目标，按表中的数判定是 {met} 项。"


def _names(
    verdict: Verdict, named: Named | None, said: str, verdicts: dict[str, Verdict | None]
) -> Iterator[str]:
    computed = [name for name, one in verdicts.items() if one is verdict]
    if named is None:
        if computed:
            yield f"按表中的数，{'、'.join(computed)}是{said}，报告的文字没有这样说。"
        return
    if not named.names:
        return
    told = {_plain(name) for name in named.names}
    for name in computed:
        if _plain(name) not in told:
            yield f"按表中的数，“{name}”是{said}，报告的文字没有点到。"
    for name in named.names:
        if _plain(name) not in {_plain(one) for one in computed}:
            yield f"报告说“{name}”{said}，按表中的数不是这样，或表中没有这一行。"


def _plain(name: str) -> str:
    return fold(name).lower()


def _natures(tally: PrintedTally, table: PrintedTable) -> Iterator[str]:
    if tally.planned is not None and tally.planned != len(table.numbered):
        yield f"报告说共 {tally.planned} 项指标，“{table.caption}”里有序号的是 {len(table.numbered)} 行。"
    for nature, count in (("约束性", tally.binding), ("预期性", tally.anticipatory)):
        found = sum(row.nature == NATURES[nature] for row in table.numbered)
        if count is not None and count != found:
            yield f"报告说{nature}指标 {count} 项，“{table.caption}”里是 {found} 项。"
