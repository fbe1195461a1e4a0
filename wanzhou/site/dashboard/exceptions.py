"""What deserves a closer look: missed or behind, why, waiting, redefined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indicators.judging.terms import Pace, Verdict
from indicators.models import PublishedRow

from .rows import Row


@dataclass(frozen=True, slots=True)
class Reason:
    """A cause as it was stated, once for all the targets that share it."""

    text: str
    source: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exceptions:
    """The rows that are not simply fine, apart by kind; sub-rows below target stand beside, uncounted."""

    short: tuple[Row, ...]
    reasons: tuple[Reason, ...]
    below: tuple[Row, ...]
    waiting: tuple[Row, ...]
    redefined: tuple[Row, ...]

    @property
    def binding(self) -> int:
        """How many of the missed or late are binding targets."""
        return sum(row.binding for row in self.short)


def exceptions_of(published: Iterable[PublishedRow], rows: tuple[Row, ...]) -> Exceptions:
    """The exceptions among the rows; `published` are the same rows as they were published."""
    return Exceptions(
        short=_in_state(rows, Verdict.MISSED, Pace.BEHIND),
        reasons=_reasons(published),
        below=tuple(row for row in rows if not row.counted and row.state == Verdict.MISSED),
        waiting=_in_state(rows, Verdict.AWAITING_CITY),
        redefined=_in_state(rows, Verdict.REDEFINED),
    )


def _in_state(rows: tuple[Row, ...], *states: str) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.counted and row.state in states)


def _reasons(published: Iterable[PublishedRow]) -> tuple[Reason, ...]:
    shared: dict[tuple[str, str], list[str]] = {}
    for row in published:
        if row.cause:
            shared.setdefault((row.cause, row.cause_source), []).append(row.name)
    return tuple(Reason(text, source, tuple(names)) for (text, source), names in shared.items())
