"""The way through one year: what was reached by each period's end, against an even pace to the target. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from indicators.judging.terms import Period
from wanzhou.kernel.numerals import plain

from .labels import Area, Label, along, around, below_axis, clearest, halves
from .marks import Key, dot_style, figure_keys, missing_style
from .scales import scale_of
from .series import ZERO, Entry, Figure, Year, entries_of, words_of
from .sheets import BOTTOM, FOOT, LOW_TOP, Drawing, Sheet

HEIGHT = 226
QUARTER = Decimal(25)
Place = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Path:
    """The sheet of one year, with the same in words and as rows."""

    title: str
    sheet: Sheet
    words: str
    figures: tuple[Entry, ...]
    keys: tuple[Key, ...]


def path_of(year: Year) -> Path | None:
    """The path of a cumulative indicator through a year; None without a number to reach or any figure."""
    target = year.aim.number if year.aim else None
    if target is None or not any(figure.value is not None for figure in year.figures):
        return None
    pace = _pace(year, target)
    return Path(
        title=f"{year.year} 年逐季累计（{year.unit}）" if year.unit else f"{year.year} 年逐季累计",
        sheet=_sheet(year, pace),
        words=f"{words_of((year,)).removesuffix('。')}；{_pace_words(pace)}。",
        figures=entries_of((year,)),
        keys=(*figure_keys([year], Key("sol", "年内累计数"), "hol"), Key("tg", _pace_name(year))),
    )


def _pace(year: Year, target: Decimal) -> dict[Period, Decimal]:
    """What should have been reached by each period's end: an even share, unless the figure says otherwise."""
    given = {figure.period: figure.expected for figure in year.figures}
    return {
        period: expected if (expected := given.get(period)) is not None else target * period.position / 4
        for period in Period
    }


def _even(year: Year) -> bool:
    return all(figure.expected is None for figure in year.figures)


def _pace_name(year: Year) -> str:
    return "匀速到年度目标" if _even(year) else "序时进度到年度目标"


def _pace_words(pace: dict[Period, Decimal]) -> str:
    return "按序时进度应达：" + "，".join(f"{period.label} {plain(value)}" for period, value in pace.items())


def _x(period: Period) -> Decimal:
    return QUARTER * period.position


def _sheet(year: Year, pace: dict[Period, Decimal]) -> Sheet:
    known = [figure for figure in year.figures if figure.value is not None]
    scale = scale_of([*pace.values(), *(_value(figure) for figure in known)], origin=ZERO)
    drawing = Drawing(scale, len(Period), ZERO, LOW_TOP)
    steps = [(ZERO, ZERO), *((_x(period), value) for period, value in pace.items())]
    obstacles = [area for one, other in pairwise(steps) for area in _joined(drawing, one, other, "tg")]
    for period in Period:
        last = period == Period.FULL_YEAR
        drawing.text(_x(period), Decimal(FOOT), period.label, "p", "end" if last else "middle")
    obstacles += [*_reached(drawing, known), below_axis()]
    _label(drawing, year, known, obstacles)
    return drawing.sheet(height=HEIGHT)


def _value(figure: Figure) -> Decimal:
    assert figure.value is not None
    return figure.value


def _joined(drawing: Drawing, one: Place, other: Place, style: str) -> list[Area]:
    drawing.line(one, other, style)
    return along((one[0], drawing.y(one[1])), (other[0], drawing.y(other[1])))


def _reached(drawing: Drawing, known: list[Figure]) -> list[Area]:
    """The points, joined from the year's start as far as no period is missing in between."""
    places = {0: (ZERO, ZERO), **{f.period.position: (_x(f.period), _value(f)) for f in known}}
    neighbours = [(places[at - 1], places[at]) for at in sorted(places) if at - 1 in places]
    covered = [area for one, other in neighbours for area in _joined(drawing, one, other, "ln")]
    for figure in known:
        drawing.dot(_x(figure.period), _value(figure), dot_style(figure))
        covered.append(around(_x(figure.period), drawing.y(_value(figure))))
    return covered


def _label(drawing: Drawing, year: Year, known: list[Figure], obstacles: list[Area]) -> None:
    """The figures, then the target at the end of its line, then the words for missing figures."""
    wanted = [*(_value_places(drawing, figure) for figure in known), _target(drawing, year)]
    wanted += [_missing_places(figure) for figure in year.figures if figure.value is None and figure.missing]
    taken = list(obstacles)
    for places in wanted:
        label = clearest(places, taken)
        taken.append(label.area)
        label.put(drawing)


def _target(drawing: Drawing, year: Year) -> list[Label]:
    assert year.aim is not None
    assert year.aim.number is not None
    y = drawing.y(year.aim.number)
    near = [Label(Decimal(100), y + shift, (year.aim.label,), "b", "end") for shift in (-9, -28)]
    # Away from its end the words say which line they mean.
    words = (f"虚线：{year.aim.label}",)
    far = [Label(Decimal(100), y + shift, words, "b", "end") for shift in (45, 64, 84)]
    return [*near, *far, Label(Decimal(3), Decimal(LOW_TOP - 8), words, "b", "start")]


def _value_places(drawing: Drawing, figure: Figure) -> list[Label]:
    y, x, words = drawing.y(_value(figure)), _x(figure.period), (plain(_value(figure)),)
    if figure.period == Period.FULL_YEAR:
        return [Label(x, y + shift, words, "b", "end") for shift in (-11, 23)]
    return [Label(x, y + shift, words, "b") for shift in (-11, 23)]


def _missing_places(figure: Figure) -> list[Label]:
    last = figure.period == Period.FULL_YEAR
    lines, style = halves(figure.missing), missing_style(figure.missing)
    return [
        Label(_x(figure.period), Decimal(y), lines, style, "end" if last else "middle")
        for y in (BOTTOM - 6, (LOW_TOP + BOTTOM) // 2, LOW_TOP + 24)
    ]
