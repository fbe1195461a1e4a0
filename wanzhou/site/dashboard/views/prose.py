"""A year's work targets, and the figures that the report states of a year."""

from __future__ import annotations

from collections.abc import Iterable

from indicators.models import CitedFact, PublishedWorkTarget
from wanzhou.kernel.pages.pages import File, Link, Page, SourceLine, public
from wanzhou.kernel.pages.twins import facts_of, sheet, twins_of
from wanzhou.kernel.pages.visits import Visit
from wanzhou.kernel.plans.shown import shown
from wanzhou.site.dashboard.prose.page import results_page_of, work_page_of
from wanzhou.site.dashboard.prose.schemas import CitedFactOut, WorkTargetOut, cited_fact_out, work_target_out


@public()
def work_targets(visit: Visit, year: int) -> Page:
    """The quantified commitments of a year's plan, with the sentences that they stand in."""
    page = work_page_of(shown(visit.plans, year).plan, visit.plans, visit.as_of.moment)
    return Page(
        "work.html",
        page,
        title=f"{year} 年重点工作目标",
        canonical=f"/{year}/work-targets/",
        section="overview",
        year=year,
        description=f"报告“重点工作”部分有数的目标 {page.count} 条，连同原句和责任单位。",
        crumbs=(Link(f"{year} 年", f"/{year}/"), Link("重点工作目标", "")),
        twins=twins_of(f"/{year}/work-targets", visit) if page.count else (),
        sources=page.sources,
    )


@public()
def results(visit: Visit, year: int) -> Page:
    """The figures that the report states of a year, with their sentences."""
    page = results_page_of(shown(visit.plans, year).plan, visit.plans, visit.as_of.moment)
    return Page(
        "results.html",
        page,
        title=f"报告所述 {year} 年成绩",
        canonical=f"/{year}/results/",
        section="overview",
        year=year,
        description=f"报告回顾 {year} 年时写明的 {page.count} 个数，连同原句。",
        crumbs=(Link(f"{year} 年", f"/{year}/"), Link("报告所述成绩", "")),
        twins=twins_of(f"/{year}/results", visit) if page.count else (),
        sources=page.sources,
    )


@public()
def work_target_sheet(visit: Visit, year: int, form: str) -> File:
    """The work targets as a spreadsheet."""
    rows = list(PublishedWorkTarget.objects.current(shown(visit.plans, year).plan, as_of=visit.as_of.moment))
    return sheet(
        form,
        name=f"work-{year}",
        title=f"{year}年重点工作目标",
        schema=WorkTargetOut,
        rows=[work_target_out(row) for row in rows],
        facts=facts_of(visit, _sources(rows), max((row.publication.at for row in rows), default=None)),
    )


@public()
def results_sheet(visit: Visit, year: int, form: str) -> File:
    """The cited figures as a spreadsheet."""
    plan = shown(visit.plans, year).plan
    facts = list(CitedFact.objects.of_plan(plan, as_of=visit.as_of.moment).select_related("publication"))
    times = [fact.publication.at for fact in facts if fact.publication]
    return sheet(
        form,
        name=f"results-{year}",
        title=f"报告所述{year}年成绩",
        schema=CitedFactOut,
        rows=[cited_fact_out(fact) for fact in facts],
        facts=facts_of(visit, _sources(facts), max(times, default=None)),
    )


def _sources(rows: Iterable[PublishedWorkTarget | CitedFact]) -> tuple[SourceLine, ...]:
    """Every document that they come from, once."""
    return tuple(
        dict.fromkeys(SourceLine(row.source_title, row.source_url) for row in rows if row.source_title)
    )
