"""The list of all documents."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wanzhou.kernel.evidence.models import Document
from wanzhou.site.workbench.papers import PAGE, READS, PapersForm, listed, papers_of

from .pages import answer, permitted

MOST_DIGITS = 18


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """Every document that is asked for, newest first, a page at a time."""
    permitted(request, READS)
    form = PapersForm(request.GET)
    found: list[Document] = []
    if form.is_valid():
        found = list(listed(form.found(), _before(request)))
    query = request.GET.copy()
    query.pop("before", None)
    asked = query.urlencode()
    if len(found) > PAGE:
        query["before"] = str(found[PAGE - 1].pk)
    return answer(
        request,
        "papers.html",
        "佐证材料",
        status=200 if form.is_valid() else 400,
        form=form,
        papers=papers_of(found[:PAGE]),
        asked=asked,
        older=query.urlencode() if len(found) > PAGE else "",
        newest="before" not in request.GET,
    )


def _before(request: HttpRequest) -> int | None:
    said = request.GET.get("before", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= MOST_DIGITS else None
