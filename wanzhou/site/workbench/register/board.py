"""The board of a plan's projects: all of them in numbers, and those that are asked for, line by line."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.utils import timezone

from projects.counting import count_words
from projects.lighting import rules_in_force, signal_of_task, situation_of, thresholds_of
from projects.lights import NOTHING_AWAITED, Light, Thresholds, stale
from projects.models import AnnualTask, Milestone, Round, StatusUpdate
from projects.roster import NOT_TOLD, Asked, Facet, Roster, Watch
from projects.rounds import last_closed, open_round_of
from projects.stages import Stage, planned_words
from wanzhou.kernel.numerals import plain
from wanzhou.kernel.plans.models import Plan, RuleSet
from wanzhou.kernel.workflow.moves import State
from wanzhou.site.dashboard.lightmarks import light_mark
from wanzhou.site.dashboard.tones import Tone
from wanzhou.site.workbench import places

PER_PAGE = 50
UNTOLD = "尚无更新"


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A project as the board shows it."""

    name: str
    href: str
    place: str
    department: str
    planned: str
    reached: str
    was: str
    percent: str
    count: str
    mark: Tone
    why: str
    stale: str
    told: str
    late_steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """A line of the table of lights: a box or a department; each number leads to its projects."""

    name: str
    lights: tuple[tuple[int, str], ...]
    total: int
    href: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that may be asked for, with how many projects have it."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A question with its choices."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the board shows."""

    plan: Plan
    rules: RuleSet
    last: Round | None
    open: Round | None
    total: int
    marks: tuple[Tone, ...]
    boxes: tuple[Tally, ...]
    departments: tuple[Tally, ...]
    watches: tuple[tuple[str, int, str, bool], ...]
    filters: tuple[Filter, ...]
    words: str
    found: int
    rows: tuple[BoardRow, ...]
    pages: Any
    query: str

    @property
    def is_filtered(self) -> bool:
        """Whether some projects are left out."""
        return bool(self.query)


def asked_of(query: Mapping[str, str]) -> Asked:
    """What an address asks for; what it cannot mean is left out."""
    texts = {name: query.get(name, "") for name in ("box", "department")}
    number: dict[str, Any] = {name: int(text) for name, text in texts.items() if _is_number(text)}
    known = {
        "stage": {*Stage, NOT_TOLD},
        "light": set(Light),
        "watch": set(Watch),
    }
    chosen: dict[str, Any] = {
        name: value for name, codes in known.items() if (value := query.get(name, "")) in codes
    }
    return Asked(**number, **chosen, words=query.get("q", "").replace("\0", "").strip()[:60])


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9


def board_of(plan: Plan, query: Mapping[str, str], today: datetime.date | None = None) -> Board:
    """The board, as it is asked for; the number of queries does not grow with projects or updates."""
    rules, last = rules_in_force(), last_closed(plan)
    by, day = thresholds_of(rules), today or timezone.localdate()
    roster = Roster(plan, by, day, last.closed_at if last else None)
    asked, facets = asked_of(query), roster.facets()
    pages = Paginator(range(roster.count(asked, facets)), PER_PAGE).get_page(query.get("page"))
    tasks = roster.page(asked, max(0, pages.start_index() - 1), PER_PAGE)
    return Board(
        plan=plan,
        rules=rules,
        last=last,
        open=open_round_of(plan),
        total=sum(facet.count for facet in facets),
        marks=tuple(light_mark(light) for light in Light),
        boxes=_tallies(facets, "box", lambda one: (str(one.box), f"专栏{one.box} {one.box_title}")),
        departments=_tallies(
            facets, "department", lambda one: (str(one.department or 0), one.department_name)
        ),
        watches=tuple(_watches(facets, asked, bool(last))),
        filters=tuple(_filters(facets, asked)),
        words=asked.words,
        found=pages.paginator.count,
        rows=_rows(roster, tasks),
        pages=pages,
        query=_said(asked),
    )


def _said(asked: Asked) -> str:
    """The question, as an address says it."""
    names = {"box": asked.box, "department": asked.department, "stage": asked.stage, "light": asked.light}
    names |= {"watch": asked.watch, "q": asked.words}
    return urlencode({name: value for name, value in names.items() if value not in (None, "")})


def _tallies(facets: Iterable[Facet], name: str, of: Any) -> tuple[Tally, ...]:
    counted: dict[tuple[str, str], dict[Light, int]] = {}
    for one in facets:
        lights = counted.setdefault(of(one), dict.fromkeys(Light, 0))
        lights[one.light] += one.count
    return tuple(
        Tally(
            label,
            tuple((count, f"?{urlencode({name: value, 'light': light})}") for light, count in lights.items()),
            sum(lights.values()),
            f"?{urlencode({name: value})}",
        )
        for (value, label), lights in counted.items()
    )


def _watches(facets: tuple[Facet, ...], asked: Asked, compared: bool) -> Iterable[tuple[str, int, str, bool]]:
    """What the commission looks for, with its counts; without an earlier round nothing has changed since."""
    for watch in Watch:
        if watch is not Watch.CHANGED or compared:
            count = sum(one.watched(watch) for one in facets)
            yield watch.label, count, f"?{urlencode({'watch': watch.value})}", asked.watch == watch


def _filters(facets: tuple[Facet, ...], asked: Asked) -> Iterable[Filter]:
    stages = {stage.value: stage.label for stage in Stage} | {NOT_TOLD: UNTOLD}
    yield _filter("box", "专栏", asked.box, ((one.box, f"专栏{one.box}", one.count) for one in facets))
    yield _filter(
        "department",
        "责任单位",
        asked.department,
        ((one.department or 0, one.department_name, one.count) for one in facets),
    )
    yield _filter(
        "stage", "已达阶段", asked.stage, ((one.stage, stages[one.stage], one.count) for one in facets)
    )
    yield _filter("light", "灯", asked.light, ((one.light, one.light.label, one.count) for one in facets))


def _filter(name: str, label: str, chosen: Any, counted: Iterable[tuple[Any, str, int]]) -> Filter:
    choices: dict[tuple[str, str], int] = {}
    for value, words, count in counted:
        choices[str(value), words] = choices.get((str(value), words), 0) + count
    said = "" if chosen is None else str(chosen)
    return Filter(
        name,
        label,
        tuple(Choice(value, words, count, value == said) for (value, words), count in choices.items()),
    )


def _rows(roster: Roster, tasks: list[AnnualTask]) -> tuple[BoardRow, ...]:
    before = roster.before(tasks)
    steps: dict[int, list[str]] = {}
    awaited = [task.pk for task in tasks if not (hasattr(task, "newest") and _is_over(task.newest.update))]
    late = Milestone.objects.filter(task__in=awaited, reached_on=None, planned_on__lt=roster.today)
    for step in late.order_by("planned_on"):
        if step.planned_on is not None:
            days = (roster.today - step.planned_on).days
            steps.setdefault(step.task_id, []).append(
                f"节点“{step.name}”计划{step.planned_on:%Y-%m-%d}，已过{days}天"
            )
    year = int(roster.plan.year)
    return tuple(
        _row(task, before.get(task.pk), tuple(steps.get(task.pk, ())), year, roster) for task in tasks
    )


def _is_over(update: StatusUpdate) -> bool:
    """Whether nobody waits for its milestones any more."""
    return update.reached_stage in NOTHING_AWAITED


def _row(
    task: AnnualTask, was: StatusUpdate | None, late_steps: tuple[str, ...], year: int, roster: Roster
) -> BoardRow:
    update = task.newest.update if hasattr(task, "newest") else None
    by: Thresholds = roster.by
    signal = signal_of_task(task, update, year, by)
    reached = Stage(update.reached_stage).label if update else UNTOLD
    earlier = Stage(was.reached_stage).label if was and was != update else ""
    return BoardRow(
        name=task.name,
        href=places.row_of(task),
        place=f"专栏{task.box.number} {task.section}",
        department=task.department.name if task.department else "未定",
        planned=planned_words(Stage(task.planned_stage)) if task.planned_stage else "报告未载",
        reached=reached,
        was=earlier if earlier != reached else "",
        percent=f"{plain(update.percent)}%" if update and update.percent is not None else "",
        count=count_words(update.reached_count if update else None, task.quantity) if task.group else "",
        mark=light_mark(signal.light),
        why=signal.inside,
        stale=stale(situation_of(task, update, year), by, roster.today),
        told=_told(update),
        late_steps=late_steps,
    )


def _told(update: StatusUpdate | None) -> str:
    """Up to when the newest word tells, and how far it went."""
    if update is None:
        return ""
    day = f"截至{update.as_of:%Y-%m-%d}" if update.as_of else "未写明截至日期"
    return f"{day}，{State(update.state).label}"
