"""The checks of one cell before it is handed in: what is wrong, what wants a note, what could be written better.

The grid as one types, the submission and the import ask the same `check_cell`. Pure: the surroundings of the cell
come with it as a `Context`. Errors block, warnings want a note, offers may be taken or left.
"""

import re
from calendar import isleap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from indicators.cells import (
    LONGEST_NOTE,
    LONGEST_TEXT,
    PLACES,
    WITHOUT_FIGURE,
    Cell,
    Understood,
    fits_row,
    understand,
)
from indicators.judging.intervals import EXACT, plain
from indicators.judging.sentences import figure
from indicators.judging.terms import Accrual, Kind, OutcomeState, Period
from indicators.judging.units import POINTS, is_ratio, tidy
from wanzhou.kernel.terms import Term
from wanzhou.kernel.wording import fold

JUMP: Final = Decimal(10)
"""Percentage points between two rates from which a note is wanted."""
TWOFOLD: Final = Decimal(2)
TENFOLD: Final = Decimal(10)
_HUNDRED: Final = Decimal(100)
_SLIPS: Final = tuple(Decimal(10) ** power for power in (4, 8, 3, 2, 1))
WORDS_ALLOWED: Final = frozenset(
    {Kind.ASSIGNED, Kind.QUALITATIVE, Kind.TREND, Kind.RANK, Kind.NARRATIVE, Kind.NONE, Kind.DEFERRED}
)
"""Targets that words may answer: no figure could be held against them."""
_WHOLE_UNITS: Final = frozenset({"天", "家", "户", "人", "个", "次", "起"})


class Severity(Term):
    """How much a remark weighs."""

    ERROR = "error", "错误"
    WARNING = "warning", "待说明"
    OFFER = "offer", "建议"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to say of a cell; `offer` is a text that could stand in its place."""

    severity: Severity
    says: str
    offer: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure beside the cell, with the words that name it: 一季度, 上年同期, a row's name."""

    label: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Context:
    """What stands beside a cell. `past` holds figures of comparable calibre only, all in the row's unit."""

    name: str
    unit: str
    accrual: Accrual
    period: Period
    year: int
    kind: Kind = Kind.PLAIN
    target: Decimal | None = None
    previous: Figure | None = None  # the latest earlier period of the same year
    same_period: Figure | None = None  # the same period a year ago
    last_year: Figure | None = None  # the whole last year
    total: Figure | None = None
    parts: tuple[Figure, ...] = ()

    @property
    def past(self) -> tuple[Figure, ...]:
        found = (self.previous, self.same_period, self.last_year)
        return tuple(figure for figure in found if figure is not None)

    @property
    def counts_a_rate(self) -> bool:
        return is_ratio(tidy(self.unit))


def check_cell(cell: Cell, context: Context) -> tuple[Remark, ...]:
    """All that is to be said of a cell, errors first; nothing of a blank one."""
    if cell.is_blank:
        return ()
    read = understand(cell, unit=context.unit)
    found = [remark for rule in _FORM for remark in rule(read, cell, context)]
    if not any(remark.severity is Severity.ERROR for remark in found) and read.value is not None:
        found += [remark for rule in _FIGURES for remark in rule(read.value, context)]
    order = list(Severity)
    return tuple(sorted(found, key=lambda remark: order.index(remark.severity)))


def blocking(remarks: Iterable[Remark], note: str) -> tuple[Remark, ...]:
    """The remarks that keep a cell from being handed in: errors, and warnings without a note."""
    return tuple(
        remark
        for remark in remarks
        if remark.severity is Severity.ERROR or (remark.severity is Severity.WARNING and not note.strip())
    )


# --- what the text says, as text --------------------------------------------------------------------------
def _picked(read: Understood, cell: Cell, context: Context) -> Iterator[Remark]:
    if cell.state in WITHOUT_FIGURE and cell.text.strip() and read.state not in WITHOUT_FIGURE:
        yield _error(f"选了“{cell.state.label}”，数值须留空；有数值请改选“正常填报”。")
    if read.state is OutcomeState.ANNUAL_ONLY and context.period is Period.FULL_YEAR:
        yield _error("全年这一期须填年度数据，不能再填“年度指标”。")
    if read.state is OutcomeState.REDEFINED and not read.note:
        yield _warning("口径调整须在备注写明新旧口径。")


def _size(read: Understood, cell: Cell, context: Context) -> Iterator[Remark]:
    if len(cell.text.strip()) > LONGEST_TEXT:
        yield _error(f"太长：这一格最多{LONGEST_TEXT}个字，说明请写在备注里。")
    if len(cell.note.strip()) > LONGEST_NOTE:
        yield _error(f"备注太长：最多{LONGEST_NOTE}个字。")
    value = read.outcome.value
    if value is None or value == 0:
        return
    if abs(value) >= Decimal(10) ** 18:
        yield _error("数字太大，请核对。")
    elif -int(value.normalize(EXACT).as_tuple().exponent) > PLACES:
        yield _error(f"小数最多{PLACES}位。")


_BRACKETED: Final = re.compile(r"[(▼↓△▲](?P<number>[0-9]+(?:\.[0-9]+)?)%?\)?")
_POINT: Final = re.compile(r"(?P<sign>-?)(?P<whole>[0-9]+)[,，。、·:：](?P<rest>[0-9]+)%?")
_LOOSE: Final = re.compile(r"-?[0-9]+(?:\.[0-9]*)?\.+")


def _form(read: Understood, cell: Cell, context: Context) -> Iterator[Remark]:
    """Whether the text is a figure at all, in the form that a figure has."""
    text = fold(cell.text)
    bracketed, point = _BRACKETED.fullmatch(text), _POINT.fullmatch(text)
    if bracketed is not None and text[0] in "(▼↓":
        yield _error("负数请用负号。", f"-{bracketed['number']}")
    elif bracketed is not None:
        yield _error("增减请用正负号，不用三角符号。")
    elif point is not None and read.value is None:
        yield _error("小数点请用“.”。", f"{point['sign']}{point['whole']}.{point['rest']}")
    elif _LOOSE.fullmatch(text):
        yield _error("多了一个点，请核对。", text.rstrip("."))
    elif read.state is OutcomeState.DECLARED:
        yield from _words(read, context)
    elif read.state is OutcomeState.ESTIMATED:
        yield _warning("预计数须在备注写明依据。")


def _words(read: Understood, context: Context) -> Iterator[Remark]:
    if read.outcome.state in (OutcomeState.UNREPORTED, OutcomeState.NOT_COLLECTED):
        yield _error("这不是数据。没有数据请留空，市级未反馈请写“市级暂未反馈”。")
    elif context.accrual is Accrual.GRADE:
        yield _error("应填等级，如Ⅱ类。")
    elif context.kind in WORDS_ALLOWED:
        yield _warning("以文字申报的完成情况，须在备注写明依据或文号。")
    else:
        unit = f"（单位：{context.unit}）" if context.unit else ""
        yield _error(f"看不懂。应填数字{unit}，或“市级暂未反馈”“口径调整”“年度指标”。")


def _grade(read: Understood, cell: Cell, context: Context) -> Iterator[Remark]:
    outcome = read.outcome
    if context.accrual is Accrual.GRADE and outcome.known is not None:
        yield _error("应填等级，如Ⅱ类。")
    if context.accrual is not Accrual.GRADE and outcome.grades is not None:
        yield _error("应填数字，不是等级。")


_WITH_UNIT: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?[^0-9.]+")


def _unit(read: Understood, cell: Cell, context: Context) -> Iterator[Remark]:
    """Percent against percentage points, another unit, and the row's own unit written again."""
    outcome, row = read.outcome, tidy(context.unit)
    if outcome.known is None or context.accrual is Accrual.GRADE:
        return
    if outcome.unit in POINTS and row not in POINTS and is_ratio(row):
        yield _error("个百分点说的是变动了多少，本行填百分数本身，如6.5。")
    elif outcome.is_change:
        yield _error(f"这是变动的数，本行填达到的数（单位：{context.unit}）。")
    elif not fits_row(outcome.unit, row):
        yield _error(f"单位不符：本行{'没有单位' if not row else f'按{context.unit}填'}。")
    elif read.value is not None and row and _WITH_UNIT.fullmatch(fold(cell.text)) and not is_ratio(row):
        yield Remark(Severity.OFFER, f"按{context.unit}填，记为{figure(read.value)}。", plain(read.value))


_FORM: Final[tuple[Callable[[Understood, Cell, Context], Iterator[Remark]], ...]] = (
    *(_picked, _size, _form, _grade, _unit),
)


# --- what the figure says, beside its neighbours -----------------------------------------------------------
def _range(value: Decimal, context: Context) -> Iterator[Remark]:
    if value < 0 and context.accrual in (Accrual.CUMULATIVE, Accrual.LEVEL):
        yield _error("这是总量，不能是负数。")
    if context.counts_a_rate and tidy(context.unit) == "%":
        if _is_growth(context) and value < -_HUNDRED:
            yield _error("下降不会超过100%。")
        if _is_share(context) and not 0 <= value <= _HUNDRED:
            yield _error("这是比率，应在0与100之间。")
    if tidy(context.unit) == "天":
        yield from _days(value, context)
    if tidy(context.unit) in _WHOLE_UNITS and value != value.to_integral_value():
        yield _warning(f"按{context.unit}数的，一般是整数。")


def _days(value: Decimal, context: Context) -> Iterator[Remark]:
    lengths = (90 + isleap(context.year), 91, 92, 92)
    passed = sum(lengths[: context.period.position])
    if value > passed:
        yield _error(f"截至期末只有{passed}天。")


def _is_growth(context: Context) -> bool:
    return context.accrual is Accrual.RATE and any(word in context.name for word in ("增速", "增长"))


def _is_share(context: Context) -> bool:
    shares = ("比重", "占比", "失业率", "覆盖率", "城镇化率", "达标率", "优良率", "普及率")
    return any(word in context.name for word in shares)


def _falling(value: Decimal, context: Context) -> Iterator[Remark]:
    """A cumulative figure grows; one that falls is a slip, or the earlier one was."""
    before = context.previous
    if context.accrual is Accrual.CUMULATIVE and before is not None and value < before.value:
        yield _warning(f"累计数不应低于{before.label}的{figure(before.value)}。")


def _beside_total(value: Decimal, context: Context) -> Iterator[Remark]:
    if context.accrual not in (Accrual.CUMULATIVE, Accrual.LEVEL):
        return
    if context.total is not None and value > context.total.value:
        yield _error(f"其中项大于所属的“{context.total.label}”（{figure(context.total.value)}）。")
    for part in context.parts:
        if part.value > value:
            yield _error(f"小于其中的“{part.label}”（{figure(part.value)}）。")


def _index(value: Decimal, context: Context) -> Iterator[Remark]:
    """An index stands near 100, a rise near 0: 指数＝100＋涨幅."""
    level = context.target
    if level is None or tidy(context.unit) not in ("%", ""):
        return
    if "指数" in context.name and 80 <= level <= 150 and abs(value) <= 20:
        yield _warning("本行是指数（指数＝100＋涨幅），填的像是涨幅。", plain(_HUNDRED + value))
    rise = any(word in context.name for word in ("涨幅", "增速", "增幅"))
    if rise and abs(level) <= 50 and 90 <= value <= 120:
        yield _warning("本行是涨幅（涨幅＝指数－100），填的像是指数。", plain(value - _HUNDRED))


def _share_as_decimal(value: Decimal, context: Context) -> Iterator[Remark]:
    """6 % arrives as 0.06 from a sheet whose cells are formatted as percent."""
    if tidy(context.unit) != "%" or not 0 < abs(value) < 1:
        return
    near = [*(past.value for past in context.past), *([context.target] if context.target else [])]
    times = EXACT.multiply(value, _HUNDRED)
    if any(abs(times - known) * 2 < abs(value - known) for known in near):
        yield _warning(f"像是把{figure(times)}%写成了小数。", plain(times))


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
        yield _warning(f"与{first.label}相差很大，像是单位或小数点错了位。", plain(slip))
    else:
        yield _warning(f"与{first.label}（{figure(first.value)}）相差一倍以上。")


def _jump_of_rate(value: Decimal, context: Context) -> Iterator[Remark]:
    past = context.past
    if past and all(abs(value - known.value) > JUMP for known in past):
        gap = figure(abs(value - past[0].value))
        yield _warning(f"与{past[0].label}的{figure(past[0].value)}相差{gap}个百分点。")


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
        yield _warning(
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


_FIGURES: Final[tuple[Callable[[Decimal, Context], Iterator[Remark]], ...]] = (
    *(_range, _falling, _beside_total, _index, _share_as_decimal, _jump, _far_from_target),
)


def _error(says: str, offer: str = "") -> Remark:
    return Remark(Severity.ERROR, says, offer)


def _warning(says: str, offer: str = "") -> Remark:
    return Remark(Severity.WARNING, says, offer)
