"""The chart of one indicator across years. Pure.

Years that can be compared share a panel and an axis; where the calibre or the unit changes a new panel begins,
with its own axis and unit, and nothing is drawn across. Rates are points joined within a year, amounts are bars
of whole years, levels are dots. A missing figure is a word in its place, never a zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.judging.terms import Accrual

from .amounts import amount_sheets, slots_of
from .marks import Key, figure_keys, target_keys
from .paths import Path, path_of
from .rates import rate_sheet
from .scales import Scale, scale_of
from .series import Entry, OtherBasis, Series, Year, break_word, entries_of, words_of
from .sheets import Sheet

NOT_JOINED = "跨年不连线：每年从一季度重新累计。"
NOT_COMPARED = "折线两侧口径或单位不同，各用各的纵轴，不连线、不相减、不相除。"


@dataclass(frozen=True, slots=True)
class Panel:
    """Years on one axis; `break_word` is what stands at the zigzag before it, and `plain` replaces a picture
    where there is not one number to draw."""

    title: str
    sheets: tuple[Sheet, ...]
    break_word: str
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """The panels in the order of years, what they show in words and as rows, the key and the notes below.

    `path` is the way through the running year of a cumulative indicator.
    """

    panels: tuple[Panel, ...]
    words: str
    figures: tuple[Entry, ...]
    keys: tuple[Key, ...]
    notes: tuple[str, ...]
    path: Path | None


def trend_of(series: Series) -> Trend | None:
    """The chart of a series; None where there is no number to draw, as for grades and targets in words."""
    groups = tuple(_groups(series.years))
    if series.accrual in {Accrual.GRADE, Accrual.ASSIGNED} or not any(
        _numbers(years, ()) for years in groups
    ):
        return None
    last = series.years[-1]
    return Trend(
        panels=tuple(_panel(series, groups, number) for number in range(len(groups))),
        words=words_of(series.years),
        figures=entries_of(series.years),
        keys=_keys(series),
        notes=_notes(series, groups),
        path=path_of(last) if series.accrual == Accrual.CUMULATIVE else None,
    )


def _groups(years: tuple[Year, ...]) -> Iterator[tuple[Year, ...]]:
    """The years between breaks."""
    group: list[Year] = []
    for year in years:
        if group and break_word(year, group[-1]):
            yield tuple(group)
            group = []
        group.append(year)
    if group:
        yield tuple(group)


def _panel(series: Series, groups: tuple[tuple[Year, ...], ...], number: int) -> Panel:
    years = groups[number]
    before = groups[number - 1] if number else ()
    word = break_word(years[0], before[-1]) if before else ""
    guests = tuple(_guests(before, years[0].unit)) if series.accrual != Accrual.RATE else ()
    numbers = _numbers(years, guests)
    if not numbers:
        return Panel(years[0].title, (), word, words_of(years))
    return Panel(_title(years), _sheets(series, years, guests, _scale(series, years, numbers)), word)


def _title(years: tuple[Year, ...]) -> str:
    """The newest name of the panel's years."""
    return years[-1].title


def _sheets(
    series: Series, years: tuple[Year, ...], guests: tuple[tuple[int, OtherBasis], ...], scale: Scale
) -> tuple[Sheet, ...]:
    if series.accrual == Accrual.RATE:
        return tuple(rate_sheet(year, scale) for year in years)
    origin = years[0].origin if series.accrual == Accrual.CUMULATIVE else None
    return amount_sheets(slots_of(years, guests), scale, origin=origin)


def _guests(before: tuple[Year, ...], unit: str) -> Iterator[tuple[int, OtherBasis]]:
    """Figures from before a break that stand on the basis from after it."""
    for year in before:
        for figure in year.figures:
            if figure.basis and year.unit != unit and figure.basis.unit == unit:
                yield year.year, figure.basis


def _numbers(years: tuple[Year, ...], guests: tuple[tuple[int, OtherBasis], ...]) -> list[Decimal]:
    """Every number that is drawn on a panel."""
    figures = [(year, figure) for year in years for figure in year.figures]
    values = [figure.value for _, figure in figures if figure.value is not None]
    bases = [
        figure.basis.value for year, figure in figures if figure.basis and figure.basis.unit == year.unit
    ]
    heights = [height for year in years for height in year.heights]
    return [*values, *bases, *heights, *(basis.value for _, basis in guests)]


def _scale(series: Series, years: tuple[Year, ...], numbers: list[Decimal]) -> Scale:
    """The axis, with some room on the open side of a band so that it can be seen."""
    origin = None if series.accrual == Accrual.LEVEL else years[0].origin
    known = numbers if origin is None else [*numbers, origin]
    span = max(known) - min(known)
    aims = [year.aim for year in years if year.aim]
    above = [aim.low + span / 8 for aim in aims if aim.low is not None and aim.high is None]
    below = [aim.high - span / 8 for aim in aims if aim.high is not None and aim.low is None]
    return scale_of([*numbers, *above, *below], origin=origin)


def _keys(series: Series) -> tuple[Key, ...]:
    """Rates show every period; of amounts and levels only the latest figure of each year is drawn."""
    targets = target_keys(series.years)
    if series.accrual == Accrual.RATE:
        return (*figure_keys(series.years, Key("sol", "已公布"), "hol"), *targets)
    bars = series.accrual == Accrual.CUMULATIVE
    whole, part = ("全年数", "年内累计数") if bars else ("年末数", "年内数")
    solid, hollow, partial = ("bar", "barh", "part") if bars else ("sol", "hol", "hol")
    latest = [replace(year, figures=(year.latest,)) for year in series.years if year.latest]
    settled = figure_keys([year for year in latest if not year.partial], Key(solid, whole), hollow)
    running = figure_keys([year for year in latest if year.partial], Key(partial, part), partial)
    return (*settled, *running, *targets)


def _notes(series: Series, groups: tuple[tuple[Year, ...], ...]) -> tuple[str, ...]:
    not_joined = series.accrual == Accrual.RATE and len(series.years) > 1
    return (*([NOT_JOINED] if not_joined else []), *([NOT_COMPARED] if len(groups) > 1 else []))
