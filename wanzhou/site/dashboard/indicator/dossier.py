"""What the indicator is: units, nature, direction, frequency, department, definition, and where it is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from indicators.judging.terms import Accrual, Favourable
from indicators.models import Frequency, Nature, PublishedRow
from wanzhou.kernel.numerals import UNKNOWN
from wanzhou.kernel.pages.templating import day

from .years import PlanYear

ACCRUALS = {
    Accrual.RATE: "增速比率，年初至今",
    Accrual.CUMULATIVE: "累计量，年初至今",
    Accrual.LEVEL: "时点量，年末判定",
    Accrual.GRADE: "等级，以最差的一期为准",
    Accrual.ASSIGNED: "数值由上级下达",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the dossier: its label and what is to be said, one or several lines."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """Where a row is printed: the document, its address and date, the places in it."""

    title: str
    url: str
    published_on: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """The facts in their order, and every document that rows come from."""

    facts: tuple[Fact, ...]
    printed: tuple[Printed, ...]


def dossier_of(years: tuple[PlanYear, ...]) -> Dossier:
    """From the newest row of each year; what changed from year to year is told by year."""
    newest = years[-1].newest.row
    return Dossier(
        facts=(
            _by_year("计量单位", years, lambda row: row.unit or "无"),
            _by_year("属性", years, lambda row: Nature(row.nature).label),
            Fact("方向", (_direction(newest),)),
            Fact("累计方式", (ACCRUALS[Accrual(newest.accrual)],)),
            Fact("频次", (Frequency(newest.frequency).label if newest.frequency else UNKNOWN,)),
            _by_year("责任单位", years, lambda row: row.department or UNKNOWN),
            Fact("指标解释", (newest.definition or UNKNOWN,)),
            *_breaks(years),
        ),
        printed=tuple(_printed(years)),
    )


def _direction(row: PublishedRow) -> str:
    return "Ⅰ类最好" if row.accrual == Accrual.GRADE else Favourable(row.favourable).label


def _by_year(label: str, years: tuple[PlanYear, ...], of: Callable[[PublishedRow], str]) -> Fact:
    """One line where all years agree, else one for each run of years."""
    runs = [(value, list(run)) for value, run in groupby(years, key=lambda year: of(year.newest.row))]
    if len(runs) == 1:
        return Fact(label, (runs[0][0],))
    return Fact(label, tuple(f"{value}（{_span(run)}）" for value, run in runs))


def _span(run: list[PlanYear]) -> str:
    first, last = run[0].year, run[-1].year
    return f"{first} 年" if first == last else f"{first} 至 {last} 年"


def _breaks(years: tuple[PlanYear, ...]) -> Iterator[Fact]:
    broken = [year for year in years if year.newest.row.series_break]
    if broken:
        lines = tuple(f"{year.year} 年：{year.newest.row.note or '原因' + UNKNOWN}" for year in broken)
        yield Fact("与上年不可比", lines)


def _printed(years: Iterable[PlanYear]) -> Iterator[Printed]:
    """Every document once, newest figures last."""
    places: dict[tuple[str, str, str], list[str]] = {}
    for row in (told.row for year in years for told in year.told):
        if row.source_title:
            on = day(row.source_published_on)
            places.setdefault((row.source_title, row.source_url, on), []).append(row.source_place)
    for (title, url, on), found in places.items():
        yield Printed(title, url, on, tuple(dict.fromkeys(filter(None, found))))
