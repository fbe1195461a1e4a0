"""A stage beside an entry: its word, and a small mark that fills as the work goes on."""

from __future__ import annotations

from dataclasses import dataclass

from projects.models import PublishedTask
from projects.stages import Stage, planned_words
from wanzhou.kernel.numerals import UNKNOWN
from wanzhou.kernel.pages.templating import day
from wanzhou.kernel.plans.periods import Period


@dataclass(frozen=True, slots=True)
class StageMark:
    """The word of a stage and the class of its mark: f1 … f5 along the track, `off` beside it, empty for a plan."""

    words: str
    style: str


def planned_mark(stage: Stage) -> StageMark:
    """What a plan asks for: no mark, since nothing is done yet."""
    return StageMark(planned_words(stage), "" if stage.rank else "off")


def reached_mark(stage: Stage) -> StageMark:
    """What was reached."""
    return StageMark(stage.label, f"f{stage.rank}" if stage.rank else "off")


def told_until(task: PublishedTask) -> str:
    """Up to when the entry's stage is told: a day, or the period that it was published for. Reads both."""
    if task.as_of is not None:
        return day(task.as_of)
    period = task.publication.period
    return f"{task.publication.plan.year}年{Period(period.period).label}" if period else UNKNOWN
