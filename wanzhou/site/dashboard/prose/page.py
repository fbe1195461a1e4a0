"""The pages of a year's work targets and of the figures that the report cites, section by section."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from indicators.models import CitedFact, PublishedWorkTarget
from wanzhou.kernel.numerals import plain
from wanzhou.kernel.pages.pages import Link, SourceLine
from wanzhou.kernel.pages.templating import day
from wanzhou.kernel.plans.models import Plan
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.plans.shown import PublishedPlan
from wanzhou.site.dashboard.contributions import Served, serving_work
from wanzhou.site.dashboard.tones import Tone, tone_of

WITHOUT_SECTION = "总述"
Row = TypeVar("Row", PublishedWorkTarget, CitedFact)


@dataclass(frozen=True, slots=True)
class Pledge:
    """One work target: its words, who leads, and what is known of it."""

    code: str
    name: str
    wording: str
    department: str
    outcome: str
    tone: Tone | None
    sentence: str
    figure_source: str
    served: tuple[Served, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One figure that the report states."""

    order: int
    name: str
    wording: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence of the report with what it promises or states."""

    text: str
    pledges: tuple[Pledge, ...] = ()
    facts: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the prose: its heading, the heading below it, and its sentences in order."""

    heading: str
    part: str
    anchor: str
    count: int
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class ProsePage:
    """Everything one of the two pages shows."""

    year: int
    years: tuple[Link, ...]
    count: int
    judged: int
    departments: int
    sections: tuple[Section, ...]
    sources: tuple[SourceLine, ...]
    published_on: str

    @property
    def headings(self) -> tuple[tuple[str, str, int], ...]:
        """The first anchor of each heading, with how many stand below it."""
        counts: Counter[str] = Counter()
        anchors: dict[str, str] = {}
        for section in self.sections:
            counts[section.heading] += section.count
            anchors.setdefault(section.heading, section.anchor)
        return tuple((heading, anchors[heading], counts[heading]) for heading in anchors)


def work_page_of(plan: Plan, plans: Sequence[PublishedPlan], moment: datetime.datetime) -> ProsePage:
    """The work targets of a plan; two queries."""
    rows = list(PublishedWorkTarget.objects.current(plan, as_of=moment))
    served = serving_work(plan.year, moment)
    return ProsePage(
        year=plan.year,
        years=_years(plans, plan, "work-targets"),
        count=len(rows),
        judged=sum(bool(row.verdict or row.pace) for row in rows),
        departments=len({row.department for row in rows if row.department}),
        sections=tuple(
            Section(*_heads(name), f"s-{number}", len(members), tuple(_promised(members, served)))
            for number, (name, members) in enumerate(_by_section(rows), start=1)
        ),
        sources=_sources(rows),
        published_on=_published_on(rows),
    )


def results_page_of(plan: Plan, plans: Sequence[PublishedPlan], moment: datetime.datetime) -> ProsePage:
    """The figures that the report states of a year; one query."""
    rows = list(CitedFact.objects.of_plan(plan, as_of=moment).select_related("publication"))
    return ProsePage(
        year=plan.year,
        years=_years(plans, plan, "results"),
        count=len(rows),
        judged=0,
        departments=0,
        sections=tuple(
            Section(*_heads(name), f"s-{number}", len(members), tuple(_stated(members)))
            for number, (name, members) in enumerate(_by_section(rows), start=1)
        ),
        sources=_sources(rows),
        published_on=_published_on(rows),
    )


def _by_section(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    return [(name, list(members)) for name, members in groupby(rows, key=lambda row: row.section)]


def _heads(section: str) -> tuple[str, str]:
    heading, _, part = section.partition("·")
    return heading or WITHOUT_SECTION, part


def _promised(
    rows: Iterable[PublishedWorkTarget], served: Mapping[str, tuple[Served, ...]]
) -> Iterable[Quotation]:
    for text, members in groupby(rows, key=lambda row: row.quoted):
        yield Quotation(text, pledges=tuple(_pledge(row, served.get(row.code, ())) for row in members))


def _pledge(row: PublishedWorkTarget, served: tuple[Served, ...]) -> Pledge:
    state = row.verdict or row.pace
    return Pledge(
        code=row.code,
        name=row.name,
        wording=row.wording,
        department=row.department,
        outcome=outcome_words(row),
        tone=tone_of(state) if state else None,
        sentence=row.sentence,
        figure_source=row.figure_source,
        served=served,
    )


def outcome_words(row: PublishedWorkTarget) -> str:
    """The figure with its period, as published; empty where none is known."""
    period = row.publication.period
    if period is None or not row.outcome_state:
        return ""
    said = row.outcome_wording or (
        f"{plain(row.outcome_value)}{row.unit}" if row.outcome_value is not None else ""
    )
    return f"{Period(period.period).label} {said}" if said else ""


def _stated(rows: Iterable[CitedFact]) -> Iterable[Quotation]:
    for text, members in groupby(rows, key=lambda row: row.sentence):
        yield Quotation(text, facts=tuple(Told(row.order, row.name, row.wording) for row in members))


def _years(plans: Sequence[PublishedPlan], plan: Plan, name: str) -> tuple[Link, ...]:
    years = sorted(published.plan.year for published in plans)
    return tuple(Link(f"{year} 年", f"/{year}/{name}/", year == plan.year) for year in years)


def _sources(rows: Iterable[PublishedWorkTarget | CitedFact]) -> tuple[SourceLine, ...]:
    lines = (SourceLine(row.source_title, row.source_url) for row in rows if row.source_title)
    return tuple(dict.fromkeys(lines))


def _published_on(rows: Iterable[PublishedWorkTarget | CitedFact]) -> str:
    acts = [row.publication for row in rows if row.publication is not None]
    seen = [max(filter(None, (act.at, act.not_before))) for act in acts]
    return day(max(seen)) if seen else ""
