"""Steps backwards between two updates of a task, in Chinese; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from projects.stages import Stage
from wanzhou.kernel.numerals import plain


@dataclass(frozen=True, slots=True)
class Course:
    """How far a task has come: stage, share done in per cent, this year's investment in 万元; of a group, how many."""

    stage: Stage | None = None
    percent: Decimal | None = None
    invested: Decimal | None = None
    count: int | None = None


def setbacks(before: Course, now: Course) -> tuple[str, ...]:
    """What fell or left the track since; an unknown side says nothing."""
    return tuple(_found(before, now))


def _found(before: Course, now: Course) -> Iterator[str]:
    if before.stage is not None and now.stage is not None and _is_backwards(before.stage, now.stage):
        yield f"阶段由“{before.stage.label}”退为“{now.stage.label}”"
    if before.percent is not None and now.percent is not None and now.percent < before.percent:
        yield f"完成比例由{plain(before.percent)}%降为{plain(now.percent)}%"
    if before.invested is not None and now.invested is not None and now.invested < before.invested:
        yield f"本年完成投资由{plain(before.invested)}万元降为{plain(now.invested)}万元"
    if before.count is not None and now.count is not None and now.count < before.count:
        yield f"已完成个数由{before.count}个降为{now.count}个"


def _is_backwards(before: Stage, now: Stage) -> bool:
    """An earlier stage of the track, or off it."""
    if before.rank is None:
        return False
    return now.rank is None or now.rank < before.rank
