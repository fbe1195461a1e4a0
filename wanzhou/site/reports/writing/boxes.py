"""The report's boxes: as printed where the wording is known, composed from stages where progress was reported; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from projects.stages import Stage

from .documents import Box, Listed, Passage
from .facts import Task, Year
from .sentences import chinese

WITHIN = "·"  # between a section and its part
_REACHED = {
    Stage.COMPLETED: "{}竣工",
    Stage.MAIN_BODY_COMPLETE: "{}主体完工",
    Stage.UNDERWAY: "{}加快建设",
    Stage.STARTED: "{}开工建设",
    Stage.PREPARATORY: "{}前期工作加快推进",
    Stage.SUSPENDED: "{}停工",
    Stage.DEFERRED: "{}缓建",
    Stage.WITHDRAWN: "{}调出计划",
}


def planned_boxes(year: Year) -> tuple[Box, ...]:
    """What the year's boxes ask for, in their own wording."""
    return tuple(_boxes(task for task in year.tasks if task.planned))


def reached_boxes(year: Year, number: int) -> tuple[Box, ...]:
    """What became of the year's projects.

    A box that itself says what was reached is told as it is worded. What the plan asked for is told by the stage that
    was reported of it, and of what nothing was reported nothing is said.
    """
    printed = tuple(_boxes(task for task in year.tasks if not task.planned))
    if printed:
        return printed
    reported = [task for task in year.tasks if task.reached]
    if not reported:
        return ()
    caption = f"专栏{number}  {year.year}年重点项目推进情况"
    return (_box(caption, [_by_stage(task, reported) for task in _by_section(reported)]),)


def _by_section(tasks: Iterable[Task]) -> list[Task]:
    """By section, and within it by how far they came; the order of the boxes otherwise."""
    told = list(tasks)
    places = {section: place for place, section in enumerate(dict.fromkeys(task.section for task in told))}
    stages = list(_REACHED)
    return sorted(told, key=lambda task: (places[task.section], stages.index(Stage(task.reached))))


def _by_stage(task: Task, tasks: Sequence[Task]) -> Task:
    """The task with the clause that tells all of its section at its stage."""
    together = [one.name for one in tasks if (one.section, one.reached) == (task.section, task.reached)]
    clause = _REACHED[Stage(task.reached)].format("、".join(together))
    return Task(task.box, task.box_title, task.section, task.name, clause, "", task.reached, task.quantity)


def _boxes(tasks: Iterable[Task]) -> Iterator[Box]:
    for (number, title), entries in groupby(tasks, key=lambda task: (task.box, task.box_title)):
        yield _box(f"专栏{number}  {title}", list(entries))


def _box(caption: str, tasks: Sequence[Task]) -> Box:
    passages = tuple(
        Passage(f"{chinese(place)}、{section}：", _text(list(entries)))
        for place, (section, entries) in enumerate(groupby(tasks, key=_section), 1)
    )
    entries = tuple(Listed(task.section, task.name, task.wording, task.quantity) for task in tasks)
    return Box(caption, passages, entries)


def _section(task: Task) -> str:
    return task.section.partition(WITHIN)[0]


def _part(task: Task) -> str:
    return task.section.partition(WITHIN)[2]


def _text(tasks: Sequence[Task]) -> str:
    """The clauses of a section; its parts are numbered: （一）道路桥梁。竣工…项目。"""
    pieces = []
    for place, (part, entries) in enumerate(groupby(tasks, key=_part), 1):
        if part:
            pieces.append(f"（{chinese(place)}）{part}。")
        pieces += [f"{clause}。" for clause in dict.fromkeys(task.wording for task in entries)]
    return "".join(pieces)
