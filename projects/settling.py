"""What has to be settled: problems that departments name, and questions that the sources leave open."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from wanzhou.kernel.accounts.models import Department, User
from wanzhou.kernel.workflow.actions import MoveRefused

from .models import AnnualTask, Finding, Problem, Question, StatusUpdate

REGISTERS = "projects.add_problem"
SETTLES = "projects.change_problem"
ANSWERS = "projects.add_finding"


@dataclass(frozen=True, slots=True)
class Matter:
    """What is written of a problem: what is needed, who settles it and until when."""

    text: str
    owner: Department | None
    due_on: datetime.date | None


def unregistered_needs() -> QuerySet[StatusUpdate]:
    """The newest updates that name a need which nobody has registered or is settling, oldest first."""
    known = Problem.objects.filter(update=OuterRef("pk"))
    same = Problem.objects.filter(task=OuterRef("task"), text=OuterRef("needs"), solved_at__isnull=True)
    words = StatusUpdate.objects.filter(newest_of__isnull=False).exclude(needs="")
    return (
        words.filter(~Exists(known), ~Exists(same))
        .select_related("task__plan", "task__department")
        .order_by("pk")
    )


def open_problems() -> QuerySet[Problem]:
    """Problems that are not settled; what is due first comes first, what has no day comes last."""
    problems = Problem.objects.filter(solved_at__isnull=True)
    joined = problems.select_related("task__plan", "task__department", "owner")
    return joined.order_by(F("due_on").asc(nulls_last=True), "pk")


def register(task: AnnualTask, matter: Matter, *, update: StatusUpdate | None, by: User) -> Problem:
    """Write a problem down until it is settled. Raises MoveRefused."""
    if not by.has_perm(REGISTERS):
        raise MoveRefused(f"{by}没有登记需协调事项的权限。")
    if not matter.text.strip():
        raise MoveRefused("须写明需要协调什么。")
    return Problem.objects.create(
        task=task,
        update=update,
        text=matter.text.strip(),
        owner=matter.owner,
        due_on=matter.due_on,
        raised_by=by,
    )


@transaction.atomic
def settle(problem: Problem, *, answer: str, solved: bool, by: User) -> Problem:
    """Write down what was done about a problem, and that it is settled. Raises MoveRefused."""
    if not by.has_perm(SETTLES):
        raise MoveRefused(f"{by}没有办理需协调事项的权限。")
    if not answer.strip():
        raise MoveRefused("须写明办理情况。")
    fresh = Problem.objects.select_for_update(of=("self",)).get(pk=problem.pk)
    if fresh.solved_at is not None:
        raise MoveRefused("这件事已经办结。")
    fresh.answer = answer.strip()
    if solved:
        fresh.solved_by, fresh.solved_at = by, timezone.now()
    fresh.save(update_fields=["answer", "solved_by", "solved_at"])
    return fresh


def find_out(question: Question, *, text: str, by: User) -> Finding:
    """Answer a question that the sources leave open; nothing in them is changed. Raises MoveRefused."""
    if not by.has_perm(ANSWERS):
        raise MoveRefused(f"{by}没有填写核实结论的权限。")
    if not text.strip():
        raise MoveRefused("须写明核实结论。")
    return Finding.objects.create(question=question, text=text.strip(), by=by)
