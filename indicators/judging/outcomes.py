"""Read what is said of an outcome: a figure, a bound, a range, a grade, or why there is none."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from wanzhou.kernel.wording import fold

from . import forms
from .amounts import Amount, amounts_in, cell
from .clauses import LONGEST, clauses_of, tidied
from .intervals import Interval, plain
from .terms import Kind, OutcomeState, Version
from .units import completed, measure, tidy

_REDEFINED: Final = re.compile(
    r"口径(?:[^,未没不同]{0,6})(?:调整|变化|变更|改变|修订|不同|不一致|不可比|有变|变动)|(?<!同)口径(?:不同|不一致)|(?:调整|改变|变更|修订)了?(?:统计)?口径|新口径|"
    r"(?:不再|停止|取消|暂停)(?:统计|公布|发布|考核|使用|监测|核算)|不可比|指标(?:已)?(?:取消|调整|变更|撤销)|(?:统计)?(?:制度|方法)(?:调整|变化|改革)"
)
_AWAITING: Final = re.compile(
    r"(?:暂未|尚未|未|还未|没有|仍未|暂无|暂不)(?:予以|正式|能)?(?:反馈|公布|发布|核定|下发|通报|返回|核算|出数|出具|下达|提供|认定|审定)|"
    r"(?:待|等待|有待|需)[^,]{0,10}(?:反馈|核定|审定|下达|公布|发布|认定|确认|评估|通报|核实|核准|出数|下发|核算|反馈数据)|"
    r"以[^,]{0,12}(?:反馈|核定|公布|发布|认定|审定|通报|核算)[^,]{0,6}为准|市级?(?:数据)?(?:暂未|未|待)|市级暂无|(?<![接招优善])待(?:市级|市里|省级|国家|上级)[^,0-9]{0,8}$|(?:数据|数)未出|未出数|后反馈|反馈中|核算中|待市级?$"
)
_ANNUAL: Final = re.compile(
    r"年度(?:指标|考核|统计|核算|监测|评价)|年(?:末|底|终)(?:一次性)?(?:核算|统计|考核|评估|评价|认定|结算|公布|监测|出数)|按年(?:度)?(?:统计|核算|考核|监测|公布)|"
    r"(?:一年|每年|全年)(?:统计|核算|公布|考核|监测)?一次|年报(?:指标|数据)|(?:季度|半年)(?:暂)?(?:不|无)(?:统计|核算|考核|数据)"
)
_UNREPORTED: Final = re.compile(
    r"[-—~/\\.…_]*|无|暂无|空|N/?A|null|none|(?:尚|暂|还)?未(?:填报|填|报送|上报|报|提供|录入|填写)|暂?无(?:数据|数|统计数据|统计|资料)|缺(?:数|报|失)?|没有数据|没有填报",
    re.IGNORECASE,
)
_NOT_COLLECTED: Final = re.compile(r"未收录|公开资料(?:中)?未见")
_ESTIMATED: Final = re.compile(r"预计|预期|估计|估算|预测|测算|预估|估|有望|可望|可达|将达")
_VERSIONS: Final = (
    (Version.FINAL, re.compile(r"最终(?:核实|核定|数|审定)|年报数|核实数|终审|最终")),
    (Version.FLASH, re.compile(r"快报")),
    (Version.PRELIMINARY, re.compile(r"初步(?:核算|统计|测算|数)|初核")),
)
_ELSEWHERE: Final = re.compile(
    r"(?:目标|任务|计划|进度|序时|预期|年初)[^,]{0,6}$|^完成率|力争|争取|努力|确保|(?<!虚)拟|(?:^|[尚还相仅只])差$|(?:比|较|高于|低于|快于|慢于|好于|高出|超过?|落后|领先|相差)[^,]{0,6}全(?:国|市|省|区|县)[^,]{0,10}$|"
    r"(?:排名|排在|位居|位列|居全|列全|居第)[^,]{0,8}$|(?:全国|全市|全省)[^,]{0,6}(?:第|前)$|(?:扣除|剔除)[^,]{0,20}$|同口径[^,]{0,8}$|(?<![提最创新降加减较])(?:高|低|快|慢)出?$"
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome as understood.

    `value` is the figure in `unit`, or the end that a bound states; `low` and `high` are set for a bound or a range
    only. `amounts` are all figures the cell holds, so that a target can take the one in its own unit.
    """

    state: OutcomeState
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    grade: str | None = None
    unit: str = ""
    version: Version | None = None
    low_open: bool = False
    high_open: bool = False
    rough: bool = False  # 约6.1: near the value, on either side
    moves: bool = False  # worded as a change (下降8.4%)
    is_change: bool = False  # a change of a level (提高0.3个百分点, 增加5天), and no level
    amounts: tuple[Amount, ...] = ()
    grades: tuple[int, int] | None = None  # best and worst class named

    @classmethod
    def figure(
        cls, value: Decimal, *, unit: str = "", estimated: bool = False, version: Version | None = None
    ) -> "Outcome":
        """A plain figure, as stored."""
        state = OutcomeState.ESTIMATED if estimated else OutcomeState.REPORTED
        return cls(state, value=value, unit=tidy(unit), version=version)

    @classmethod
    def of_state(cls, state: OutcomeState) -> "Outcome":
        """An outcome without a figure."""
        return cls(state)

    @property
    def known(self) -> Interval | None:
        """The interval of known values; None when there is no figure."""
        if self.low is not None or self.high is not None:
            return Interval(self.low, self.high, self.low_open, self.high_open)
        return None if self.value is None else Interval.exactly(self.value)

    def as_dict(self) -> dict[str, object]:
        """The JSON object of one outcome: decimals as strings, None where a field does not apply."""
        return {
            "state": self.state.value,
            "value": None if self.value is None else plain(self.value),
            "low": None if self.low is None else plain(self.low),
            "high": None if self.high is None else plain(self.high),
            "grade": self.grade,
            "unit": self.unit or None,
            "version": None if self.version is None else self.version.value,
        }


def read_outcome(wording: str | None, *, unit: str = "") -> Outcome:
    """What is said of an outcome in a row measured in `unit`. ``0`` is a figure, blank is none. Never raises."""
    if wording is None:
        return Outcome(OutcomeState.UNREPORTED)
    if len(wording) > LONGEST:
        wording = "".join(wording.split())
    return _read(wording, tidy(unit)) if len(wording) <= LONGEST else Outcome(OutcomeState.DECLARED)


@lru_cache(maxsize=2048)
def _read(wording: str, unit: str) -> Outcome:
    text = fold(wording)
    amount = cell(text)
    if amount is not None:
        return told(Outcome(OutcomeState.REPORTED, amounts=(amount,)), amount, unit)
    amounts = _stated(text)
    state = _without_figure(text, bool(amounts))
    if state is not None:
        return Outcome(state)
    version = next((version for version, pattern in _VERSIONS if pattern.search(text)), None)
    state = OutcomeState.ESTIMATED if _ESTIMATED.search(text) else OutcomeState.REPORTED
    grades = _grades(text) if not amounts else None
    if grades is not None:
        return Outcome(state, grade=forms.GRADES[grades[1]], unit="类", version=version, grades=grades)
    return taking(Outcome(state, version=version, amounts=amounts), unit)


def _without_figure(text: str, has_figure: bool) -> OutcomeState | None:
    if _UNREPORTED.fullmatch(text):
        return OutcomeState.UNREPORTED
    if _REDEFINED.search(text):
        return OutcomeState.REDEFINED
    if _AWAITING.search(text):
        return OutcomeState.AWAITING_CITY
    if _NOT_COLLECTED.search(text):
        return OutcomeState.NOT_COLLECTED
    return OutcomeState.ANNUAL_ONLY if not has_figure and _ANNUAL.search(text) else None


def _stated(text: str) -> tuple[Amount, ...]:
    """The figures of the outcome itself; those about a target, a rank or another region are left out."""
    found: list[Amount] = []
    elsewhere = False
    for clause in clauses_of(tidied(_OF_THE_WHOLE.sub("", text))):
        for amount in amounts_in(clause):
            led = amount.name + amount.verbs
            elsewhere = _ELSEWHERE.search(led) is not None if led else elsewhere
            if not elsewhere:
                found.append(amount)
        if not found and _LEVEL.fullmatch(clause):
            found.append(Amount(Decimal(0), None, "%", Kind.PLAIN, rises=True))
    return tuple(found)


_OF_THE_WHOLE: Final = re.compile(r"(?<=[,;。])其中.*")
_LEVEL: Final = re.compile(r"(?:同比|与(?:上年|去年)(?:同期)?|增速|增长)?(?:持平|零增长)")
_CLASSES: Final = re.compile(r"(?P<worse>劣)?(?P<name>IV|V|I{1,3}|[一二三四五1-5])(?:类|级|(?=[-—~至到])|$)")
_CLASS: Final = r"劣?(?:(?:IV|V|I{1,3})[类级]?|[一二三四五1-5](?:[类级]|(?=[-—~至到、和])))"
_SPAN: Final = re.compile(
    rf"(?:[^0-9]*[^0-9A-Za-z一二三四五劣])?{_CLASS}(?:[-—~至到、和]{_CLASS})?(?:水质|标准|水体|水平|水|以上)*"
)


def _grades(text: str) -> tuple[int, int] | None:
    """The best and the worst class named; None when the text names none."""
    if forms.is_worse(text):
        return None
    if forms.grade(tidied(text)) is None and not (_SPAN.fullmatch(text) and _CLASSES.search(text)):
        return None
    found = [6 if match["worse"] else forms.class_of(match["name"]) for match in _CLASSES.finditer(text)]
    return (min(found), max(found)) if found else None


def taking(outcome: Outcome, unit: str) -> Outcome:
    """The outcome with the one of its figures that is in `unit`; without a figure it is declared in words."""
    if not outcome.amounts:
        return replace(outcome, state=OutcomeState.DECLARED)
    amount = chosen(outcome.amounts, unit)
    return replace(outcome, value=None, unit="") if amount is None else told(outcome, amount, unit)


def told(outcome: Outcome, amount: Amount, unit: str) -> Outcome:
    """The outcome that one figure tells, in its printed unit."""
    low, high, low_open, high_open = _ends(amount)
    own = completed(amount.unit, unit)
    return Outcome(
        outcome.state, amount.number if amount.upper is None else None, low, high, None,
        own, outcome.version, low_open, high_open,
        amount.manner is Kind.ABOUT or amount.rough, amount.moves, amount.shifts(own), outcome.amounts,
    )  # fmt: skip


def _ends(amount: Amount) -> Interval:
    number = amount.number
    match amount.manner:
        case Kind.AT_LEAST | Kind.ABOVE:
            return Interval(low=number, low_open=amount.manner is Kind.ABOVE)
        case Kind.AT_MOST | Kind.BELOW:
            return Interval(high=number, high_open=amount.manner is Kind.BELOW)
        case Kind.RANGE:
            return Interval(number, amount.upper)
    return Interval()


def chosen(amounts: tuple[Amount, ...], unit: str) -> Amount | None:
    """The figure that the row's unit asks for; None when that is not certain."""
    if len(amounts) <= 1:
        return amounts[0] if amounts else None
    fitting = [
        amount for amount in amounts if unit and measure(completed(amount.unit, unit)).fits(measure(unit))
    ]
    levels = [amount for amount in (fitting or amounts) if not amount.shifts(completed(amount.unit, unit))]
    return levels[0] if len(levels) == 1 else None
