"""The overview of a plan year: one frozen object per page, filled from publications and nothing else."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone

from indicators.judging.tallies import pace_tally, tally
from indicators.judging.terms import Pace, Verdict
from indicators.listing import listed_rows
from indicators.models import PublishedRow
from projects.listing import listed_tasks
from wanzhou.kernel.pages.pages import Link, SourceLine
from wanzhou.kernel.pages.templating import day
from wanzhou.kernel.pages.twins import FORMS
from wanzhou.kernel.plans.models import Origin
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.plans.shown import PublishedPlan, Shown
from wanzhou.site.charts.tiles import Strip, strip_of

from .boxes import Boxes, boxes_of
from .exceptions import Exceptions, exceptions_of
from .headline import Headline, finished, planned, running
from .notes import notes_of, sources_of
from .prose.links import prose_links
from .report import has_report
from .rows import Row, row_of
from .tones import TONES


@dataclass(frozen=True, slots=True)
class Words:
    """How the page speaks: by the year's end, on the way, or of the plan alone."""

    kick: str
    short: str
    table: str
    gap: str
    state: str


FINISHED = Words("执行情况", "未完成", "完成情况", "与目标比", "结论")
RUNNING = Words("年中进度", "滞后", "序时进度", "与序时比", "年中状态")
PLANNED = Words("年度目标", "", "年度目标", "与目标比", "状态")


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the overview page shows."""

    year: int
    period: Period | None
    words: Words
    canonical: str
    years: tuple[Link, ...]
    periods: tuple[Link, ...]
    from_public_sources: bool
    headline: Headline
    strip: Strip[Row]
    numbered: int
    rows: tuple[Row, ...]
    exceptions: Exceptions
    notes: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    published_on: str
    boxes: Boxes | None
    comparison: str
    report: str
    prose: tuple[Link, ...]

    @property
    def running(self) -> bool:
        """Whether the year is under way: pace instead of verdicts."""
        return self.period is not None and self.period is not Period.FULL_YEAR

    @property
    def outcome_head(self) -> str:
        """The head of the outcome's column: the period on the way, 完成情况 at the end."""
        return self.period.label if self.period and self.running else "完成情况"

    @property
    def cumulative(self) -> bool:
        """Whether some row is measured against what it should have reached by now."""
        return any(row.bullet and row.bullet.expected for row in self.rows)

    @property
    def list_href(self) -> str:
        """The same table, to be filtered and sorted."""
        return f"/{self.year}/indicators/{self.asked}"

    @property
    def asked(self) -> str:
        """The query that asks for this very period."""
        return f"?period={self.period}" if self.period else ""

    @property
    def twins(self) -> tuple[Link, ...]:
        """The page's tables as files."""
        start = f"/{self.year}"
        table = tuple(
            Link(f"指标 {form.upper()}", f"{start}/indicators.{form}{self.asked}") for form in FORMS
        )
        tasks = tuple(Link(f"项目 {form.upper()}", f"{start}/projects.{form}") for form in FORMS)
        return (*table, *(tasks if self.boxes else ()))


def overview_of(
    shown: Shown, plans: tuple[PublishedPlan, ...], moment: datetime.datetime | None = None
) -> Overview:
    """The overview of a plan at a period; `plans` are all published ones, for the switch. Three queries."""
    published = listed_rows(shown.plan, shown.period, as_of=moment)
    rows = tuple(row_of(row) for row in published)
    words = words_of(shown.term)
    return Overview(
        year=shown.year,
        period=shown.term,
        words=words,
        canonical=_address(shown, plans),
        years=tuple(_year_choice(plan, shown) for plan in reversed(plans)),
        periods=period_choices(shown, plans, f"/{shown.year}/"),
        from_public_sources=bool(shown.period and shown.period.origin == Origin.PUBLIC_SOURCES),
        headline=_headline(shown, rows),
        strip=strip_of(rows, TONES),
        numbered=sum(row.counted for row in rows),
        rows=rows,
        exceptions=exceptions_of(published, rows),
        notes=notes_of(published),
        sources=sources_of(published),
        published_on=newest(published),
        boxes=boxes_of(listed_tasks(shown.plan, as_of=moment), _later(shown, plans)),
        comparison=_comparison(shown, plans),
        report=_report(shown, plans),
        prose=prose_links(shown.plan, moment or timezone.now()),
    )


def _headline(shown: Shown, rows: tuple[Row, ...]) -> Headline:
    if shown.term is None:
        counted = [row for row in rows if row.counted]
        return planned(shown.year, len(counted), sum(row.binding for row in counted))
    if shown.term is Period.FULL_YEAR:
        return finished(tally((row.counted, Verdict(row.state)) for row in rows))
    return running(pace_tally((row.counted, Pace(row.state)) for row in rows), shown.term)


def _later(shown: Shown, plans: tuple[PublishedPlan, ...]) -> frozenset[int]:
    """The ids of the plan's periods after the one shown."""
    known = shown.term.position if shown.term else 0
    periods = next(plan.periods for plan in plans if plan.plan == shown.plan)
    return frozenset(each.pk for each in periods if Period(each.period).position > known)


def words_of(period: Period | None) -> Words:
    """How a page of this period speaks."""
    if period is None:
        return PLANNED
    return FINISHED if period is Period.FULL_YEAR else RUNNING


def newest(published: list[PublishedRow]) -> str:
    """The day, in the district's time, of the newest publication shown."""
    moments = [row.publication.at for row in published]
    return day(max(moments)) if moments else ""


def _address(shown: Shown, plans: tuple[PublishedPlan, ...]) -> str:
    """The permanent address; a period other than the plan's newest is asked for by name."""
    newest = next(plan.newest for plan in plans if plan.plan == shown.plan)
    query = f"?period={shown.term}" if shown.term and shown.period != newest.period else ""
    return f"/{shown.year}/{query}"


def _comparison(shown: Shown, plans: tuple[PublishedPlan, ...]) -> str:
    """Where the plan is compared with the year before; empty where that year's is not published."""
    before = shown.year - 1
    known = any(published.plan.year == before for published in plans)
    return f"/compare/{before}/{shown.year}/" if known else ""


def _report(shown: Shown, plans: tuple[PublishedPlan, ...]) -> str:
    """Where the year's report stands; empty while its full year is not published."""
    told = any(published.plan == shown.plan and has_report(published) for published in plans)
    return f"/{shown.year}/report/" if told else ""


def _year_choice(published: PublishedPlan, shown: Shown) -> Link:
    newest = published.newest
    label = f"{newest.year} 年（{newest.term.label if newest.term else '计划'}）"
    return Link(label, f"/{newest.year}/", published.plan == shown.plan)


def period_choices(shown: Shown, plans: tuple[PublishedPlan, ...], place: str) -> tuple[Link, ...]:
    """The published periods of the shown plan as links below `place`, where there is a choice."""
    periods = next(plan.periods for plan in plans if plan.plan == shown.plan)
    if len(periods) < 2:
        return ()
    return tuple(
        Link(
            Period(period.period).label,
            place if period == periods[-1] else f"{place}?period={period.period}",
            period == shown.period,
        )
        for period in periods
    )
