"""The review desk: what was submitted for a period, department by department, judged as if it were approved."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count

from indicators.models import Ruling
from indicators.scoreboard import Basis, Scoreboard
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.workflow.moves import State

from . import places
from .beside import papers_with, remarks_of
from .keys import entries_of, read_keys
from .review_lines import Earlier, Line, cause_line, figure_line, ruling_line, update_lines

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
        lines = update_lines(updates.order_by("task__department", "task__order"), reader)
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
    earlier = Earlier.gather(period)
    remarks = remarks_of(period, (row.target for row in board.rows))
    lines = []
    for row in board.rows:
        key = row.target.pk
        found = [
            *(
                replace(figure_line(entry, row, earlier, reader), remarks=remarks[key])
                for entry in figures.get(key, ())
            ),
            *(ruling_line(entry, row, reader) for entry in rulings.get(key, ())),
            *(cause_line(entry, row, reader) for entry in causes.get(key, ())),
        ]
        lines += [(row.target.department, line) for line in found]
    return lines


def _by_target(entries: Iterable[Any]) -> dict[int, list[Any]]:
    kept: dict[int, list[Any]] = defaultdict(list)
    for entry in entries:
        target = entry.actual.target_id if isinstance(entry, Ruling) else entry.target_id
        kept[target].append(entry)
    return kept
