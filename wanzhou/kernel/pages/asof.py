"""The day that a visitor reads the site as of: today, or a day of the past."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from django.utils import timezone

from wanzhou.kernel.wording import fold

from .refusals import BadQuestion

_DAY = re.compile(r"(\d{4})(?:[-/.年]?)(\d{1,2})(?:[-/.月]?)(\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class AsOf:
    """A day of the district's calendar, and the moment up to which publications count; `stated` when asked for."""

    day: datetime.date
    moment: datetime.datetime
    stated: bool = False

    @property
    def text(self) -> str:
        """As an address writes it; empty for today as such."""
        return self.day.isoformat() if self.stated else ""


def as_of(text: str, now: datetime.datetime | None = None) -> AsOf:
    """Read `?as_of=`: `2023-01-31`, also 2023年1月31日; nothing is today. Raises BadQuestion."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    if not text.strip():
        return AsOf(today, now)
    day = _day(text)
    if day > today:
        raise BadQuestion(f"as_of={day.isoformat()} 晚于今天（{today.isoformat()}）；请写今天或以前的一天")
    ends = datetime.datetime.combine(day, datetime.time.max, timezone.get_default_timezone())
    return AsOf(day, min(ends, now), stated=True)


def _day(text: str) -> datetime.date:
    found = _DAY.fullmatch(fold(text))
    try:
        if found:
            return datetime.date(*(int(part) for part in found.groups()))
    except ValueError:
        pass
    raise BadQuestion(f"as_of=“{text[:20]}”不是一个日期；请写成 2023-01-31 的样子")
