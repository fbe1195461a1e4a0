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


def has_reached(reached: Stage, planned: Stage) -> bool:
    """Whether the reached stage is the planned one or a later one; never off the track."""
    if reached.rank is None or planned.rank is None:
        return False
    return reached.rank >= planned.rank
