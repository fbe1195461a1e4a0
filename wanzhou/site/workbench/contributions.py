"""The desk of contributions: a plan's targets with the projects that serve them, and one target's choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from indicators.models import AnnualTarget
from indicators.models.targets import Tier
from projects.models import AnnualTask
from wanzhou.kernel.plans.models import Plan
from wanzhou.site.links.models import Contribution


@dataclass(frozen=True, slots=True)
class ServedTarget:
    """A target and the names of the projects that serve it."""

    name: str
    ordinal: int | None
    headline: bool
    href: str
    projects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A task that may serve the target; `seen` is how it stood when the page was made: words, or None."""

    pk: int
    name: str
    section: str
    chosen: bool
    words: str
    seen: str | None


@dataclass(frozen=True, slots=True)
class CandidateBox:
    """A box and its tasks."""

    title: str
    chosen: int
    candidates: tuple[Candidate, ...]


def served_targets(plan: Plan) -> tuple[ServedTarget, ...]:
    """The plan's targets in table order; two queries."""
    names: dict[int, list[str]] = {}
    standing = Contribution.objects.filter(target__plan=plan, stands=True)
    for target, name in standing.order_by("task__box__number", "task__order").values_list(
        "target_id", "task__name"
    ):
        names.setdefault(target, []).append(name)
    return tuple(
        ServedTarget(
            target.name,
            target.ordinal,
            target.tier == Tier.HEADLINE,
            reverse("workbench:contribution", args=[target.pk]),
            tuple(names.get(target.pk, ())),
        )
        for target in AnnualTarget.objects.filter(plan=plan).order_by("tier", "order")
    )


def candidates_of(
    target: AnnualTarget, standing: Mapping[int, str], said: Mapping[int, str] | None = None
) -> tuple[CandidateBox, ...]:
    """Every task of the target's plan, box by box; `said` is what was typed and not yet saved; one query."""
    chosen = standing if said is None else said
    tasks = AnnualTask.objects.filter(plan=target.plan_id).select_related("box")
    boxes = groupby(tasks.order_by("box__number", "order"), key=lambda task: task.box)
    return tuple(
        _box(str(box), tuple(_candidate(task, standing, chosen) for task in of_box)) for box, of_box in boxes
    )


def _box(title: str, candidates: tuple[Candidate, ...]) -> CandidateBox:
    return CandidateBox(title, sum(one.chosen for one in candidates), candidates)


def _candidate(task: AnnualTask, standing: Mapping[int, str], chosen: Mapping[int, str]) -> Candidate:
    return Candidate(
        pk=task.pk,
        name=task.name,
        section=task.section,
        chosen=task.pk in chosen,
        words=chosen.get(task.pk, ""),
        seen=standing.get(task.pk),
    )


def said_in(form: Mapping[str, str]) -> dict[int, str]:
    """The ticked tasks with their words, as the form was sent."""
    ticked = (key.removeprefix("t-") for key in form if key.startswith("t-"))
    return {int(key): form.get(f"w-{key}", "").strip() for key in ticked if _is_key(key)}


def seen_in(form: Mapping[str, str]) -> dict[int, str]:
    """What stood when the form was made."""
    stood = (key.removeprefix("s-") for key in form if key.startswith("s-"))
    return {int(key): form[f"s-{key}"] for key in stood if _is_key(key)}


def _is_key(key: str) -> bool:
    return key.isascii() and key.isdecimal() and len(key) < 19
