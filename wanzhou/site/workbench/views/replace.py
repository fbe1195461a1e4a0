"""Replacing a published figure: the new one beside the old, with its kind and reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from indicators.models import PublishedRow, QuarterlyActual, Replacement
from indicators.submitting import REPLACES, replace_published
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.kernel.workflow.moves import State
from wanzhou.site.workbench import places
from wanzhou.site.workbench.figures import said_of
from wanzhou.site.workbench.forms import ReplaceForm

from .pages import answer, permitted, refuse


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """The form from a published figure; a replacement waits for a second person."""
    by = permitted(request, REPLACES)
    figures = QuarterlyActual.objects.select_related(
        "target__plan", "target__indicator", "period__plan", "source"
    )
    published = get_object_or_404(figures, pk=pk, state=State.PUBLISHED)
    form = ReplaceForm(request.POST, request.FILES) if request.method == "POST" else ReplaceForm.of(published)
    if request.method == "POST" and form.is_valid():
        because, reason = Replacement(form.cleaned_data["because"]), form.cleaned_data["reason"]
        try:
            draft = replace_published(
                published, form.figure(), because=because, reason=reason, by=by, attach=form.attach(by)
            )
        except MoveRefused as refusal:
            refuse(request, refusal.problems)
        else:
            messages.success(request, f"“{published}”的替换已报送，须由另一人审核，再经发布才会公开。")
            return HttpResponseRedirect(places.row_of(draft))
    told = PublishedRow.objects.filter(actual=published).order_by("-publication_id").first()
    return answer(
        request,
        "replace.html",
        "替换已发布的数据",
        published=published,
        said=said_of(published),
        told=told,
        form=form,
    )
