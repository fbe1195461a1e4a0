"""Two published plans, and their rows compared: what the page and its twins are both filled from."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from indicators.comparison import Asked, Balance, Break, Compared, Meant, balance_of, compare
from indicators.judging.terms import Favourable
from indicators.models import Nature, PublishedRow
from wanzhou.kernel.pages.refusals import BadQuestion
from wanzhou.kernel.plans.models import Plan
from wanzhou.kernel.plans.shown import PublishedPlan, shown


@dataclass(frozen=True, slots=True)
class Pair:
    """Two plans compared; `missing` are the years between them of which no plan is published."""

    earlier: Plan
    later: Plan
    rows: tuple[Compared, ...]
    balance: Balance
    published: tuple[PublishedRow, ...]
    missing: tuple[int, ...]

    @property
    def address(self) -> str:
        """Where the comparison stands, without its ending."""
        return address_of(self.earlier.year, self.later.year)

    @property
    def published_at(self) -> datetime.datetime | None:
        """When the newest of what is compared was published."""
        return max((row.publication.at for row in self.published), default=None)


def address_of(year: int, other: int) -> str:
    """The permanent address of a pair: the earlier year first, whatever was asked."""
    return f"/compare/{min(year, other)}/{max(year, other)}"


def pair_of(year: int, other: int, plans: tuple[PublishedPlan, ...], moment: datetime.datetime) -> Pair:
    """The plans of two years compared, as they were public at the moment; one query.

    Raises BadQuestion for a year and itself, NotPublished for a year without a published plan.
    """
    if year == other:
        raise BadQuestion(f"{year} 年不能与自己比较；请选两个不同的年度")
    earlier, later = (shown(plans, each).plan for each in sorted((year, other)))
    between = [each.plan for each in plans if earlier.year <= each.plan.year <= later.year]
    told = list(PublishedRow.objects.in_force(between, as_of=moment))
    before, after = _of(earlier, told), _of(later, told)
    rows = compare([_asked(row) for row in before], [_asked(row) for row in after], _breaks(told, earlier))
    known = {plan.year for plan in between}
    missing = tuple(each for each in range(earlier.year + 1, later.year) if each not in known)
    return Pair(earlier, later, rows, balance_of(rows), (*before, *after), missing)


def _of(plan: Plan, told: Iterable[PublishedRow]) -> list[PublishedRow]:
    return [row for row in told if row.publication.plan_id == plan.pk]


def _breaks(told: Iterable[PublishedRow], earlier: Plan) -> dict[str, list[Break]]:
    """Every break after the earlier plan, by indicator: one in a year between forbids the comparison too."""
    breaks: dict[str, list[Break]] = {}
    for row in told:
        year = row.publication.plan.year
        if row.series_break and year > earlier.year:
            breaks.setdefault(row.code, []).append(Break(year, row.note))
    return breaks


def _asked(row: PublishedRow) -> Asked:
    return Asked(
        code=row.code,
        name=row.name,
        wording=row.wording,
        meant=Meant.of(row.reading),
        ordinal=row.ordinal,
        parent_code=row.parent_code,
        unit=row.unit,
        binding=row.nature == Nature.BINDING,
        favourable=Favourable(row.favourable),
        note=row.note,
        adjustment=row.adjustment,
        first_wording=row.first_wording,
    )
