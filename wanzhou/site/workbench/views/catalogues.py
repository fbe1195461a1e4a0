"""Catalogues out and in: the workbook, the preview of what an uploaded one would change, and the import itself."""

from __future__ import annotations

import io
from typing import Any

import tablib
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from wanzhou.kernel.workbooks.opening import NotOpenedError, open_sheets
from wanzhou.site.workbench.catalogues import CATALOGUES, Catalogue, Lines, bring_in, foresee, lines_of

from .pages import answer, permitted, refuse_a_post_without

SALT = "workbench.catalogue"
MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHANGED = "您看过以后，有人改过其中的行，没有导入。这是现在的变化，请再看一次。"


@require_http_methods(["GET", "HEAD", "POST"])
def catalogue(request: HttpRequest, key: str) -> HttpResponse:
    """The page of a catalogue: what goes out, and what an uploaded workbook would do; confirmed, it is done."""
    chosen = _chosen(key)
    reader = permitted(request, chosen.reads)
    refuse_a_post_without(request, reader, *chosen.writes)
    page: dict[str, Any] = {"catalogue": chosen, "writes": reader.has_perms(chosen.writes)}
    if request.method != "POST":
        return _page(request, chosen, page)
    if "rows" in request.POST:
        return _confirmed(request, chosen, page)
    file = request.FILES.get("workbook")
    if file is None:
        return _page(request, chosen, page | {"problems": ["没有选择文件，请先选好要导入的表。"]})
    name = (file.name or "").rpartition("/")[2][-80:]
    if (file.size or 0) > MOST_BYTES:
        return _page(request, chosen, page | {"problems": [f"《{name}》超过 10 MB，没有读取。"]})
    try:
        said = lines_of(open_sheets(name, file.read()), chosen)
    except NotOpenedError as refusal:
        return _page(request, chosen, page | {"problems": [str(refusal)]})
    return _foreseen(request, chosen, said, page)


def _foreseen(
    request: HttpRequest, chosen: Catalogue, said: Lines, page: dict[str, Any], notices: tuple[str, ...] = ()
) -> HttpResponse:
    """What the lines would do; they can be confirmed only where nothing stands in the way."""
    found = foresee(chosen, said.rows) if len(said.rows) else None
    problems = (*said.problems, *(found.problems if found else ()))
    page |= {"found": found, "problems": problems, "notices": (*notices, *said.notices)}
    if not problems:
        rows = {"key": chosen.key, "headers": said.rows.headers, "rows": list(said.rows)}
        page["rows"] = signing.dumps(rows, salt=SALT, compress=True)
    return _page(request, chosen, page)


def _confirmed(request: HttpRequest, chosen: Catalogue, page: dict[str, Any]) -> HttpResponse:
    try:
        said = signing.loads(request.POST["rows"], salt=SALT, max_age=12 * 3600)
    except signing.BadSignature:
        said = {}
    if said.get("key") != chosen.key:
        return _page(request, chosen, page | {"problems": ["这一页已经过时，请重新上传。"]})
    rows = tablib.Dataset(*said["rows"], headers=said["headers"])
    done = bring_in(chosen, rows, seen=request.POST.get("seen", ""))
    if done is None:
        return _foreseen(request, chosen, Lines(rows), page, (CHANGED,))
    new = sum(one.is_new for one in done.differences)
    messages.success(request, f"已导入：新增{new}行，修改{len(done.differences) - new}行。")
    return HttpResponseRedirect(request.path)


def _page(request: HttpRequest, chosen: Catalogue, page: dict[str, Any]) -> HttpResponse:
    return answer(request, "catalogue.html", f"{chosen.title}：导出和导入", **page)


@require_safe
def export(request: HttpRequest, key: str) -> HttpResponse:
    """The whole catalogue as a workbook; every cell is a text, and none a formula."""
    chosen = _chosen(key)
    permitted(request, chosen.reads)
    name = content_disposition_header(True, f"{chosen.title}.xlsx")
    return HttpResponse(_workbook(chosen), content_type=XLSX, headers={"Content-Disposition": name})


def _workbook(chosen: Catalogue) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(chosen.title)
    sheet.freeze_panes = "C2"
    rows = chosen.rows()
    for number in range(len(rows.headers)):
        sheet.column_dimensions["ABCDEFGH"[number]].width = 28
    for line in (rows.headers, *rows):
        cells = []
        for text in line:
            cell = WriteOnlyCell(sheet)
            cell.value, cell.data_type, cell.number_format = str(text) or None, "s", "@"
            cells.append(cell)
        sheet.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _chosen(key: str) -> Catalogue:
    if key not in CATALOGUES:
        raise Http404("没有这个台账。")
    return CATALOGUES[key]
