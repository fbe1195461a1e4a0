"""Targets that lean on another figure: a year, another indicator, another region, or a floor of growth.

The step a wording names (0.2 points up, twice as much) is applied to the base once the base is known.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Final

from . import forms
from .amounts import Amount, negated
from .intervals import EXACT, ZERO, Interval
from .readings import UNBOUNDED, Reading, Setting, bounded
from .terms import Kind
from .units import POINTS, completed, is_ratio, measure

_LAST_YEAR: Final = re.compile(r"(?:比|较)(?:上年|去年)")
_ON_LAST_YEAR: Final = re.compile(r"同比|上年|去年|同期")
_REFERENCE: Final = re.compile(
    r"(?:较|比|在(?=.{2,20}基础上))(?P<than>[^,较比]{2,20}?)(?:的?基础上|相比|水平)?(?P<toward>高出|高|快|多|低|慢|少)?$"
    r"|(?P<manner>不低于|不慢于|不高于|不超过|不快于|高于|高出|快于|好于|优于|领先于?|超过|低于|慢于)(?P<over>[^,]{2,20}?)(?:水平)?$"
    r"|(?:^|达到|为|是)(?P<of>[^,占]{2,12}?)的$"
)
_DOWN: Final = frozenset({"低", "慢", "少", "低于", "慢于"})
_DIRECTED: Final = dict.fromkeys(("不低于", "不慢于"), Kind.AT_LEAST) | dict.fromkeys(
    ("不高于", "不超过", "不快于"), Kind.AT_MOST
)


def grows_a_level(amount: Amount, unit: str, setting: Setting) -> bool:
    """增长7% in a row of 亿元 with last year's level at hand: the level to reach follows."""
    if not (amount.moves and is_ratio(unit) and setting.unit and not is_ratio(setting.unit)):
        return False
    return setting.baseline is not None or _LAST_YEAR.search(amount.verbs) is not None


def relative_to(amount: Amount, setting: Setting) -> Reading | None:
    """较2022年提升0.2个百分点, 比全市高1个百分点, 高于全市平均1个百分点, 达到上年的1.5倍, 增长1倍."""
    match = _REFERENCE.search(amount.name) if amount.name else None
    named = (match["than"] or match["over"] or match["of"] or "") if match else ""
    kind = forms.reference_kind(named) if named else None
    if kind is None and _relative_without_name(amount, setting):
        kind = Kind.RELATIVE_YEAR
    if kind is None and amount.unit in POINTS and named and not amount.moves:
        return Reading(Kind.NARRATIVE, unit=setting.unit, name=amount.name)  # 高于预期1个百分点
    if kind is None or (match and match["of"] and amount.unit not in ("倍", "%")):
        return None
    if match:
        amount = _turned(amount, match["toward"] or match["manner"] or "")
    step = bounded(amount, completed(amount.unit, setting.unit), setting, kind)
    way = _way(amount, bool(match and match["of"])) if kind is Kind.RELATIVE_YEAR else _added
    return resolved(step, setting, way)


def _turned(amount: Amount, comparison: str) -> Amount:
    """The step as the comparison before the reference turns it: 低于全国1个百分点 is one below."""
    if comparison in _DOWN:
        number, upper, manner = negated(amount.number, amount.upper, amount.manner)
        return amount._replace(number=number, upper=upper, manner=manner, held=True)
    if comparison in _DIRECTED and amount.manner is Kind.PLAIN:
        return amount._replace(manner=_DIRECTED[comparison])
    return amount


def _relative_without_name(amount: Amount, setting: Setting) -> bool:
    if amount.unit == "倍":
        return amount.moves
    last_year = _ON_LAST_YEAR.search(amount.verbs) is not None
    if amount.unit in POINTS:
        return amount.moves and (amount.rises or last_year)
    is_amount = bool(amount.unit) and not is_ratio(completed(amount.unit, setting.unit))
    return last_year and amount.moves and is_amount


_Way = Callable[[Decimal, Decimal, Reading], Decimal]


def _way(amount: Amount, of: bool) -> _Way:
    if amount.unit == "倍":
        return _grown_by_times if amount.moves else _multiplied
    if amount.unit == "%" and of:
        return _shared
    return grown if amount.unit in ("%", "‰") else _added


def _added(base: Decimal, step: Decimal, reading: Reading) -> Decimal:
    own = measure(reading.unit)
    row = measure(reading.row_unit or ("%" if is_ratio(reading.unit) else reading.unit))
    if own.worth == row.worth or own.dimension != row.dimension:
        return EXACT.add(base, step)
    return EXACT.add(base, EXACT.divide(EXACT.multiply(step, own.worth), row.worth))


def grown(base: Decimal, step: Decimal, reading: Reading) -> Decimal:
    share = EXACT.multiply(step, measure(reading.unit).worth)
    return EXACT.multiply(base, EXACT.add(Decimal(1), share))


def _multiplied(base: Decimal, step: Decimal, reading: Reading) -> Decimal:
    return EXACT.multiply(base, step)


def _grown_by_times(base: Decimal, step: Decimal, reading: Reading) -> Decimal:
    return EXACT.multiply(base, EXACT.add(Decimal(1), step))


def _shared(base: Decimal, step: Decimal, reading: Reading) -> Decimal:
    return EXACT.multiply(base, EXACT.multiply(step, measure(reading.unit).worth))


def resolved(step: Reading, setting: Setting, way: _Way) -> Reading:
    """The step applied to its base; without the base nothing is accepted yet. A multiple of a base below zero
    would turn the interval round, so it is left to a person."""
    base = setting.baseline
    if base is None:
        return replace(step, accepted=UNBOUNDED, wide=None, step=step.accepted)
    if way is not _added and base < 0:
        return replace(step, accepted=UNBOUNDED, wide=None)
    number = ZERO if step.number is None else step.number

    def onto(end: Decimal) -> Decimal:
        return way(base, end, step)

    return replace(
        step, accepted=step.accepted.mapped(onto), wide=step.wide.mapped(onto) if step.wide else None,
        step=step.accepted, resolved=onto(number),
    )  # fmt: skip


def relation(form: forms.Form, setting: Setting, aspiration: bool) -> Reading:
    times = form.number is not None
    number = form.number if form.number is not None else ZERO
    unit = "倍" if times else setting.unit
    amount = Amount(number, None, unit, form.manner, aspiration=aspiration)
    if form.manner is Kind.ABOUT and setting.baseline is not None:
        return _about_base(amount, form.kind, setting)
    step = bounded(amount, unit, setting, form.kind)
    step = resolved(step, setting, _multiplied if times else _added)
    return step if times else replace(step, number=None)


def _about_base(amount: Amount, kind: Kind, setting: Setting) -> Reading:
    """基本同步, 基本持平: the base itself with the bands of 左右."""
    base = setting.baseline if setting.baseline is not None else ZERO
    reading = bounded(amount._replace(number=base), setting.unit, setting, kind)
    return replace(reading, number=None, resolved=base, step=Interval(low=ZERO))


def growth_floor(form: forms.Form, setting: Setting) -> Reading:
    """A floor of growth; in a row of amounts it becomes an amount once last year's is known."""
    amount = Amount(ZERO, None, "%", form.manner)
    if not setting.unit or is_ratio(setting.unit):
        return bounded(amount, setting.unit or "%", setting, form.kind)
    floor = bounded(amount, "%", setting, form.kind)
    return floor if setting.baseline is None else resolved(floor, setting, grown)
