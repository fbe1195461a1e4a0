"""The report page of a plan year: the document, as its facts were published."""

from __future__ import annotations

from dataclasses import dataclass

from wanzhou.kernel.pages.pages import Link
from wanzhou.kernel.pages.visits import Visit
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.plans.shown import PublishedPlan
from wanzhou.site.reports.writing.annual import annual_report
from wanzhou.site.reports.writing.documents import Document, DocumentRefused
from wanzhou.site.reports.writing.forms import Form
from wanzhou.site.reports.writing.told import district_names, plan_told, year_told

FORMS = (Form.DOCX, Form.XLSX, Form.TXT)


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything the page shows: the document, or what stands against it."""

    year: int
    years: tuple[Link, ...]
    document: Document | None
    problems: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def twins(self) -> tuple[Link, ...]:
        """The document as files; none where it cannot be made."""
        if self.document is None:
            return ()
        return tuple(Link(form.label, f"/{self.year}/report.{form}") for form in FORMS)


def report_page(visit: Visit, year: int) -> ReportPage:
    """The page of a year; raises NotPublished where its full year was never told."""
    told = year_told(visit.plans, year, visit.as_of.moment)
    document, problems = None, ()
    try:
        document = annual_report(
            told, plan_told(visit.plans, year + 1, visit.as_of.moment), district_names()
        )
    except DocumentRefused as refused:
        problems = refused.problems
    return ReportPage(year, _years(visit.plans, year), document, problems, told.sources)


def has_report(published: PublishedPlan) -> bool:
    """Whether the year has a report page: its full year was told."""
    return any(period.period == Period.FULL_YEAR for period in published.periods)


def _years(plans: tuple[PublishedPlan, ...], year: int) -> tuple[Link, ...]:
    return tuple(
        Link(f"{plan.plan.year} 年", f"/{plan.plan.year}/report/", plan.plan.year == year)
        for plan in reversed(plans)
        if has_report(plan)
    )
