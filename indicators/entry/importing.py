"""Workbooks out and in: the one to fill, what filled ones would do, what was imported, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from indicators.actions import EntryRefused, NotTheirs
from indicators.intakes import Takeback, intakes_of, last_intake, takebacks, undo_intake
from indicators.models import Intake
from wanzhou.kernel.plans.models import ReportingPeriod

from .carrying import Imported, carried, unsaved
from .exchanging import Uploaded, uploaded, workbook_of
from .frames import address, back_to_grid, frame, period_of, reader_of
from .grid import grid_for
from .pasting import words_of
from .previews import ledger_of
from .sending import read_sheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONFLICT = 409


def workbook(request: HttpRequest, site: AdminSite, year: int, period: str) -> HttpResponse:
    """The period's rows as a workbook; sent filled workbooks, show what they would fill, all of it at once."""
    reader, current = reader_of(request), period_of(year, period)
    shown = grid_for(current, reader, department=request.GET.get("department", ""))
    if request.method != "POST":
        name = content_disposition_header(True, f"{shown.title}{shown.department or ''}.xlsx")
        return HttpResponse(workbook_of(shown), content_type=XLSX, headers={"Content-Disposition": name})
    if not reader.has_perm("indicators.add_quarterlyactual"):
        raise PermissionDenied
    sheet = read_sheet(request.POST)
    typed = unsaved(sheet, shown)
    files = request.FILES.getlist("workbooks")
    read = uploaded(files, grid=shown, ledger=ledger_of(shown, reader), now=typed)
    page = {
        "found": read.found, "grid": shown, "title": "导入预览", "reader": reader, "typed": typed,
        "back": back_to_grid(request, current),
        "carried": carried(request.POST, sheet, shown, seen=()) | _signed(read, current),
    }  # fmt: skip
    return TemplateResponse(request, "indicators/entry_pasted.html", {**frame(request, site), **page})


def _signed(read: Uploaded, period: ReportingPeriod) -> dict[str, str]:
    keys = frozenset(one.row.key for one in read.found.fillable)
    return {"intake": Imported(read.files, keys).signed(period)}


@require_safe
def intakes(request: HttpRequest, site: AdminSite, year: int, period: str) -> HttpResponse:
    """What was imported into a period: who, when, which files, and what was taken back."""
    reader, current = reader_of(request), period_of(year, period)
    page = {
        **frame(request, site),
        "title": f"{current}导入记录",
        "period": current,
        "grid_url": address("grid", current),
        "intakes": intakes_of(current, reader),
        "last": last_intake(current, reader),
        "may_undo": reader.has_perm("indicators.add_quarterlyactual") and current.is_open,
    }
    return TemplateResponse(request, "indicators/entry_intakes.html", page)


def undo(request: HttpRequest, site: AdminSite, year: int, period: str, key: int) -> HttpResponse:
    """What undoing an import would do, row by row; sent as a form, it is done."""
    reader, current = reader_of(request), period_of(year, period)
    if not reader.has_perm("indicators.add_quarterlyactual"):
        raise PermissionDenied
    intake = get_object_or_404(
        Intake.objects.select_related("by", "undone_by", "period__plan"), pk=key, period=current
    )
    try:
        if request.method == "POST":
            messages.success(request, _done(undo_intake(intake, by=reader)))
            return HttpResponseRedirect(address("grid", current))
        rows = takebacks(intake, reader)
    except NotTheirs as refused:
        raise PermissionDenied(str(refused)) from refused
    except EntryRefused as refused:
        return _undo_page(request, site, intake, takebacks(intake, reader), str(refused), CONFLICT)
    return _undo_page(request, site, intake, rows)


def _undo_page(
    request: HttpRequest,
    site: AdminSite,
    intake: Intake,
    rows: tuple[Takeback, ...],
    says: str = "",
    status: int = 200,
) -> HttpResponse:
    listed = [{"row": one, "now": words_of(one.now), "then": words_of(one.then)} for one in rows]
    page = {
        **frame(request, site),
        "title": "撤销导入",
        "intake": intake,
        "rows": listed,
        "returning": sum(not one.refusal for one in rows),
        "says": says or ("这次导入已经撤销过了。" if intake.undone_at else ""),
        "back": address("grid", intake.period),
        "record": address("intakes", intake.period),
    }
    return TemplateResponse(request, "indicators/entry_intake.html", page, status=status)


def _done(rows: tuple[Takeback, ...]) -> str:
    left = [f"“{one.target.name}”{one.refusal}" for one in rows if one.refusal]
    beside = f"{len(left)}行没有撤销：{''.join(left)}" if left else ""
    return f"已撤销上次导入，{len(rows) - len(left)}行回到导入以前。{beside}"
