"""The page's heading and the paragraph below it: what a resident would say, computed from what was published."""

from __future__ import annotations

from itertools import pairwise

from indicators.judging.terms import Accrual, OutcomeState, Pace, Verdict
from wanzhou.kernel.numerals import plain
from wanzhou.kernel.plans.periods import Period
from wanzhou.site.reports.gaps import NOTHING

from .years import PlanYear, Told

COMPARED = {Verdict.MET, Verdict.MISSED, Verdict.REVIEW, Pace.ON_PACE, Pace.BEHIND}
CLOSE_UNITS = {"%", "‰", ""}


def names_of(years: tuple[PlanYear, ...]) -> tuple[str, ...]:
    """The newest name, after the one that it replaced where there was another."""
    names = [year.newest.row.name for year in years]
    last = names[-1]
    before = [name for name in names if name != last]
    return (before[-1], last) if before else (last,)


def lede_of(years: tuple[PlanYear, ...]) -> str:
    """What changed, how the newest finished year ended, and where the running one stands."""
    finished = [year for year in years if year.finished][-1:]
    running = [years[-1]] if not years[-1].finished else []
    return changed(years) + "".join(sentence_of(year.newest) for year in (*finished, *running))


def changed(years: tuple[PlanYear, ...]) -> str:
    """The newest change of calibre or name between two years, in words; empty where there was none."""
    for before, after in reversed(list(pairwise(years))):
        old, new = before.newest.row, after.newest.row
        names = f"{before.year} 年按{_called(before)}，{after.year} 年按{_called(after)}"
        if new.series_break:
            same = (old.name, old.unit) == (new.name, new.unit)
            return f"{f'{after.year} 年起' if same else f'{names}，'}口径调整，前后不连线、不相减、不相除。"
        if old.unit != new.unit:
            return f"{names}，单位改变，前后不作比较。"
        if old.name != new.name:
            return f"{after.year} 年起名称由“{old.name}”改为“{new.name}”。"
    return ""


def _called(year: PlanYear) -> str:
    row = year.newest.row
    return f"“{row.name}”（{row.unit}）" if row.unit else f"“{row.name}”"


def sentence_of(told: Told) -> str:
    """One year's newest state as a sentence."""
    state = told.state
    if state in COMPARED:
        closing = "达到或超过目标" if state == Verdict.MET else told.shown.tone.word
        return f"{_subject(told)}{figure_of(told)}，{_against(told)}，{closing}。"
    if not state:
        return f"{told.year} 年{told.aimed}，尚无已发布的完成情况。"
    if state == Pace.IN_PROGRESS:
        return _in_progress(told)
    if state == Verdict.AWAITING_CITY:
        return _awaiting(told)
    return _apart(told)


def _subject(told: Told) -> str:
    return f"{told.year} 年" if told.term is Period.FULL_YEAR else told.when


def figure_of(told: Told) -> str:
    """The outcome after its subject: 增长 3.5%, 为 347 天, 完成情况“稳定保持II类”."""
    row, outcome = told.row, told.shown.outcome
    if row.outcome_value is not None and row.name.endswith("增速"):
        return _growth(told) + (f"（{outcome.qualifier}）" if outcome.qualifier else "")
    if outcome.number:
        space = "" if row.unit in CLOSE_UNITS else " "
        return f"为 {outcome.number}{space}{row.unit}{outcome.qualifier}"
    return f"完成情况“{outcome.text}”"


def _growth(told: Told) -> str:
    value = told.row.outcome_value
    assert value is not None
    if value == 0:
        return "与上年持平" if told.term is Period.FULL_YEAR else "与上年同期持平"
    return f"{'增长' if value > 0 else '下降'} {plain(abs(value))}{told.row.unit}"


def _against(told: Told) -> str:
    gap, aimed = told.shown.gap, ("" if told.term is Period.FULL_YEAR else "全年") + told.aimed
    if gap[:1] in {"低", "高"} and "上限" not in gap:
        return f"比{aimed} {gap}"
    if gap == "持平":
        return f"与{aimed} 持平"
    return aimed + (f"，{gap}" if gap != NOTHING else "")


def _in_progress(told: Told) -> str:
    said = f"{told.when}{figure_of(told)}；" if told.row.outcome_value is not None else ""
    word = "年末核算，年中不判" if told.row.accrual == Accrual.LEVEL else told.shown.tone.word
    return f"{said}{told.year} 年{told.aimed}，{word}。"


def _awaiting(told: Told) -> str:
    if told.awaits_base:
        return f"{told.year} 年{told.aimed}，所依的基数尚未取得，待市级反馈。"
    return f"{_subject(told)}{told.aimed}，完成情况市级暂未反馈。"


def _apart(told: Told) -> str:
    """What is neither compared nor under way."""
    state = told.state
    if state == Verdict.REDEFINED:
        return f"{_subject(told)}{told.aimed}，完成情况口径调整，不作比较。"
    if state == Verdict.NOT_COLLECTED:
        return f"{told.year} 年{told.aimed}，{told.term.label if told.term else ''}的数公开资料中未见。"
    if state == Verdict.UNREPORTED:
        return f"{told.year} 年{told.aimed}，{told.term.label if told.term else ''}的数未填报。"
    known = told.row.outcome_state in {OutcomeState.REPORTED, OutcomeState.ESTIMATED}
    return f"{_subject(told)}{f'{figure_of(told)}，' if known else ''}{told.aimed}，不考核。"
