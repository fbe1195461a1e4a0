"""What a figure says beside its neighbours: its range, its past, its total, and the slips that it looks like. Pure."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

from indicators.judging.intervals import EXACT, plain
from indicators.judging.sentences import figure
from indicators.judging.terms import Accrual
from indicators.judging.units import tidy

from .remarks import Context, Figure, Remark, error, warning

JUMP: Final = Decimal(10)
"""Percentage points between two rates from which a note is wanted."""
TWOFOLD: Final = Decimal(2)
TENFOLD: Final = Decimal(10)
_HUNDRED: Final = Decimal(100)
_SLIPS: Final = tuple(Decimal(10) ** power for power in (4, 8, 3, 2, 1))
_WHOLE_UNITS: Final = frozenset({"天", "家", "户", "人", "个", "次", "起"})


def _range(value: Decimal, context: Context) -> Iterator[Remark]:
    if value < 0 and context.accrual in (Accrual.CUMULATIVE, Accrual.LEVEL):
        yield error("这是总量，不能是负数。")
    if context.counts_a_rate and tidy(context.unit) == "%":
        if _is_growth(context) and value < -_HUNDRED:
            yield error("下降不会超过100%。")
        if _is_share(context) and not 0 <= value <= _HUNDRED:
            yield error("这是比率，应在0与100之间。")
    if tidy(context.unit) == "天":
        yield from _days(value, context)
    if tidy(context.unit) in _WHOLE_UNITS and value != value.to_integral_value():
        yield warning(f"按{context.unit}数的，一般是整数。")


def _days(value: Decimal, context: Context) -> Iterator[Remark]:
    lengths = (90 + isleap(context.year), 91, 92, 92)
    passed = sum(lengths[: context.period.position])
    if value > passed:
        yield error(f"截至期末只有{passed}天。")


def _is_growth(context: Context) -> bool:
    return context.accrual is Accrual.RATE and any(word in context.name for word in ("增速", "增长"))


def _is_share(context: Context) -> bool:
    shares = ("比重", "占比", "失业率", "覆盖率", "城镇化率", "达标率", "优良率", "普及率")
    return any(word in context.name for word in shares)


def _falling(value: Decimal, context: Context) -> Iterator[Remark]:
    """A cumulative figure grows; one that falls is a slip, or the earlier one was."""
    before = context.previous
    if context.accrual is Accrual.CUMULATIVE and before is not None and value < before.value:
        yield warning(f"累计数不应低于{before.label}的{figure(before.value)}。")


def _beside_total(value: Decimal, context: Context) -> Iterator[Remark]:
    if context.accrual not in (Accrual.CUMULATIVE, Accrual.LEVEL):
        return
    if context.total is not None and value > context.total.value:
        yield error(f"其中项大于所属的“{context.total.label}”（{figure(context.total.value)}）。")
    for part in context.parts:
        if part.value > value:
            yield error(f"小于其中的“{part.label}”（{figure(part.value)}）。")


def _index(value: Decimal, context: Context) -> Iterator[Remark]:
    """An index stands near 100, a rise near 0: 指数＝100＋涨幅."""
    level = context.target
    if level is None or tidy(context.unit) not in ("%", ""):
        return
    if "指数" in context.name and 80 <= level <= 150 and abs(value) <= 20:
        yield warning("本行是指数（指数＝100＋涨幅），填的像是涨幅。", plain(_HUNDRED + value))
    rise = any(word in context.name for word in ("涨幅", "增速", "增幅"))
    if rise and abs(level) <= 50 and 90 <= value <= 120:
        yield warning("本行是涨幅（涨幅＝指数－100），填的像是指数。", plain(value - _HUNDRED))


def _share_as_decimal(value: Decimal, context: Context) -> Iterator[Remark]:
    """6 % arrives as 0.06 from a sheet whose cells are formatted as percent."""
    if tidy(context.unit) != "%" or not 0 < abs(value) < 1:
        return
    near = [*(past.value for past in context.past), *([context.target] if context.target else [])]
    times = EXACT.multiply(value, _HUNDRED)
    if any(abs(times - known) * 2 < abs(value - known) for known in near):
        yield warning(f"像是把{figure(times)}%写成了小数。", plain(times))


def _jump(value: Decimal, context: Context) -> Iterator[Remark]:
    """A figure far from all that is known of the row."""
    if context.counts_a_rate:
        yield from _jump_of_rate(value, context)
        return
    expected = list(_expected(context))
    if not expected or value <= 0 or any(_near(value, past.value, TWOFOLD) for past in expected):
        return
    first = expected[0]
    slip = _slip(value, first.value)
    if slip is not None:
        yield warning(f"与{first.label}相差很大，像是单位或小数点错了位。", plain(slip))
    else:
        yield warning(f"与{first.label}（{figure(first.value)}）相差一倍以上。")


def _jump_of_rate(value: Decimal, context: Context) -> Iterator[Remark]:
    past = context.past
    if past and all(abs(value - known.value) > JUMP for known in past):
        gap = figure(abs(value - past[0].value))
        yield warning(f"与{past[0].label}的{figure(past[0].value)}相差{gap}个百分点。")


def _expected(context: Context) -> Iterator[Figure]:
    """The sizes that a total may have, from last year's, or else from earlier in this one."""
    share = Decimal(context.period.position) / 4 if context.accrual is Accrual.CUMULATIVE else Decimal(1)
    if context.same_period is not None and context.same_period.value > 0:
        yield context.same_period
    if context.last_year is not None and context.last_year.value > 0:
        yield Figure(context.last_year.label, EXACT.multiply(context.last_year.value, share))
    if context.previous is not None and context.previous.value > 0:
        before = max(context.period.position - 1, 1)
        grown = EXACT.multiply(context.previous.value, Decimal(context.period.position)) / before
        is_total = context.accrual is Accrual.CUMULATIVE
        yield Figure(context.previous.label, grown if is_total else context.previous.value)


def _far_from_target(value: Decimal, context: Context) -> Iterator[Remark]:
    """Where nothing else is known, the year's target tells the order of magnitude."""
    target = context.target
    if context.counts_a_rate or not target or target < 0 or value <= 0 or any(_expected(context)):
        return
    if context.accrual in (Accrual.CUMULATIVE, Accrual.LEVEL) and not _near(value, target, TENFOLD):
        slip = _slip(value, target)
        yield warning(
            f"与全年目标{figure(target)}相差很大，请核对单位。", "" if slip is None else plain(slip)
        )


def _near(value: Decimal, known: Decimal, times: Decimal) -> bool:
    return known <= EXACT.multiply(value, times) and value <= EXACT.multiply(known, times)


def _slip(value: Decimal, known: Decimal) -> Decimal | None:
    """The figure with its point moved so that it comes near what is known; None where no move does."""
    for worth in _SLIPS:
        for moved in (EXACT.divide(value, worth), EXACT.multiply(value, worth)):
            if _near(moved, known, TWOFOLD):
                return moved
    return None


FIGURE_RULES: Final[tuple[Callable[[Decimal, Context], Iterator[Remark]], ...]] = (
    *(_range, _falling, _beside_total, _index, _share_as_decimal, _jump, _far_from_target),
)
