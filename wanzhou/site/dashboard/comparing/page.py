"""The page of two plans compared: one frozen object, filled from publications only."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from indicators.comparison import Asked, Compared, Movement
from wanzhou.kernel.numerals import Numeral, of_wording
from wanzhou.kernel.pages.pages import Link, SourceLine
from wanzhou.kernel.pages.templating import day
from wanzhou.kernel.plans.models import PlanState
from wanzhou.kernel.plans.shown import PublishedPlan
from wanzhou.site.dashboard.headline import Headline
from wanzhou.site.dashboard.notes import sources_of

from .pairs import Pair, address_of, pair_of
from .words import change_words, headline_of, remarks_of, tags_of

NOTHING = Numeral(text="—")
# The marks that stand beside the words; what cannot be compared bears the icon of a changed calibre.
MARKS = {
    Movement.ADDED: "＋",
    Movement.DROPPED: "－",
    Movement.RAISED: "↑",
    Movement.LOWERED: "↓",
    Movement.REWORDED: "≈",
    Movement.KEPT: "＝",
    Movement.INCOMPARABLE: "",
}


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A row of the table: both targets as worded, the change in words, and what is to be said of it."""

    code: str
    ordinal: int | None
    name: str
    name_before: str
    unit: str
    unit_before: str
    binding: bool
    before: Numeral
    after: Numeral
    movement: Movement
    mark: str
    change: str
    tags: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def counted(self) -> bool:
        """Whether the row is numbered."""
        return self.ordinal is not None

    @property
    def anchor(self) -> str:
        """The row's place on the page."""
        return f"r-{self.code}"

    @property
    def href(self) -> str:
        """The indicator's own page."""
        return f"/indicators/{self.code}/"

    @property
    def classes(self) -> str:
        """How the row stands in the table: a sub-row, or one whose numbers must not be compared."""
        flagged = "flag is-cal" if self.movement is Movement.INCOMPARABLE else ""
        return " ".join(filter(None, ("" if self.counted else "sub", flagged)))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything the page shows. `sums` are the counts of numbered rows by what became of them."""

    earlier: int
    later: int
    canonical: str
    earlier_years: tuple[Link, ...]
    later_years: tuple[Link, ...]
    headline: Headline
    sums: tuple[tuple[Movement, int], ...]
    rows: tuple[ComparedRow, ...]
    states: tuple[str, ...]
    missing: tuple[int, ...]
    sources: tuple[SourceLine, ...]
    published_on: str


def comparison_of(
    year: int, other: int, plans: tuple[PublishedPlan, ...], moment: datetime.datetime
) -> Comparison:
    """The comparison of two years' plans; one query beside those for the plans."""
    pair = pair_of(year, other, plans, moment)
    counts = pair.balance.movements
    return Comparison(
        earlier=pair.earlier.year,
        later=pair.later.year,
        canonical=f"{pair.address}/",
        earlier_years=_choices(plans, pair.earlier.year, pair.later.year),
        later_years=_choices(plans, pair.later.year, pair.earlier.year),
        headline=headline_of(pair),
        sums=tuple((movement, counts[movement]) for movement in Movement if counts.get(movement)),
        rows=tuple(_row(row, pair) for row in pair.rows),
        states=tuple(f"{plan.year} 年：{PlanState(plan.state).label}" for plan in (pair.earlier, pair.later)),
        missing=pair.missing,
        sources=sources_of(pair.published),
        published_on=day(pair.published_at) if pair.published_at else "",
    )


def _choices(plans: tuple[PublishedPlan, ...], chosen: int, other: int) -> tuple[Link, ...]:
    """The years that may stand on one side of the pair, oldest first."""
    years = sorted(published.plan.year for published in plans)
    return tuple(
        Link(f"{year} 年", f"{address_of(year, other)}/", year == chosen) for year in years if year != other
    )


def _row(row: Compared, pair: Pair) -> ComparedRow:
    newest, earlier = row.newest, row.earlier
    other_name = earlier.name if earlier and earlier.name != newest.name else ""
    other_unit = earlier.unit or "无单位" if earlier and earlier.unit != newest.unit else ""
    return ComparedRow(
        code=newest.code,
        ordinal=newest.ordinal,
        name=newest.name,
        name_before=other_name,
        unit=newest.unit,
        unit_before=other_unit,
        binding=newest.binding,
        before=_numeral(row.earlier),
        after=_numeral(row.later),
        movement=row.movement,
        mark=MARKS[row.movement],
        change=change_words(row),
        tags=tags_of(row),
        remarks=remarks_of(row, pair),
    )


def _numeral(asked: Asked | None) -> Numeral:
    return of_wording(asked.wording) if asked else NOTHING
