"""What a chart across years is drawn from: plain values, as they were published. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from indicators.judging.terms import Accrual, Period
from wanzhou.kernel.numerals import plain

ZERO = Decimal(0)
# A longer wording is not written at its line.
LONGEST_WORDING = 14


@dataclass(frozen=True, slots=True)
class OtherBasis:
    """A figure on another basis, shown beside the judged one and never compared with it or its target."""

    value: Decimal
    unit: str
    words: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A year-to-date figure, or the word for why there is none.

    `version` is the word for a figure that is not final (预计, 快报, 初步核算). `expected` is what the figure
    should have reached by the period's end, where that is not the even share of the year's target. `note` is
    what else the table below the chart should say.
    """

    period: Period
    value: Decimal | None = None
    missing: str = ""
    version: str = ""
    basis: OtherBasis | None = None
    expected: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Aim:
    """A year's target: the wording as printed, its number and the ends of what is accepted (None: open).

    A target without a number on the indicator's own scale has only its wording. `full_year_only` says that it
    judges no earlier period, as a target that was adjusted on an unknown day does.
    """

    wording: str
    number: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    full_year_only: bool = False

    @property
    def banded(self) -> bool:
        """Whether it is known where the target is met."""
        return self.low is not None or self.high is not None

    @property
    def label(self) -> str:
        """What stands at the line: the wording as printed, or what replaces one too long for a chart."""
        if len(self.wording) <= LONGEST_WORDING:
            return f"目标 {self.wording}"
        return f"目标 {plain(self.number)}，全文见下表" if self.number is not None else "目标 见下表"

    @property
    def heights(self) -> tuple[Decimal, ...]:
        """Where dashed lines are drawn: at the number, or at the ends of a range."""
        if self.number is not None:
            return (self.number,)
        return tuple(end for end in (self.low, self.high) if end is not None)


@dataclass(frozen=True, slots=True)
class Year:
    """One plan year of an indicator.

    `break_word` says why it cannot be compared with the year before. `origin` is where the axis of a rate and
    the bars of an amount start: 0, or 100 for a price index.
    """

    year: int
    name: str
    unit: str
    figures: tuple[Figure, ...] = ()
    aim: Aim | None = None
    comparable: bool = True
    break_word: str = ""
    origin: Decimal = ZERO

    @property
    def title(self) -> str:
        """The name with its unit, as the panel's heading."""
        return f"{self.name}（{self.unit}）" if self.unit else self.name

    @property
    def heights(self) -> tuple[Decimal, ...]:
        """Where the target's lines are drawn."""
        return self.aim.heights if self.aim else ()

    def figure(self, period: Period) -> Figure | None:
        """The figure of a period, if the year has an entry for it."""
        return next((figure for figure in self.figures if figure.period == period), None)

    @property
    def partial(self) -> bool:
        """Whether the latest entry covers only a part of the year."""
        return self.latest is not None and self.latest.period != Period.FULL_YEAR

    @property
    def latest(self) -> Figure | None:
        """The full year's entry, or else the newest one with a value, or else the newest."""
        ordered = sorted(self.figures, key=lambda figure: figure.period.position, reverse=True)
        if not ordered or ordered[0].period == Period.FULL_YEAR:
            return next(iter(ordered), None)
        return next((figure for figure in ordered if figure.value is not None), ordered[0])


@dataclass(frozen=True, slots=True)
class Series:
    """An indicator across years, in their order."""

    accrual: Accrual
    years: tuple[Year, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the table below a chart."""

    year: str
    period: str
    value: str
    target: str
    note: str


def entries_of(years: tuple[Year, ...]) -> tuple[Entry, ...]:
    """The rows of the table that says the same as the chart."""
    pairs = zip(years, (None, *years), strict=False)
    return tuple(_entry(year, figure, before) for year, before in pairs for figure in year.figures or (None,))


def _entry(year: Year, figure: Figure | None, before: Year | None) -> Entry:
    target = year.aim.wording + _with_unit(year) if year.aim else "—"
    reason = _break_words(year, before)
    if figure is None:
        return Entry(str(year.year), "—", "—", target, reason)
    value = "—" if figure.value is None else plain(figure.value)
    notes = (figure.missing, figure.version, _basis_words(figure.basis), figure.note, reason)
    return Entry(str(year.year), figure.period.label, value, target, "；".join(filter(None, notes)))


def _break_words(year: Year, before: Year | None) -> str:
    word = break_word(year, before) if before else ""
    return f"与上年不作比较（{word}）" if word else ""


def _with_unit(year: Year) -> str:
    return f"（{year.unit}）" if year.unit else ""


def _basis_words(basis: OtherBasis | None) -> str:
    return f"另一口径 {basis.words} {plain(basis.value)}{basis.unit}" if basis else ""


def words_of(years: tuple[Year, ...]) -> str:
    """Everything a chart shows, in words."""
    return (
        "；".join(_year_words(year, before) for year, before in zip(years, (None, *years), strict=False))
        + "。"
    )


def _year_words(year: Year, before: Year | None) -> str:
    opening = year.title + "，" if before is None or before.title != year.title else ""
    target = f"目标 {year.aim.wording}" if year.aim else "未载目标"
    figures = [_figure_words(figure) for figure in year.figures] or ["尚无数据"]
    said = "，".join(filter(None, [_break_words(year, before), target, *figures]))
    return f"{opening}{year.year} 年{said}"


def _figure_words(figure: Figure) -> str:
    said = figure.missing or "未载" if figure.value is None else plain(figure.value)
    version = f"（{figure.version}）" if figure.version else ""
    basis = f"（{_basis_words(figure.basis)}）" if figure.basis else ""
    return f"{figure.period.label} {said}{version}{basis}"


def break_word(year: Year, before: Year) -> str:
    """Why a year cannot be compared with the one before it; empty where it can."""
    return year.break_word or ("单位改变" if year.unit != before.unit else "")
