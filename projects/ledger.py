"""What stands on a department's tasks: the last published word, what is on its way, what is due."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils import timezone

from wanzhou.kernel.accounts.desks import of_own_department
from wanzhou.kernel.accounts.models import Department, User
from wanzhou.kernel.accounts.roles import EVERY_DEPARTMENT
from wanzhou.kernel.numerals import plain
from wanzhou.kernel.plans.models import Plan, PlanKind
from wanzhou.kernel.workflow.moves import State

from .cells import Cells, understand
from .dues import SETTLED, Due, Word, due_of
from .models import AnnualTask, StatusUpdate
from .setbacks import Course, setbacks
from .stages import Stage

ENTERS = "projects.add_statusupdate"
APPROVES = "projects.approve_statusupdate"
_PEOPLE = ("entered_by", "submitted_by", "returned_by")


@dataclass(frozen=True, slots=True)
class Footing:
    """A task with its newest published update, the one on its way, and, where it has none, an earlier year's."""

    task: AnnualTask
    last: StatusUpdate | None
    current: StatusUpdate | None
    earlier: StatusUpdate | None
    asked_since: datetime.datetime | None = None  # when the round was opened that is under way

    @property
    def newest(self) -> StatusUpdate | None:
        """What a form shows to begin with."""
        return self.current or self.last

    @property
    def cells(self) -> Cells:
        """What stands there as it is typed; a published word's reason for a setback is history."""
        if self.current is not None:
            return cells_of(self.current)
        return Cells() if self.last is None else cells_of(self.last, begin=True)

    @property
    def stamp(self) -> str:
        """What a person has seen of it; another one tells that something changed meanwhile."""
        newest = self.newest
        return "" if newest is None else f"{newest.pk}-{newest.revision}-{self.cells.digest}"

    @property
    def unchanged(self) -> bool:
        return self.current is not None and self.current.repeats_id is not None

    @property
    def may_repeat(self) -> bool:
        """Whether 没有变化 says anything: there is a last word, nothing on its way, and more is expected."""
        return self.last is not None and self.current is None and self.is_expected

    @property
    def word(self) -> Word | None:
        """The last published word."""
        last = self.last
        return None if last is None else Word(Stage(last.reached_stage), last.as_of, last.submitted_at)

    @property
    def is_expected(self) -> bool:
        """Whether another word may be expected: of a project that is finished only while a round asks for it."""
        word = self.word
        return word is None or word.stage not in SETTLED or not word.answers(self.asked_since)

    def due(self, today: datetime.date) -> Due:
        """What is due, by the stale days of the plan's rules."""
        state = None if self.current is None else State(self.current.state)
        stale_days = self.task.plan.rule_set.stale_days
        return due_of(state, self.word, today=today, stale_days=stale_days, asked_since=self.asked_since)

    def setbacks(self, cells: Cells) -> tuple[str, ...]:
        """What these cells say less than the last published word."""
        read = understand(cells)
        return setbacks(course_of(self.last), Course(read.stage, read.percent, read.invested, read.count))


def cells_of(update: StatusUpdate, *, begin: bool = False) -> Cells:
    """An update as it is typed; to begin another from it, without its reason for a setback."""
    return Cells(
        stage=update.reached_stage,
        percent="" if update.percent is None else plain(update.percent),
        invested="" if update.invested_this_year is None else plain(update.invested_this_year),
        progress=update.progress,
        difficulty=update.difficulty,
        next_step=update.next_step,
        needs=update.needs,
        reason="" if begin else update.setback_reason,
        count="" if update.reached_count is None else str(update.reached_count),
    )


def course_of(update: StatusUpdate | None) -> Course:
    if update is None:
        return Course()
    return Course(
        Stage(update.reached_stage), update.percent, update.invested_this_year, update.reached_count
    )


# --- which tasks -----------------------------------------------------------------------------------------
def tasks_for(plan: Plan, reader: User) -> QuerySet[AnnualTask]:
    """The tasks that a person works on: those his department leads, or all; in the order of the boxes."""
    rows = AnnualTask.objects.filter(plan=plan).select_related(
        "plan__rule_set", "box", "project", "department"
    )
    own: QuerySet[AnnualTask] = of_own_department(rows, "department", reader)
    return own.order_by("box__number", "order")


def assisted_by(plan: Plan, reader: User) -> QuerySet[AnnualTask]:
    """The tasks that a person's department assists with and another one leads: they are read, not written."""
    rows = AnnualTask.objects.filter(plan=plan).select_related(
        "plan__rule_set", "box", "project", "department"
    )
    if reader.department_id is None or reader.has_perm(EVERY_DEPARTMENT):
        return rows.none()
    others = rows.filter(assisting=reader.department_id).exclude(department=reader.department_id)
    return others.order_by("box__number", "order")


def departments_of(plan: Plan, reader: User) -> list[tuple[Department, int]]:
    """The lead departments that the person may enter for, with how many tasks each has."""
    counts = dict(
        of_own_department(
            AnnualTask.objects.filter(plan=plan, department__isnull=False), "department", reader
        )
        .order_by()
        .values_list("department")
        .annotate(Count("id"))
    )
    return [(one, counts[one.pk]) for one in Department.objects.filter(pk__in=counts)]


def is_for_others(task: AnnualTask, by: User) -> bool:
    """Whether the person enters for a department that is not his own (代填)."""
    return task.department_id is None or task.department_id != by.department_id


def locked_because(current: StatusUpdate | None, by: User) -> str:
    """Why this person cannot change what is on its way; empty where he can, and where nothing is."""
    if current is None or (current.is_editable() and current.entered_by_id == by.pk):
        return ""
    if current.state == State.APPROVED:
        return "已审核，等待发布；发布后才能再更新，要改请联系发改部门退回。"
    if not current.is_editable():
        return "已报送，等待审核，不能再改。"
    if by.has_perm(APPROVES):
        return f"由{current.entered_by}填报；审核的人不改别人填的，可退回。"
    return ""


# --- what stands on them ---------------------------------------------------------------------------------
def footings_of(tasks: Iterable[AnnualTask]) -> tuple[Footing, ...]:
    """The footing of each task of a plan, in their order; a fixed number of queries."""
    rows = list(tasks)
    last = last_words(task.pk for task in rows)
    on_the_way = StatusUpdate.objects.filter(task__in=rows).exclude(state=State.PUBLISHED)
    current = {one.task_id: one for one in on_the_way.select_related(*_PEOPLE)}
    earlier = _earlier([task for task in rows if task.pk not in last])
    since = asked_since(rows[0].plan) if rows else None
    return tuple(
        Footing(task, last.get(task.pk), current.get(task.pk), earlier.get(task.pk), since) for task in rows
    )


def asked_since(plan: Plan) -> datetime.datetime | None:
    """When the round of asking was opened that is under way; None where nobody asks, or where no rounds are kept."""
    rounds = getattr(plan, "rounds", None)
    opened: datetime.datetime | None = None
    if rounds is not None:
        opened = rounds.filter(closed_at=None).values_list("opened_at", flat=True).first()
    return opened


def last_words(task_ids: Iterable[int]) -> dict[int, StatusUpdate]:
    """The newest published update of each task, by task; one query."""
    published = StatusUpdate.objects.filter(task__in=set(task_ids), state=State.PUBLISHED)
    newest = published.order_by("task_id", "-pk").distinct("task_id").select_related(*_PEOPLE)
    return {one.task_id: one for one in newest}


def _earlier(tasks: Sequence[AnnualTask]) -> dict[int, StatusUpdate]:
    """By task, the newest published word on the same project in an earlier year."""
    if not tasks:
        return {}
    years = {task.project_id: task.plan.year for task in tasks}
    found = (
        StatusUpdate.objects.filter(
            task__project__in=years, task__plan__last_year__lt=max(years.values()), state=State.PUBLISHED
        )
        .select_related("task__plan")
        .order_by("task__project_id", "-task__plan__last_year", "-pk")
        .distinct("task__project_id")
    )
    by_project = {one.task.project_id: one for one in found}
    return {task.pk: by_project[task.project_id] for task in tasks if task.project_id in by_project}


def newest_plan() -> Plan | None:
    """The plan that departments work on: this year's, or else the newest that has tasks; None where none has."""
    plans = list(Plan.objects.filter(kind=PlanKind.ANNUAL, tasks__isnull=False).distinct())
    today = timezone.localdate().year
    this_year = next((plan for plan in plans if plan.year == today), None)
    return this_year or max(plans, key=lambda plan: plan.year, default=None)
