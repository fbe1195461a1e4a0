"""Before it is published: what the public page says now, and what it would say, row by row.

Both sides are the public page's own object. The second is built inside the act of publication itself, which is then
taken back; so the preview cannot say anything else than publishing does.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from indicators.models import PublishedRow, Replacement
from projects.models import PublishedTask
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.numerals import plain
from wanzhou.kernel.plans.models import Plan, PlanKind, ReportingPeriod
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.plans.shown import Shown, published_plans
from wanzhou.kernel.workflow.models import Submission
from wanzhou.kernel.workflow.moves import State
from wanzhou.site.dashboard.overview import Overview, overview_of
from wanzhou.site.dashboard.rows import Row
from wanzhou.site.dashboard.tones import TONES, Tone
from wanzhou.site.links.models import PublishedContribution
from wanzhou.site.reports.publishing import Act, propose

from . import places
from .keys import entries_of

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that reads otherwise; `tones` are set where it is the verdict or pace."""

    label: str
    before: str
    after: str
    tones: tuple[Tone | None, Tone] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the public page that is new or reads otherwise."""

    name: str
    ordinal: int | None
    new: bool
    because: str
    tone: Tone | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows stand in a state, before and after."""

    tone: Tone
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Preview:
    """The page: what publishing would change, and what stands against it."""

    title: str
    address: str
    digest: str
    changes: tuple[Change, ...]
    unchanged: int
    tasks: tuple[Change, ...]
    contributions: tuple[PublishedContribution, ...]
    prose: tuple[int, int]
    counts: tuple[Count, ...]
    headline_before: str
    headline: str
    lede: str
    problems: tuple[str, ...]
    entries: tuple[Submission, ...]
    empty: bool


def preview_for(
    plan: Plan,
    period: ReportingPeriod | None,
    reader: User,
    not_before: datetime.datetime | None = None,
) -> Preview:
    """What publishing now would do; raises MoveRefused when the person may not publish."""
    before = _page(plan, period)

    def look(act: Act) -> Preview:
        # What waits for its moment is looked at as of that moment.
        after = _page(plan, period, not_before or timezone.now())
        return _preview(plan, period, before, after, act)

    return propose(plan=plan, period=period, by=reader, look=look, not_before=not_before)


def _page(
    plan: Plan, period: ReportingPeriod | None, moment: datetime.datetime | None = None
) -> Overview | None:
    """The public page at the moment (or now); None while it shows nothing of this plan or period."""
    plans = published_plans(moment or timezone.now())
    public = next((each for each in plans if each.plan == plan), None)
    if public is None or (period is not None and period not in public.periods):
        return None
    return overview_of(Shown(plan, period), plans, moment or timezone.now())


def _preview(
    plan: Plan, period: ReportingPeriod | None, before: Overview | None, after: Overview | None, act: Act
) -> Preview:
    changes = tuple(_changes(before, after, act)) if after else ()
    return Preview(
        title=str(period) if period else f"{plan.year}年计划本身",
        address=places.publish(plan, period),
        digest=act.digest,
        changes=changes,
        unchanged=len(after.rows) - len(changes) if after else 0,
        tasks=tuple(_task_changes(act)),
        contributions=act.contributions,
        prose=(len(act.prose.targets), len(act.prose.facts)),
        counts=_counts(before, after),
        headline_before="".join(before.headline.phrases) if before else "",
        headline="".join(after.headline.phrases) if after else "",
        lede=after.headline.lede if after else "",
        problems=act.problems,
        entries=act.entries,
        empty=act.is_empty,
    )


def _changes(before: Overview | None, after: Overview, act: Act) -> Iterator[Change]:
    """Every row that the act touches, in table order."""
    shown = {row.code: row for row in before.rows} if before else {}
    told = {row.code: row for row in act.rows}
    known = {row.code: row for row in act.replaced.values()}
    for row in after.rows:
        if row.code in told:
            published = told[row.code]
            old = shown.get(row.code)
            yield Change(
                name=row.name,
                ordinal=row.ordinal,
                new=old is None,
                because=_because(published, known.get(row.code)),
                tone=row.tone,
                differences=tuple(
                    _differences(old, row, known.get(row.code), published) if old else _told(row, published)
                ),
            )


def _because(published: PublishedRow, known: PublishedRow | None) -> str:
    """Why a published figure gives way to another."""
    replaced = published.replaced_because and (known is None or known.actual_id != published.actual_id)
    return Replacement(published.replaced_because).label if replaced else ""


def _differences(
    old: Row | None, row: Row, known: PublishedRow | None, published: PublishedRow
) -> Iterator[Difference]:
    """The cells that read otherwise, as the page and the indicator's own page show them."""
    was, now = dict(_cells(old, known)), dict(_cells(row, published))
    for label, after in now.items():
        before = was.get(label, "")
        if before != after:
            tones = (old.tone if old else None, row.tone) if label == "结论" else None
            yield Difference(label, before or NOTHING, after or NOTHING, tones)


def _told(row: Row, published: PublishedRow) -> Iterator[Difference]:
    """What a row says that the public has not seen before; its headings they know."""
    for label, said in _cells(row, published):
        if said and said != NOTHING and label not in {"结论", "来源", "责任单位"}:
            yield Difference(label, "", said)


def _cells(row: Row | None, published: PublishedRow | None) -> Iterator[tuple[str, str]]:
    if row is not None:
        yield "目标", row.target_words
        yield "完成情况", row.outcome.printed
        yield "另一口径", row.basis
        yield "结论", row.tone.word
        yield "与目标之差", row.gap
        yield "判定说明", row.sentence
        yield "认定理由", row.ruling_reason
        yield "来源", row.source
        yield "责任单位", row.department
    if published is not None:
        yield "原因", published.cause
        yield "下一步措施", published.measures
        yield "等待市级", _waiting(published.waiting)
        yield "参考数据", "；".join(_references(published.references))
        yield "目标调整", published.adjustment


def _waiting(waiting: dict[str, Any] | None) -> str:
    if waiting is None:
        return ""
    said = (
        waiting["bureau"] or "部门报告未载",
        f"{waiting['since']}起" if waiting["since"] else "",
        f"预计{waiting['expected']}" if waiting["expected"] else "",
        f"已催办{len(waiting['chases'])}次" if waiting["chases"] else "",
    )
    return "，".join(filter(None, said))


def _references(references: Iterable[dict[str, Any]]) -> Iterator[str]:
    for figure in references:
        rank = f"第{figure['rank']}位" if figure["rank"] else ""
        yield f"{figure['region']} {figure['value'] or figure['wording'] or rank}"


def _task_changes(act: Act) -> Iterator[Change]:
    """Every task that the act touches, with what the public was told of it before; one query."""
    told = PublishedTask.objects.filter(task__in=[task.task_id for task in act.tasks])
    newest = (
        told.exclude(publication=act.publication).order_by("task_id", "-publication_id").distinct("task_id")
    )
    before = {task.task_id: task for task in newest}
    return (_task_change(task, before.get(task.task_id)) for task in act.tasks)


def _task_change(task: PublishedTask, before: PublishedTask | None) -> Change:
    was = {} if before is None else dict(_task_cells(before))
    return Change(
        name=task.name,
        ordinal=None,
        new=before is None,
        because="",
        tone=None,
        differences=tuple(
            Difference(label, was.get(label, "") or NOTHING, said or NOTHING)
            for label, said in _task_cells(task)
            if said != was.get(label, "")
        ),
    )


def _task_cells(task: PublishedTask) -> Iterator[tuple[str, str]]:
    yield "计划阶段", task.get_planned_stage_display() if task.planned_stage else ""
    yield "已达阶段", task.get_reached_stage_display() if task.reached_stage else ""
    yield "截至", f"{task.as_of:%Y-%m-%d}" if task.as_of else ""
    yield "完成比例", f"{plain(task.percent)}%" if task.percent is not None else ""
    yield "形象进度", task.progress
    yield "公开的材料", "、".join(one["name"] for one in task.documents)


def _counts(before: Overview | None, after: Overview | None) -> tuple[Count, ...]:
    """The numbered rows by state, as the strip of tiles groups them."""
    was, now = _tally(before), _tally(after)
    return tuple(
        Count(tone, was[state], now[state]) for state, tone in TONES.items() if was[state] or now[state]
    )


def _tally(page: Overview | None) -> Counter[str]:
    return Counter(row.state for row in page.rows if row.counted and row.state) if page else Counter()


@dataclass(frozen=True, slots=True)
class Ready:
    """A plan and period, with what is approved there and not yet published."""

    label: str
    href: str
    approved: int
    submitted: int


def ready_to_publish(reader: User) -> tuple[Ready, ...]:
    """Every annual plan and period that could be published, newest first; a fixed number of queries."""
    counts: Counter[tuple[int, str]] = Counter()
    for kind, path in (("figure", "period"), ("cause", "period"), ("ruling", "actual__period")):
        rows = entries_of(kind, reader).filter(state__in=[State.APPROVED, State.SUBMITTED]).order_by()
        for period_id, state in rows.values_list(path, "state"):
            counts[period_id, state] += 1
    periods = ReportingPeriod.objects.filter(plan__kind=PlanKind.ANNUAL).select_related("plan")
    ordered = sorted(periods, key=lambda p: (p.plan.year, Period(p.period).position), reverse=True)
    of_periods = tuple(
        Ready(
            str(period),
            places.publish(period.plan, period),
            counts[period.pk, State.APPROVED],
            counts[period.pk, State.SUBMITTED],
        )
        for period in ordered
    )
    plans = Plan.objects.filter(kind=PlanKind.ANNUAL)
    return (
        *of_periods,
        *(Ready(f"{plan.year}年计划本身", places.publish(plan, None), 0, 0) for plan in plans),
    )
