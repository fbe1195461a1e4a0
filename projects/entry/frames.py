"""What every page of updates begins with: who reads, which plan, where its pages are, the administration's frame."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from projects.ledger import ENTERS, assisted_by, tasks_for
from projects.models import AnnualTask
from projects.updating import NotTheirs
from wanzhou.kernel.accounts.desks import person
from wanzhou.kernel.accounts.doors import wants_json
from wanzhou.kernel.accounts.models import Department, User
from wanzhou.kernel.plans.models import Plan, PlanKind

NOBODYS = "none"
"""In addresses, the department of the tasks that have none."""
CONFLICT, UNPROCESSABLE, FORBIDDEN, SEE_OTHER = 409, 422, 403, 303
SOMEBODY_ELSE = (
    "现在登录的是{now}，这个页面是别的账号打开的，没有保存。请用原来的账号登录，或重新打开这一页。"
)


def reader_of(request: HttpRequest) -> User:
    """Whoever may see updates; nobody else comes here."""
    reader = person(request)
    if not reader.has_perm("projects.view_statusupdate"):
        raise PermissionDenied
    return reader


def writer_of(request: HttpRequest) -> User:
    """Whoever may write updates, and is the one who opened the page. Raises NotTheirs for somebody else's page."""
    reader = reader_of(request)
    if not reader.has_perm(ENTERS):
        raise PermissionDenied
    if request.POST.get("reader", "") != str(reader.pk):
        raise NotTheirs(SOMEBODY_ELSE.format(now=reader))
    return reader


def plan_of(year: int) -> Plan:
    return get_object_or_404(Plan, kind=PlanKind.ANNUAL, last_year=year)


def task_of(plan: Plan, key: int, reader: User) -> tuple[AnnualTask, bool]:
    """The task, and whether the person's department leads it; raises Http404 where it is not his to see."""
    own = tasks_for(plan, reader).filter(pk=key).first()
    if own is not None:
        return own, True
    return get_object_or_404(assisted_by(plan, reader), pk=key), False


def department_of(request: HttpRequest, found: Iterable[Department]) -> Department | None:
    """The department that the address asks for; raises Http404 for one that is not the person's."""
    asked = request.GET.get("department", "")
    if not asked or asked == NOBODYS:
        return None
    chosen = next((one for one in found if one.code == asked), None)
    if chosen is None:
        raise Http404("没有这个责任单位，或不归您填报。")
    return chosen


def address(page: str, plan: Plan, *more: Any) -> str:
    """Where a page of a plan's updates is."""
    return reverse(f"admin:updates_{page}", args=[plan.year, *more])


def frame(request: HttpRequest, site: AdminSite, reader: User) -> dict[str, Any]:
    """What every page of the administration has; these go without the side navigation."""
    return {**site.each_context(request), "is_nav_sidebar_enabled": False, "reader": reader}


def answered(request: HttpRequest, place: str) -> HttpResponse:
    """Where to go after a write: said to a script, or gone to."""
    if wants_json(request):
        return JsonResponse({"next": place})
    answer = HttpResponseRedirect(place)
    answer.status_code = SEE_OTHER
    return answer
