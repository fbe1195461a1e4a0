"""The list of a year's key projects, and one project across years."""

from __future__ import annotations

from projects.filters import FREE, PARAMETERS, found_tasks
from projects.models import PublishedTask
from projects.records import told_of
from projects.schemas import RecordOut, TaskOut, project_out, task_out
from wanzhou.kernel.pages.pages import Elsewhere, File, Link, Page, public
from wanzhou.kernel.pages.refusals import NoSuchPage
from wanzhou.kernel.pages.twins import facts_of, sheet, twins_of
from wanzhou.kernel.pages.visits import Visit
from wanzhou.kernel.plans.shown import opening, shown
from wanzhou.site.dashboard.project import project_page_of
from wanzhou.site.dashboard.project_list import project_list_of, sources_of


@public(*PARAMETERS, "sort", "page", free=FREE)
def project_list(visit: Visit, year: int) -> Page:
    """The key projects of a plan year, as the visitor filters and sorts them, thirty at a time."""
    page = project_list_of(shown(visit.plans, year).plan, visit.plans, visit)
    return Page(
        "projects.html",
        page,
        title=f"{year} 年重点项目",
        canonical=f"/{year}/projects/",
        section="projects",
        year=year,
        description="".join(page.phrases) + "。" + page.lede,
        crumbs=(Link(f"{year} 年", f"/{year}/"), Link("重点项目", "")),
        twins=twins_of(f"/{year}/projects", visit) if page.census else (),
        sources=page.sources,
    )


@public(*PARAMETERS, free=FREE)
def project_sheet(visit: Visit, year: int, form: str) -> File:
    """The same list as a spreadsheet."""
    plan = shown(visit.plans, year).plan
    tasks, _, facets = found_tasks(plan, visit.query, visit.as_of.moment)
    return sheet(
        form,
        name=f"projects-{year}",
        title=f"{year}年重点项目",
        schema=TaskOut,
        rows=[task_out(task) for task in tasks],
        facts=facts_of(visit, sources_of(facets), max((one.published_at for one in facets), default=None)),
    )


@public()
def newest_list(visit: Visit) -> Elsewhere:
    """Without a year: the list of the year that the front page opens."""
    first = opening(visit.plans)
    if first is None:
        raise NoSuchPage("尚未发布任何年度计划")
    return Elsewhere(f"/{first.year}/projects/")


@public()
def project(visit: Visit, slug: str) -> Page | Elsewhere:
    """One project across years; one that became part of another is found there."""
    moment = visit.as_of.moment
    try:
        page = project_page_of(slug, moment, visit.as_of.day)
    except NoSuchPage:
        now = PublishedTask.objects.address_now(slug, as_of=moment)
        if not now:
            raise
        return Elsewhere(f"/projects/{now}/")
    return Page(
        "project.html",
        page,
        title=page.name,
        canonical=f"/projects/{slug}/",
        section="projects",
        year=page.year,
        description=page.lede,
        crumbs=(
            Link("重点项目", f"/{page.year}/projects/"),
            page.box if not visit.exported else Link(page.box.label, ""),
            page.section if not visit.exported else Link(page.section.label, ""),
            Link(page.name, ""),
        ),
        twins=twins_of(f"/projects/{slug}", visit),
        sources=page.sources,
    )


@public()
def record_sheet(visit: Visit, slug: str, form: str) -> File:
    """The project's record as a spreadsheet."""
    slug, records = told_of(slug, visit.as_of.moment)
    told = project_out(slug, records)
    return sheet(
        form,
        name=f"project-{slug}",
        title=told.name,
        schema=RecordOut,
        rows=told.records,
        facts=facts_of(
            visit,
            sources_of(record.task for record in records),
            max(record.task.publication.at for record in records),
        ),
    )
