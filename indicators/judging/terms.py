"""The closed vocabularies of judging, each with the word that readers see."""

from dataclasses import dataclass
from decimal import Decimal

from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.terms import Term

__all__ = [
    "Accrual",
    "Favourable",
    "Kind",
    "OutcomeState",
    "Pace",
    "Period",
    "Tolerances",
    "Verdict",
    "Version",
]


class Kind(Term):
    """What a target's wording asks for."""

    AT_LEAST = "at_least", "不低于"
    AT_MOST = "at_most", "不高于"
    ABOVE = "above", "高于"
    BELOW = "below", "低于"
    PLAIN = "plain", "确数"
    ABOUT = "about", "左右"
    RANGE = "range", "区间"
    NO_NEGATIVE_GROWTH = "no_negative_growth", "不出现负增长"
    RELATIVE_YEAR = "relative_year", "相对某年"
    RELATIVE_INDICATOR = "relative_indicator", "相对其他指标"
    RELATIVE_REGION = "relative_region", "相对其他地区"
    GRADE = "grade", "等级"
    RANK = "rank", "位次"
    TREND = "trend", "趋势"
    ASSIGNED = "assigned", "上级下达"
    QUALITATIVE = "qualitative", "定性"
    COMPOSITE = "composite", "多项"
    DEFERRED = "deferred", "期内统筹"
    NONE = "none", "未设目标"
    NARRATIVE = "narrative", "文字表述"


class OutcomeState(Term):
    """What is known of an outcome."""

    REPORTED = "reported", "已填报"
    ESTIMATED = "estimated", "预计数"
    DECLARED = "declared", "文字说明"
    AWAITING_CITY = "awaiting_city", "市级暂未反馈"
    REDEFINED = "redefined", "口径调整"
    ANNUAL_ONLY = "annual_only", "年度指标"
    UNREPORTED = "unreported", "未填报"
    NOT_COLLECTED = "not_collected", "未收录"


class Version(Term):
    """How settled a reported figure is."""

    FLASH = "flash", "快报"
    PRELIMINARY = "preliminary", "初步核算"
    FINAL = "final", "最终核实"


class Verdict(Term):
    """Whether the year's target was reached; for the full year only."""

    MET = "met", "达到或超过"
    MISSED = "missed", "未完成"
    REVIEW = "review", "待认定"
    AWAITING_CITY = "awaiting_city", "待市级反馈"
    REDEFINED = "redefined", "口径调整"
    NOT_JUDGED = "not_judged", "不考核"
    UNREPORTED = "unreported", "未填报"
    NOT_COLLECTED = "not_collected", "未收录"


class Pace(Term):
    """Where a target stands before the year's end: a warning, never a verdict."""

    ON_PACE = "on_pace", "序时达标"
    BEHIND = "behind", "滞后"
    IN_PROGRESS = "in_progress", "进行中"
    AWAITING_CITY = "awaiting_city", "待市级反馈"
    REDEFINED = "redefined", "口径调整"
    NOT_JUDGED = "not_judged", "不考核"
    UNREPORTED = "unreported", "未填报"
    NOT_COLLECTED = "not_collected", "未收录"


class Favourable(Term):
    """Which direction is better; a property of the indicator, never of the verb."""

    HIGHER = "higher", "越高越好"
    LOWER = "lower", "越低越好"


class Accrual(Term):
    """How an indicator's figure grows during the year."""

    RATE = "rate", "增速比率"
    CUMULATIVE = "cumulative", "累计量"
    LEVEL = "level", "时点量"
    GRADE = "grade", "等级"
    ASSIGNED = "assigned", "上级下达"


@dataclass(frozen=True, slots=True)
class Tolerances:
    """The bands of 左右: percentage points for %, ‰ and 个百分点, else shares of the number."""

    rate_firm: Decimal = Decimal("0.1")
    rate_wide: Decimal = Decimal("0.5")
    share_firm: Decimal = Decimal("0.01")
    share_wide: Decimal = Decimal("0.02")
