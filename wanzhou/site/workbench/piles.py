"""The piles of the day: what waits for whom, each sheet of it a link to the exact place."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse

from indicators.judging.terms import Verdict
from indicators.models import Cause, CityRequest, PublishedRow, QuarterlyActual, Ruling
from indicators.scoreboard import Basis, Scoreboard, ScoreRow
from projects.models import StatusUpdate
from wanzhou.kernel.accounts.desks import of_own_department
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.workflow.models import Submission
from wanzhou.kernel.workflow.moves import State

from . import places
from .keys import KINDS, entries_of
from .progress import Asked

LONGEST = 12


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing to do, and where; without an address the reader may only know of it."""

    what: str
    href: str = ""
    note: str = ""
    late: bool = False
    weight: int = 1  # how many entries it stands for


@dataclass(frozen=True, slots=True)
class Pile:
    """Errands of one kind."""

    key: str
    title: str
    style: str
    errands: tuple[Errand, ...]
    nothing: str

    @property
    def count(self) -> int:
        """How many entries lie here."""
        return sum(errand.weight for errand in self.errands)

    @property
    def first(self) -> tuple[Errand, ...]:
        """As many as are shown at once."""
        return self.errands[:LONGEST]

    @property
    def rest(self) -> tuple[Errand, ...]:
        """The others, folded away."""
        return self.errands[LONGEST:]


def due(asked: Iterable[Asked], today: datetime.date, reader: User) -> Iterator[Pile]:
    """What the reader's department has to enter: overdue apart from what is due."""
    writes = reader.has_perm("indicators.add_quarterlyactual")
    missing = [each for each in asked if each.is_missing and not each.is_returned]
    late = [_to_enter(each, writes, late=True) for each in missing if each.is_late(today)]
    rest = [_to_enter(each, writes) for each in missing if not each.is_late(today)]
    yield Pile("overdue", "已逾期", "is-late", tuple(late), "没有逾期的数据。")
    yield Pile("due", "待填报", "is-none", tuple(rest), "没有待填报的数据。")


def _to_enter(asked: Asked, writes: bool, *, late: bool = False) -> Errand:
    until = f"截止 {asked.period.due_on:%Y-%m-%d}" if asked.period.due_on else "未定截止日期"
    draft = "，已存草稿" if asked.entry is not None else ""
    place = places.figure(asked.target.pk, asked.period) if writes else ""
    return Errand(asked.target.name, place, f"{asked.period}，{until}{draft}", late)


def returned(reader: User) -> Pile:
    """What was sent back, with the note; one query for each kind of entry."""
    errands = [
        Errand(str(entry), _to_mend(entry, reader), f"{entry.returned_by}：{entry.returned_note}", late=True)
        for kind, (model, _) in KINDS.items()
        if reader.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")
        for entry in entries_of(kind, reader).filter(state=State.RETURNED).order_by("-returned_at")
    ]
    return Pile("returned", "被退回", "is-late", tuple(errands), "没有被退回的内容。")


def _to_mend(entry: Submission, reader: User) -> str:
    """A figure and its cause are mended in the grid, an update where it was written, anything else on its page."""
    if isinstance(entry, StatusUpdate) and reader.has_perm("projects.add_statusupdate"):
        return places.update(entry.task.plan.year, entry.task_id)
    replaces = isinstance(entry, QuarterlyActual) and entry.replaces_id is not None
    if not isinstance(entry, QuarterlyActual | Cause) or replaces:
        return places.row_of(entry)
    enters = reader.has_perm("indicators.add_quarterlyactual")
    return places.figure(entry.target_id, entry.period) if enters else places.row_of(entry)


def waiting(reader: User, *, decides: bool, publishes: bool) -> Iterator[Pile]:
    """What waits for review, by period and department, and what is approved; two queries for each kind of entry."""
    submitted: dict[tuple[Any, ...], int] = {}
    approved: dict[Any, int] = {}
    for kind, (_, path) in KINDS.items():
        period = {"ruling": "actual__period", "update": None}.get(kind, "period")
        rows = entries_of(kind, reader).select_related(None).order_by()
        columns = [name for name in (period, path, f"{path}__name", "state") if name]
        counted = rows.filter(state__in=[State.SUBMITTED, State.APPROVED]).values_list(*columns)
        for *about, unit, name, state, count in counted.annotate(Count("id")):
            key = about[0] if about else None
            if state == State.APPROVED:
                approved[key] = approved.get(key, 0) + count
            else:
                submitted[key, unit, name] = submitted.get((key, unit, name), 0) + count
    periods = ReportingPeriod.objects.select_related("plan").in_bulk(
        {key for key, *_ in submitted if key} | {key for key in approved if key}
    )
    yield Pile(
        "submitted", "待审核", "is-wait", tuple(_to_review(submitted, periods, decides)), "没有待审核的内容。"
    )
    yield Pile(
        "approved",
        "已审核，待发布",
        "is-pace",
        tuple(_to_publish(approved, periods, publishes)),
        "没有待发布的内容。",
    )


def _to_review(
    submitted: dict[tuple[Any, ...], int], periods: dict[int, ReportingPeriod], decides: bool
) -> Iterator[Errand]:
    for (key, unit, name), count in submitted.items():
        period = periods.get(key)
        place = places.review(period or "updates", unit) if decides else ""
        yield Errand(f"{name or '未定责任单位'} {count} 条", place, str(period or "项目进展"), weight=count)


def _to_publish(
    approved: dict[Any, int], periods: dict[int, ReportingPeriod], publishes: bool
) -> Iterator[Errand]:
    for key, count in approved.items():
        period = periods.get(key)
        if period is None:
            place = reverse("workbench:publish") if publishes else ""
            yield Errand(f"项目进展 {count} 条", place, "随所属年份任何一期的发布公开", weight=count)
        else:
            place = places.publish(period.plan, period) if publishes else ""
            yield Errand(f"{period} {count} 条", place, weight=count)


def city(reader: User, today: datetime.date) -> Pile:
    """The figures that only the city can give; two queries."""
    requests = (
        of_own_department(CityRequest.objects.waiting(), "target__department", reader)
        .select_related("target__plan", "period__plan")
        .prefetch_related("chases")
        .order_by("expected", "target__order")
    )
    may = reader.has_perm("indicators.view_cityrequest")
    errands = tuple(
        Errand(
            f"{request.target.name}",
            places.city_line(request.target_id, request.period_id) if may else "",
            "，".join(_city_note(request)),
            late=request.expected is not None and request.expected < today,
        )
        for request in requests
    )
    return Pile("city", "待市级反馈", "is-wait", errands, "没有等待市级的数据。")


def _city_note(request: CityRequest) -> Iterator[str]:
    yield str(request.period)
    yield request.bureau or "市级部门未载"
    yield f"{request.since:%Y-%m-%d}起" if request.since else "起始日期未载"
    if request.expected:
        yield f"预计 {request.expected:%Y-%m-%d}"
    chases = len(request.chases.all())
    yield f"已催办 {chases} 次" if chases else "尚未催办"


def judged(reader: User, period: ReportingPeriod | None) -> Iterator[Pile]:
    """What a person must rule upon, and what lacks its cause: in the period shown, and in what is published."""
    board = Scoreboard.for_period(period, basis=Basis.SUBMITTED).rows if period else ()
    own = [row for row in board if _is_own(row, reader)]
    yield _to_rule(own, period, reader)
    yield _to_explain(own, period, reader)


def _is_own(row: ScoreRow, reader: User) -> bool:
    return reader.has_perm("indicators.view_every_department") or (
        reader.department_id is not None and row.target.department_id == reader.department_id
    )


def _to_rule(board: Iterable[ScoreRow], period: ReportingPeriod | None, reader: User) -> Pile:
    """Three queries: what is published in review, what is under way, and nothing more."""
    rules = reader.has_perm("indicators.add_ruling")
    open_rows = [row for row in board if row.verdict is Verdict.REVIEW and row.ruling is None]
    found = {row.actual.pk: (row.target.name, str(period)) for row in open_rows if row.actual}
    of_each = ("target_id", "publication__period_id")
    newest = PublishedRow.objects.order_by(*of_each, "-publication_id").distinct(*of_each)
    told = PublishedRow.objects.filter(
        pk__in=newest.values("pk"), verdict=Verdict.REVIEW, actual__isnull=False
    )
    for row in of_own_department(told, "target__department", reader).select_related(
        "publication__period__plan"
    ):
        found[row.actual_id] = (row.name, f"{row.publication.period}，已发布")
    under_way = set(Ruling.objects.exclude(state=State.PUBLISHED).values_list("actual", flat=True))
    errands = tuple(
        Errand(name, places.ruling(key) if rules else "", when)
        for key, (name, when) in found.items()
        if key not in under_way
    )
    return Pile("review", "待认定", "is-ask", errands, "没有待认定的数据。")


def _to_explain(rows: Iterable[ScoreRow], period: ReportingPeriod | None, reader: User) -> Pile:
    writes = reader.has_perm("indicators.add_cause")
    lacking = [row for row in rows if period and (row.lacks_cause or _behind(row, period))]
    errands = tuple(
        Errand(
            row.target.name,
            places.cause(row.target.pk, period.pk) if writes and period else "",
            f"{period}，{_why(row)}",
        )
        for row in lacking
    )
    return Pile("cause", "缺原因说明", "is-miss", errands, "没有缺原因说明的指标。")


def _behind(row: ScoreRow, period: ReportingPeriod) -> bool:
    return period.is_owed and row.lacks_explanation


def _why(row: ScoreRow) -> str:
    return "未完成" if row.lacks_cause else "滞后，须写原因和下一步措施"
