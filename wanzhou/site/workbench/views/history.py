"""The auditor's record: read in sentences, filtered, and taken along as a file."""

from __future__ import annotations

import tempfile
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wanzhou.kernel.accounts.desks import person
from wanzhou.kernel.accounts.trail import Kind, changes, every_change, kinds_open_to, read_cursor
from wanzhou.kernel.pages.twins import CSV, XLSX
from wanzhou.site.workbench.history import PAGE, AskForm, csv_lines, write_workbook

from .pages import answer


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Every change that is asked for, newest first, a page at a time."""
    kinds = _open(request)
    form = AskForm(request.GET, kinds=kinds)
    found: list[Any] = []
    if form.is_valid():
        after = read_cursor(request.GET.get("after", ""))
        found = changes(form.question(), kinds, most=PAGE + 1, after=after)
    query = request.GET.copy()
    query.pop("after", None)
    asked = query.urlencode()
    more = query.copy()
    if len(found) > PAGE:
        more["after"] = found[PAGE - 1].cursor
    return answer(
        request,
        "history.html",
        "变更记录",
        status=200 if form.is_valid() else 400,
        form=form,
        told=found[:PAGE],
        asked=asked,
        older=more.urlencode() if len(found) > PAGE else "",
        newest="after" not in request.GET,
    )


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """Everything that is asked for, streamed as CSV or XLSX."""
    kinds = _open(request)
    if form not in ("csv", "xlsx"):
        raise Http404("可选的文件形式：csv、xlsx。")
    asked = AskForm(request.GET, kinds=kinds)
    if not asked.is_valid():
        says = "；".join(str(error) for errors in asked.errors.values() for error in errors)
        return HttpResponse(f"{says}\n", status=400, content_type="text/plain; charset=utf-8")
    told = every_change(asked.question(), kinds)
    name = f"history-{timezone.localtime():%Y%m%d-%H%M}.{form}"
    if form == "csv":
        attached = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return StreamingHttpResponse(csv_lines(told), content_type=CSV, headers=attached)
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it, and with it the file is gone
    write_workbook(told, file)
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=name, content_type=XLSX, headers={"Cache-Control": "no-store"}
    )


def _open(request: HttpRequest) -> tuple[Kind, ...]:
    """The tables whose record the reader may see; raises PermissionDenied without any."""
    kinds = kinds_open_to(person(request))
    if not kinds:
        raise PermissionDenied
    return kinds
