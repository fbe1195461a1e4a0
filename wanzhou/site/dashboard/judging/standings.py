"""What each state says and when a row gets it, and in which order that is decided; each proved by judging. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.judging.outcomes import Outcome, read_outcome
from indicators.judging.terms import Accrual, Favourable, OutcomeState, Pace, Period, Verdict
from indicators.judging.verdicts import assess
from wanzhou.site.dashboard.tones import TONES, Tone, tone_of


@dataclass(frozen=True, slots=True)
class Case:
    """A target, and an outcome (its wording, or a state that has none), at the end of a period."""

    wording: str
    outcome: str | OutcomeState
    unit: str = "%"
    accrual: Accrual | None = None
    period: Period = Period.FULL_YEAR
    favourable: Favourable = Favourable.HIGHER

    @property
    def state(self) -> str:
        """The verdict or pace that judging gives it."""
        told = (
            Outcome.of_state(self.outcome)
            if isinstance(self.outcome, OutcomeState)
            else read_outcome(self.outcome, unit=self.unit)
        )
        found = assess(
            self.wording,
            told,
            unit=self.unit,
            favourable=self.favourable,
            accrual=self.accrual,
            period=self.period,
        )
        return found.verdict or found.pace or ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A state, when a row gets it, and a case that does; the word for a sub-row below its target stands apart."""

    state: Verdict | Pace
    says: str
    case: Case
    counted: bool = True

    @property
    def tone(self) -> Tone:
        """Its look."""
        return tone_of(self.state, counted=self.counted)

    @property
    def season(self) -> str:
        """When in the year it is used."""
        over, under_way = self.state in set(Verdict), self.state in set(Pace)
        if over and under_way:
            return "全年或年中"
        return "全年" if over else "年中"


HALF = Period.FIRST_HALF

_SAID: dict[Verdict | Pace, tuple[str, Case]] = {
    Verdict.MET: ("完成情况落在目标要求的范围里，等于界限也在内。", Case("330以上", "330", "天")),
    Pace.ON_PACE: (
        "到这一期末，够到了此时应达的数。只是进度，不是全年结论。",
        Case("340", "170", "天", Accrual.CUMULATIVE, HALF),
    ),
    Verdict.MISSED: ("完成情况在目标要求的范围之外。", Case("330以上", "329", "天")),
    Pace.BEHIND: (
        "到这一期末，还没有够到此时应达的数。只是提醒，不是未完成。",
        Case("340", "161", "天", Accrual.CUMULATIVE, HALF),
    ),
    Verdict.REVIEW: (
        "按数判不了：没有可比的数，所报范围跨过界限，或在“左右”的待认定幅度里。由人认定，写明理由。",
        Case("6左右", "5.6"),
    ),
    Verdict.AWAITING_CITY: (
        "数由市级核算而尚未反馈，或要比的基数还没有到。不是未完成。",
        Case("1.7左右", OutcomeState.AWAITING_CITY),
    ),
    Pace.IN_PROGRESS: (
        "年末一次核算的，或只能由人认定的，年中不判。",
        Case("56.8", "56.5", "%", Accrual.LEVEL, HALF),
    ),
    Verdict.REDEFINED: (
        "统计口径变了，完成情况与原目标不可比。不是未完成。",
        Case("1.6", OutcomeState.REDEFINED, "亿美元"),
    ),
    Verdict.NOT_JUDGED: (
        "没有提出具体目标，不在这一年考核，或上级下达的数还没有录入。",
        Case("上级下达任务", "5", ""),
    ),
    Verdict.UNREPORTED: ("填报期已经开过、已经到期，而没有填报。", Case("7", OutcomeState.UNREPORTED)),
    Verdict.NOT_COLLECTED: (
        "这一期收录自公开资料，资料中未见这个数。缺的是收录，不是部门的填报。",
        Case("7", OutcomeState.NOT_COLLECTED, "%", Accrual.RATE, HALF),
    ),
}
_BELOW = Standing(
    Verdict.MISSED,
    "“其中”分项没有够到目标。照样判、照样列，不计入总数。",
    Case("8", "7.6"),
    counted=False,
)


def standings() -> tuple[Standing, ...]:
    """Every state that a page can show, in the order of the tiles; a sub-row's own word follows 未完成."""
    found: list[Standing] = []
    for code in TONES:
        state = _member(code)
        says, case = _SAID[state]
        found.append(Standing(state, says, case))
        if state is Verdict.MISSED:
            found.append(_BELOW)
    return tuple(found)


def _member(code: str) -> Verdict | Pace:
    return Verdict(code) if code in set(Verdict) else Pace(code)


@dataclass(frozen=True, slots=True)
class Step:
    """One question in the order of decision: what it asks, the answer, and a case that later questions would
    answer otherwise."""

    asks: str
    state: Verdict | Pace
    case: Case

    @property
    def tone(self) -> Tone:
        """The look of its answer."""
        return tone_of(self.state)


ORDER: tuple[Step, ...] = (
    Step("口径调整了吗？", Verdict.REDEFINED, Case("—", OutcomeState.REDEFINED)),
    Step("数还在等市级反馈吗？", Verdict.AWAITING_CITY, Case("—", OutcomeState.AWAITING_CITY)),
    Step("没有目标，或不在这一年考核吗？", Verdict.NOT_JUDGED, Case("—", "5")),
    Step(
        "要比的基数还没有到吗？",
        Verdict.AWAITING_CITY,
        Case("较2022年提升0.2个百分点", OutcomeState.UNREPORTED),
    ),
    Step("上级下达的数还没有录入吗？", Verdict.NOT_JUDGED, Case("上级下达任务", OutcomeState.UNREPORTED, "")),
    Step(
        "还在年中，而年末才核算吗？",
        Pace.IN_PROGRESS,
        Case("56.8", OutcomeState.UNREPORTED, "%", Accrual.LEVEL, HALF),
    ),
    Step("到期没有填报吗？", Verdict.UNREPORTED, Case("稳中提质", OutcomeState.UNREPORTED, "")),
    Step("只写了“完成”，或目标没有可比的数吗？", Verdict.REVIEW, Case("6以上", "完成")),
)
