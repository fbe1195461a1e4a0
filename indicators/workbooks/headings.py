"""Which column of a sheet says what, told by its headings; and whether it speaks of another year or period. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indicators.judging.terms import Period
from wanzhou.kernel.wording import fold
from wanzhou.kernel.workbooks.opening import Line
from wanzhou.kernel.workbooks.squares import Square

NAMES = frozenset({"指标", "指标名称", "名称", "主要指标", "项目"})
FIGURES = frozenset(
    {
        *("本期累计", "本期", "累计", "累计数", "累计完成", "完成情况", "完成数", "完成值", "完成额", "完成"),
        *("实绩", "实际", "实际值", "实际完成", "实际完成情况", "数据", "数值"),
    }
)
OF_A_PERIOD = FIGURES | {"", "数"}
"""What may stand beside the period's own name: 上半年, 上半年累计, 1-6月完成情况."""
STATES = frozenset({"填报情况"})
NOTES = frozenset({"备注", "备注或来源文号", "说明", "来源文号"})
UNITS = frozenset({"单位", "计量单位"})
LONGEST = 40
_YEAR = re.compile(r"(?P<year>(?:19|20)[0-9]{2})年度?(?![0-9]{1,2}月)")
_SPAN = r"[-—~至到]"
_PERIODS: Mapping[Period, re.Pattern[str]] = {
    Period.FIRST_QUARTER: re.compile(rf"第?[一1]季度|1{_SPAN}3月份?"),
    Period.FIRST_HALF: re.compile(rf"上半年|1{_SPAN}6月份?"),
    Period.FIRST_THREE_QUARTERS: re.compile(rf"前[三3]季度|1{_SPAN}9月份?"),
    Period.FULL_YEAR: re.compile(rf"全年|1{_SPAN}12月份?"),
}
_BRACKETS = re.compile(r"\s|\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is being entered: a year's period, and the label that its column has in our own workbook."""

    year: int
    period: Period
    label: str

    def __str__(self) -> str:
        return f"{self.year}年{self.period.label}"

    def is_another(self, text: str) -> bool:
        """Whether a text names years or periods, and none of them is this one."""
        folded = fold(text)
        years = {int(match["year"]) for match in _YEAR.finditer(folded)}
        periods = {period for period, words in _PERIODS.items() if words.search(folded)}
        return bool(years and self.year not in years) or bool(periods and self.period not in periods)

    def weight_of(self, text: str) -> int:
        """How surely a heading stands over this period's figures: 0 is not at all."""
        folded = fold(text)
        heading = _BRACKETS.sub("", folded)
        if heading == fold(self.label):
            return 3
        if self.is_another(text):
            return 0
        without_year = _YEAR.sub("", heading)
        core = _PERIODS[self.period].sub("", without_year)
        if core != without_year:
            return 2 if core in OF_A_PERIOD else 0
        return 1 if core in FIGURES else 0


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table of a sheet; several figures where it cannot be told which one is meant."""

    name: str
    figures: tuple[Square, ...]
    state: str = ""
    note: str = ""
    unit: str = ""

    @property
    def figure(self) -> str:
        return self.figures[0].column


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of headings (or two), and the tables that stand under it side by side."""

    position: int
    lines: int
    tables: tuple[Columns, ...]


def heading_of(lines: Sequence[Line], asked: Asked) -> Heading | None:
    """The first line (or two) that names indicators and has figures of the period beside them."""
    for position, line in enumerate(lines):
        single = tables_in(line.squares, asked)
        if _is_certain(single):
            return Heading(position, 1, single)
        spans = names_indicators(line) or any(_is_time(square.text) for square in line.squares)
        double = tables_in(tuple(_over_two(lines[position : position + 2])), asked) if spans else ()
        if _is_certain(double):
            return Heading(position, 2, double)
        if single:
            return Heading(position, 1, single)
    return None


def _is_certain(tables: Sequence[Columns]) -> bool:
    return bool(tables) and all(len(one.figures) == 1 for one in tables)


def names_indicators(line: Line) -> bool:
    """Whether a line is a heading over names, whatever else stands in it."""
    return any(_is(square.text, NAMES) for square in line.squares)


def tables_in(squares: Sequence[Square], asked: Asked) -> tuple[Columns, ...]:
    """The tables that a line of headings begins: one for each column of names, where figures stand beside it."""
    at = [position for position, square in enumerate(squares) if _is(square.text, NAMES)]
    if not at:
        return ()
    ends = [*at[1:], len(squares)]
    starts = [0, *at[1:]]
    parts = [(squares[name], squares[start:end]) for name, start, end in zip(at, starts, ends, strict=True)]
    return tuple(found for name, part in parts if (found := _columns(name, part, asked)).figures)


def _columns(name: Square, part: Sequence[Square], asked: Asked) -> Columns:
    weights = {square.address: asked.weight_of(square.text) for square in part if len(square.text) <= LONGEST}
    most = max(weights.values(), default=0)
    figures = tuple(square for square in part if most and weights.get(square.address) == most)
    return Columns(name.column, figures, _column(part, STATES), _column(part, NOTES), _column(part, UNITS))


def _over_two(pair: Sequence[Line]) -> Iterator[Square]:
    """Two lines of headings as one: what stands below, led by the year or period that spans it from above."""
    if len(pair) < 2 or pair[1].row != pair[0].row + 1:
        return
    upper, lower = ({_position(square): square for square in line.squares} for line in pair)
    spanning = ""
    for column in sorted(upper.keys() | lower.keys()):
        above, below = upper.get(column), lower.get(column)
        if above is not None:
            spanning = above.text if _is_time(above.text) else ""
        if below is not None:
            yield Square(below.address, spanning + below.text)
        elif above is not None:
            yield above


def _is_time(text: str) -> bool:
    if len(text) > LONGEST:
        return False
    rest = _YEAR.sub("", _BRACKETS.sub("", fold(text)))
    for words in _PERIODS.values():
        rest = words.sub("", rest)
    return rest in {"", "累计"}


def _column(part: Sequence[Square], words: Collection[str]) -> str:
    return next((square.column for square in part if _is(square.text, words)), "")


def _is(text: str, words: Collection[str]) -> bool:
    return len(text) <= LONGEST and _BRACKETS.sub("", fold(text)) in words


def _position(square: Square) -> tuple[int, str]:
    """Columns in their order: Z before AA."""
    column = square.column
    return len(column), column
