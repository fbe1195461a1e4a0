"""What a paste or a workbook would fill, shown before anything is written; and the workbook to fill."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header

from indicators.cells import Cell
from indicators.ledger import Ledger
from wanzhou.kernel.accounts.models import User

from .exchanging import uploaded, workbook_of
from .frames import address, frame, period_of, reader_of
from .grid import Grid, grid_for, targets_for
from .pasting import pasted
from .sending import read_sheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def paste(request: HttpRequest, site: AdminSite, year: int, period: str) -> HttpResponse:
    """Show what a paste would fill; with `part` only the list of it, for the open grid to show."""
    reader, current = reader_of(request), period_of(year, period)
    if request.method != "POST":
        return HttpResponseRedirect(address("grid", current))
    if not reader.has_perm("indicators.add_quarterlyactual"):
        raise PermissionDenied
    shown = grid_for(current, reader, department=request.GET.get("department", ""))
    ledger = _ledger_of(shown, reader)
    keys = {row.key for row in shown.rows}
    now: dict[int, Cell] = {key: cell for key, cell in read_sheet(request.POST).cells.items() if key in keys}
    start = request.POST.get("start", "")
    found = pasted(
        request.POST.get("pasted", ""),
        start=int(start) if start.isdecimal() and len(start) < 19 else None,
        grid=shown,
        ledger=ledger,
        now=now,
    )
    page = {
        "found": found, "grid": shown, "title": "粘贴预览", "back": address("grid", current),
        "carried": {name: request.POST.get(name, "") for name in ("provider", "channel", "provided_at", "seen")},
        "reader": reader,
    }  # fmt: skip
    if "part" in request.POST:
        return TemplateResponse(request, "indicators/_pasted.html", page)
    return TemplateResponse(request, "indicators/entry_pasted.html", {**frame(request, site), **page})


def workbook(request: HttpRequest, site: AdminSite, year: int, period: str) -> HttpResponse:
    """The period's rows as a workbook; sent filled workbooks, show what they would fill, all of it at once."""
    reader, current = reader_of(request), period_of(year, period)
    shown = grid_for(current, reader, department=request.GET.get("department", ""))
    if request.method != "POST":
        name = content_disposition_header(True, f"{shown.title}{shown.department or ''}.xlsx")
        return HttpResponse(workbook_of(shown), content_type=XLSX, headers={"Content-Disposition": name})
    if not reader.has_perm("indicators.add_quarterlyactual"):
        raise PermissionDenied
    found = uploaded(request.FILES.getlist("workbooks"), grid=shown, ledger=_ledger_of(shown, reader))
    page = {
        "found": found, "grid": shown, "title": "导入预览", "back": address("grid", current), "reader": reader,
        "carried": {
            "seen": shown.seen,
            **{name: request.POST.get(name, "") for name in ("provider", "channel", "provided_at")},
        },
    }  # fmt: skip
    return TemplateResponse(request, "indicators/entry_pasted.html", {**frame(request, site), **page})


def _ledger_of(shown: Grid, reader: User) -> Ledger:
    """What stands beside the rows on the screen."""
    keys = {row.key for row in shown.rows}
    return Ledger.of(shown.period, [one for one in targets_for(shown.period, reader) if one.pk in keys])
