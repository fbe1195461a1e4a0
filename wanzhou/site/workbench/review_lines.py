"""What was submitted, line by line: a figure, a ruling, a cause, an update, each with what a reviewer should see."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from indicators.judging.sentences import figure as printed
from indicators.judging.terms import OutcomeState, Verdict
from indicators.models import Cause, QuarterlyActual, Replacement, Ruling
from indicators.models.actuals import Channel
from indicators.scoreboard import ScoreRow
from projects.models import StatusUpdate
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.workflow.models import Submission
from wanzhou.site.dashboard.tones import Tone, tone_of

from . import places
from .beside import Paper
from .figures import said_of
from .keys import key_of
from .updates import Beside, Photo, beside, texts_of, warnings_of


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
class Earlier:
    """This year's other periods by target, and last year's same period by indicator."""

    this_year: dict[int, list[QuarterlyActual]]
    last_year: dict[int, QuarterlyActual]

    @classmethod
    def gather(cls, period: ReportingPeriod) -> Earlier:
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


def figure_line(actual: QuarterlyActual, row: ScoreRow, earlier: Earlier, reader: User) -> Line:
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


def ruling_line(ruling: Ruling, row: ScoreRow, reader: User) -> Line:
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


def cause_line(cause: Cause, row: ScoreRow, reader: User) -> Line:
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


def update_lines(rows: Iterable[StatusUpdate], reader: User) -> list[tuple[Any, Line]]:
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
