"""What differs between two successive publications of one task. Pure: no Django, no clock."""

from __future__ import annotations

from dataclasses import dataclass, fields

ABOUT = {
    "planned": "计划阶段",
    "reached": "已达阶段",
    "percent": "完成比例",
    "as_of": "截至日期",
    "progress": "形象进度",
    "name": "名称",
    "wording": "原文",
    "department": "牵头单位",
    "light": "进度灯",
}


@dataclass(frozen=True, slots=True)
class TaskTold:
    """What one publication told of a task, in words; the unknown is empty."""

    planned: str = ""
    reached: str = ""
    percent: str = ""
    as_of: str = ""
    progress: str = ""
    name: str = ""
    wording: str = ""
    department: str = ""
    light: str = ""


@dataclass(frozen=True, slots=True)
class Advance:
    """What changed about a task, and the stage that it was known to have reached before and after."""

    about: tuple[str, ...]
    before: str
    after: str


def advance(before: TaskTold, after: TaskTold) -> Advance | None:
    """The difference; None where the same was told again."""
    changed = [
        each.name for each in fields(TaskTold) if getattr(before, each.name) != getattr(after, each.name)
    ]
    if not changed:
        return None
    return Advance(tuple(ABOUT[name] for name in changed), before.reached, after.reached)
