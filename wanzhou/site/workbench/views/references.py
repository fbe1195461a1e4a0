"""Reference figures: one screen for each period."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from wanzhou.site.workbench import places
from wanzhou.site.workbench.forms import ReferenceForm
from wanzhou.site.workbench.references import READS, WRITES, CellsWrong, save_references, sheet_of

from .changes import attempt, files_of, look, only_looks, period_or_404, periods_in_time
from .pages import answer, permitted, refuse_a_post_without


@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """The newest period's screen."""
    permitted(request, READS)
    periods = periods_in_time()
    if not periods:
        return answer(request, "references.html", "参考数据", sheet=None)
    return HttpResponseRedirect(places.references(periods[0]))


@require_http_methods(["GET", "HEAD", "POST"])
def references(request: HttpRequest, year: int, period: str) -> HttpResponse:
    """All regions of all indicators for a period; saved all or none."""
    by = permitted(request, READS)
    refuse_a_post_without(request, by, *WRITES)
    chosen = period_or_404(year, period)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ReferenceForm(*sent)
    errors: dict[str, str] = {}
    page: dict[str, Any] = {"effects": ()}
    if request.method == "POST" and form.is_valid():
        attach = files_of(request, form, by)
        save = partial(save_references, chosen, request.POST, **form.said, by=by, attach=attach)

        def act() -> int:
            try:
                return save()
            except CellsWrong as wrong:
                errors.update(wrong.reasons)
                raise

        if only_looks(request):
            page["effects"] = look(request, act, [chosen], by)
        elif (saved := attempt(request, act)) is not None:
            _tell(request, saved)
            return HttpResponseRedirect(request.path)
    typed = request.POST if request.method == "POST" else None
    return answer(
        request,
        "references.html",
        f"参考数据：{chosen}",
        sheet=sheet_of(chosen, typed, errors),
        form=form,
        choices=[(str(each), places.references(each), each.pk == chosen.pk) for each in periods_in_time()],
        writes=by.has_perms(WRITES),
        **page,
    )


def _tell(request: HttpRequest, saved: int) -> None:
    if saved:
        messages.success(request, f"已保存 {saved} 条。下次发布这一期时，公开页面随之更新。")
    else:
        messages.info(request, "没有改动，什么也没有保存。")
