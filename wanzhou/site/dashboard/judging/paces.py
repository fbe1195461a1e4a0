"""How a year under way is read, by how a figure accrues; each way proved by judging. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.judging.outcomes import read_outcome
from indicators.judging.terms import Accrual, Favourable, Pace, Period
from indicators.judging.verdicts import Assessment, assess


@dataclass(frozen=True, slots=True)
class PaceRule:
    """A way in which figures accrue, what they are compared with, and a case at the half-year with its pace.

    `expected` is the number that the case is held against, as text; empty where none is.
    """

    accrual: Accrual
    title: str
    why: str
    due: str
    wording: str
    outcome: str
    pace: Pace
    expected: str = ""
    unit: str = "%"
    favourable: Favourable = Favourable.HIGHER
    either: bool = False  # whether the direction makes no difference

    def tried(self) -> Assessment:
        """What judging makes of the case."""
        return assess(
            self.wording,
            read_outcome(self.outcome, unit=self.unit),
            unit=self.unit,
            favourable=self.favourable,
            accrual=self.accrual,
            period=Period.FIRST_HALF,
        )

    def covers(self, accrual: str, favourable: str) -> bool:
        """Whether an indicator accrues in this way."""
        return accrual == self.accrual and (self.either or favourable == self.favourable)


LOWER = Favourable.LOWER

PACES: tuple[PaceRule, ...] = (
    PaceRule(
        Accrual.RATE, "增速", "报的就是年初至今的累计增速，不能按季度拆开。", "直接比全年目标",
        "6.5以上", "6", Pace.BEHIND, "6.5",
    ),
    PaceRule(
        Accrual.RATE, "上限", "失业率、物价这样的上限，每一期都不应越过。", "直接比全年上限",
        "5.5以内", "5.4", Pace.ON_PACE, "5.5", favourable=LOWER,
    ),
    PaceRule(
        Accrual.CUMULATIVE, "累计量", "从年初一路加上去，按已过的时间折算；同时算出剩下的时间还需要多少。",
        "全年目标 × 已过时间",
        "340以上", "161", Pace.BEHIND, "170", unit="天",
    ),
    PaceRule(
        Accrual.CUMULATIVE, "累计的上限", "越低越好的累计量，至此不应超过同样的比例。", "全年上限 × 已过时间",
        "200以内", "90", Pace.ON_PACE, "100", unit="人", favourable=LOWER,
    ),
    PaceRule(
        Accrual.LEVEL, "年末时点量", "年末才有定数；年中的数可能还是上年的存量。", "年中不判",
        "56.8", "56.5", Pace.IN_PROGRESS, either=True,
    ),
    PaceRule(
        Accrual.GRADE, "等级", "看到目前为止最差的一类。", "直接比目标的等级",
        "稳定保持II类", "Ⅱ至Ⅲ类", Pace.BEHIND, unit="", either=True,
    ),
    PaceRule(
        Accrual.ASSIGNED, "上级下达", "数在上级的文件里，录入之前不判。", "录入之前不判",
        "上级下达任务", "5", Pace.NOT_JUDGED, unit="", either=True,
    ),
)  # fmt: skip
