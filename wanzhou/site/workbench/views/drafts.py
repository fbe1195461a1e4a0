"""A plan in the making: carried forward, edited on one sheet, pasted into, approved."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from indicators.drafting.approving import approve_plan, digest_of, submit_plan
from indicators.drafting.carrying import carry_forward, unfinished
from indicators.drafting.echoes import echo_of
from indicators.drafting.editing import DraftConflict, Kept, Sheet, keep_draft
from indicators.drafting.pasting import Pasted, take_paste
from indicators.drafting.refusals import DRAFTS, DraftRefused
from indicators.drafting.sheets import Typed, facts_of, rows_of
from indicators.models import Indicator
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import Plan, PlanKind, PlanState
from wanzhou.site.workbench.draft_forms import ApproveForm, PasteForm, RowForm
from wanzhou.site.workbench.drafts import DraftPage, Typing, carried_rows, draft_page, plan_lines

from .pages import answer, permitted, refuse

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def plans(request: HttpRequest) -> HttpResponse:
    """Every annual plan, and the way to the next year's draft."""
    by = permitted(request, *DRAFTS)
    last = Plan.objects.filter(kind=PlanKind.ANNUAL).order_by("-first_year").first()
    if request.method == "POST":
        return _carry(request, by)
    says = unfinished(last) if last else ""
    rows = carried_rows(last) if last and not says else []
    return answer(
        request, "plans.html", "编制计划", lines=plan_lines(), last=last, rows=rows, unfinished=says
    )


def _carry(request: HttpRequest, by: User) -> HttpResponse:
    """The draft of the year after the one that was sent; a second click finds it there."""
    year = request.POST.get("year", "")
    last = _plan(int(year) if year.isdecimal() and len(year) < 5 else 0)
    chosen = {int(key) for key in request.POST.getlist("row") if key.isdecimal() and len(key) < 19}
    try:
        carried = carry_forward(last, by=by, chosen=chosen)
    except DraftRefused as refusal:
        refuse(request, refusal.problems)
        return HttpResponseRedirect(request.path)
    if carried.made:
        messages.success(request, f"已编制{carried.plan}草稿，由{last.year}年转入；请逐行填写目标表述。")
    else:
        messages.warning(request, f"{carried.plan.year}年的计划已经存在，没有作任何改动。")
    return HttpResponseRedirect(reverse("workbench:draft", args=[carried.plan.year]))


@require_http_methods(METHODS)
def draft(request: HttpRequest, year: int) -> HttpResponse:
    """The sheet of one plan; saving keeps all of it or nothing."""
    by = permitted(request, *DRAFTS)
    plan = _plan(year)
    if request.method != "POST":
        return _sheet(request, plan, Typing())
    if request.POST.get("step") == "submit":
        return _submit(request, plan, by)
    sheet, faulty = _typed(request, draft_page(plan, Typing(request.POST)))
    if faulty:
        refuse(request, ["有几处填写不对，都没有保存；请看标出的行。"])
        return _sheet(request, plan, Typing(request.POST), status=422)
    try:
        kept = keep_draft(plan, sheet, by=by)
    except DraftConflict as clash:
        refuse(request, ["您打开这一页之后，别人也改了同样的地方；都没有保存，请看标出的行再决定。"])
        return _sheet(request, plan, Typing(request.POST, conflicts=clash.conflicts), status=409)
    except DraftRefused as refusal:
        refuse(request, refusal.problems or ["有几处不合规则，都没有保存；请看标出的行。"])
        return _sheet(request, plan, Typing(request.POST, faults=refusal.by_row), status=422)
    messages.success(request, _said(kept))
    return HttpResponseRedirect(request.path)


def _submit(request: HttpRequest, plan: Plan, by: User) -> HttpResponse:
    try:
        submit_plan(plan, by=by)
    except DraftRefused as refusal:
        refuse(request, refusal.problems)
    else:
        messages.success(request, f"{plan}已标为提请审查；目标表述在批准之前仍可修改。")
    return HttpResponseRedirect(request.path)


def _typed(request: HttpRequest, page: DraftPage) -> tuple[Sheet, bool]:
    """What was sent, and whether any of it cannot even be read."""
    rows: list[Typed] = []
    faulty = False
    for line in page.lines:
        if not line.form.is_bound:
            continue
        if not line.form.is_valid() or line.form.cleaned_data["seen"] is None:
            faulty = True
        else:
            rows.append(line.form.row(int(line.key)))
    rows += _vanished(request, page)
    new = page.new
    added = new.is_valid() and new.cleaned_data["indicator"] is not None
    sheet = Sheet(
        rows=tuple(rows),
        new=new.facts() if added else None,
        indicator=new.cleaned_data["indicator"] if added else None,
        renumber=request.POST.get("step") == "renumber",
    )
    return sheet, faulty or not new.is_valid()


def _vanished(request: HttpRequest, page: DraftPage) -> list[Typed]:
    """Rows that were sent and that somebody else has removed meanwhile."""
    known = {line.key for line in page.lines}
    found = []
    for name in request.POST:
        key = name.removeprefix("t").removesuffix("-seen")
        if not (name.startswith("t") and name.endswith("-seen") and key.isdecimal()) or key in known:
            continue
        parent = request.POST.get(f"t{key}-parent_id", "")
        form = RowForm(
            request.POST,
            prefix=f"t{key}",
            parents=[*page.parents, (parent, parent)],
            departments=page.departments,
        )
        if form.is_valid() and form.cleaned_data["seen"] is not None:
            found.append(form.row(int(key)))
    return found


def _said(kept: Kept) -> str:
    words = [
        f"{verb} {count} 行"
        for verb, count in (("改动", kept.changed), ("新增", kept.added), ("去掉", kept.removed))
        if count
    ]
    return f"已保存：{'，'.join(words)}。" if words else "没有改动，不需要保存。"


def _sheet(request: HttpRequest, plan: Plan, typing: Typing, *, status: int = 200) -> HttpResponse:
    page = draft_page(plan, typing)
    return answer(request, "draft.html", f"{plan.year}年计划", status=status, page=page)


@require_http_methods(METHODS)
def paste(request: HttpRequest, year: int) -> HttpResponse:
    """Names and wordings pasted: shown beside what stands there, and filled only when that is accepted."""
    by = permitted(request, *DRAFTS)
    plan = _plan(year)
    form = PasteForm(request.POST or None)
    rows = rows_of(plan)
    pasted = take_paste(form.cleaned_data["text"], rows) if form.is_valid() else Pasted()
    seen = digest_of(plan, rows)
    if request.method == "POST" and request.POST.get("step") == "fill" and pasted.fillings:
        if request.POST.get("digest") == seen:
            return _fill(request, plan, pasted, by)
        refuse(request, ["预览之后计划又有改动，还没有填入；请看下面新的预览。"])
    lines = [
        (one, echo_of(one.wording, unit=one.target.unit, indicator=one.target.indicator, rules=plan.rule_set))
        for one in pasted.fillings
    ]
    return answer(
        request,
        "draft_paste.html",
        f"{year}年计划：粘贴目标",
        status=422 if request.method == "POST" and not form.is_valid() else 200,
        plan=plan, form=form, lines=lines, pasted=pasted, digest=seen, settled=plan.state == PlanState.APPROVED,
    )  # fmt: skip


def _fill(request: HttpRequest, plan: Plan, pasted: Pasted, by: User) -> HttpResponse:
    rows = []
    for one in pasted.fillings:
        seen = facts_of(one.target)
        rows.append(Typed(one.target.pk, seen, seen | {"wording": one.wording}))
    try:
        kept = keep_draft(plan, Sheet(rows=tuple(rows)), by=by)
    except DraftConflict:
        refuse(request, ["填入的同时别人改了同样的行，都没有填入；请重新粘贴。"])
    except DraftRefused as refusal:
        refuse(request, refusal.problems or [says for each in refusal.by_row.values() for says in each])
    else:
        messages.success(request, f"已填入 {kept.changed} 行目标表述。")
    return HttpResponseRedirect(reverse("workbench:draft", args=[plan.year]))


@require_http_methods(METHODS)
def approve(request: HttpRequest, year: int) -> HttpResponse:
    """The congress's approval, of exactly what this page shows."""
    by = permitted(request, *DRAFTS)
    plan = _plan(year)
    form = ApproveForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            approve_plan(
                plan,
                by=by,
                meeting=said["meeting"],
                on=said["on"],
                seen=said["digest"],
                source=said["source"],
            )
        except DraftRefused as refusal:
            refuse(request, refusal.problems)
            status = 409
        else:
            messages.success(request, f"{plan}已记为审查批准；此后目标表述只能通过“目标调整”改变。")
            return HttpResponseRedirect(reverse("workbench:draft", args=[year]))
    page = draft_page(plan, Typing())
    return answer(
        request,
        "draft_approve.html",
        f"{year}年计划：审查批准",
        status=422 if form.errors else status,
        page=page,
        form=form,
        digest=digest_of(plan, rows_of(plan)),
    )


@require_safe
def reading(request: HttpRequest) -> JsonResponse:
    """What a wording would be understood as, while it is typed."""
    permitted(request, *DRAFTS)
    asked = request.GET
    year, key = asked.get("year", ""), asked.get("indicator", "")
    if not (year.isdecimal() and len(year) < 5 and key.isdecimal() and len(key) < 19):
        return JsonResponse({"says": "没有说明是哪一年、哪个指标。"}, status=400)
    plan = _plan(int(year))
    indicator = get_object_or_404(Indicator, pk=int(key))
    wording, unit = asked.get("wording", "")[:200], asked.get("unit", "")[:30]
    echo = echo_of(wording, unit=unit, indicator=indicator, rules=plan.rule_set)
    return JsonResponse({"says": echo.says, "doubt": echo.doubt})


def _plan(year: int) -> Plan:
    plans = Plan.objects.select_related("rule_set")
    return get_object_or_404(plans, kind=PlanKind.ANNUAL, first_year=min(year, 9999))
