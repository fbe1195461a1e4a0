"""Which projects serve which targets, as the pages of both say it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from indicators.models.targets import Tier
from wanzhou.site.links.models import PublishedContribution, PublishedContributionQuerySet


@dataclass(frozen=True, slots=True)
class Served:
    """The other end of a contribution: a project or a target, where to read of it, and how the one serves the other."""

    name: str
    href: str
    words: str


@dataclass(frozen=True, slots=True)
class ServedYear:
    """A year's contributions of one project, or to one indicator."""

    year: int
    links: tuple[Served, ...]


def served_by(slug: str, moment: datetime.datetime) -> tuple[ServedYear, ...]:
    """The targets that the project serves, the newest year first; one query."""
    return _years(_of(slug=slug), moment, target_end)


def serving(code: str, moment: datetime.datetime) -> tuple[ServedYear, ...]:
    """The projects that serve the indicator's targets, the newest year first; one query."""
    return _years(_of(code=code, tier=Tier.HEADLINE), moment, project_end)


def serving_work(year: int, moment: datetime.datetime) -> dict[str, tuple[Served, ...]]:
    """The projects that serve the year's work targets, by the code of the target; one query."""
    rows = _of(tier=Tier.WORK).filter(publication__plan__last_year=year)
    found: dict[str, list[Served]] = {}
    for told in rows.standing(as_of=moment):
        found.setdefault(told.code, []).append(project_end(told))
    return {code: tuple(links) for code, links in found.items()}


def target_end(told: PublishedContribution) -> Served:
    """The target, as the project's page names it."""
    year = told.publication.plan.year
    href = f"/indicators/{told.code}/" if told.tier == Tier.HEADLINE else f"/{year}/work-targets/#{told.code}"
    return Served(told.indicator, href, told.words)


def project_end(told: PublishedContribution) -> Served:
    """The project, as the target's page names it."""
    return Served(told.project, f"/projects/{told.slug}/", told.words)


def _of(**about: str) -> PublishedContributionQuerySet:
    return PublishedContribution.objects.filter(**about)


def _years(
    rows: PublishedContributionQuerySet,
    moment: datetime.datetime,
    end: Callable[[PublishedContribution], Served],
) -> tuple[ServedYear, ...]:
    years: dict[int, list[Served]] = {}
    for told in rows.standing(as_of=moment):
        years.setdefault(told.publication.plan.year, []).append(end(told))
    return tuple(ServedYear(year, tuple(links)) for year, links in years.items())
