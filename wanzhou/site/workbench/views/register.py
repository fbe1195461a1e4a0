"""The desk of projects: the board, problems to settle, questions of the sources, projects that look alike."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from projects import settling
from projects.joining import RULES_ON, Entry, join, keep_apart, proposals
from projects.likeness import Pair
from projects.models import Finding, Likeness, Problem, Project, Question, Quotation, Ruled, StatusUpdate
from projects.settling import ANSWERS, REGISTERS, SETTLES, Matter
from projects.stages import Stage, planned_words
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.site.workbench.register.board import board_of
from wanzhou.site.workbench.register.chapters import READS, chapters, plans_with_tasks
from wanzhou.site.workbench.register.forms import FindingForm, LikenessForm, ProblemForm, SettleForm

from .changes import attempt
from .pages import answer, permitted, refuse, refuse_a_post_without

SETTLED_SHOWN = 20


@require_safe
def newest_board(request: HttpRequest) -> HttpResponse:
    """The newest plan's board."""
    reader = permitted(request, "projects.view_annualtask", *READS)
    plans = plans_with_tasks()
    if plans:
        return HttpResponseRedirect(reverse("workbench:board_of", args=[plans[0].year]))
    return answer(
        request, "register_board.html", "项目一览", chapters=chapters(reader, "board"), board=None, years=()
    )


@require_safe
def board(request: HttpRequest, year: int) -> HttpResponse:
    """A plan's projects: all in numbers, and those that are asked for."""
    reader = permitted(request, "projects.view_annualtask", *READS)
    plans = plans_with_tasks()
    plan = next((plan for plan in plans if plan.year == year), None)
    if plan is None:
        raise Http404("没有这一年的重点项目")
    return answer(
        request,
        "register_board.html",
        f"{year}年项目一览",
        chapters=chapters(reader, "board"),
        board=board_of(plan, request.GET),
        years=[(each.year, reverse("workbench:board_of", args=[each.year]), each == plan) for each in plans],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def problems(request: HttpRequest) -> HttpResponse:
    """What departments need, what of it is being settled, and what was."""
    reader = permitted(request, "projects.view_problem", *READS)
    refuse_a_post_without(request, reader, REGISTERS, SETTLES)
    step, _, key = request.POST.get("step", "").partition(":")
    form: Any = None
    if request.method == "POST":
        form = SettleForm(request.POST) if step in ("settle", "note") else ProblemForm(request.POST)
        if form.is_valid() and attempt(request, partial(_work, step, key, form.cleaned_data, reader)):
            return HttpResponseRedirect(request.path)
    needs = [(update, *_form_of(form, key, f"n{update.pk}", ProblemForm, text=update.needs))
             for update in settling.unregistered_needs()]  # fmt: skip
    lines = [(problem, *_form_of(form, key, f"p{problem.pk}", SettleForm, answer=problem.answer))
             for problem in settling.open_problems()]  # fmt: skip
    settled = Problem.objects.filter(solved_at__isnull=False).select_related(
        "task__plan", "owner", "solved_by"
    )
    return answer(
        request,
        "register_problems.html",
        "需协调事项",
        chapters=chapters(reader, "problems"),
        needs=needs,
        lines=lines,
        settled=settled.order_by("-solved_at")[:SETTLED_SHOWN],
        writes=reader.has_perms([REGISTERS, SETTLES]),
    )


def _form_of(sent: Any, key: str, own: str, form: Any, **initial: Any) -> tuple[Any, bool]:
    """The form of one line: as it was sent, or as things stand; and whether it is the one that was sent."""
    if sent is not None and key == own:
        return sent, True
    return form(initial=initial, auto_id=f"id_{own}_%s"), False


def _work(step: str, key: str, said: dict[str, Any], by: User) -> bool:
    number = int(key[1:]) if key[1:].isdigit() and len(key) < 12 else 0
    if step == "register":
        update = get_object_or_404(StatusUpdate.objects.select_related("task"), pk=number)
        settling.register(update.task, Matter(**said), update=update, by=by)
    elif step in ("settle", "note"):
        problem = get_object_or_404(Problem, pk=number)
        settling.settle(problem, answer=said["answer"], solved=step == "settle", by=by)
    else:
        raise MoveRefused("没有这一步，请重新打开页面。")
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """What the sources leave open: each place as it stands, and what people found out."""
    reader = permitted(request, "projects.view_question", *READS)
    refuse_a_post_without(request, reader, ANSWERS)
    form: FindingForm | None = None
    key = request.POST.get("question", "")
    if request.method == "POST":
        form = FindingForm(request.POST, auto_id=f"id_{key}_%s")
        question = get_object_or_404(Question, code=key)
        if form.is_valid():
            text = form.cleaned_data["text"]
            if attempt(request, partial(settling.find_out, question, text=text, by=reader)):
                messages.success(request, "已记下核实结论。原文没有改动。")
                return HttpResponseRedirect(request.path)
    found = Question.objects.prefetch_related(
        Prefetch("quotations", Quotation.objects.select_related("source", "project")),
        Prefetch("findings", Finding.objects.select_related("by")),
    )
    lines = [
        (question, form if form and question.code == key else FindingForm(auto_id=f"id_{question.code}_%s"))
        for question in found
    ]
    return answer(
        request,
        "register_questions.html",
        "待核实问题",
        chapters=chapters(reader, "questions"),
        lines=sorted(lines, key=lambda line: bool(line[0].findings.all())),
        open_count=sum(not question.findings.all() for question, _ in lines),
        writes=reader.has_perm(ANSWERS),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def likenesses(request: HttpRequest) -> HttpResponse:
    """Projects of different years that may be one, with the evidence side by side."""
    reader = permitted(request, "projects.view_likeness", *READS)
    refuse_a_post_without(request, reader, RULES_ON)
    form: LikenessForm | None = None
    key = request.POST.get("pair", "")
    if request.method == "POST":
        form = LikenessForm(request.POST, auto_id=f"id_{key}_%s")
        if not form.is_valid():
            refuse(request, ["没有保存：请写明理由。"])
        elif attempt(request, partial(_rule, key, form.cleaned_data, reader)):
            return HttpResponseRedirect(request.path)
    ruled = Likeness.objects.select_related("first", "second", "by")
    return answer(
        request,
        "register_likenesses.html",
        "相似项目",
        chapters=chapters(reader, "likenesses"),
        pairs=[_pair(pair, form, key) for pair in proposals()],
        ruled=ruled,
        writes=reader.has_perm(RULES_ON),
    )


def _rule(key: str, said: dict[str, str], by: User) -> bool:
    keys = [int(part) for part in key.split("-") if part.isdigit() and len(part) < 12]
    projects = Project.objects.in_bulk(keys)
    if len(projects) != 2:
        raise MoveRefused("这两个项目已经不在了，请重新打开页面。")
    first, second = projects.values()
    if said["ruled"] == Ruled.JOINED:
        join(first, second, reason=said["reason"], by=by)
    else:
        keep_apart(first, second, reason=said["reason"], by=by)
    return True


def _pair(pair: Pair[Entry], sent: LikenessForm | None, key: str) -> dict[str, Any]:
    own = f"{pair.before.key}-{pair.after.key}"
    return {
        "key": own,
        "why": pair.why,
        "sides": [_side(pair.before), _side(pair.after)],
        "form": sent if sent and key == own else LikenessForm(auto_id=f"id_{own}_%s"),
    }


def _side(entry: Entry) -> dict[str, Any]:
    """One entry as evidence: where it stands, how it reads, how far it is."""
    task = entry.task
    update = task.newest.update if hasattr(task, "newest") else None
    return {
        "year": entry.year,
        "name": entry.name,
        "place": f"专栏{task.box.number}《{task.box.title}》{task.section}",
        "wording": task.wording,
        "planned": planned_words(Stage(task.planned_stage)) if task.planned_stage else "",
        "reached": Stage(update.reached_stage).label if update else "",
        "department": task.department.name if task.department else "",
        "owner": task.project.owner,
    }
