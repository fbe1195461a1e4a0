"""The headline sentence and the paragraph below it: what a resident would say, computed from the tally."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indicators.judging.tallies import PaceTally, Tally
from indicators.judging.terms import Pace, Verdict
from wanzhou.kernel.plans.periods import Period

TIME_PASSED = {
    Period.FIRST_QUARTER: "一季度已过，",
    Period.FIRST_HALF: "时间过半，",
    Period.FIRST_THREE_QUARTERS: "时间过去四分之三，",
}
APART = {
    Verdict.AWAITING_CITY: "{} 项市级暂未反馈数据",
    Verdict.REDEFINED: "{} 项口径调整、不作比较",
    Verdict.REVIEW: "{} 项待认定",
    Verdict.NOT_JUDGED: "{} 项不考核",
    Verdict.UNREPORTED: "{} 项未填报",
    Verdict.NOT_COLLECTED: "{} 项公开资料中未收录",
}
NOT_YET = {
    Pace.IN_PROGRESS: "{} 项年末才核算、年中不判",
    Pace.AWAITING_CITY: "{} 项待市级反馈或待基数",
    Pace.REDEFINED: "{} 项口径调整、不作比较",
    Pace.NOT_JUDGED: "{} 项不考核",
    Pace.UNREPORTED: "{} 项未填报",
    Pace.NOT_COLLECTED: "{} 项公开资料中未收录",
}


@dataclass(frozen=True, slots=True)
class Headline:
    """The sentence in phrases that do not break inside, and the paragraph below."""

    phrases: tuple[str, ...]
    lede: str


def finished(tally: Tally) -> Headline:
    """A year that is over."""
    phrases = [f"{tally.numbered} 项年度目标，", f"{tally.met} 项达到或超过" + ("，" if tally.missed else "")]
    if tally.missed:
        phrases.append(f"{tally.missed} 项未完成")
    apart = _listed(tally.as_dict(), APART)
    lede = f"另有 {apart}。可以判定的 {tally.judged} 项中，{tally.met} 项达到或超过年度目标。"
    return Headline(tuple(phrases), lede if apart else "所有年度目标均已判定。")


def running(tally: PaceTally, period: Period) -> Headline:
    """A year under way."""
    on_pace = f"{tally.numbered} 项目标中 {tally.on_pace} 项序时达标，"
    rest = _listed(tally.as_dict(), NOT_YET)
    lede = (f"{rest}。" if rest else "") + "年中状态随每季数据变化，不是全年结论。"
    return Headline((TIME_PASSED[period], on_pace, f"{tally.behind} 项滞后"), lede)


def planned(year: int, numbered: int, binding: int) -> Headline:
    """A year of which only the targets are published."""
    lede = f"其中约束性指标 {binding} 项、预期性指标 {numbered - binding} 项。尚无已发布的完成情况。"
    return Headline((f"{year} 年计划：", f"{numbered} 项年度目标"), lede)


def _listed(counts: Mapping[str, int], words: Mapping[Verdict, str] | Mapping[Pace, str]) -> str:
    return "，".join(text.format(counts[state]) for state, text in words.items() if counts[state])
