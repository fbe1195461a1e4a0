"""The city log: what the commission waits for, whom it chased, and the annex of its letter to the city."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from indicators.models import AnnualTarget, Chase, CityRequest
from indicators.waiting.log import LogLine, Standing, line_of, waiting_lines
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.workflow.actions import MoveRefused

from . import places
from .annexes import AnnexRow

READS = "indicators.view_cityrequest"
ASKS = "indicators.add_cityrequest"
AMENDS = "indicators.change_cityrequest"
CHASES = "indicators.add_chase"
UNNAMED = "none"  # of the bureau that nobody has written down


@dataclass(frozen=True, slots=True)
class Line:
    """One awaited figure as the list shows it."""

    log: LogLine
    href: str
    days: int | None
    late: bool

    @property
    def is_open(self) -> bool:
        """Whether there is still something to chase."""
        return self.log.standing is Standing.OPEN


@dataclass(frozen=True, slots=True)
class Bureau:
    """A city bureau with how many figures it owes, as a choice."""

    key: str
    name: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class CityLog:
    """The list: lines of all bureaus, or of one."""

    lines: tuple[Line, ...]
    bureaus: tuple[Bureau, ...]
    bureau: str
    all_count: int

    @property
    def annex(self) -> tuple[AnnexRow, ...]:
        """What a letter to the city asks for: the figures not yet answered, numbered from 1."""
        asked = [line for line in self.lines if line.is_open]
        return tuple(_annex_row(number, line) for number, line in enumerate(asked, 1))


def city_log(reader: User, bureau: str = "", today: datetime.date | None = None) -> CityLog:
    """The log as the reader may see it; a bureau that is not in it shows all."""
    day = today or timezone.localdate()
    found = waiting_lines(reader)
    named = {_key(line): line.bureau or "市级部门未载" for line in found}
    chosen = bureau if bureau in named else ""
    counts = [(key, name, sum(_key(line) == key for line in found)) for key, name in named.items()]
    return CityLog(
        lines=tuple(_line(line, day) for line in found if not chosen or _key(line) == chosen),
        bureaus=tuple(Bureau(*each, current=each[0] == chosen) for each in counts),
        bureau=chosen,
        all_count=len(found),
    )


def log_line(target: AnnualTarget, period: ReportingPeriod, reader: User) -> Line:
    """One row of the log."""
    return _line(line_of(target, period, reader), timezone.localdate())


def _line(line: LogLine, day: datetime.date) -> Line:
    href = places.city_line(line.target.pk, line.period.pk)
    return Line(line, href, line.days(day), line.is_late(day))


def _key(line: LogLine) -> str:
    return line.bureau or UNNAMED


def _annex_row(number: int, line: Line) -> AnnexRow:
    log = line.log
    newest = log.chases[-1] if log.chases else None
    return AnnexRow(
        number=number,
        name=log.target.name,
        unit=log.target.unit,
        period=str(log.period),
        bureau=log.bureau,
        purpose=log.purpose,
        since=log.since,
        expected=log.expected,
        chased=f"{len(log.chases)}次，最近{newest.on:%Y-%m-%d}" if newest else "",
        department=str(log.target.department or ""),
    )


@transaction.atomic
def chase(keys: Sequence[str], *, on: datetime.date, channel: str, note: str, by: User) -> int:
    """Write down one reminder for each of the chosen lines, opening a request where there is none.

    Returns how many were chased. Raises MoveRefused where nothing was chosen, where one of them is no longer waited
    for, and where the person may not.
    """
    if not by.has_perms([CHASES, ASKS]):
        raise MoveRefused(f"{by}没有登记催办的权限。")
    lines = {line.key: line for line in waiting_lines(by)}
    chosen = [lines[key] for key in dict.fromkeys(keys) if key in lines]
    if not chosen or len(chosen) < len(set(keys)):
        raise MoveRefused(
            "选中的数据有的已不在等待，请看过新的清单再登记。" if keys else "没有选中任何一条。"
        )
    answered = [line for line in chosen if line.standing is not Standing.OPEN]
    if answered:
        raise MoveRefused(*(f"“{line.target}”{line.standing.label}，不用再催办。" for line in answered))
    for line in chosen:
        request = line.request or CityRequest.objects.create(target=line.target, period=line.period)
        Chase.objects.create(request=request, on=on, channel=channel, note=note.strip(), by=by)
    return len(chosen)


@transaction.atomic
def ask(target: AnnualTarget, period: ReportingPeriod, facts: dict[str, object], *, by: User) -> CityRequest:
    """Open the request of a row, or write down what is known of it by now."""
    asked = CityRequest.objects.select_for_update().filter(target=target, period=period).first()
    if not by.has_perm(AMENDS if asked else ASKS):
        raise MoveRefused(f"{by}没有登记市级数据请求的权限。")
    asked = asked or CityRequest(target=target, period=period)
    for name, fact in facts.items():
        setattr(asked, name, fact)
    asked.save()
    return asked


def bureaus_known(lines: Iterable[LogLine]) -> list[str]:
    """The bureaus that were written down before, for choosing instead of typing."""
    return sorted({line.bureau for line in lines if line.bureau})
