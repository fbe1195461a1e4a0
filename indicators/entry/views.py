"""The grid and its saves as one goes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.utils import timezone

from indicators.actions import (
    CellsRefused,
    Clash,
    EntriesClash,
    EntryRefused,
    NotTheirs,
    save_entries,
    stamp,
    submit_entries,
)
from indicators.checks import Remark
from indicators.explaining import Explanations, seen_of
from indicators.intakes import last_intake, save_intake
from indicators.ledger import Ledger, cell_of
from indicators.models import AnnualTarget, Cause, QuarterlyActual
from wanzhou.kernel.accounts.doors import wants_json
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import PlanKind, ReportingPeriod
from wanzhou.kernel.plans.periods import Period

from . import doors
from .carrying import Imported
from .frames import address, back_to_grid, frame, period_of, reader_of
from .grid import PICKED, Sent, choice_of, grid_for
from .sending import BACK, ProvidedForm, Sheet, read_sheet

SOMEBODY_ELSE = (
    "现在登录的是{now}，而这个页面是{then}打开的，没有保存。请用原来的账号登录，或重新打开这一页。"
)
NOT_FILLED = "没有填入。您先前填的都在这个页面上，还没有保存。"
PLACES = ("save", "paste", "token", "sheets", "workbook", "intakes")
CONFLICT, UNPROCESSABLE, SEE_OTHER = 409, 422, 303


def periods(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Which periods there are to enter."""
    reader_of(request)
    found = ReportingPeriod.objects.filter(plan__kind=PlanKind.ANNUAL).select_related("plan")
    known = sorted(found, key=lambda one: (-one.plan.year, -Period(one.period).position))
    listed = [{"period": one, "url": address("grid", one), "is_open": one.is_open} for one in known]
    page = {**frame(request, site), "title": "季度填报", "listed": listed}
    return TemplateResponse(request, "indicators/entry_periods.html", page)


def grid(request: HttpRequest, site: AdminSite, year: int, period: str) -> HttpResponse:
    """The grid; sent back as a form it saves a draft, or saves and hands in."""
    reader, current = reader_of(request), period_of(year, period)
    if request.method != "POST":
        return _grid_page(request, site, current, reader)
    sheet, form = read_sheet(request.POST), ProvidedForm(request.POST)
    if request.POST.get("do") == BACK:
        sent = Sent(sheet.cells, sheet.explanations, {})
        return _grid_page(request, site, current, reader, form, sent, NOT_FILLED)
    try:
        _refuse_somebody_else(request, reader)
        _refuse_halves(form)
        _save(current, sheet, form, reader, Imported.read(request.POST.get("intake", ""), current))
        done = f"草稿已保存，{timezone.localtime():%H:%M}。"
        if request.POST.get("do") == "submit":
            done = _handed_in(current, sheet, reader)
    except EntriesClash as clash:
        sent = Sent(sheet.cells, sheet.explanations, {}, clash.clashes)
        return _grid_page(request, site, current, reader, form, sent, str(clash), CONFLICT)
    except CellsRefused as refused:
        sent = Sent(sheet.cells, sheet.explanations, refused.reasons)
        return _grid_page(request, site, current, reader, form, sent, str(refused), UNPROCESSABLE)
    except EntryRefused as refused:
        status = 403 if isinstance(refused, NotTheirs) else CONFLICT
        return _grid_page(
            request,
            site,
            current,
            reader,
            form,
            Sent(sheet.cells, sheet.explanations, {}),
            str(refused),
            status,
        )
    messages.success(request, done)
    answer = HttpResponseRedirect(request.get_full_path())
    answer.status_code = SEE_OTHER
    return answer


def stale_grid(request: HttpRequest, site: AdminSite, year: int, period: str) -> HttpResponse:
    """A form from before a new sign-in: shown again as it was typed, with nothing written."""
    if wants_json(request):
        return doors.ask_to_renew(request)
    sheet = read_sheet(request.POST)
    sent = Sent(sheet.cells, sheet.explanations, {})
    form = ProvidedForm(request.POST)
    current = period_of(year, period)
    return _grid_page(request, site, current, reader_of(request), form, sent, doors.STALE, 403)


def _handed_in(current: ReportingPeriod, sheet: Sheet, reader: User) -> str:
    keys = {one.target_id for one in sheet.typed} | set(sheet.explanations)
    handed_in = submit_entries(period=current, target_ids=keys, by=reader)
    figures = sum(isinstance(entry, QuarterlyActual) for entry in handed_in)
    causes = len(handed_in) - figures
    blank = sum(one.cell.is_blank for one in sheet.typed)
    left = f"还有{blank}行空着，没有报送。" if blank else ""
    beside = f"和{causes}条原因说明" if causes else ""
    return f"已报送{figures}条{beside}，等待审核。{left}" if handed_in else f"没有要报送的新数据。{left}"


def _save(
    current: ReportingPeriod,
    sheet: Sheet,
    form: ProvidedForm,
    reader: User,
    imported: Imported | None = None,
) -> dict[int, QuarterlyActual | None]:
    """Save the screen; what came from files is kept on record with what it replaced."""
    said: dict[str, Any] = {"typed": sheet.typed, "provided": form.provided(), "explained": sheet.explained}
    if imported is None:
        return save_entries(period=current, by=reader, **said)
    keys = imported.keys & sheet.cells.keys()
    return save_intake(period=current, by=reader, imported=keys, files=imported.files, **said)


def _grid_page(
    request: HttpRequest,
    site: AdminSite,
    period: ReportingPeriod,
    reader: User,
    form: ProvidedForm | None = None,
    sent: Sent | None = None,
    says: str = "",
    status: int = 200,
) -> HttpResponse:
    department = request.GET.get("department", "")
    shown = grid_for(period, reader, department=department, sent=sent)
    if department and shown.department is None:
        raise Http404("没有这个责任单位，或不归您填报。")
    page = {
        **frame(request, site),
        "title": shown.title,
        "grid": shown,
        "picked": PICKED,
        "provided": form or ProvidedForm(initial={"provided_at": timezone.localtime()}),
        "says": says,
        "action": back_to_grid(request, period),
        "places": {name: address(name, period) for name in PLACES},
        "intake": request.POST.get("intake", "") if sent else "",
        "last_intake": last_intake(period, reader),
        "reader": reader,
    }
    return TemplateResponse(request, "indicators/entry.html", page, status=status)


# --- saving as one goes -----------------------------------------------------------------------------------
def keep(request: HttpRequest, site: AdminSite, year: int, period: str) -> JsonResponse:
    """Save some cells as drafts; the answer says, cell by cell, what is stored and what is to be said of it."""
    reader, current = reader_of(request), period_of(year, period)
    sheet, form = read_sheet(request.POST), ProvidedForm(request.POST)
    try:
        _refuse_somebody_else(request, reader)
        _refuse_halves(form)
        now = _save(current, sheet, form, reader)
    except EntriesClash as clash:
        found = {one.target.pk: _clash_in_json(one) for one in clash.clashes}
        return JsonResponse({"says": str(clash), "clashes": found}, status=CONFLICT)
    except CellsRefused as refused:
        return JsonResponse(_refusal_in_json(current, refused, reader), status=UNPROCESSABLE)
    except EntryRefused as refused:
        status = 403 if isinstance(refused, NotTheirs) else CONFLICT
        return JsonResponse({"says": str(refused)}, status=status)
    return JsonResponse(
        {
            "at": f"{timezone.localtime():%H:%M:%S}",
            "rows": _rows_in_json(current, {*now, *sheet.explanations}, reader),
        }
    )


def _rows_in_json(period: ReportingPeriod, now: Collection[int], reader: User) -> dict[int, dict[str, Any]]:
    """The saved rows and their totals and parts, whose remarks may have changed with them."""
    near = Q(pk__in=now) | Q(parent__in=now) | Q(sub_rows__in=now)
    mine = AnnualTarget.objects.for_user(reader).filter(near, plan=period.plan_id).distinct()
    ledger = Ledger.of(period, mine.select_related("plan", "indicator"))
    cells = {target.pk: ledger.cell(target) for target in ledger.targets}
    explanations = Explanations.beside(ledger, cells)
    return {
        target.pk: {
            "seen": stamp(ledger.entries.get(target.pk)),
            "state": cells[target.pk].state.value,
            "note": cells[target.pk].note,
            "remarks": [_remark_in_json(remark) for remark in ledger.remarks(target, cells)],
            "asked": explanations.asked.get(target.pk, ""),
            "whyseen": explanations.seen(target),
            "saved": target.pk in now,
        }
        for target in ledger.targets
    }


def _refusal_in_json(period: ReportingPeriod, refused: CellsRefused, reader: User) -> dict[str, Any]:
    """Why rows were refused, and what of their causes is newest: whoever saves again has been told of it."""
    causes = Cause.objects.filter(period=period, target__in=refused.reasons).order_by("pk")
    newest = {cause.target_id: seen_of(cause) for cause in causes}
    return {"says": str(refused), "cells": refused.reasons, "whyseen": newest}


def _remark_in_json(remark: Remark) -> dict[str, str]:
    return {"severity": remark.severity.value, "says": remark.says, "offer": remark.offer}


def _clash_in_json(clash: Clash) -> dict[str, str]:
    cell, choice = cell_of(clash.theirs), choice_of(clash)
    return {
        "seen": choice.newest, "shown": choice.text, "by": choice.by,
        "text": cell.text, "state": cell.state.value, "note": cell.note,
    }  # fmt: skip


def token(request: HttpRequest, site: AdminSite, year: int, period: str) -> JsonResponse:
    """A fresh token after somebody signed in again in another tab."""
    reader = reader_of(request)
    return JsonResponse({"token": get_token(request), "reader": reader.pk})


def _refuse_somebody_else(request: HttpRequest, reader: User) -> None:
    """A page that one person opened is not saved in the name of another."""
    opened_by = request.POST.get("reader", "")
    if opened_by != str(reader.pk):
        then = User.objects.filter(pk=opened_by).first() if opened_by.isdigit() else None
        raise NotTheirs(SOMEBODY_ELSE.format(now=reader, then=then or "别人"))


def _refuse_halves(form: ProvidedForm) -> None:
    if not form.is_valid():
        raise EntryRefused(form.reasons())
