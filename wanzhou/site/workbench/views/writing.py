"""The desk of documents: write one, and mark what the congress saw."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.evidence import serving
from wanzhou.kernel.plans.models import Edition
from wanzhou.site.reports.editions import MARKS, EditionRefused, content_of, kind_of, mark
from wanzhou.site.reports.writing.documents import DocumentRefused
from wanzhou.site.reports.writing.forms import Form, written
from wanzhou.site.reports.writing.making import Made, keep, make
from wanzhou.site.workbench.writing import KEEPS, READS, desk_for, periods_of_plans, today_in_name
from wanzhou.site.workbench.writing_forms import FORMS, EditionForm, OrderForm

from .pages import answer, permitted, refuse

TITLE = "文稿"


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What can be written, and what the congress saw."""
    return _shown(request, permitted(request, *READS))


@require_safe
def file(request: HttpRequest, sort: str) -> HttpResponse:
    """A document as a file; nothing is remembered of it."""
    reader = permitted(request, *READS)
    form = _form(sort, request)
    made = _made(request, form)
    if made is None:
        return _shown(request, reader, form, status=400 if form.errors else 409)
    return _sent(made, form)


@require_POST
def brief(request: HttpRequest) -> HttpResponse:
    """A brief that is handed out: the next one says what changed since."""
    reader = permitted(request, *READS, KEEPS)
    form = _form("brief", request)
    made = _made(request, form)
    if made is None:
        return _shown(request, reader, form, status=400 if form.errors else 409)
    keep(made, form.order().basis, reader)
    return _sent(made, form)


@require_POST
def edition(request: HttpRequest) -> HttpResponse:
    """Mark a publication as what the congress saw, with its document."""
    reader = permitted(request, *READS, MARKS)
    form = EditionForm(request.POST, request.FILES)
    if form.is_valid():
        said = form.cleaned_data
        try:
            marked = mark(
                publication=said["publication"],
                title=said["title"],
                issued_on=said["issued_on"],
                held=form.held(),
                public=said["public"],
                by=reader,
            )
        except EditionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, f"已标记大会版本：{marked.title}。报告页面从现在起列出此后的每一处变化。"
            )
            return HttpResponseRedirect(f"{reverse('workbench:writing')}#editions")
    return _shown(request, reader, edition=form, status=400)


@require_safe
def edition_document(request: HttpRequest, pk: int) -> HttpResponse:
    """The document of an edition, public or not, as it was marked."""
    permitted(request, *READS)
    found = get_object_or_404(Edition, pk=pk)
    kind = kind_of(found)
    if kind is None:
        raise Http404("这个版本没有附文件")
    name = f"{found.title}.{kind}"
    try:
        return serving.answer(
            request,
            sha256=found.sha256,
            kind=kind,
            name=name,
            everybody=False,
            read=lambda _: content_of(found),
        )
    except serving.FileMissing as missing:
        raise Http404("文件不在，或与登记的指纹不一致") from missing


def _form(sort: str, request: HttpRequest) -> OrderForm:
    if sort not in FORMS:
        raise Http404("没有这种文稿")
    return FORMS[sort](request.POST or request.GET, periods=periods_of_plans())


def _made(request: HttpRequest, form: OrderForm) -> Made | None:
    """The document, or None with what stands against it said on the page."""
    if not form.is_valid():
        return None
    try:
        return make(form.order())
    except DocumentRefused as refused:
        refuse(request, refused.problems)
        return None


def _sent(made: Made, form: OrderForm) -> HttpResponse:
    chosen = Form(form.cleaned_data["form"])
    response = HttpResponse(written(made.document, chosen), content_type=chosen.media)
    name = f"{made.document.title}-{today_in_name()}.{chosen}"
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _shown(
    request: HttpRequest,
    reader: User,
    filled: OrderForm | None = None,
    *,
    edition: EditionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    page = desk_for(reader, filled)
    form = edition or (EditionForm() if page.marks else None)
    return answer(request, "writing.html", TITLE, status=status, desk=page, edition=form)
