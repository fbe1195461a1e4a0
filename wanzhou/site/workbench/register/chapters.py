"""The chapters of the desk of projects, as its pages name each other."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.accounts.roles import EVERY_DEPARTMENT
from wanzhou.kernel.plans.models import Plan, PlanKind

# Who sees every department's projects; a department has its own page.
READS = ("projects.view_round", EVERY_DEPARTMENT)
_CHAPTERS = {
    "board": ("项目一览", "projects.view_annualtask"),
    "rounds": ("调度", "projects.view_round"),
    "problems": ("需协调事项", "projects.view_problem"),
    "questions": ("待核实问题", "projects.view_question"),
    "likenesses": ("相似项目", "projects.view_likeness"),
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page of the desk."""

    name: str
    href: str
    current: bool


def chapters(reader: User, current: str) -> tuple[Chapter, ...]:
    """The pages that the reader may open."""
    return tuple(
        Chapter(name, reverse(f"workbench:{key}"), key == current)
        for key, (name, permission) in _CHAPTERS.items()
        if reader.has_perms([permission, *READS])
    )


def plans_with_tasks() -> list[Plan]:
    """The annual plans that name projects, newest first."""
    plans = Plan.objects.filter(kind=PlanKind.ANNUAL, tasks__isnull=False)
    return list(plans.distinct().order_by("-last_year"))
