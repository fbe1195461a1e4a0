"""Every verdict's sentence in Chinese: rule, target, figure, difference in the right unit."""

from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Final

from .comparing import Comparison, Why
from .intervals import EXACT, ZERO, Interval, plain
from .moments import Moment, pace_of
from .outcomes import Outcome
from .readings import NOT_JUDGED, PERSON_DECIDES, RELATIVE, Reading
from .terms import Kind, OutcomeState, Verdict
from .units import POINTS, is_ratio, measure, of_difference

_LONGEST_QUOTE: Final = 60
_INNER_QUOTES: Final = str.maketrans("“”", "‘’")
_DIGIT_OF: Final = ("", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "劣Ⅴ")


def figure(value: Decimal) -> str:
    """A number in prose, with the true minus sign."""
    return plain(value).replace("-", "−")


def quoted(wording: str) -> str:
    """The target as printed, shortened where it is very long; quotes inside the quote become single ones."""
    text = " ".join(wording.split()).translate(_INNER_QUOTES)
    return f"“{text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + '…'}”"


def rule(bounds: Interval) -> str:
    """The acceptance interval in words: 不低于5.9."""
    low = "" if bounds.low is None else f"{'高于' if bounds.low_open else '不低于'}{figure(bounds.low)}"
    high = "" if bounds.high is None else f"{'低于' if bounds.high_open else '不高于'}{figure(bounds.high)}"
    return "且".join(filter(None, (low, high)))


def class_rule(reading: Reading) -> str:
    number = int(reading.number or 0)
    return f"{'优于' if reading.accepted.high_open else '不差于'}{_DIGIT_OF[number]}类"


def difference(gap: Decimal, unit: str) -> str:
    """低2.5个百分点, 高9天, 与目标持平."""
    if not gap:
        return "与目标持平"
    return f"{'高' if gap > 0 else '低'}{figure(abs(gap))}{of_difference(unit)}"


def word(standing: Verdict, moment: Moment) -> str:
    """The closing word: a verdict for the full year, else a pace."""
    return standing.label if moment.year_is_over else pace_of(standing).label


def given(outcome: Outcome, found: Comparison) -> str:
    """The outcome in prose, in the target's unit."""
    if outcome.grades is not None:
        best, worst = outcome.grades
        return f"{_DIGIT_OF[worst]}类" if best == worst else f"{_DIGIT_OF[best]}至{_DIGIT_OF[worst]}类"
    known = outcome.known or Interval()
    if known.low is not None and known.low == known.high:
        return figure(found.value or ZERO)
    if known.low is not None and known.high is not None:
        return f"{figure(known.low)}至{figure(known.high)}{_own_unit(outcome, found)}"
    return f"{rule(known)}{_own_unit(outcome, found)}"


def _own_unit(outcome: Outcome, found: Comparison) -> str:
    return "" if outcome.unit in ("", found.unit) else outcome.unit


def judged(
    wording: str, reading: Reading, outcome: Outcome, found: Comparison, moment: Moment, due: Fraction
) -> str:
    """The sentence of one comparison."""
    if found.bounds is None or found.why not in (Why.COMPARED, Why.BAND, Why.OVERLAP):
        return (
            f"目标{quoted(wording)}{unjudgeable(reading, outcome, found)}，{word(found.standing, moment)}。"
        )
    if due != 1:
        return _paced(wording, outcome, found, moment, due)
    head = "目标" if moment.year_is_over else "全年目标"
    done = "完成" if moment.year_is_over else moment.label
    told = f"{_estimate(outcome)}{done}{given(outcome, found)}{_difference(outcome, found)}{_why(found)}"
    return f"{head}{quoted(wording)}按{_rule_of(reading, found.bounds)}判定；{told}，{word(found.standing, moment)}。"


def _rule_of(reading: Reading, bounds: Interval) -> str:
    if reading.kind is Kind.GRADE:
        return class_rule(reading)
    base = "（按基数折算）" if reading.kind in RELATIVE and reading.resolved is not None else ""
    return rule(bounds) + base


def _estimate(outcome: Outcome) -> str:
    return "预计" if outcome.state is OutcomeState.ESTIMATED else ""


def _difference(outcome: Outcome, found: Comparison) -> str:
    """Nothing for a strict bound at the target's own number: 低于6 is not level with 6."""
    strict = outcome.low_open or outcome.high_open
    if found.gap is None or (strict and not found.gap):
        return ""
    return f"，{difference(found.gap, found.unit)}"


def _why(found: Comparison) -> str:
    if found.why is Why.BAND:
        return "，在待认定幅度内，由人认定"
    return "，所报范围跨过目标界限，由人认定" if found.why is Why.OVERLAP else ""


def _paced(wording: str, outcome: Outcome, found: Comparison, moment: Moment, due: Fraction) -> str:
    bounds = found.bounds or Interval()
    bound = bounds.high if bounds.low is None else bounds.low
    due_now = "应不高于" if bounds.low is None else "应达"
    softened = "" if bound is None or bound == found.expected else f"（按{rule(bounds)}判定）"
    expected = "" if found.expected is None else figure(found.expected)
    gap = "" if found.gap is None else f"，{difference(found.gap, found.unit).replace('目标', '序时进度')}"
    return (
        f"全年目标{quoted(wording)}，按序时进度（{due.numerator}/{due.denominator}）{due_now}{expected}{softened}；"
        f"{_estimate(outcome)}{moment.label}{given(outcome, found)}{gap}{_why(found)}，{word(found.standing, moment)}。"
    )


def unjudgeable(reading: Reading, outcome: Outcome, found: Comparison) -> str:
    """Why a figure could not be compared."""
    match found.why:
        case Why.UNITS:
            return f"以{reading.measured_in or '无单位'}计，完成情况以{outcome.unit or '无单位'}计，两者不能直接比较"
        case Why.CHANGE:
            told = "百分点" if outcome.unit in POINTS else "数量"
            return f"是水平数，完成情况只写了变动的{told}，两者不能直接比较"
        case Why.WAITS if found.standing is Verdict.AWAITING_CITY:
            return "的基数尚未取得（待基数）"
        case Why.WAITS:
            return "的数值由上级下达，尚未录入"
        case Why.NO_FIGURE:
            return "，完成情况中没有能够确定对应的数"
    return "不能按数判定，由人认定"


def undecided(wording: str, reading: Reading, outcome: Outcome, standing: Verdict, moment: Moment) -> str:
    """The sentence of a row that was decided without a comparison."""
    text = _undecided(quoted(wording), reading, outcome, standing, moment)
    return text if text.endswith("。") else f"{text}，{word(standing, moment)}。"


def _undecided(target: str, reading: Reading, outcome: Outcome, standing: Verdict, moment: Moment) -> str:
    match standing:
        case Verdict.REDEFINED:
            return f"目标{target}所依的统计口径已调整，完成情况不可比，口径调整。"
        case Verdict.AWAITING_CITY if outcome.state is OutcomeState.AWAITING_CITY:
            return f"目标{target}的完成情况市级暂未反馈，待市级反馈。"
        case Verdict.AWAITING_CITY:
            return f"目标{target}要与基数相比，基数尚未取得（待基数），待市级反馈。"
        case Verdict.NOT_JUDGED:
            return _not_judged(target, reading)
        case Verdict.UNREPORTED:
            return f"目标{target}的{moment.label}完成情况未填报。"
        case Verdict.NOT_COLLECTED:
            return f"目标{target}的{moment.label}完成情况在公开资料中未见，未收录。"
    if (
        not moment.year_is_over
        and reading.kind not in PERSON_DECIDES
        and outcome.state is not OutcomeState.DECLARED
    ):
        return f"目标{target}年末一次核算，{moment.label}不作判定"
    if reading.kind in PERSON_DECIDES:
        return f"目标{target}没有可比的数，由人认定"
    return f"目标{target}的完成情况只有文字说明，需凭证据由人认定"


def _not_judged(target: str, reading: Reading) -> str:
    if reading.kind is Kind.NONE:
        return "没有提出具体目标，不考核。"
    if reading.kind is Kind.DEFERRED:
        return f"目标{target}不在本年度考核，不考核。"
    return f"目标{target}的数值由上级下达，尚未录入，不考核。"


def composite(
    wording: str, found: list[tuple[Reading, Outcome, Comparison]], standing: Verdict, moment: Moment
) -> str:
    """Part by part, then the row's own word."""
    said = "；".join(_part(number, *one, moment) for number, one in enumerate(found, 1))
    return f"目标{quoted(wording)}分项判定：{said}。合计{word(standing, moment)}。"


def _part(number: int, reading: Reading, outcome: Outcome, found: Comparison, moment: Moment) -> str:
    if found.bounds is None:
        ruled, told = describe(reading), unjudgeable(reading, outcome, found).lstrip("，")
    else:
        ruled = _rule_of(reading, found.bounds)
        told = f"{_estimate(outcome)}完成{given(outcome, found)}{_difference(outcome, found)}{_why(found)}"
    return f"（{number}）{reading.name}{ruled}：{told}，{word(found.standing, moment)}"


def reachability(reading: Reading, found: Comparison, moment: Moment, due: Fraction) -> str:
    """What the rest of the year still has to bring (or may bring), where figures accumulate."""
    if due == 1 or found.value is None or not reading.comparable or _is_of_falls(reading):
        return ""
    if reading.high is not None:
        return _allowance(EXACT.subtract(reading.high, found.value), found.unit)
    needed = EXACT.subtract(reading.low or ZERO, found.value)
    if needed < 0 or (not needed and not reading.low_open):
        return "已达到全年目标。"
    if measure(found.unit).dimension == "天" and moment.days_left is not None:
        return _days_needed(needed, moment.days_left)
    return f"距全年目标还差{figure(needed)}{of_difference(found.unit)}。"


def _is_of_falls(reading: Reading) -> bool:
    """Whether the bound is below zero, so that the figure may still run towards it either way."""
    bound = reading.low if reading.high is None else reading.high
    return bound is not None and bound < 0


def _days_needed(needed: Decimal, left: int) -> str:
    days = ceil(needed)
    if days > left:
        return f"剩余{left}天，尚需{days}天，全年目标已无法达到。"
    return f"剩余{left}天中需{days}天。"


def _allowance(rest: Decimal, unit: str) -> str:
    return "已超过全年上限。" if rest < 0 else f"距全年上限还有{figure(rest)}{of_difference(unit)}。"


def describe(reading: Reading) -> str:
    """The staff's short form: ``≥ 6.5``, ``6 左右（≥ 5.9）``, ``由人认定``."""
    text = _described(reading)
    return f"{text}（力争）" if reading.aspiration and reading.kind is not Kind.COMPOSITE else text


def _described(reading: Reading) -> str:
    if reading.kind is Kind.COMPOSITE:
        return "；".join(describe(part) for part in reading.parts)
    if reading.kind in NOT_JUDGED:
        return "不考核"
    if reading.kind is Kind.ASSIGNED and not reading.comparable:
        return "由上级下达，待录入"
    if reading.kind is Kind.GRADE:
        return class_rule(reading)
    if reading.kind in RELATIVE:
        return _relation(reading)
    if not reading.comparable:
        return "由人认定"
    bounds = _signs(reading.accepted)
    if reading.kind is Kind.ABOUT and reading.number is not None:
        return f"{figure(reading.number)} 左右（{bounds}）{_unit(reading)}"
    if reading.kind is Kind.RANGE and reading.number is not None:
        return f"区间（{bounds}）{_unit(reading)}"
    return bounds + _unit(reading)


def _relation(reading: Reading) -> str:
    against = {
        Kind.RELATIVE_YEAR: "基年", Kind.RELATIVE_INDICATOR: "所比指标", Kind.RELATIVE_REGION: "所比地区",
    }[reading.kind]  # fmt: skip
    if reading.comparable:
        return f"{_signs(reading.accepted)}（按{against}数折算）"
    if reading.number is None:
        return f"与{against}相比（待基数）"
    sign = "" if reading.unit == "倍" else "+" if reading.number >= 0 else ""
    return f"{against} {sign}{figure(reading.number)}{reading.unit}（待基数）"


def _signs(bounds: Interval) -> str:
    low = "" if bounds.low is None else f"{'>' if bounds.low_open else '≥'} {figure(bounds.low)}"
    high = "" if bounds.high is None else f"{'<' if bounds.high_open else '≤'} {figure(bounds.high)}"
    return " 且 ".join(filter(None, (low, high)))


def _unit(reading: Reading) -> str:
    unit = reading.measured_in
    return "" if not unit or (is_ratio(unit) and unit == "%") else f" {unit}"
