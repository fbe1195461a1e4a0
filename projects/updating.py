"""Writes on a department's updates: saving what was typed, 没有变化, taking back, handing in. All or nothing."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import Plan
from wanzhou.kernel.workflow import actions as workflow
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.kernel.workflow.moves import State

from .cells import Cells, understand, without_reason
from .ledger import (
    ENTERS,
    Footing,
    cells_of,
    course_of,
    footings_of,
    is_for_others,
    locked_because,
    tasks_for,
)
from .models import AnnualTask, StatusUpdate
from .models.updates import CONTENT
from .setbacks import setbacks

LACKS_REASON = "比上次退了（{}），请写明倒退缘由再报送。"
LACKS_PROVIDER = "代别的单位填，请写明由谁、怎样、何时提供的。"


class UpdatesRefused(Exception):
    """Nothing was written; the message says in Chinese why, for all of it."""


class NotTheirs(UpdatesRefused):
    """The person may not write this at all."""


class RowsRefused(Exception):
    """Nothing was written: reasons in Chinese, by task id."""

    def __init__(self, reasons: Mapping[int, str], names: Mapping[int, str]) -> None:
        super().__init__("有不能保存或报送的项目，什么都没有写入。")
        self.reasons = dict(reasons)
        self.names = dict(names)

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(f"“{self.names.get(pk, '')}”：{reason}" for pk, reason in self.reasons.items())


class UpdatesClash(Exception):
    """Nothing was written: these tasks have another word by now than the person saw."""

    def __init__(self, clashes: Sequence[Footing]) -> None:
        super().__init__("有项目在您打开之后被别人改动过，没有保存；您填的都还在。")
        self.clashes = tuple(clashes)


@dataclass(frozen=True, slots=True)
class Typed:
    """One task as typed; `seen` is the stamp of what the person had before his eyes; without `as_of`, today."""

    task_id: int
    cells: Cells
    seen: str = ""
    as_of: datetime.date | None = None


@transaction.atomic
def save_updates(
    *, plan: Plan, typed: Sequence[Typed], by: User, provider: str = "", asserted: bool = False
) -> dict[int, StatusUpdate]:
    """Write rows that say something new as drafts, all or none; returns what each written task now has.

    `asserted` rows are written even where they say what was said last: 没有变化, in so many words.
    Raises UpdatesRefused, RowsRefused or UpdatesClash.
    """
    footings = _locked(plan, [one.task_id for one in typed], by)
    pending = [one for one in typed if _says_something(one, footings[one.task_id], asserted)]
    clashes = [footings[one.task_id] for one in pending if one.seen != footings[one.task_id].stamp]
    if clashes:
        raise UpdatesClash(clashes)
    reasons = {one.task_id: _unsavable(one, footings[one.task_id], by, provider) for one in pending}
    _refuse(reasons, footings)
    return _written(pending, footings, by, provider)


@transaction.atomic
def confirm_unchanged(
    *,
    plan: Plan,
    task_ids: Collection[int],
    by: User,
    provider: str = "",
    seen: Mapping[int, str] | None = None,
) -> list[StatusUpdate]:
    """For each task a draft that says what was published last, dated today and marked so; all or none.

    Raises UpdatesRefused, RowsRefused or UpdatesClash.
    """
    footings = _locked(plan, task_ids, by)
    reasons = {pk: _unrepeatable(one, by, provider) for pk, one in footings.items()}
    _refuse(reasons, footings)
    clashes = [one for pk, one in footings.items() if seen is not None and seen.get(pk) != one.stamp]
    if clashes:
        raise UpdatesClash(clashes)
    typed = [Typed(pk, one.cells, one.stamp) for pk, one in footings.items()]
    return list(_written(typed, footings, by, provider).values())


@transaction.atomic
def take_back(*, plan: Plan, task_ids: Collection[int], by: User) -> int:
    """Delete the person's own drafts that report no change; others' and written ones stay. Returns how many."""
    footings = _locked(plan, task_ids, by)
    drafts = [
        one.current.pk
        for one in footings.values()
        if one.current is not None
        and one.unchanged
        and one.current.state == State.DRAFT
        and one.current.entered_by_id == by.pk
    ]
    StatusUpdate.objects.filter(pk__in=drafts).delete()
    return len(drafts)


@transaction.atomic
def submit_updates(
    *, plan: Plan, task_ids: Collection[int], by: User, seen: Mapping[int, str] | None = None
) -> list[StatusUpdate]:
    """Hand in what is drafted on these tasks, all or none; with `seen`, only as the person saw it.

    Whoever hands in a colleague's draft confirms it: both names stay. Raises UpdatesRefused, RowsRefused, UpdatesClash.
    """
    footings = _locked(plan, task_ids, by)
    drafts = {
        pk: one for pk, one in footings.items() if one.current is not None and one.current.is_editable()
    }
    clashes = [one for pk, one in drafts.items() if seen is not None and seen.get(pk) != one.stamp]
    if clashes:
        raise UpdatesClash(clashes)
    _refuse({pk: locked_because(one.current, by) for pk, one in drafts.items()}, footings)
    try:
        return submit([one.current for one in drafts.values() if one.current is not None], by=by)
    except MoveRefused as refusal:
        raise UpdatesRefused(str(refusal)) from refusal


def submit(updates: Iterable[StatusUpdate], *, by: User) -> list[StatusUpdate]:
    """Hand updates to the reviewer; one that goes backwards says why. Raises MoveRefused, or RowsRefused by task."""
    chosen = list(updates)
    tasks = AnnualTask.objects.select_related("plan__rule_set").filter(pk__in=[one.task_id for one in chosen])
    footings = {one.task.pk: one for one in footings_of(tasks)}
    reasons = {
        one.task_id: LACKS_REASON.format("；".join(found))
        for one in chosen
        if not one.setback_reason.strip() and (found := fallen(one, footings[one.task_id].last))
    }
    _refuse(reasons, footings)
    return workflow.submit(chosen, by=by)


def fallen(update: StatusUpdate, last: StatusUpdate | None) -> tuple[str, ...]:
    """What an update says less than the last published one; a replacement corrects, and falls from nothing."""
    if update.replaces_id is not None:
        return ()
    return setbacks(course_of(last), course_of(update))


# --- the parts of a save ---------------------------------------------------------------------------------
def _locked(plan: Plan, task_ids: Iterable[int], by: User) -> dict[int, Footing]:
    """The person's tasks, locked against a second writer, with what stands on them; a foreign one refuses all."""
    if not by.has_perm(ENTERS):
        raise NotTheirs("您没有填报项目进展的权限。")
    wanted = set(task_ids)
    mine = tasks_for(plan, by).filter(pk__in=wanted)
    # One order for everybody, so that two savers wait for each other and never for ever.
    list(AnnualTask.objects.filter(pk__in=wanted).order_by("pk").select_for_update(of=("self",), no_key=True))
    footings = {one.task.pk: one for one in footings_of(mine)}
    if wanted - footings.keys():
        raise NotTheirs("其中有不归您单位牵头的项目，没有保存。")
    return footings


def _says_something(one: Typed, footing: Footing, asserted: bool) -> bool:
    """Whether the row was touched, and says another thing than stands there by now."""
    digest = one.cells.digest
    dated = footing.current is not None and one.as_of is not None and one.as_of != footing.current.as_of
    if asserted:
        return footing.current is None or dated or digest != footing.cells.digest
    untouched = one.seen.endswith(f"-{digest}") if one.seen else one.cells.is_blank
    return not untouched and digest != footing.cells.digest


def _unsavable(one: Typed, footing: Footing, by: User, provider: str) -> str:
    """Why not even a draft can hold this; empty where it can."""
    if reason := locked_because(footing.current, by):
        return reason
    if is_for_others(footing.task, by) and not provider.strip():
        return LACKS_PROVIDER
    faults = understand(one.cells).faults.values()
    return "".join((*faults, *_miscounted(one.cells, footing), *_misdated(one.as_of, footing.last)))


def _miscounted(cells: Cells, footing: Footing) -> Iterator[str]:
    if cells.count.strip() and not footing.task.group:
        yield "只有成组项目才填已完成个数，请把它清掉。"


def _misdated(as_of: datetime.date | None, last: StatusUpdate | None) -> Iterator[str]:
    """What is wrong with the day that an update speaks of."""
    if as_of is None:
        return
    if as_of > timezone.localdate():
        yield "截至日期不能晚于今天。"
    if last is not None and last.as_of is not None and as_of < last.as_of:
        yield f"截至日期不能早于上次的{last.as_of:%Y-%m-%d}；上次填错了要更正，请联系发改部门。"


def _unrepeatable(footing: Footing, by: User, provider: str) -> str:
    if reason := locked_because(footing.current, by):
        return reason
    if footing.last is None:
        return "还没有更新过，没有“上次”可比：请填第一次。"
    if footing.current is not None:
        return "已有草稿，请直接报送或修改草稿。"
    if is_for_others(footing.task, by) and not provider.strip():
        return LACKS_PROVIDER
    return ""


def _refuse(reasons: Mapping[int, str], footings: Mapping[int, Footing]) -> None:
    found = {pk: reason for pk, reason in reasons.items() if reason}
    if found:
        raise RowsRefused(found, {pk: footings[pk].task.name for pk in found})


def _written(
    typed: Sequence[Typed], footings: Mapping[int, Footing], by: User, provider: str
) -> dict[int, StatusUpdate]:
    try:
        with transaction.atomic():
            return {one.task_id: _write(one, footings[one.task_id], by, provider.strip()) for one in typed}
    except IntegrityError as error:  # somebody who does not ask for the same lock was quicker: the admin
        raise UpdatesRefused("这些项目刚被别人改过，请再保存一次。") from error


def _write(one: Typed, footing: Footing, by: User, provider: str) -> StatusUpdate:
    update = footing.current or StatusUpdate(task=footing.task, entered_by=by)
    update.repeats = footing.last if _repeats(one.cells, footing, update) else None
    if update.repeats is not None:
        for name in CONTENT:  # as it was published, to the letter
            setattr(update, name, getattr(update.repeats, name))
        update.setback_reason = ""
    else:
        _fill(update, one.cells, footing)
    update.as_of = one.as_of or timezone.localdate()
    update.provider = provider if is_for_others(footing.task, by) else ""
    if footing.current is not None:
        update.revision += 1
    update.save()
    return update


def _repeats(cells: Cells, footing: Footing, update: StatusUpdate) -> bool:
    """Whether the cells say what was published last; a replacement corrects, and never repeats."""
    if footing.last is None or update.replaces_id is not None:
        return False
    return without_reason(cells).digest == cells_of(footing.last, begin=True).digest


def _fill(update: StatusUpdate, cells: Cells, footing: Footing) -> None:
    """The values; without a setback there is nothing to give a reason for."""
    read = understand(cells)
    update.reached_stage = read.stage.value if read.stage is not None else ""
    update.percent, update.invested_this_year = read.percent, read.invested
    update.reached_count = read.count
    for name in ("progress", "difficulty", "next_step", "needs"):
        setattr(update, name, read.texts[name])
    update.setback_reason = read.texts["reason"] if fallen(update, footing.last) else ""
