"""One year of a rate: its periods side by side, joined within the year and never beyond it. Pure."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from indicators.judging.terms import Period
from wanzhou.kernel.numerals import plain

from .labels import Area, Label, along, around, below_axis, between, clearest, halves, untidiness
from .marks import UNDRAWN_TARGET, dot_style, missing_style, zone
from .scales import Scale
from .series import Aim, Figure, Year
from .sheets import BOTTOM, FOOT, HALF_TEXT, LOW_TOP, SECOND_FOOT, Drawing, Sheet, slot_at

PERIODS = tuple(Period)
Place = tuple[Decimal, Decimal]
LEFT, RIGHT = Decimal(2), Decimal(98)
FULL = Decimal(100)
# Where the full year's place begins.
LAST_PLACE = Decimal(75)


def rate_sheet(year: Year, scale: Scale) -> Sheet:
    """The sheet of one year, on the scale that all years of a panel share."""
    drawing = Drawing(scale, len(PERIODS), year.origin, LOW_TOP)
    start = LAST_PLACE if year.aim and year.aim.full_year_only else Decimal(0)
    if year.aim and year.comparable:
        zone(drawing, year.aim, start, FULL)
    for height in year.heights:
        drawing.line((start, height), (FULL, height), "tg")
    _captions(drawing, year)
    obstacles = [*_path(drawing, year), below_axis()]
    obstacles += [
        between(start, FULL, drawing.y(height) - 3, drawing.y(height) + 3) for height in year.heights
    ]
    labels = _labels(drawing, year, obstacles)
    for label in (*labels, *_missing(year, [*obstacles, *(label.area for label in labels)])):
        label.put(drawing)
    return drawing.sheet()


def _captions(drawing: Drawing, year: Year) -> None:
    for number, period in enumerate(PERIODS):
        drawing.text(slot_at(number, 4), Decimal(FOOT), period.label, "p")
    drawing.text(Decimal(50), Decimal(SECOND_FOOT), f"{year.year} 年", "b")


def _path(drawing: Drawing, year: Year) -> list[Area]:
    """Draw the points of the year and join neighbours; returns what they cover."""
    points = [_point(year.figure(period), number) for number, period in enumerate(PERIODS)]
    covered: list[Area] = []
    for before, after in pairwise(points):
        if before and after:
            drawing.line(before[:2], after[:2], "ln")
            covered += along((before[0], drawing.y(before[1])), (after[0], drawing.y(after[1])))
    for figure in year.figures:
        x = _x(figure)
        if figure.value is not None:
            drawing.dot(x, figure.value, dot_style(figure))
            covered.append(around(x, drawing.y(figure.value)))
        if figure.basis and figure.basis.unit == year.unit:
            drawing.dot(x, figure.basis.value, "alt", diamond=True)
            drawing.aside(x, figure.basis.value, plain(figure.basis.value), "alt")
            height = drawing.y(figure.basis.value)
            covered.append(between(x - 16, x + 3, height - 8, height + 8))
    return covered


def _point(figure: Figure | None, number: int) -> Place | None:
    return None if figure is None or figure.value is None else (slot_at(number, 4), figure.value)


def _x(figure: Figure) -> Decimal:
    return slot_at(figure.period.position - 1, 4)


def _labels(drawing: Drawing, year: Year, obstacles: list[Area]) -> list[Label]:
    """The figures' labels and the target's, in the arrangement in which the fewest things meet."""
    arrangements = [
        _arranged(drawing, year, target, obstacles) for target in _target_places(drawing, year.aim)
    ]
    return min(arrangements, key=lambda labels: untidiness(labels, obstacles))


def _arranged(drawing: Drawing, year: Year, target: list[Label], obstacles: list[Area]) -> list[Label]:
    placed = list(target)
    for figure in year.figures:
        if figure.value is not None:
            places = _value_places(drawing, year, figure)
            placed.append(clearest(places, [*obstacles, *(label.area for label in placed)]))
    return placed


def _target_places(drawing: Drawing, aim: Aim | None) -> list[list[Label]]:
    """Where the target's wording may stand: above or below its line, at either end."""
    if aim is None:
        return [[]]
    if not aim.heights:
        return [[Label(LEFT, Decimal(LOW_TOP - 10), (UNDRAWN_TARGET,), "p", "start")]]
    above = drawing.y(max(aim.heights)) - 7
    below = drawing.y(min(aim.heights)) + 17
    words = (aim.label,)
    right = [[Label(RIGHT, y, words, "b", "end")] for y in (above, below)]
    left = [[Label(LEFT, y, words, "b", "start")] for y in (above, below)]
    if aim.full_year_only:
        beside = drawing.y(max(aim.heights)) + HALF_TEXT
        return [[Label(LAST_PLACE - 2, beside, words, "b", "end")], *right]
    return [left[0], right[0], left[1], right[1]]


def _value_places(drawing: Drawing, year: Year, figure: Figure) -> list[Label]:
    """Below its point where the path dips there, above it otherwise; the other side if that is taken."""
    assert figure.value is not None
    y = drawing.y(figure.value)
    style = "b" if figure.period == Period.FULL_YEAR else ""
    above, below = (Label(_x(figure), y + shift, (plain(figure.value),), style) for shift in (-11, 21))
    return [below, above] if _dips(year, figure.period, figure.value) else [above, below]


def _dips(year: Year, period: Period, value: Decimal) -> bool:
    sides = [year.figure(side) for side in PERIODS if abs(side.position - period.position) == 1]
    known = [side.value for side in sides if side is not None and side.value is not None]
    return bool(known) and value * len(known) < sum(known)


def _missing(year: Year, obstacles: list[Area]) -> list[Label]:
    """The words for figures that are not there, each in its own place and never at zero's."""
    return [
        clearest(
            [
                Label(_x(figure), Decimal(y), halves(figure.missing), missing_style(figure.missing))
                for y in (BOTTOM - 8, (LOW_TOP + BOTTOM) // 2, LOW_TOP + 24)
            ],
            obstacles,
        )
        for figure in year.figures
        if figure.value is None and figure.missing
    ]
