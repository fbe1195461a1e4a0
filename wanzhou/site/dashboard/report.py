"""The report page of a plan year: the document, as its facts were published."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from wanzhou.kernel.pages.pages import Link
from wanzhou.kernel.pages.templating import day
from wanzhou.kernel.pages.visits import Visit
from wanzhou.kernel.plans.models import Edition
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.plans.shown import PublishedPlan
from wanzhou.site.reports.editions import kind_of, tells, year_of
from wanzhou.site.reports.writing.annual import annual_report
from wanzhou.site.reports.writing.documents import Document, DocumentRefused
from wanzhou.site.reports.writing.forms import Form
from wanzhou.site.reports.writing.told import district_names, plan_told, year_told

from .corrections.kinds import LogKind
from .corrections.log import Entry, log_of
from .tones import Tone, tone_of

FORMS = (Form.DOCX, Form.XLSX, Form.TXT)


@dataclass(frozen=True, slots=True)
class Changed:
    """What reads otherwise since an edition, with the looks of its states."""

    entry: Entry
    tone_before: Tone | None
    tone_after: Tone | None


@dataclass(frozen=True, slots=True)
class EditionShown:
    """What the congress saw: when, its document where everybody may have it, and every row that changed since."""

    title: str
    issued_on: str
    told: str
    published_on: str
    href: str
    kind: str
    sha256: str
    changes: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class EditionFile:
    """Where everybody may have the document of an edition, and since when."""

    href: str
    marked_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything the page shows: the document, or what stands against it."""

    year: int
    years: tuple[Link, ...]
    document: Document | None
    problems: tuple[str, ...]
    sources: tuple[str, ...]
    editions: tuple[EditionShown, ...]

    @property
    def twins(self) -> tuple[Link, ...]:
        """The document as files; none where it cannot be made."""
        if self.document is None:
            return ()
        return tuple(Link(form.label, f"/{self.year}/report.{form}") for form in FORMS)


def report_page(visit: Visit, year: int) -> ReportPage:
    """The page of a year; raises NotPublished where its full year was never told."""
    told = year_told(visit.plans, year, visit.as_of.moment)
    document: Document | None = None
    problems: tuple[str, ...] = ()
    try:
        document = annual_report(told, plan_told(visit.plans, year + 1, visit.as_of.moment), district_names())
    except DocumentRefused as refused:
        problems = refused.problems
    return ReportPage(
        year, _years(visit.plans, year), document, problems, told.sources, tuple(_editions(visit, year))
    )


def _editions(visit: Visit, year: int) -> Iterator[EditionShown]:
    """The editions of this report, newest first; the log is asked only where there is one."""
    editions = list(Edition.objects.of_report(year, visit.as_of.moment))
    log = log_of(visit.as_of.moment) if editions else ()
    for edition in editions:
        act, kind, href = edition.publication, kind_of(edition), _href(edition)
        yield EditionShown(
            title=edition.title,
            issued_on=day(edition.issued_on),
            told=f"{act.period}" if act.period else f"{act.plan.year}年计划",
            published_on=day(act.at),
            href=href,
            kind=kind.label if href and kind else "",
            sha256=edition.sha256,
            changes=tuple(_changed(entry) for entry in log if _is_later(entry, edition)),
        )


def _is_later(entry: Entry, edition: Edition) -> bool:
    """Whether an entry of the log tells of what the edition told, and came after it."""
    later = entry.kind is not LogKind.PUBLICATION and entry.act.pk > edition.publication_id
    return later and entry.act.href in tells(edition)


def _changed(entry: Entry) -> Changed:
    before = tone_of(entry.state_before, counted=entry.counted) if entry.state_before else None
    after = tone_of(entry.state_after, counted=entry.counted) if entry.state_after else None
    return Changed(entry, before if before != after else None, after)


def has_report(published: PublishedPlan) -> bool:
    """Whether the year has a report page: its full year was told."""
    return any(period.period == Period.FULL_YEAR for period in published.periods)


def editions_of(plans: tuple[PublishedPlan, ...], moment: datetime.datetime) -> tuple[EditionFile, ...]:
    """Every edition whose document everybody may have, of the reports that have a page; one query."""
    years = {plan.plan.year for plan in plans if has_report(plan)}
    if not years:
        return ()
    marked = Edition.objects.readable(moment).filter(public=True)
    return tuple(
        EditionFile(href, edition.marked_at)
        for edition in marked
        if year_of(edition.publication) in years and (href := _href(edition))
    )


def _href(edition: Edition) -> str:
    """Where everybody may have its document; empty where nobody may."""
    kind = kind_of(edition)
    if not edition.public or kind is None:
        return ""
    return f"/{year_of(edition.publication)}/report/editions/{edition.pk}.{kind}"


def _years(plans: tuple[PublishedPlan, ...], year: int) -> tuple[Link, ...]:
    return tuple(
        Link(f"{plan.plan.year} 年", f"/{plan.plan.year}/report/", plan.plan.year == year)
        for plan in reversed(plans)
        if has_report(plan)
    )
