"""What a paste or a workbook would fill, shown before anything is written; and the workbook to fill."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header

from projects.ledger import ENTERS, departments_of, footings_of
from wanzhou.kernel.accounts.models import Department, User
from wanzhou.kernel.plans.models import Plan

from .foreseeing import Foreseen, carried, pasted, uploaded, workbook_of
from .frames import address, department_of, frame, plan_of, reader_of
from .mine import chosen_tasks, require_department
from .rows import TaskRow, row_for, today_here
from .sending import read_sent
from .table import query_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def paste(request: HttpRequest, site: AdminSite, year: int) -> HttpResponse:
    """Show what a paste would fill; with `part` only the list of it, for the open table to show."""
    reader, plan = _allowed(request, year)
    if request.method != "POST":
        return HttpResponseRedirect(address("table", plan) + query_of(request))
    _, rows = _rows(request, plan, reader)
    sent = read_sent(request.POST)
    found = pasted(request.POST.get("pasted", ""), rows, start=_start(request), now=sent.cells)
    more = {"seen": request.POST.get("seen", ""), "carried": carried(sent.cells, found, rows)}
    return _page(request, site, plan, reader, found, "粘贴预览", rows, more)


def workbook(request: HttpRequest, site: AdminSite, year: int) -> HttpResponse:
    """The department's 调度表; sent filled ones, show what they would change, all of it at once."""
    if request.method != "POST":
        reader, plan = reader_of(request), plan_of(year)
        require_department(request, reader)
        department, rows = _rows(request, plan, reader)
        title = f"{plan.year}年重点项目调度表{'' if department is None else department.name}"
        name = content_disposition_header(True, f"{title}.xlsx")
        return HttpResponse(
            workbook_of(title, rows), content_type=XLSX, headers={"Content-Disposition": name}
        )
    reader, plan = _allowed(request, year)
    _, rows = _rows(request, plan, reader)
    found = uploaded(request.FILES.getlist("workbooks"), rows)
    return _page(request, site, plan, reader, found, "导入预览", rows, {"seen": found.seen})


def _allowed(request: HttpRequest, year: int) -> tuple[User, Plan]:
    reader, plan = reader_of(request), plan_of(year)
    if not reader.has_perm(ENTERS):
        raise PermissionDenied
    require_department(request, reader)
    return reader, plan


def _rows(request: HttpRequest, plan: Plan, reader: User) -> tuple[Department | None, list[TaskRow]]:
    department = department_of(request, [one for one, _ in departments_of(plan, reader)])
    today = today_here()
    footings = footings_of(chosen_tasks(request, plan, reader, department))
    if department is None:
        department = reader.department
    return department, [row_for(one, reader, today=today) for one in footings]


def _start(request: HttpRequest) -> tuple[int, str] | None:
    """The cell that was pasted into, as the table names it: `progress-12`."""
    field, _, key = request.POST.get("start", "").rpartition("-")
    return (int(key), field) if key.isdecimal() and len(key) < 19 else None


def _page(
    request: HttpRequest,
    site: AdminSite,
    plan: Plan,
    reader: User,
    found: Foreseen,
    title: str,
    rows: list[TaskRow],
    more: dict[str, Any],
) -> HttpResponse:
    page: dict[str, Any] = {
        **more,
        "found": found,
        "title": title,
        "plan": plan,
        "back": address("table", plan) + query_of(request),
        "provider": request.POST.get("provider", ""),
        "asks_provider": any(row.for_others for row in rows),
        "places": {"mine": address("mine", plan)},
    }
    if "part" in request.POST:
        return TemplateResponse(request, "projects/_foreseen.html", page)
    return TemplateResponse(request, "projects/foreseen.html", {**frame(request, site, reader), **page})
