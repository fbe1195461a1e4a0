"""The stages of a project in their order, and planned against reached; pure."""

from __future__ import annotations

from wanzhou.kernel.terms import Term


class Stage(Term):
    """Where a project stands (阶段); the first five are in order, the last three are off the track."""

    PREPARATORY = "preparatory", "前期工作"
    STARTED = "started", "开工建设"
    UNDERWAY = "underway", "加快建设"
    MAIN_BODY_COMPLETE = "main_body_complete", "主体完工"
    COMPLETED = "completed", "竣工投用"
    SUSPENDED = "suspended", "停工"
    DEFERRED = "deferred", "缓建"
    WITHDRAWN = "withdrawn", "调出"

    @property
    def rank(self) -> int | None:
        """1 for preparatory work … 5 for completed; None off the track."""
        return ON_TRACK.index(self) + 1 if self in ON_TRACK else None


ON_TRACK = (
    Stage.PREPARATORY,
    Stage.STARTED,
    Stage.UNDERWAY,
    Stage.MAIN_BODY_COMPLETE,
    Stage.COMPLETED,
)


# What a plan asks for must never read as done.
_PLANNED = {
    Stage.STARTED: "年内开工",
    Stage.UNDERWAY: "加快推进",
    Stage.MAIN_BODY_COMPLETE: "年内主体完工",
    Stage.COMPLETED: "年内竣工",
}
# Stages that are passed once; preparatory work and building go on from year to year.
_ONCE = {Stage.STARTED, Stage.MAIN_BODY_COMPLETE, Stage.COMPLETED}


def planned_words(stage: Stage) -> str:
    """A stage as a year's plan asks for it: 竣工投用 is still to come and reads 年内竣工."""
    return _PLANNED.get(stage, stage.label)


def planned_again(planned: Stage, reached_before: Stage) -> bool:
    """Whether a plan asks for what an earlier year says was done already; never off the track."""
    if planned.rank is None or reached_before.rank is None:
        return False
    return planned.rank < reached_before.rank or (planned == reached_before and planned in _ONCE)


def has_reached(reached: Stage, planned: Stage) -> bool:
    """Whether the reached stage is the planned one or a later one; never off the track."""
    if reached.rank is None or planned.rank is None:
        return False
    return reached.rank >= planned.rank
