"""其余无变化: every task that nobody said anything new of, confirmed at once; shown and counted before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from projects.ledger import ENTERS, departments_of, footings_of
from projects.updating import (
    UpdatesRefused,
    confirm_unchanged,
    take_back,
)
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import Plan
from wanzhou.kernel.workflow.moves import State

from .frames import (
    address,
    answered,
    department_of,
    frame,
    plan_of,
    reader_of,
    writer_of,
)
from .mine import chosen_tasks, require_department
from .refusals import REFUSALS, answer_to
from .rows import TaskRow, row_for, today_here
from .sending import LONGEST_PROVIDER, seen_in


@dataclass(frozen=True, slots=True)
class Rest:
    """What would be confirmed, what was and can be taken back, and what has no last word to repeat."""

    plan: Plan
    rows: tuple[TaskRow, ...]
    confirmed: tuple[TaskRow, ...]
    never: tuple[TaskRow, ...]

    @property
    def seen(self) -> str:
        return " ".join(f"{row.key}:{row.stamp}" for row in self.rows)

    @property
    def asks_provider(self) -> bool:
        return any(row.for_others for row in self.rows)


def rest(request: HttpRequest, site: AdminSite, year: int) -> HttpResponse:
    """The list of what is about to be confirmed; sent back, it confirms exactly those, or takes them back."""
    reader, plan = reader_of(request), plan_of(year)
    if not reader.has_perm(ENTERS):
        raise PermissionDenied
    require_department(request, reader)
    if request.method != "POST":
        return _page(request, site, plan, reader)
    try:
        messages.success(request, _carried_out(request, plan, writer_of(request)))
    except REFUSALS as refused:
        return _page(request, site, plan, reader, *answer_to(refused))
    return answered(request, address("mine", plan) + _query(request))


def _carried_out(request: HttpRequest, plan: Plan, reader: User) -> str:
    if request.POST.get("do") == "takeback":
        keys = [row.key for row in rest_for(request, plan, reader).confirmed]
        return f"已撤销 {take_back(plan=plan, task_ids=keys, by=reader)} 个项目的“没有变化”。"
    seen = seen_in(request.POST)
    provider = request.POST.get("provider", "")[:LONGEST_PROVIDER]
    confirmed = confirm_unchanged(plan=plan, task_ids=seen, by=reader, provider=provider, seen=seen)
    if not confirmed:
        raise UpdatesRefused("没有可以确认的项目。")
    return f"已把 {len(confirmed)} 个项目记为没有变化（草稿，可以撤销）。核对后点“报送”。"


def rest_for(request: HttpRequest, plan: Plan, reader: User) -> Rest:
    department = department_of(request, [one for one, _ in departments_of(plan, reader)])
    today = today_here()
    footings = footings_of(chosen_tasks(request, plan, reader, department))
    rows = [row_for(one, reader, today=today) for one in footings]
    return Rest(
        plan=plan,
        rows=tuple(row for row in rows if row.footing.may_repeat),
        confirmed=tuple(row for row in rows if _may_take_back(row, reader)),
        never=tuple(row for row in rows if row.footing.newest is None),
    )


def _may_take_back(row: TaskRow, reader: User) -> bool:
    current = row.footing.current
    return (
        current is not None
        and current.repeats_id is not None
        and current.state == State.DRAFT
        and current.entered_by_id == reader.pk
    )


def _query(request: HttpRequest) -> str:
    asked = request.GET.get("department", "")
    return f"?department={asked}" if asked else ""


def _page(
    request: HttpRequest,
    site: AdminSite,
    plan: Plan,
    reader: User,
    says: Iterable[str] = (),
    status: int = 200,
) -> HttpResponse:
    page = {
        **frame(request, site, reader),
        "title": "其余无变化",
        "rest": rest_for(request, plan, reader),
        "says": list(says),
        "back": address("mine", plan) + _query(request),
        "places": {"mine": address("mine", plan)},
    }
    return TemplateResponse(request, "projects/rest.html", page, status=status)
