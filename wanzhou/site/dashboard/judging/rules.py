"""How each kind of wording is read: the words for readers, beside the cases that prove them. Pure.

No rule is decided here: what a page shows of a case comes from `read_target` and `assess`, and a test holds every
case of this table against them. To teach the page a new kind of wording, add a row with its cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from indicators.judging.outcomes import read_outcome
from indicators.judging.readings import Reading
from indicators.judging.targets import read_target
from indicators.judging.terms import Favourable, Kind, Tolerances, Verdict
from indicators.judging.verdicts import Assessment, assess


class Trial(NamedTuple):
    """An outcome held against the rule's wording, and what must come of it; `base` is the figure of a relation."""

    outcome: str
    verdict: Verdict
    base: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A way of wording a target. `sign` narrows it to targets whose number is negative, zero or positive."""

    kind: Kind
    wording: str
    says: str
    trials: tuple[Trial, ...]
    unit: str = "%"
    favourable: Favourable = Favourable.HIGHER
    sign: int | None = None

    @property
    def directed(self) -> bool:
        """Whether the indicator's direction, not the wording, says on which side the target is reached."""
        return self.kind in _DIRECTED

    def read(self, tolerances: Tolerances) -> Reading:
        """The wording as read under these tolerances."""
        return read_target(self.wording, unit=self.unit, favourable=self.favourable, tolerances=tolerances)

    def tried(self, trial: Trial, tolerances: Tolerances) -> Assessment:
        """What comes of a case under these tolerances."""
        return assess(
            self.wording,
            read_outcome(trial.outcome, unit=self.unit),
            unit=self.unit,
            favourable=self.favourable,
            baseline=Decimal(trial.base) if trial.base else None,
            tolerances=tolerances,
        )

    def covers(self, reading: Mapping[str, Any], favourable: str) -> bool:
        """Whether a published reading (its JSON object) is worded in this way."""
        if reading.get("kind") != self.kind or (self.directed and favourable != self.favourable):
            return False
        return self.sign is None or _sign(reading.get("number")) == self.sign


_DIRECTED = {Kind.PLAIN, Kind.ABOUT, Kind.RANGE}


def _sign(number: str | None) -> int | None:
    return None if number is None else int(Decimal(number).compare(Decimal(0)))


MET, MISSED, REVIEW = Verdict.MET, Verdict.MISSED, Verdict.REVIEW
WAITS, SKIPPED = Verdict.AWAITING_CITY, Verdict.NOT_JUDGED
LOWER = Favourable.LOWER

RULES: tuple[Rule, ...] = (
    Rule(
        Kind.AT_LEAST, "330以上", "“以上”“不低于”“不少于”都含本数：够到这个数就算达到。",
        (Trial("330", MET), Trial("329", MISSED)), unit="天",
    ),
    Rule(
        Kind.AT_MOST, "3以内", "“以内”“以下”“不超过”都含本数：等于这个数仍算达到，超出才是未完成。",
        (Trial("3", MET), Trial("3.1", MISSED)), favourable=LOWER, sign=1,
    ),
    Rule(
        Kind.AT_MOST, "下降3%以上", "下降按带负号的变化来读：降得够多才算达到。",
        (Trial("-3", MET), Trial("-2.9", MISSED)), favourable=LOWER, sign=-1,
    ),
    Rule(
        Kind.ABOVE, "突破1000亿元", "“超过”“突破”“高于”不含本数：正好等于还不算达到。",
        (Trial("1000.1", MET), Trial("1000", MISSED)), unit="亿元",
    ),
    Rule(
        Kind.BELOW, "低于5%", "“低于”“不满”不含本数：正好等于还不算达到。",
        (Trial("4.9", MET), Trial("5", MISSED)), favourable=LOWER,
    ),
    Rule(
        Kind.PLAIN, "12", "只写一个数的，看哪个方向更好：越高越好的指标，不低于它就算达到。",
        (Trial("12", MET), Trial("11.9", MISSED)), sign=1,
    ),
    Rule(
        Kind.PLAIN, "29", "同样只写一个数，越低越好的指标，不高于它就算达到。",
        (Trial("29", MET), Trial("30", MISSED)), unit="人", favourable=LOWER,
    ),
    Rule(
        Kind.PLAIN, "0", "目标为 0 也是目标，不是没有目标：不低于 0 就算达到。",
        (Trial("0", MET), Trial("-0.1", MISSED)), sign=0,
    ),
    Rule(
        Kind.PLAIN, "-9.5", "负数也是目标，照样比大小：−9.4 比 −9.5 高，算达到。",
        (Trial("-9.4", MET), Trial("-9.6", MISSED)), sign=-1,
    ),
    Rule(
        Kind.ABOUT, "6左右",
        "达到这个数或更好，算达到；差一点而在达标幅度以内，也算达到；"
        "再差而在待认定幅度以内，由人认定；更差就是未完成。",
        (Trial("5.9", MET), Trial("5.5", REVIEW), Trial("5.4", MISSED)),
    ),
    Rule(
        Kind.ABOUT, "3左右", "越低越好的指标，“左右”是软上限：低于它就算达到，略高的有同样的幅度。",
        (Trial("2", MET), Trial("3.5", REVIEW), Trial("3.6", MISSED)), favourable=LOWER,
    ),
    Rule(
        Kind.RANGE, "6%至6.5%", "区间只在不利的一边判未完成：比上端更好也算达到。",
        (Trial("7", MET), Trial("6", MET), Trial("5.9", MISSED)),
    ),
    Rule(
        Kind.NO_NEGATIVE_GROWTH, "不出现负增长", "不低于 0 就算达到，持平也算。",
        (Trial("0", MET), Trial("-0.1", MISSED)),
    ),
    Rule(
        Kind.NO_NEGATIVE_GROWTH, "实现正增长", "要高于 0：持平还不算达到。",
        (Trial("0.1", MET), Trial("0", MISSED)),
    ),
    Rule(
        Kind.RELATIVE_YEAR, "较2022年提升0.2个百分点",
        "与另一年相比的，那一年的数到了才知道要达到多少；没到之前，目标自己也在等（待基数）。",
        (Trial("1.7", WAITS), Trial("1.7", MET, "1.5"), Trial("1.6", MISSED, "1.5")),
    ),
    Rule(
        Kind.RELATIVE_INDICATOR, "与经济增长同步", "与另一项指标相比的，不低于那一项就算达到；那一项没有数之前先等。",
        (Trial("5", WAITS), Trial("5", MET, "5"), Trial("4.9", MISSED, "5")),
    ),
    Rule(
        Kind.RELATIVE_REGION, "高于全市平均水平",
        "与全国、全市相比的，同一时期的数到了再比；写“高于”的，持平不算达到。",
        (Trial("5", WAITS), Trial("5", MET, "4.9"), Trial("4.9", MISSED, "4.9")),
    ),
    Rule(
        Kind.GRADE, "总体保持II类", "等级按次序比，Ⅰ类最好；II、Ⅱ、二类是同一类。所报不止一类的，看最差的一类。",
        (Trial("Ⅰ类", MET), Trial("二类", MET), Trial("Ⅱ至Ⅲ类", MISSED)), unit="",
    ),
    Rule(Kind.RANK, "居全市前列", "位次没有可比的数，由人认定。", (Trial("第3位", REVIEW),), unit=""),
    Rule(Kind.TREND, "继续下降", "只写趋势、没有数的，由人认定。", (Trial("3", REVIEW),), favourable=LOWER),
    Rule(
        Kind.ASSIGNED, "上级下达任务", "数在上级的文件里，录入之前不考核；录入之后照数判。",
        (Trial("5", SKIPPED), Trial("5", MET, "5"), Trial("4.9", MISSED, "5")), unit="",
    ),
    Rule(Kind.QUALITATIVE, "稳中提质", "定性的要求没有可比的数，由人认定。", (Trial("稳中有进", REVIEW),), unit=""),
    Rule(
        Kind.COMPOSITE, "达到20亿元、增幅12%以上", "几项要求逐项判：全部达到才算达到，有一项未完成就是未完成。",
        (Trial("21亿元，增长13%", MET), Trial("21亿元，增长11%", MISSED)), unit="亿元",
    ),
    Rule(
        Kind.COMPOSITE, "增长5%左右，总量力争突破3000亿元",
        "几项中带“力争”“争取”的一项是努力方向，够不到也不因它判未完成。",
        (Trial("增长5%，总量2900亿元", MET), Trial("增长4%，总量3100亿元", MISSED)),
    ),
    Rule(
        Kind.DEFERRED, "在“十四五”规划期内统筹考核", "不在这一年考核的，这一年不判。",
        (Trial("5", SKIPPED),), unit="",
    ),
    Rule(Kind.NONE, "—", "没有提出具体目标的，不考核。", (Trial("5", SKIPPED),), unit=""),
    Rule(
        Kind.NARRATIVE, "办好民生实事", "读不懂的不猜：按文字表述留给人认定。",
        (Trial("已办结", REVIEW),), unit="",
    ),
)  # fmt: skip
