"""The pages of the sheet that a department confirms."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone

from indicators.actions import CellsRefused, NotTheirs
from indicators.answering import answer_entries
from indicators.models import Answer

from .confirming import departments_with_rows, sheet_for
from .frames import address, frame, period_of, reader_of

UNPROCESSABLE = 422


def sheets(request: HttpRequest, site: AdminSite, year: int, period: str) -> HttpResponse:
    """Which departments' sheets there are; a person with one department goes straight to it."""
    reader, current = reader_of(request), period_of(year, period)
    found = departments_with_rows(current, reader)
    if len(found) == 1:
        return HttpResponseRedirect(address("sheet", current, found[0].code))
    listed = [{"department": one, "url": address("sheet", current, one.code)} for one in found]
    page = {**frame(request, site), "title": f"{current}确认表", "listed": listed, "period": current}
    return TemplateResponse(request, "indicators/entry_sheets.html", page)


def sheet(request: HttpRequest, site: AdminSite, year: int, period: str, department: str) -> HttpResponse:
    """One department's sheet, to print and sign; the department itself answers on it."""
    reader, current = reader_of(request), period_of(year, period)
    chosen = next((one for one in departments_with_rows(current, reader) if one.code == department), None)
    if chosen is None:
        raise Http404("没有这个责任单位，或不归您查看。")
    refusals: Mapping[int, str] = {}
    status = 200
    if request.method == "POST":
        try:
            count = len(answer_entries(period=current, answers=_answers(request), by=reader))
        except CellsRefused as refused:
            refusals, status = refused.reasons, UNPROCESSABLE
        except NotTheirs as refused:
            raise PermissionDenied(str(refused)) from refused
        else:
            messages.success(request, f"已记下{count}条的确认意见。" if count else "没有选确认或有异议。")
            return HttpResponseRedirect(request.get_full_path())
    page = {
        **frame(request, site),
        "title": f"{current}数据确认表",
        "sheet": sheet_for(current, chosen, reader, refusals),
        "grid_url": address("grid", current),
        "printed_at": timezone.localtime(),
    }
    return TemplateResponse(request, "indicators/entry_sheet.html", page, status=status)


def _answers(request: HttpRequest) -> dict[int, tuple[Answer, str]]:
    said = {}
    for name, value in request.POST.items():
        key = name.removeprefix("answer-")
        if name.startswith("answer-") and key.isdecimal() and len(key) < 19 and value in list(Answer):
            said[int(key)] = (Answer(value), request.POST.get(f"dispute-{key}", "")[:500])
    return said
