"""What the text of a cell says, as text: its form, its size, its unit, and words in place of a figure. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

from indicators.cells import LONGEST_NOTE, LONGEST_TEXT, PLACES, WITHOUT_FIGURE, Cell, Understood, fits_row
from indicators.judging.intervals import EXACT, plain
from indicators.judging.sentences import figure
from indicators.judging.terms import Accrual, Kind, OutcomeState, Period
from indicators.judging.units import POINTS, is_ratio, tidy
from wanzhou.kernel.wording import fold

from .remarks import Context, Remark, Severity, error, warning

WORDS_ALLOWED: Final = frozenset(
    {Kind.ASSIGNED, Kind.QUALITATIVE, Kind.TREND, Kind.RANK, Kind.NARRATIVE, Kind.NONE, Kind.DEFERRED}
)
"""Targets that words may answer: no figure could be held against them."""


def _picked(read: Understood, cell: Cell, context: Context) -> Iterator[Remark]:
    if cell.state in WITHOUT_FIGURE and cell.text.strip() and read.state not in WITHOUT_FIGURE:
        yield error(f"选了“{cell.state.label}”，数值须留空；有数值请改选“正常填报”。")
    if read.state is OutcomeState.ANNUAL_ONLY and context.period is Period.FULL_YEAR:
        yield error("全年这一期须填年度数据，不能再填“年度指标”。")
    if read.state is OutcomeState.REDEFINED and not read.note:
        yield warning("口径调整须在备注写明新旧口径。")


def _size(read: Understood, cell: Cell, context: Context) -> Iterator[Remark]:
    if len(cell.text.strip()) > LONGEST_TEXT:
        yield error(f"太长：这一格最多{LONGEST_TEXT}个字，说明请写在备注里。")
    if len(cell.note.strip()) > LONGEST_NOTE:
        yield error(f"备注太长：最多{LONGEST_NOTE}个字。")
    value = read.outcome.value
    if value is None or value == 0:
        return
    if abs(value) >= Decimal(10) ** 18:
        yield error("数字太大，请核对。")
    elif -int(value.normalize(EXACT).as_tuple().exponent) > PLACES:
        yield error(f"小数最多{PLACES}位。")


_BRACKETED: Final = re.compile(r"[(▼↓△▲](?P<number>[0-9]+(?:\.[0-9]+)?)%?\)?")
_POINT: Final = re.compile(r"(?P<sign>-?)(?P<whole>[0-9]+)[,，。、·:：](?P<rest>[0-9]+)%?")
_LOOSE: Final = re.compile(r"-?[0-9]+(?:\.[0-9]*)?\.+")


def _form(read: Understood, cell: Cell, context: Context) -> Iterator[Remark]:
    """Whether the text is a figure at all, in the form that a figure has."""
    text = fold(cell.text)
    bracketed, point = _BRACKETED.fullmatch(text), _POINT.fullmatch(text)
    if bracketed is not None and text[0] in "(▼↓":
        yield error("负数请用负号。", f"-{bracketed['number']}")
    elif bracketed is not None:
        yield error("增减请用正负号，不用三角符号。")
    elif point is not None and read.value is None:
        yield error("小数点请用“.”。", f"{point['sign']}{point['whole']}.{point['rest']}")
    elif _LOOSE.fullmatch(text):
        yield error("多了一个点，请核对。", text.rstrip("."))
    elif read.state is OutcomeState.DECLARED:
        yield from _words(read, context)
    elif read.state is OutcomeState.ESTIMATED:
        yield warning("预计数须在备注写明依据。")


def _words(read: Understood, context: Context) -> Iterator[Remark]:
    if read.outcome.state in (OutcomeState.UNREPORTED, OutcomeState.NOT_COLLECTED):
        yield error("这不是数据。没有数据请留空，市级未反馈请写“市级暂未反馈”。")
    elif context.accrual is Accrual.GRADE:
        yield error("应填等级，如Ⅱ类。")
    elif context.kind in WORDS_ALLOWED:
        yield warning("以文字申报的完成情况，须在备注写明依据或文号。")
    else:
        unit = f"（单位：{context.unit}）" if context.unit else ""
        yield error(f"看不懂。应填数字{unit}，或“市级暂未反馈”“口径调整”“年度指标”。")


def _grade(read: Understood, cell: Cell, context: Context) -> Iterator[Remark]:
    outcome = read.outcome
    if context.accrual is Accrual.GRADE and outcome.known is not None:
        yield error("应填等级，如Ⅱ类。")
    if context.accrual is not Accrual.GRADE and outcome.grades is not None:
        yield error("应填数字，不是等级。")


_WITH_UNIT: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?[^0-9.]+")


def _unit(read: Understood, cell: Cell, context: Context) -> Iterator[Remark]:
    """Percent against percentage points, another unit, and the row's own unit written again."""
    outcome, row = read.outcome, tidy(context.unit)
    if outcome.known is None or context.accrual is Accrual.GRADE:
        return
    if outcome.unit in POINTS and row not in POINTS and is_ratio(row):
        yield error("个百分点说的是变动了多少，本行填百分数本身，如6.5。")
    elif outcome.is_change:
        yield error(f"这是变动的数，本行填达到的数（单位：{context.unit}）。")
    elif not fits_row(outcome.unit, row):
        yield error(f"单位不符：本行{'没有单位' if not row else f'按{context.unit}填'}。")
    elif read.value is not None and row and _WITH_UNIT.fullmatch(fold(cell.text)) and not is_ratio(row):
        yield Remark(Severity.OFFER, f"按{context.unit}填，记为{figure(read.value)}。", plain(read.value))


TEXT_RULES: Final[tuple[Callable[[Understood, Cell, Context], Iterator[Remark]], ...]] = (
    *(_picked, _size, _form, _grade, _unit),
)
