"""Keeping an edited draft: all of it or nothing, and nobody's change overwritten unseen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import DatabaseError, transaction
from django.db.models import ProtectedError

from indicators.models import AnnualTarget, Indicator
from indicators.models.targets import Tier
from wanzhou.kernel.accounts.desks import refusal_of
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import Plan

from .refusals import DraftRefused, locked, permit, require_draft
from .seating import Seating
from .sheets import Conflict, Facts, Typed, conflicts_of, facts_of, in_order, merged

NEW = "new"


class DraftConflict(Exception):
    """Somebody else changed the same fields meanwhile; nothing was kept, and the person decides."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        super().__init__(*conflicts)
        self.conflicts = tuple(conflicts)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a person sends: the rows as seen and typed, and at most one new row for an indicator."""

    rows: tuple[Typed, ...] = ()
    new: Facts | None = None
    indicator: Indicator | None = None
    renumber: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept: how many rows were changed, added and removed."""

    changed: int = 0
    added: int = 0
    removed: int = 0


@dataclass(slots=True)
class _Draft:
    """The rows of the draft as they will be, by their keys."""

    plan: Plan
    now: dict[str, AnnualTarget]
    wanted: dict[str, Facts]
    removed: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)


@transaction.atomic
def keep_draft(plan: Plan, sheet: Sheet, *, by: User) -> Kept:
    """Keep what was typed. Raises DraftConflict or DraftRefused; then nothing is kept."""
    permit(by)
    plan = locked(plan)
    require_draft(plan)
    now = {str(row.pk): row for row in plan.targets.headline()}
    draft = _Draft(plan, now, {key: facts_of(row) for key, row in now.items()})
    _take(sheet, draft)
    faults = _faults(draft, sheet)
    if faults:
        raise DraftRefused(by_row=faults)
    _arrange(draft, sheet)
    try:
        with transaction.atomic():
            return _write(draft, sheet)
    except ProtectedError as refused:
        raise DraftRefused("要去掉的行已经填报或发布过数据，不能去掉。") from refused
    except DatabaseError as refused:
        if says := refusal_of(refused):
            raise DraftRefused(says) from refused
        raise


def _take(sheet: Sheet, draft: _Draft) -> None:
    conflicts: list[Conflict] = []
    gone: list[str] = []
    for one in sheet.rows:
        key = str(one.key)
        if key not in draft.now:
            gone += [one.seen["name"]] if one.touched else []
            continue
        standing = facts_of(draft.now[key])
        conflicts += conflicts_of(one, standing)
        draft.wanted[key] = merged(one, standing)
        draft.moved |= {key} if "order" in one.touched else set()
        draft.removed |= {key} if one.removed else set()
    if gone:
        raise DraftRefused(f"别人已经去掉了您改过的行：{'、'.join(gone)}；没有保存，请核对后再存。")
    if conflicts:
        raise DraftConflict(conflicts)
    if sheet.new is not None:
        draft.wanted[NEW] = sheet.new
        draft.moved.add(NEW)
    for key in draft.removed:
        del draft.wanted[key]


def _faults(draft: _Draft, sheet: Sheet) -> dict[str, tuple[str, ...]]:
    """What no draft may be, row by row."""
    faults: dict[str, list[str]] = defaultdict(list)
    owners: dict[int, list[str]] = defaultdict(list)
    for key, facts in draft.wanted.items():
        if _tier(draft, key) == Tier.HEADLINE:
            for says in _structure(draft, key, facts):
                faults[key].append(says)
            if facts["ordinal"] is not None and not sheet.renumber:
                owners[facts["ordinal"]].append(key)
    for number, keys in owners.items():
        for key in keys if len(keys) > 1 else ():
            others = "、".join(draft.wanted[other]["name"] for other in keys if other != key)
            faults[key].append(f"序号{number}与“{others}”重复。")
    if sheet.new is not None and sheet.indicator is not None:
        held = {(row.indicator_id, row.tier) for key, row in draft.now.items() if key not in draft.removed}
        if (sheet.indicator.pk, Tier.HEADLINE) in held:
            faults[NEW].append("计划里已经有这个指标。")
    return {key: tuple(says) for key, says in faults.items()}


def _structure(draft: _Draft, key: str, facts: Facts) -> Iterable[str]:
    parent = facts["parent_id"]
    if parent is None:
        if facts["ordinal"] is None:
            yield "要么有序号，要么选所属行（其中行）。"
        return
    if facts["ordinal"] is not None:
        yield "其中行没有序号：请清空序号，或把所属行改为“—”。"
    above = draft.wanted.get(str(parent))
    if above is None:
        yield "所属行要被去掉，或已经不在计划里；请另选，或一并去掉。"
    elif str(parent) == key or above["parent_id"] is not None:
        yield "所属行须是有序号的另一行，其中行只有一层。"


def _tier(draft: _Draft, key: str) -> str:
    return draft.now[key].tier if key in draft.now else Tier.HEADLINE.value


def _arrange(draft: _Draft, sheet: Sheet) -> None:
    """Give every row its place in its table, and on request its number."""
    for tier in Tier:
        rows = {key: facts for key, facts in draft.wanted.items() if _tier(draft, key) == tier}
        for key, place in in_order(rows, frozenset(draft.moved)).items():
            rows[key]["order"] = place
        if sheet.renumber and tier == Tier.HEADLINE:
            tops = sorted((f for f in rows.values() if f["parent_id"] is None), key=lambda f: f["order"])
            for number, facts in enumerate(tops, 1):
                facts["ordinal"] = number


def _write(draft: _Draft, sheet: Sheet) -> Kept:
    changed = {
        draft.now[key].pk: facts
        for key, facts in draft.wanted.items()
        if key in draft.now and facts != facts_of(draft.now[key])
    }
    removed = {draft.now[key].pk for key in draft.removed}
    Seating(draft.now.values()).change(changed, removed)
    if sheet.new is not None and sheet.indicator is not None:
        facts: Mapping[str, object] = draft.wanted[NEW]
        AnnualTarget.objects.create(plan=draft.plan, indicator=sheet.indicator, **facts)
    return Kept(len(changed), int(sheet.new is not None), len(removed))
