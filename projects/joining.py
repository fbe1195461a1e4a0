"""Projects of different years that may be one: proposed by their names, ruled upon by a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.workflow.actions import MoveRefused

from .likeness import Pair, alike, pairs_of
from .models import AnnualTask, Likeness, Project, Quotation, Ruled

RULES_ON = "projects.add_likeness"
# What a project that takes another in learns from it, where it knows nothing itself.
_LEARNT = ("owner", "content", "site", "start_year", "end_year", "total_investment", "funding")


@dataclass(frozen=True, slots=True)
class Entry:
    """A project's entry in a year's box, as evidence."""

    task: AnnualTask

    @property
    def key(self) -> int:
        return self.task.project_id

    @property
    def year(self) -> int:
        return int(self.task.plan.year)

    @property
    def name(self) -> str:
        return self.task.name


def proposals() -> list[Pair[Entry]]:
    """Every pair that nobody has ruled upon yet, in the order of the earlier project's box; two queries."""
    tasks = AnnualTask.objects.select_related("plan", "box", "project", "department", "newest__update")
    ruled = {frozenset(keys) for keys in Likeness.objects.values_list("first", "second")}
    pairs = pairs_of([Entry(task) for task in tasks.order_by("plan__last_year", "box__number", "order")])
    return [pair for pair in pairs if frozenset({pair.before.key, pair.after.key}) not in ruled]


@transaction.atomic
def join(first: Project, second: Project, *, reason: str, by: User) -> Project:
    """Two projects become one, under the address that was there first; the public is told with the next act.

    Raises MoveRefused where somebody may not, where a year names both, or where they were ruled upon already.
    """
    kept, gone = _locked(first, second, by)
    _remember(kept, gone, Ruled.JOINED, reason, by)
    years = [set(_tasks_of(project).values_list("plan_id", flat=True)) for project in (kept, gone)]
    if years[0] & years[1]:
        raise MoveRefused(f"“{kept}”和“{gone}”在同一年都列在专栏里，计划本身就把它们分开，不能合并。")
    _tasks_of(gone).update(project=kept)
    Quotation.objects.filter(project=gone).update(project=kept)
    for field in _LEARNT:
        if getattr(kept, field) in ("", None):
            setattr(kept, field, getattr(gone, field))
    gone.joined_into = kept
    gone.save(update_fields=["joined_into"])
    kept.save(update_fields=_LEARNT)
    return kept


@transaction.atomic
def keep_apart(first: Project, second: Project, *, reason: str, by: User) -> None:
    """Two projects stay two, and are never proposed again. Raises MoveRefused as `join` does."""
    kept, gone = _locked(first, second, by)
    _remember(kept, gone, Ruled.APART, reason, by)


def _locked(first: Project, second: Project, by: User) -> tuple[Project, Project]:
    """Both projects as they are now, the one that is older first."""
    if not by.has_perm(RULES_ON):
        raise MoveRefused(f"{by}没有认定相似项目的权限。")
    rows = Project.objects.select_for_update().filter(pk__in=[first.pk, second.pk]).order_by("pk")
    found = list(rows)
    if len(found) != 2:
        raise MoveRefused("须是两个不同的项目。")
    for project in found:
        if project.joined_into_id is not None:
            raise MoveRefused(f"“{project}”已经并入另一个项目，请重新打开后再看。")
    return found[0], found[1]


def _remember(kept: Project, gone: Project, ruled: Ruled, reason: str, by: User) -> None:
    if not reason.strip():
        raise MoveRefused("须写明理由。")
    known = Likeness.objects.filter(first=kept, second=gone).first()
    if known is not None:
        raise MoveRefused(f"“{kept}”和“{gone}”已由{known.by}认定：{Ruled(known.ruled).label}。")
    Likeness.objects.create(
        first=kept,
        second=gone,
        ruled=ruled,
        likeness=_why(kept, gone) or "名称不相似，由人指定",
        reason=reason.strip(),
        by=by,
    )


def _why(kept: Project, gone: Project) -> str:
    names: list[Iterable[str]] = [
        dict.fromkeys([project.name, *_tasks_of(project).values_list("name", flat=True)])
        for project in (kept, gone)
    ]
    return next((why for one in names[0] for other in names[1] if (why := alike(one, other))), "")


def _tasks_of(project: Project) -> QuerySet[AnnualTask]:
    return AnnualTask.objects.filter(project=project)
