"""The review desk: approve, or send back with a note."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.site.workbench import deciding
from wanzhou.site.workbench.deciding import Decision
from wanzhou.site.workbench.keys import read_keys
from wanzhou.site.workbench.review import review_for

from .pages import answer, permitted, refuse

APPROVES = "indicators.approve_quarterlyactual"


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """What waits for review; a decision leads back to the same list."""
    reader = permitted(request, APPROVES)
    if request.method != "POST":
        return _listed(request, reader)
    try:
        decision, done = _decide(request, reader)
    except MoveRefused as refusal:
        refuse(request, refusal.problems)
        return _listed(request, reader, kept=request.POST.getlist("entry"), note=request.POST.get("note", ""))
    _tell(request, decision, done)
    return HttpResponseRedirect(request.get_full_path())


def _decide(request: HttpRequest, reader: User) -> tuple[Decision, str]:
    """One entry's own button goes before the ticked boxes."""
    step, _, single = request.POST.get("step", "").partition(":")
    keys = list(read_keys([single] if single else request.POST.getlist("entry")))
    if step == "approve":
        return deciding.approve(keys, by=reader), "已审核通过"
    if step == "send_back":
        return deciding.send_back(keys, by=reader, note=request.POST.get("note", "")), "已退回"
    raise MoveRefused("请选择审核通过或退回。")


def _tell(request: HttpRequest, decision: Decision, done: str) -> None:
    if decision.moved:
        messages.success(request, f"{done} {len(decision.moved)} 条。")
    if decision.already:
        names = "、".join(f"“{entry}”" for entry in decision.already[:3])
        more = "等" if len(decision.already) > 3 else ""
        messages.info(request, f"{names}{more}您刚才已经处理过，没有重复操作。")


def _listed(
    request: HttpRequest, reader: User, kept: list[str] | None = None, note: str = ""
) -> HttpResponse:
    page = review_for(reader, request.GET.get("period", ""), request.GET.get("department", ""))
    return answer(request, "review.html", "审核台", review=page, kept=kept or (), note=note)
