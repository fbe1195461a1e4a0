"""我的项目: a department's tasks, what is due first; 没有变化 in one tap, and everything drafted handed in at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from projects.dues import ASKED, Due
from projects.ledger import ENTERS, assisted_by, departments_of, footings_of, newest_plan, tasks_for
from projects.models import AnnualTask
from projects.updating import (
    UpdatesRefused,
    confirm_unchanged,
    submit_updates,
    take_back,
)
from wanzhou.kernel.accounts.models import Department, User
from wanzhou.kernel.accounts.roles import EVERY_DEPARTMENT
from wanzhou.kernel.plans.models import Plan
from wanzhou.kernel.workflow.moves import State

from .frames import (
    NOBODYS,
    address,
    answered,
    department_of,
    frame,
    plan_of,
    reader_of,
    writer_of,
)
from .refusals import REFUSALS, answer_to
from .rows import TaskRow, row_for, today_here
from .sending import LONGEST_PROVIDER, seen_in

# Piles of the list in the order of the page: title, what they hold.
_PILES: Sequence[tuple[str, str, frozenset[Due]]] = (
    ("asked", "待更新", frozenset(ASKED)),
    ("draft", "草稿，还没有报送", frozenset({Due.DRAFT})),
    ("recent", "近期已更新", frozenset({Due.RECENT})),
    ("waiting", "已报送", frozenset({Due.SUBMITTED, Due.APPROVED})),
    ("settled", "已竣工或调出", frozenset({Due.SETTLED})),
)


@dataclass(frozen=True, slots=True)
class Pile:
    """Tasks in one state of work."""

    key: str
    title: str
    rows: tuple[TaskRow, ...]


@dataclass(frozen=True, slots=True)
class Mine:
    """The page: the piles, those of other departments that this one assists, and how much can be done at once."""

    plan: Plan
    piles: tuple[Pile, ...]
    assisted: tuple[TaskRow, ...]
    drafts: tuple[TaskRow, ...]
    rest: int
    may_enter: bool
    every_department: bool
    department: Department | None
    departments: tuple[tuple[str, str, int], ...]

    @property
    def count(self) -> int:
        return sum(len(pile.rows) for pile in self.piles)

    @property
    def asked(self) -> int:
        return next(len(pile.rows) for pile in self.piles if pile.key == "asked")

    @property
    def seen(self) -> str:
        return " ".join(f"{row.key}:{row.stamp}" for pile in self.piles for row in pile.rows)

    @property
    def prepared_by(self) -> str:
        """Who prepared the drafts that are waiting."""
        return "、".join(sorted({row.prepared_by for row in self.drafts}))

    @property
    def asks_provider(self) -> bool:
        return any(row.for_others for pile in self.piles for row in pile.rows)


@require_safe
def newest(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """The plan that is worked on now."""
    reader_of(request)
    plan = newest_plan()
    if plan is None:
        raise Http404("还没有列入重点项目的年度计划。")
    return HttpResponseRedirect(address("mine", plan))


def mine(request: HttpRequest, site: AdminSite, year: int) -> HttpResponse:
    """The list; sent back, one task is confirmed or taken back, or all drafts are handed in."""
    reader, plan = reader_of(request), plan_of(year)
    if request.method != "POST":
        return _page(request, site, plan, reader)
    try:
        messages.success(request, _carried_out(request, plan, writer_of(request)))
    except REFUSALS as refused:
        return _page(request, site, plan, reader, *answer_to(refused))
    return answered(request, request.get_full_path())


def _carried_out(request: HttpRequest, plan: Plan, reader: User) -> str:
    act, _, key = request.POST.get("do", "").partition(":")
    seen = seen_in(request.POST)
    keys = [int(key)] if key.isdecimal() and len(key) < 19 else []
    if act == "unchanged" and keys:
        provider = request.POST.get("provider", "")[:LONGEST_PROVIDER]
        (update,) = confirm_unchanged(plan=plan, task_ids=keys, by=reader, provider=provider, seen=seen)
        return f"“{update.task.name}”已记为没有变化（草稿）。全部记好后点“报送”。"
    if act == "takeback" and keys:
        return (
            "已撤销。"
            if take_back(plan=plan, task_ids=keys, by=reader)
            else "没有可以撤销的：只能撤销自己记的草稿。"
        )
    if act == "submit":
        chosen = [row.key for row in mine_for(request, plan, reader).drafts]
        return handed_in(len(submit_updates(plan=plan, task_ids=chosen, by=reader, seen=seen)))
    raise UpdatesRefused("没有选要做什么。")


def handed_in(count: int) -> str:
    return f"已报送 {count} 个项目的进展，等待审核。" if count else "没有要报送的草稿。"


@require_safe
def token(request: HttpRequest, site: AdminSite, year: int) -> HttpResponse:
    """A fresh token after somebody signed in again in another tab."""
    return JsonResponse({"token": get_token(request), "reader": reader_of(request).pk})


# --- the page --------------------------------------------------------------------------------------------
def _page(
    request: HttpRequest,
    site: AdminSite,
    plan: Plan,
    reader: User,
    says: Iterable[str] = (),
    status: int = 200,
) -> HttpResponse:
    shown = mine_for(request, plan, reader)
    page = {
        **frame(request, site, reader),
        "title": f"{plan.year}年我的项目" if not shown.every_department else f"{plan.year}年项目进展填报",
        "mine": shown,
        "says": list(says),
        "places": {name: address(name, plan) for name in ("mine", "table", "rest")},
        "query": f"?department={request.GET['department']}" if request.GET.get("department") else "",
    }
    return TemplateResponse(request, "projects/mine.html", page, status=status)


def mine_for(request: HttpRequest, plan: Plan, reader: User) -> Mine:
    """The page's content, in a fixed number of queries."""
    found = departments_of(plan, reader)
    department = department_of(request, [one for one, _ in found])
    every = reader.has_perm(EVERY_DEPARTMENT)
    today = today_here()
    footings = footings_of(chosen_tasks(request, plan, reader, department))
    rows = [row_for(one, reader, today=today) for one in footings]
    may_enter = reader.has_perm(ENTERS)
    assisted = footings_of(assisted_by(plan, reader))
    return Mine(
        plan=plan,
        piles=tuple(
            Pile(key, title, tuple(_in_order(row for row in rows if row.due in dues)))
            for key, title, dues in _PILES
        ),
        assisted=tuple(row_for(one, reader, today=today) for one in assisted),
        drafts=tuple(row for row in rows if _is_draft(row)) if may_enter else (),
        rest=sum(row.footing.may_repeat for row in rows) if may_enter else 0,
        may_enter=may_enter,
        every_department=every,
        department=department,
        departments=tuple(_choices(found, plan, every)),
    )


def chosen_tasks(
    request: HttpRequest, plan: Plan, reader: User, department: Department | None
) -> Iterable[AnnualTask]:
    """The tasks of the person's department; who works for every department chooses one first."""
    tasks = tasks_for(plan, reader)
    if not reader.has_perm(EVERY_DEPARTMENT):
        return tasks
    if department is not None:
        return tasks.filter(department=department)
    return tasks.filter(department=None) if request.GET.get("department") == NOBODYS else tasks.none()


def _is_draft(row: TaskRow) -> bool:
    """What one tap hands in; what was sent back is looked at first, in its own form."""
    current = row.footing.current
    return current is not None and current.state == State.DRAFT and not row.locked


def _in_order(rows: Iterable[TaskRow]) -> list[TaskRow]:
    """What is due first, then what was said longest ago; the rest as the boxes have it."""
    order = list(Due)
    never = datetime.date.min

    def urgency(row: TaskRow) -> tuple[int, datetime.date]:
        last = row.footing.last
        return order.index(row.due), (last.as_of or never) if last and row.is_asked else never

    return sorted(rows, key=urgency)


def _choices(
    found: Iterable[tuple[Department, int]], plan: Plan, every: bool
) -> Iterator[tuple[str, str, int]]:
    if every:
        yield from ((one.code, one.name, count) for one, count in found)
        alone = AnnualTask.objects.filter(plan=plan, department=None).count()
        if alone:
            yield NOBODYS, "未定责任单位", alone


def require_department(request: HttpRequest, reader: User) -> None:
    """Who works for every department chooses one before its table is shown."""
    if reader.has_perm(EVERY_DEPARTMENT) and not request.GET.get("department"):
        raise Http404("请先在“项目进展填报”里选一个单位。")
