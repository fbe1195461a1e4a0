"""Which projects serve which targets: the plan's list, and one target's choice."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from indicators.models import AnnualTarget
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import Plan, PlanKind
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.site.links.contributing import READS, WRITES, Changed, contribute, standing_words
from wanzhou.site.workbench import places
from wanzhou.site.workbench.contributions import candidates_of, said_in, seen_in, served_targets

from .pages import answer, permitted, refuse, refuse_a_post_without


@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """The newest plan's list."""
    permitted(request, READS)
    plan = Plan.objects.filter(kind=PlanKind.ANNUAL).order_by("-last_year").first()
    if plan is None:
        return answer(request, "contributions.html", "项目支撑指标", targets=())
    return HttpResponseRedirect(places.contributions(plan.year))


@require_safe
def contributions(request: HttpRequest, year: int) -> HttpResponse:
    """Every target of a plan with the projects that serve it."""
    reader = permitted(request, READS)
    plan = get_object_or_404(Plan, kind=PlanKind.ANNUAL, last_year=year)
    years = (
        Plan.objects.filter(kind=PlanKind.ANNUAL).order_by("-last_year").values_list("last_year", flat=True)
    )
    return answer(
        request,
        "contributions.html",
        f"项目支撑指标：{year}年",
        targets=served_targets(plan),
        choices=[(f"{each}年", places.contributions(each), each == year) for each in years],
        writes=reader.has_perms(WRITES),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def contribution(request: HttpRequest, pk: int) -> HttpResponse:
    """One target's projects, all saved at once."""
    by = permitted(request, READS)
    refuse_a_post_without(request, by, *WRITES)
    target = get_object_or_404(AnnualTarget.objects.select_related("plan"), pk=pk)
    said = said_in(request.POST) if request.method == "POST" else None
    if said is not None and _saved(request, target, said, by):
        return HttpResponseRedirect(places.contributions(target.plan.year))
    return answer(
        request,
        "contribution.html",
        f"支撑“{target.name}”的项目",
        target=target,
        boxes=candidates_of(target, standing_words(target), said),
        back=places.contributions(target.plan.year),
        writes=by.has_perms(WRITES),
        status=200 if said is None else 409,
    )


def _saved(request: HttpRequest, target: AnnualTarget, said: dict[int, str], by: User) -> bool:
    try:
        changed = contribute(target, words=said, seen=seen_in(request.POST), by=by)
    except MoveRefused as refusal:
        refuse(request, refusal.problems)
        return False
    _tell(request, target, changed)
    return True


def _tell(request: HttpRequest, target: AnnualTarget, changed: Changed) -> None:
    if not changed:
        messages.info(request, "没有改动，什么也没有保存。")
        return
    told = (("新增", changed.added), ("改写", changed.worded), ("取消", changed.taken))
    words = "，".join(f"{what} {count} 条" for what, count in told if count)
    messages.success(request, f"“{target.name}”：{words}。下次发布“{target.plan.year}年计划本身”时公开。")
