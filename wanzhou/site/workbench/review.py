"""The review desk: what was submitted for a period, department by department, judged as if it were approved."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count

from indicators.judging.sentences import figure as printed
from indicators.judging.terms import OutcomeState, Verdict
from indicators.models import Cause, QuarterlyActual, Replacement, Ruling
from indicators.models.actuals import Channel
from indicators.scoreboard import Basis, Scoreboard, ScoreRow
from projects.models import StatusUpdate
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.workflow.models import Submission
from wanzhou.kernel.workflow.moves import State
from wanzhou.site.dashboard.tones import Tone, tone_of

from . import places
from .beside import Paper, papers_with, remarks_of
from .keys import entries_of, key_of, read_keys
from .updates import Beside, Photo, beside, texts_of, warnings_of

UPDATES = "updates"
NOBODYS = "未定责任单位"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the lists to look at, with how much waits there."""

    label: str
    href: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One entry to decide on."""

    key: str
    kind: str
    name: str
    ordinal: int | None
    asked: str
    said: str
    unit: str
    earlier: tuple[tuple[str, str], ...]
    tone: Tone | None
    sentence: str
    texts: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    remarks: tuple[str, ...]
    papers: tuple[Paper, ...]
    by: str
    at: datetime.datetime
    own: bool
    href: str
    photos: tuple[Photo, ...] = ()
    quiet: bool = False  # it says what was published last


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one department submitted."""

    department: str
    anchor: str
    lines: tuple[Line, ...]

    @property
    def free(self) -> int:
        """How many of them the reader may decide on."""
        return sum(not line.own for line in self.lines)


@dataclass(frozen=True, slots=True)
class Review:
    """The page."""

    title: str
    choices: tuple[Choice, ...]
    sheets: tuple[Sheet, ...]

    @property
    def count(self) -> int:
        """All entries shown."""
        return sum(len(sheet.lines) for sheet in self.sheets)

    @property
    def quiet(self) -> tuple[str, ...]:
        """The keys of what reports no change, as far as the reader may decide on it."""
        return tuple(line.key for sheet in self.sheets for line in sheet.lines if line.quiet and not line.own)


def review_for(reader: User, asked: str = "", department: str = "") -> Review:
    """What waits for review in the asked-for list (a period's id, or `updates`), else in the newest that has any."""
    counts = _waiting(reader)
    periods = list(ReportingPeriod.objects.filter(pk__in=counts).select_related("plan__rule_set"))
    periods.sort(key=lambda period: (period.plan.year, Period(period.period).position), reverse=True)
    updates = entries_of("update", reader).filter(state=State.SUBMITTED)
    if asked == UPDATES:
        lines = _update_lines(updates.order_by("task__department", "task__order"), reader)
        return Review("项目进展", _choices(periods, counts, len(lines), UPDATES), _sheets(lines, department))
    period = next((each for each in periods if str(each.pk) == asked), periods[0] if periods else None)
    waiting = updates.count()
    if period is None and waiting and not asked:
        return review_for(reader, UPDATES, department)
    found = _lines_of(period, reader) if period else []
    choices = _choices(periods, counts, waiting, str(period.pk) if period else "")
    return Review(str(period) if period else "待审核", choices, _sheets(found, department))


def _waiting(reader: User) -> Counter[int]:
    """How many entries wait for review, by period."""
    counts: Counter[int] = Counter()
    for kind, path in (("figure", "period"), ("cause", "period"), ("ruling", "actual__period")):
        rows = entries_of(kind, reader).filter(state=State.SUBMITTED).order_by()
        counts.update(dict(rows.values_list(path).annotate(Count("id"))))
    return counts


def _choices(
    periods: Iterable[ReportingPeriod], counts: Counter[int], updates: int, current: str
) -> tuple[Choice, ...]:
    listed = [
        Choice(str(period), places.review(period), counts[period.pk], str(period.pk) == current)
        for period in periods
    ]
    if updates or current == UPDATES:
        listed.append(Choice("项目进展", places.review(UPDATES), updates, current == UPDATES))
    return tuple(listed)


def _sheets(lines: list[tuple[Any, Line]], department: str) -> tuple[Sheet, ...]:
    sheets: dict[Any, list[Line]] = defaultdict(list)
    papers = papers_with(read_keys(line.key for _, line in lines))
    for unit, line in lines:
        if not department or str(unit.pk if unit else "") == department:
            sheets[unit].append(replace(line, papers=papers.get(line.key, ())))
    ordered = sorted(sheets.items(), key=lambda pair: (pair[0] is None, pair[0].order if pair[0] else 0))
    return tuple(
        Sheet(str(unit or NOBODYS), f"d{unit.pk if unit else 0}", tuple(found)) for unit, found in ordered
    )


def _lines_of(period: ReportingPeriod, reader: User) -> list[tuple[Any, Line]]:
    """The lines of a period, row after row of the table: figure, ruling, cause."""
    board = Scoreboard.for_period(period, basis=Basis.SUBMITTED)
    submitted = {"state": State.SUBMITTED}
    figures = _by_target(
        entries_of("figure", reader).filter(period=period, **submitted).select_related("replaces")
    )
    rulings = _by_target(entries_of("ruling", reader).filter(actual__period=period, **submitted))
    causes = _by_target(entries_of("cause", reader).filter(period=period, **submitted))
    earlier = _Earlier.gather(period)
    remarks = remarks_of(period, (row.target for row in board.rows))
    lines = []
    for row in board.rows:
        key = row.target.pk
        found = [
            *(
                replace(_figure_line(entry, row, earlier, reader), remarks=remarks[key])
                for entry in figures.get(key, ())
            ),
            *(_ruling_line(entry, row, reader) for entry in rulings.get(key, ())),
            *(_cause_line(entry, row, reader) for entry in causes.get(key, ())),
        ]
        lines += [(row.target.department, line) for line in found]
    return lines


def _by_target(entries: Iterable[Any]) -> dict[int, list[Any]]:
    kept: dict[int, list[Any]] = defaultdict(list)
    for entry in entries:
        target = entry.actual.target_id if isinstance(entry, Ruling) else entry.target_id
        kept[target].append(entry)
    return kept


@dataclass(frozen=True, slots=True)
class _Earlier:
    """This year's other periods by target, and last year's same period by indicator."""

    this_year: dict[int, list[QuarterlyActual]]
    last_year: dict[int, QuarterlyActual]

    @classmethod
    def gather(cls, period: ReportingPeriod) -> _Earlier:
        this_year: dict[int, list[QuarterlyActual]] = defaultdict(list)
        plan = period.plan
        known = QuarterlyActual.objects.published().select_related("period", "target")
        for actual in known.filter(target__plan=plan).exclude(period=period).order_by("id"):
            this_year[actual.target_id].append(actual)
        before = known.filter(target__plan__last_year=plan.year - 1, period__period=period.period)
        return cls(this_year, {actual.target.indicator_id: actual for actual in before})

    def of(self, row: ScoreRow) -> Iterator[tuple[str, str]]:
        """Label and figure, in the order of time."""
        last = self.last_year.get(row.target.indicator_id)
        if last is not None and not row.target.series_break:
            yield "上年同期", said_of(last)
        for actual in sorted(self.this_year[row.target.pk], key=lambda a: Period(a.period.period).position):
            yield Period(actual.period.period).label, said_of(actual)


def said_of(actual: QuarterlyActual) -> str:
    """A figure as it is printed: 0 is a figure, a state is a word."""
    if actual.value is not None:
        return printed(actual.value)
    return actual.wording or OutcomeState(actual.outcome_state).label


def _figure_line(actual: QuarterlyActual, row: ScoreRow, earlier: _Earlier, reader: User) -> Line:
    state = row.verdict or row.assessment.pace
    return _line(
        actual,
        reader,
        kind="完成情况",
        name=row.target.name,
        ordinal=row.target.ordinal,
        asked=row.in_force.wording or "",
        said=said_of(actual),
        unit=row.target.unit if actual.value is not None else "",
        earlier=tuple(earlier.of(row)),
        tone=tone_of(str(state), counted=row.counted) if state else None,
        sentence=row.assessment.reason,
        texts=(("备注", actual.note),) if actual.note else (),
        warnings=tuple(_warnings(actual, row)),
    )


def _warnings(actual: QuarterlyActual, row: ScoreRow) -> Iterator[str]:
    """What a reviewer should look at twice."""
    if row.lacks_explanation:
        yield "滞后，尚缺原因或下一步措施"
    if row.lacks_cause:
        yield "未完成，尚缺原因说明"
    if row.verdict is Verdict.REVIEW and row.ruling is None:
        yield "待认定：审核之后还须人工认定"
    if actual.outcome_state == OutcomeState.ESTIMATED:
        yield "预计数"
    if actual.replaces is not None:
        because = Replacement(actual.replaced_because).label
        yield f"替换已发布的 {said_of(actual.replaces)}（{because}）"
    if actual.provider:
        channel = Channel(actual.channel).label
        yield f"代填：{actual.provider}经{channel}提供"


def _ruling_line(ruling: Ruling, row: ScoreRow, reader: User) -> Line:
    return _line(
        ruling,
        reader,
        kind="人工认定",
        name=row.target.name,
        ordinal=row.target.ordinal,
        asked=ruling.wording,
        said=Verdict(ruling.verdict).label,
        tone=tone_of(ruling.verdict, counted=row.counted),
        sentence=row.assessment.reason,
        texts=(("理由", ruling.reason),),
    )


def _cause_line(cause: Cause, row: ScoreRow, reader: User) -> Line:
    forecast = f"{printed(cause.forecast)}{row.target.unit}" if cause.forecast is not None else ""
    texts = (("原因", cause.text), ("下一步措施", cause.measures), ("全年预计（不公开）", forecast))
    return _line(
        cause,
        reader,
        kind="原因说明",
        name=row.target.name,
        ordinal=row.target.ordinal,
        texts=tuple(pair for pair in texts if pair[1]),
        warnings=() if cause.measures else ("没有写下一步措施",),
    )


def _update_lines(rows: Iterable[StatusUpdate], reader: User) -> list[tuple[Any, Line]]:
    updates = list(rows)
    around = beside(updates)
    return [(update.task.department, _update_line(update, around[update.pk], reader)) for update in updates]


def _update_line(update: StatusUpdate, around: Beside, reader: User) -> Line:
    unchanged = update.repeats_id is not None
    return _line(
        update,
        reader,
        kind="没有变化" if unchanged else "进展更新",
        name=update.task.name,
        asked=update.task.get_planned_stage_display(),
        earlier=(("上次", around.last),) if around.last else (),
        said=update.get_reached_stage_display(),
        texts=tuple(pair for pair in texts_of(update) if pair[1]),
        warnings=tuple(warnings_of(update, around)),
        photos=around.photos,
        quiet=unchanged,
    )


def _line(entry: Submission, reader: User, **shown: Any) -> Line:
    blank: dict[str, Any] = {
        "ordinal": None, "asked": "", "said": "", "unit": "", "earlier": (), "tone": None, "sentence": "",
        "texts": (), "warnings": (), "remarks": (), "papers": (),
    }  # fmt: skip
    return Line(
        key=str(key_of(entry)),
        by=str(entry.submitted_by),
        at=entry.submitted_at or entry.entered_at,
        own=reader.pk in (entry.entered_by_id, entry.submitted_by_id),
        href=places.row_of(entry),
        **(blank | shown),
    )
