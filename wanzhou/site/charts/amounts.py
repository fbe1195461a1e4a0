"""Amounts and levels across years: one place a year, a bar from zero or a dot, each with its own target. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import ceil

from wanzhou.kernel.numerals import plain

from .labels import (
    LINE_HEIGHT,
    NARROWEST,
    Area,
    Label,
    around,
    between,
    clearest,
    halves,
    untidiness,
    width_of,
)
from .marks import UNDRAWN_TARGET, dot_style, missing_style, zone
from .scales import Scale
from .series import OtherBasis, Year
from .sheets import BOTTOM, FOOT, SECOND_FOOT, TOP, Drawing, Sheet, slot_at

# Shares of a place's width, to either side of its middle.
BAR, REACH = Decimal("0.25"), Decimal("0.44")
GAP = 10


@dataclass(frozen=True, slots=True)
class Slot:
    """A year's place: the year, or one figure on this basis that came from the other side of a break."""

    number: int
    shown: Year | OtherBasis

    @property
    def captions(self) -> tuple[str, str]:
        """The year, and below it what the figure covers when it is not the whole year's."""
        if isinstance(self.shown, OtherBasis):
            return str(self.number), "另一口径"
        latest = self.shown.latest
        return str(self.number), latest.period.label if latest and self.shown.partial else ""

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that is written there, in its narrowest form."""
        target = "" if isinstance(self.shown, OtherBasis) else _target_words(self.shown)
        return (*target.split(" ", 1), *self.captions)


def slots_of(years: Iterable[Year], guests: Iterable[tuple[int, OtherBasis]]) -> tuple[Slot, ...]:
    """The places of a panel: figures on its basis from before the break stand first."""
    first = [Slot(number, basis) for number, basis in guests]
    return (*first, *(Slot(year.year, year) for year in years))


def amount_sheets(slots: tuple[Slot, ...], scale: Scale, *, origin: Decimal | None) -> tuple[Sheet, ...]:
    """The sheets of a panel, with no more places on each than a small phone has room for.

    Bars start at `origin`; without one the figures are dots.
    """
    return tuple(_sheet(chunk, scale, origin) for chunk in _chunks(slots))


def _chunks(slots: tuple[Slot, ...]) -> Iterator[tuple[Slot, ...]]:
    widest = max(width_of(line) for slot in slots for line in slot.words)
    most = max(1, NARROWEST // (widest + GAP))
    size = ceil(len(slots) / ceil(len(slots) / most))
    return (slots[start : start + size] for start in range(0, len(slots), size))


def _target_words(year: Year) -> str:
    return year.aim.label if year.aim and year.heights else ""


def _sheet(slots: tuple[Slot, ...], scale: Scale, origin: Decimal | None) -> Sheet:
    drawing = Drawing(scale, len(slots), origin)
    for number, slot in enumerate(slots):
        x = slot_at(number, len(slots))
        year, below = slot.captions
        drawing.text(x, Decimal(FOOT), year, "b")
        if below:
            drawing.text(x, Decimal(SECOND_FOOT), below, "p")
        if isinstance(slot.shown, OtherBasis):
            _other_basis(drawing, x, slot.shown, [])
        else:
            _Place(drawing, x, slot.shown).draw()
    return drawing.sheet()


def _other_basis(drawing: Drawing, x: Decimal, basis: OtherBasis, obstacles: list[Area]) -> None:
    y, words = drawing.y(basis.value), (plain(basis.value),)
    drawing.dot(x, basis.value, "alt", diamond=True)
    clearest([Label(x, y + shift, words, "alt") for shift in (-11, 21)], obstacles).put(drawing)


@dataclass(frozen=True, slots=True)
class _Place:
    """A year's place while it is being drawn."""

    drawing: Drawing
    x: Decimal
    year: Year

    @property
    def room(self) -> Decimal:
        return Decimal(100) / self.drawing.slots

    def ends(self, share: Decimal) -> tuple[Decimal, Decimal]:
        return self.x - share * self.room, self.x + share * self.room

    def draw(self) -> None:
        left, right = self.ends(REACH)
        if self.year.aim and self.year.comparable:
            zone(self.drawing, self.year.aim, left, right)
        obstacles = self.figure()
        for height in self.year.heights:
            self.drawing.line((left, height), (right, height), "under")
            self.drawing.line((left, height), (right, height), "tg")
        labels = self.labels(obstacles)
        for label in labels:
            label.put(self.drawing)
        areas = [*obstacles, *(label.area for label in labels), *self.line_areas()]
        self.word(areas)
        self.basis(areas)

    def figure(self) -> list[Area]:
        """Draw the bar or the dot; returns what it covers."""
        latest = self.year.latest
        if latest is None or latest.value is None:
            return []
        origin, y = self.drawing.origin, self.drawing.y(latest.value)
        if origin is None:
            self.drawing.dot(self.x, latest.value, "hol" if self.year.partial else dot_style(latest))
            return [around(self.x, y)]
        left, right = self.ends(BAR)
        style = "part" if self.year.partial else "barh" if latest.version else "bar"
        self.drawing.box(left, right, origin, latest.value, style)
        top, bottom = sorted((y, self.drawing.y(origin)))
        return [between(left, right, top, bottom)]

    def line_areas(self) -> list[Area]:
        left, right = self.ends(REACH)
        heights = [self.drawing.y(height) for height in self.year.heights]
        return [between(left, right, height - 1, height + 1) for height in heights]

    def labels(self, obstacles: list[Area]) -> list[Label]:
        """The figure's label and the target's, in the arrangement in which the fewest things meet."""
        values, targets = self.value_places(), self.target_places()
        arrangements = [(value, target) for value, target in product(values or [[]], targets or [[]])]
        value, target = min(arrangements, key=lambda places: self._untidy(places[0], places[1], obstacles))
        return [*value, *target]

    def _untidy(self, value: list[Label], target: list[Label], obstacles: list[Area]) -> int:
        """A figure may stand on its own bar, a target may not."""
        return untidiness([*value, *target], self.line_areas()) + untidiness(target, obstacles)

    def value_places(self) -> list[list[Label]]:
        latest, origin = self.year.latest, self.drawing.origin
        if latest is None or latest.value is None:
            return []
        y, words = self.drawing.y(latest.value), plain(latest.value)
        if origin is None:
            return [[Label(self.x, y + shift, (words,), "b")] for shift in (-11, 21)]
        if latest.value < origin:
            return [[Label(self.x, y + 17, (words,), "b")]]
        places = [Label(self.x, y - 7, (words,), "b")]
        if self._fits_inside(words, self.drawing.y(origin) - y) and not (self.year.partial or latest.version):
            places.append(Label(self.x, y + 18, (words,), "in"))
        over = [height for height in self.year.heights if height > latest.value]
        places += [Label(self.x, self.drawing.y(height) - 7, (words,), "b") for height in over]
        return [[place] for place in places]

    def _fits_inside(self, words: str, height: Decimal) -> bool:
        return height >= 2 * LINE_HEIGHT and width_of(words) <= 2 * BAR * self.room * NARROWEST / 100

    def target_places(self) -> list[list[Label]]:
        aim = self.year.aim
        if aim is None:
            return []
        if not aim.heights:
            return [[Label(self.x, Decimal(TOP - 10), (UNDRAWN_TARGET,), "p")]]
        whole = _target_words(self.year)
        fits = width_of(whole) <= self.room * NARROWEST / 100 - 4
        lines = (whole,) if fits else tuple(whole.split(" ", 1))
        above = self.drawing.y(max(aim.heights)) - 7
        below = self.drawing.y(min(aim.heights)) + 17 + LINE_HEIGHT * (len(lines) - 1)
        latest = self.year.latest
        stacked = [above - LINE_HEIGHT]
        if latest is not None and latest.value is not None:
            stacked.append(self.drawing.y(latest.value) - 10 - LINE_HEIGHT)
        return [[Label(self.x, y, lines, "t")] for y in (above, below, *stacked)]

    def word(self, obstacles: list[Area]) -> None:
        """The word in the place of a figure that is not there."""
        latest = self.year.latest
        if latest is None or latest.value is not None or not latest.missing:
            return
        lines = halves(latest.missing) if self.year.comparable else (latest.missing, "不作比较")
        style = missing_style(latest.missing)
        heights = (BOTTOM - 14, (TOP + BOTTOM) // 2 + 8, TOP + 40)
        clearest([Label(self.x, Decimal(y), lines, style) for y in heights], obstacles).put(self.drawing)

    def basis(self, obstacles: list[Area]) -> None:
        latest = self.year.latest
        if latest and latest.basis and latest.basis.unit == self.year.unit:
            _other_basis(self.drawing, self.ends(Decimal("0.36"))[1], latest.basis, obstacles)
