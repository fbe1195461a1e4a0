"""What a paste would fill, shown before anything is written."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from indicators.ledger import Ledger
from wanzhou.kernel.accounts.models import User

from .carrying import carried, unsaved
from .frames import address, back_to_grid, frame, period_of, reader_of
from .grid import Grid, grid_for, targets_for
from .pasting import pasted
from .sending import read_sheet


def paste(request: HttpRequest, site: AdminSite, year: int, period: str) -> HttpResponse:
    """Show what a paste would fill; with `part` only the list of it, for the open grid to show."""
    reader, current = reader_of(request), period_of(year, period)
    if request.method != "POST":
        return HttpResponseRedirect(address("grid", current))
    if not reader.has_perm("indicators.add_quarterlyactual"):
        raise PermissionDenied
    shown = grid_for(current, reader, department=request.GET.get("department", ""))
    sheet = read_sheet(request.POST)
    start = request.POST.get("start", "")
    found = pasted(
        request.POST.get("pasted", ""),
        start=int(start) if start.isdecimal() and len(start) < 19 else None,
        grid=shown,
        ledger=ledger_of(shown, reader),
        now=unsaved(sheet, shown),
    )
    page = {
        "found": found, "grid": shown, "title": "粘贴预览", "back": back_to_grid(request, current),
        "carried": carried(request.POST, sheet, shown, seen=sheet.cells), "typed": unsaved(sheet, shown),
        "reader": reader,
    }  # fmt: skip
    if "part" in request.POST:
        return TemplateResponse(request, "indicators/_pasted.html", page)
    return TemplateResponse(request, "indicators/entry_pasted.html", {**frame(request, site), **page})


def ledger_of(shown: Grid, reader: User) -> Ledger:
    """What stands beside the rows on the screen."""
    keys = {row.key for row in shown.rows}
    return Ledger.of(shown.period, [one for one in targets_for(shown.period, reader) if one.pk in keys])
