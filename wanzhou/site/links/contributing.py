"""Saying which of a plan's tasks serve a target: all of a target's at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from indicators.models import AnnualTarget
from projects.models import AnnualTask
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.workflow.actions import MoveRefused

from .models import Contribution

READS: Final = "links.view_contribution"
WRITES: Final = ("links.add_contribution", "links.change_contribution")


@dataclass(frozen=True, slots=True)
class Changed:
    """How many contributions were added, worded otherwise and taken away."""

    added: int
    worded: int
    taken: int

    def __bool__(self) -> bool:
        return bool(self.added or self.worded or self.taken)


def standing_words(target: AnnualTarget) -> dict[int, str]:
    """The words of the target's contributions that stand, by the id of their task; one query."""
    standing = Contribution.objects.filter(target=target, stands=True)
    return dict(standing.values_list("task_id", "words"))


@transaction.atomic
def contribute(
    target: AnnualTarget, *, words: Mapping[int, str], seen: Mapping[int, str], by: User
) -> Changed:
    """Let exactly the tasks that are keys of `words` serve the target, each in its words (which may be empty).

    `seen` is what the person had before his eyes. Raises MoveRefused, with nothing written, when it is no longer
    what stands, when a task is not of the target's plan, or when he may not.
    """
    if not by.has_perms(WRITES):
        raise MoveRefused(f"{by}没有关联项目与指标的权限。")
    AnnualTarget.objects.select_for_update().get(pk=target.pk)  # the second of two at once waits, and is told
    if standing_words(target) != dict(seen):
        raise MoveRefused(
            "在您打开这一页之后，别人改动了这个目标的关联；什么也没有保存，请对照后再保存一次。"
        )
    _refuse_strangers(target, words)
    known = {one.task_id: one for one in Contribution.objects.filter(target=target)}
    fresh = [
        Contribution(task_id=task, target=target, words=said)
        for task, said in words.items()
        if task not in known
    ]
    added, worded, taken = len(fresh), 0, 0
    changed: list[Contribution] = []
    for task, one in known.items():
        stands, said = task in words, words.get(task, one.words)
        added += stands and not one.stands
        worded += stands and one.stands and said != one.words
        taken += one.stands and not stands
        if (stands, said) != (one.stands, one.words):
            one.stands, one.words = stands, said
            changed.append(one)
    Contribution.objects.bulk_create(fresh)
    Contribution.objects.bulk_update(changed, ["stands", "words"])
    return Changed(added, worded, taken)


def _refuse_strangers(target: AnnualTarget, words: Mapping[int, str]) -> None:
    own = AnnualTask.objects.filter(plan=target.plan_id, pk__in=words).count()
    if own != len(words):
        raise MoveRefused("所选项目中有的不在这份计划里；请刷新页面后重选。")
    for said in words.values():
        if len(said) > Contribution.WORDS:
            raise MoveRefused(f"“{said[:20]}……”有 {len(said)} 字，最多 {Contribution.WORDS} 字。")
