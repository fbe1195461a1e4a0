"""Rounds of asking after projects: opened, followed, closed, printed."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from projects.models import AnnualTask, Round
from projects.rounds import CLOSES, OPENS, answered_by, answers_in, close_round, open_round, sheet_of
from wanzhou.site.workbench.register import sheets
from wanzhou.site.workbench.register.chapters import READS, chapters, plans_with_tasks
from wanzhou.site.workbench.register.forms import RoundForm

from .changes import attempt
from .pages import answer, permitted, refuse_a_post_without


@require_http_methods(["GET", "HEAD", "POST"])
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round, and a form for the next one."""
    reader = permitted(request, *READS)
    refuse_a_post_without(request, reader, OPENS)
    plans = plans_with_tasks()
    form = RoundForm(request.POST) if request.method == "POST" else RoundForm()
    plan = next(
        (each for each in plans if str(each.year) == request.POST.get("plan")), plans[0] if plans else None
    )
    if request.method == "POST" and plan is not None and form.is_valid():
        opened = attempt(request, partial(open_round, plan=plan, **form.cleaned_data, by=reader))
        if opened is not None:
            messages.success(request, f"已发起：{opened}。各单位从现在起看到要报哪些项目。")
            return HttpResponseRedirect(reverse("workbench:round", args=[opened.pk]))
    held = Round.objects.select_related("plan", "opened_by", "closed_by")
    return answer(
        request,
        "register_rounds.html",
        "调度",
        chapters=chapters(reader, "rounds"),
        rounds=held,
        plans=plans,
        plan=plan,
        form=form,
        opens=reader.has_perm(OPENS) and bool(plans),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def one_round(request: HttpRequest, pk: int) -> HttpResponse:
    """One round: who has answered, what is missing, and its end."""
    reader = permitted(request, *READS)
    refuse_a_post_without(request, reader, CLOSES)
    asked = get_object_or_404(Round.objects.select_related("plan", "opened_by", "closed_by"), pk=pk)
    closed = attempt(request, partial(close_round, asked, by=reader)) if request.method == "POST" else None
    if closed is not None:
        messages.success(request, "调度已结束。之后报来的更新算下一次；这一次的调度表不再变。")
        return HttpResponseRedirect(request.path)
    shares = answered_by(asked)
    answered = answers_in(asked).values("task_id")
    missing = AnnualTask.objects.filter(plan=asked.plan).exclude(pk__in=answered)
    return answer(
        request,
        "register_round.html",
        str(asked),
        chapters=chapters(reader, "rounds"),
        round=asked,
        shares=shares,
        asked=sum(share.asked for share in shares),
        answered=sum(share.answered for share in shares),
        missing=missing.select_related("department").order_by("department__order", "box__number", "order"),
        late=asked.is_open and asked.due_on < timezone.localdate(),
        closes=asked.is_open and reader.has_perm(CLOSES),
    )


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The 调度表 as a page to print."""
    reader = permitted(request, *READS)
    asked = get_object_or_404(Round.objects.select_related("plan"), pk=pk)
    rows = sheet_of(asked)
    return answer(
        request,
        "register_sheet.html",
        sheets.title_of(asked),
        chapters=chapters(reader, "rounds"),
        round=asked,
        below=sheets.below_title(asked, rows),
        headings=sheets.HEADINGS,
        rows=[sheets.cells_of(row) for row in rows],
    )


@require_safe
def sheet_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a workbook."""
    permitted(request, *READS)
    asked = get_object_or_404(Round.objects.select_related("plan"), pk=pk)
    content = sheets.xlsx_of(asked, sheet_of(asked))
    name = f"diaodubiao-{asked.plan.year}-{asked.as_of:%m%d}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=sheets.XLSX, headers=headers)
