"""Rulings, causes, adjusted targets and changed calibres: one form each, with what the change will do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from indicators import decisions
from indicators.admin.understanding import target_understood
from indicators.arrivals import newest_entry
from indicators.decisions import ADJUSTS, CHANGES_TARGETS, EXPLAINS, RULES
from indicators.judging.terms import Verdict
from indicators.models import AnnualTarget, Cause, QuarterlyActual
from indicators.submitting import REPLACES
from indicators.wordings import describe_adjustment
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import PlanState, ReportingPeriod
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.kernel.workflow.models import Submission
from wanzhou.kernel.workflow.moves import State
from wanzhou.site.workbench import places
from wanzhou.site.workbench.acts import act_rows
from wanzhou.site.workbench.attaching import AttachingForm
from wanzhou.site.workbench.decision_forms import AdjustForm, CalibreForm, CauseForm, RulingForm
from wanzhou.site.workbench.subjects import subject_of

from .changes import attempt, files_of, look, only_looks, period_or_404, periods_in_time, row_or_404
from .pages import answer, permitted

AN_ACT = ["GET", "HEAD", "POST"]


@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """The newest period's rows."""
    permitted(request, EXPLAINS)
    periods = periods_in_time()
    if not periods:
        return answer(request, "decisions.html", "认定与调整", rows=())
    return HttpResponseRedirect(places.decisions(periods[0]))


@require_safe
def rows(request: HttpRequest, year: int, period: str) -> HttpResponse:
    """Every row of a period with what may be decided about it."""
    reader = permitted(request, EXPLAINS)
    chosen = period_or_404(year, period)
    choices = [(str(each), places.decisions(each), each.pk == chosen.pk) for each in periods_in_time()]
    title = f"认定与调整：{chosen}"
    return answer(request, "decisions.html", title, rows=act_rows(chosen, reader), choices=choices)


@require_http_methods(AN_ACT)
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """A ruling on a figure that the rules leave to a person."""
    by = permitted(request, RULES)
    figures = QuarterlyActual.objects.select_related(
        "target__plan__rule_set", "target__indicator", "period__plan__rule_set"
    )
    actual = get_object_or_404(figures, pk=pk)
    under_way = decisions.ruling_under_way(actual)
    form = RulingForm(request.POST, request.FILES) if request.method == "POST" else RulingForm.of(under_way)

    def act() -> object:
        said, attach = form.said, files_of(request, form, by)
        verdict = Verdict(said["verdict"])
        return decisions.rule_upon(actual, verdict=verdict, reason=said["reason"], by=by, attach=attach)

    return _page(
        request,
        by,
        form,
        act,
        [actual.period],
        "rule.html",
        f"人工认定：{actual.target.name}",
        done="认定已报送，须由另一人审核，再经发布才会公开。",
        subject=subject_of(actual.target, actual.period),
        refusal=_why_not(actual),
        under_way=_told_of(under_way),
    )


def _why_not(actual: QuarterlyActual) -> str:
    """Why this figure cannot be ruled upon; empty where it can."""
    try:
        decisions.open_to_ruling(actual)
    except MoveRefused as refusal:
        return str(refusal)
    return ""


@require_http_methods(AN_ACT)
def cause(request: HttpRequest, target: int, period: int) -> HttpResponse:
    """Why a row was missed or is behind, and what will be done."""
    by = permitted(request, EXPLAINS)
    row, term = row_or_404(target, period, by)
    under_way = decisions.cause_under_way(row, term)
    form = CauseForm(request.POST, request.FILES) if request.method == "POST" else CauseForm.of(under_way)
    keeps = request.POST.get("step") == "keep"

    def act() -> object:
        attach = files_of(request, form, by)
        return decisions.explain(row, term, form.explanation(), by=by, hand_in=not keeps, attach=attach)

    published = Cause.objects.filter(target=row, period=term, state=State.PUBLISHED).order_by("-id").first()
    return _page(
        request,
        by,
        form,
        act,
        [term],
        "cause.html",
        f"原因说明：{row.name}",
        done="已存草稿，还没有报送。" if keeps else "原因说明已报送，须由另一人审核，再经发布才会公开。",
        subject=subject_of(row, term),
        under_way=_told_of(under_way),
        published=published,
    )


@require_http_methods(AN_ACT)
def adjust(request: HttpRequest, target: int) -> HttpResponse:
    """A target changed in the year; its first wording stays."""
    by = permitted(request, ADJUSTS)
    rows = AnnualTarget.objects.for_user(by).select_related("plan__rule_set", "indicator", "department")
    row = get_object_or_404(rows, pk=target)
    periods = _in_time(row.plan.periods.select_related("plan__rule_set"))
    form = AdjustForm(request.POST, request.FILES) if request.method == "POST" else AdjustForm()
    history = [describe_adjustment(row, each) for each in row.adjustments.order_by("id")]
    return _page(
        request,
        by,
        form,
        lambda: decisions.adjust_target(row, form.adjusted(), by=by, attach=files_of(request, form, by)),
        periods,
        "adjust.html",
        f"目标调整：{row.name}",
        done="目标调整已登记，从批准之日起适用；发布这一年的计划和各期之后公开。",
        subject=subject_of(row, periods[-1]) if periods else None,
        row=row,
        history=history,
        unapproved=row.plan.state != PlanState.APPROVED,
        understood=target_understood(row, typed)
        if (typed := request.POST.get("wording", "").strip())
        else "",
    )


def _in_time(periods: Iterable[ReportingPeriod]) -> list[ReportingPeriod]:
    return sorted(periods, key=lambda each: Period(each.period).position)


@require_http_methods(AN_ACT)
def calibre(request: HttpRequest, target: int, period: int) -> HttpResponse:
    """A figure whose calibre is no longer its target's."""
    by = permitted(request, REPLACES, CHANGES_TARGETS)
    row, term = row_or_404(target, period, by)
    following = (
        AnnualTarget.objects.filter(
            indicator=row.indicator_id, tier=row.tier, plan__last_year=row.plan.year + 1
        )
        .select_related("plan")
        .first()
    )
    about: dict[str, Any] = {"target": row, "following": following}
    form = (
        CalibreForm(request.POST, request.FILES, **about)
        if request.method == "POST"
        else CalibreForm(**about)
    )
    later = following.plan.periods.select_related("plan__rule_set") if following else ()
    entry = newest_entry(row, term)
    return _page(
        request,
        by,
        form,
        lambda: decisions.change_calibre(row, term, form.change(), by=by, attach=files_of(request, form, by)),
        [term, *_in_time(later)],
        "calibre.html",
        f"口径调整：{row.name}",
        done="口径调整已报送，须由另一人审核，再经发布才会公开。",
        subject=subject_of(row, term),
        replaces=entry is not None and entry.state == State.PUBLISHED,
    )


def _page(
    request: HttpRequest,
    by: User,
    form: AttachingForm,
    act: Callable[[], object],
    periods: list[ReportingPeriod],
    template: str,
    title: str,
    *,
    done: str,
    **page: Any,
) -> HttpResponse:
    """Look, or do and say so; else the form as it was typed."""
    effects: Any = ()
    if request.method == "POST" and form.is_valid():
        if only_looks(request):
            effects = look(request, act, periods, by)
        elif attempt(request, act) is not None:
            messages.success(request, done)
            return HttpResponseRedirect(request.path)
    return answer(request, template, title, form=form, effects=effects, **page)


def _told_of(entry: Submission | None) -> dict[str, str]:
    """What is under way already, and where it stands."""
    if entry is None:
        return {}
    return {
        "state": State(entry.state).label,
        "by": str(entry.entered_by),
        "note": entry.returned_note if entry.state == State.RETURNED else "",
        "href": places.row_of(entry),
    }
