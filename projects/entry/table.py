"""The table of a department's tasks on a desk: everything in one place, pasted into, saved or handed in at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from projects.cells import LABELS
from projects.ledger import ENTERS, Footing, departments_of, footings_of, tasks_for
from projects.models import AnnualTask
from projects.stages import Stage
from projects.updating import (
    NotTheirs,
    RowsRefused,
    UpdatesClash,
    UpdatesRefused,
    save_updates,
    submit_updates,
)
from wanzhou.kernel.accounts.doors import wants_json
from wanzhou.kernel.accounts.models import Department, User
from wanzhou.kernel.plans.models import Plan
from wanzhou.kernel.workflow.moves import State

from . import doors
from .frames import (
    CONFLICT,
    FORBIDDEN,
    UNPROCESSABLE,
    address,
    answered,
    department_of,
    frame,
    plan_of,
    reader_of,
    writer_of,
)
from .mine import chosen_tasks, handed_in, require_department
from .rows import TaskRow, row_for, today_here
from .sending import Sent, read_sent

ROWS = 80
"""Rows on a page: as many fields as one form may send."""


@dataclass(frozen=True, slots=True)
class Table:
    """The screen: a department's tasks, a page of them, and how far the work has come."""

    plan: Plan
    department: Department | None
    rows: tuple[TaskRow, ...]
    page: Page[AnnualTask]
    may_enter: bool
    rest: int
    drafts: int

    @property
    def seen(self) -> str:
        return " ".join(f"{row.key}:{row.stamp}" for row in self.rows if not row.locked)

    @property
    def stages(self) -> list[tuple[str, str]]:
        return Stage.choices()

    @property
    def wrong(self) -> tuple[TaskRow, ...]:
        return tuple(row for row in self.rows if row.is_wrong)

    @property
    def asks_provider(self) -> bool:
        return any(row.for_others for row in self.rows)

    @property
    def asked(self) -> int:
        return sum(row.is_asked for row in self.rows)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said back to a form that was not carried out, as a whole and by task."""

    sent: Sent
    says: tuple[str, ...]
    refusals: Mapping[int, str]
    clashes: frozenset[int] = frozenset()


def table(request: HttpRequest, site: AdminSite, year: int) -> HttpResponse:
    """The table; sent back it saves drafts, or saves and hands in."""
    reader, plan = reader_of(request), plan_of(year)
    require_department(request, reader)
    if request.method != "POST":
        return _page(request, site, plan, reader)
    sent = read_sent(request.POST)
    if getattr(request, "stale", False):
        return _refused(request, site, plan, reader, Answer(sent, (doors.STALE,), {}), FORBIDDEN)
    try:
        done = _carried_out(request, plan, writer_of(request), sent)
    except UpdatesClash as clash:
        keys = frozenset(one.task.pk for one in clash.clashes)
        return _refused(request, site, plan, reader, Answer(sent, (str(clash),), {}, keys), CONFLICT)
    except RowsRefused as refused:
        answer = Answer(sent, (str(refused),), refused.reasons)
        return _refused(request, site, plan, reader, answer, UNPROCESSABLE)
    except UpdatesRefused as refused:
        status = FORBIDDEN if isinstance(refused, NotTheirs) else CONFLICT
        return _refused(request, site, plan, reader, Answer(sent, (str(refused),), {}), status)
    messages.success(request, done)
    return answered(request, request.get_full_path())


def _carried_out(request: HttpRequest, plan: Plan, reader: User, sent: Sent) -> str:
    saved = save_updates(plan=plan, typed=sent.typed, by=reader, provider=sent.provider)
    if request.POST.get("do") != "submit":
        return f"草稿已保存（改动 {len(saved)} 个项目），{timezone.localtime():%H:%M}。"
    keys = {one.task_id for one in sent.typed}
    footings = footings_of(tasks_for(plan, reader).filter(pk__in=keys))
    drafts = {one.task.pk for one in footings if one.current and one.current.state == State.DRAFT}
    return handed_in(len(submit_updates(plan=plan, task_ids=drafts | saved.keys(), by=reader)))


# --- the page --------------------------------------------------------------------------------------------
def _refused(
    request: HttpRequest, site: AdminSite, plan: Plan, reader: User, answer: Answer, status: int
) -> HttpResponse:
    """The same table as it was typed; to a script the words, row by row, and the stamps of what is stored now."""
    if not wants_json(request):
        return _page(request, site, plan, reader, answer, status)
    shown = table_for(request, plan, reader, answer)
    told = {
        "says": list(answer.says),
        "rows": {row.key: {"says": _said_of(row), "seen": row.stamp} for row in shown.rows if row.is_wrong},
    }
    return JsonResponse(told, status=status)


def _said_of(row: TaskRow) -> list[str]:
    return [row.refusal] if row.refusal else [f"别人刚改过，现在存着：{row.clash}。再点一次就以您的为准。"]


def _page(
    request: HttpRequest,
    site: AdminSite,
    plan: Plan,
    reader: User,
    answer: Answer | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = table_for(request, plan, reader, answer)
    page = {
        **frame(request, site, reader),
        "title": f"{plan.year}年项目进展表",
        "table": shown,
        "labels": LABELS,
        "says": () if answer is None else answer.says,
        "provider": "" if answer is None else answer.sent.provider,
        "query": query_of(request),
        "places": {name: address(name, plan) for name in ("mine", "rest", "paste", "workbook", "token")},
    }
    return TemplateResponse(request, "projects/table.html", page, status=status)


def query_of(request: HttpRequest) -> str:
    asked = request.GET.get("department", "")
    return f"?department={asked}" if asked else ""


def table_for(request: HttpRequest, plan: Plan, reader: User, answer: Answer | None = None) -> Table:
    """A page of the table, in a fixed number of queries."""
    department = department_of(request, [one for one, _ in departments_of(plan, reader)])
    footings = footings_of(chosen_tasks(request, plan, reader, department))
    rows = [_row(one, reader, answer) for one in footings]
    asked = request.GET.get("page", "1")
    page = Paginator([row.task for row in rows], ROWS).get_page(asked if asked.isdecimal() else 1)
    shown = {task.pk for task in page.object_list}
    may_enter = reader.has_perm(ENTERS)
    return Table(
        plan=plan,
        department=department,
        rows=tuple(row for row in rows if row.key in shown),
        page=page,
        may_enter=may_enter,
        rest=sum(one.may_repeat for one in footings) if may_enter else 0,
        drafts=sum(_is_open_draft(row) for row in rows) if may_enter else 0,
    )


def _is_open_draft(row: TaskRow) -> bool:
    current = row.footing.current
    return current is not None and current.state == State.DRAFT and not row.locked


def _row(footing: Footing, reader: User, answer: Answer | None) -> TaskRow:
    key, today = footing.task.pk, today_here()
    if answer is None:
        return row_for(footing, reader, today=today)
    return row_for(
        footing,
        reader,
        today=today,
        typed=answer.sent.cells.get(key),
        refusal=answer.refusals.get(key, ""),
        clash=key in answer.clashes,
    )
