"""The pages of signed sheets: taking a scan in, and reading it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from indicators.models import SignedSheet
from indicators.signing import Signed, keep_signed_sheet, may_keep
from wanzhou.kernel.accounts.desks import refusal_of
from wanzhou.kernel.accounts.models import Department, User
from wanzhou.kernel.evidence.actions import FilesRefused
from wanzhou.kernel.evidence.desks import SEE_OTHER, UNPROCESSABLE, answered
from wanzhou.kernel.plans.models import ReportingPeriod

from .confirming import departments_with_rows, scans_of
from .frames import address, period_of, reader_of


def scans(request: HttpRequest, site: AdminSite, year: int, period: str, department: str) -> HttpResponse:
    """Take in scans of a department's signed sheet; refused, the same form says why."""
    reader, current = reader_of(request), period_of(year, period)
    chosen = _department(current, reader, department)
    if request.method != "POST":
        return _page(request, site, current, chosen, reader)
    if not may_keep(reader):
        raise PermissionDenied
    try:
        kept = keep_signed_sheet(
            period=current,
            department=chosen,
            files=request.FILES.getlist("files"),
            confirms=request.POST.get("confirms") == "on",
            by=reader,
        )
    except FilesRefused as refused:
        return _page(request, site, current, chosen, reader, refused.problems)
    except DatabaseError as error:
        if not (refusal := refusal_of(error)):
            raise
        return _page(request, site, current, chosen, reader, [refusal])
    messages.success(request, _done(kept))
    answer = HttpResponseRedirect(address("sheet", current, chosen.code))
    answer.status_code = SEE_OTHER
    return answer


def scan(
    request: HttpRequest, site: AdminSite, year: int, period: str, department: str, key: int
) -> HttpResponse:
    """One scan, to whoever may see the department's sheet."""
    reader, current = reader_of(request), period_of(year, period)
    chosen = _department(current, reader, department)
    kept = SignedSheet.objects.filter(period=current, department=chosen).select_related("document")
    return answered(request, get_object_or_404(kept, pk=key).document)


def _department(period: ReportingPeriod, reader: User, code: str) -> Department:
    chosen = next((one for one in departments_with_rows(period, reader) if one.code == code), None)
    if chosen is None:
        raise Http404("没有这个责任单位，或不归您查看。")
    return chosen


def _done(kept: Signed) -> str:
    said = f"已保存 {len(kept.sheets)} 份签字确认表。"
    return f"{said}凭表确认了 {len(kept.confirmed)} 条代填数据。" if kept.confirmed else said


def _page(
    request: HttpRequest,
    site: AdminSite,
    period: ReportingPeriod,
    department: Department,
    reader: User,
    problems: Sequence[str] = (),
) -> HttpResponse:
    page: dict[str, Any] = {
        **site.each_context(request),
        "is_nav_sidebar_enabled": False,
        "title": f"{period}签字确认表",
        "department": department,
        "back": address("sheet", period, department.code),
        "scans": scans_of(period, department, reader),
        "problems": problems,
        "confirms": request.POST.get("confirms") == "on",
    }
    return TemplateResponse(
        request, "indicators/entry_scans.html", page, status=UNPROCESSABLE if problems else 200
    )
