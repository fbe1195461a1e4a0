"""Writes on figures that touch several rows: saving a grid, handing it in. All or nothing."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.kernel.workflow.moves import EDITABLE, State

from .cells import LONGEST_NOTE, LONGEST_TEXT, Cell, Understood, understand
from .explaining import Explained, save_explanations
from .ledger import Said, said_by, said_in
from .models import AnnualTarget, Cause, Channel, QuarterlyActual
from .submitting import Entry, NotReady, submit

FOR_OTHERS = (Channel.WECHAT, Channel.PHONE, Channel.SHEET, Channel.LETTER)
"""How a figure may reach whoever enters it for another department."""


NOTHING_SAID: Said = ("", "", "")


class EntryRefused(Exception):
    """Nothing was written; the message says in Chinese why, for the whole grid."""


class NotTheirs(EntryRefused):
    """The person may not write this at all."""


@dataclass(frozen=True, slots=True)
class Provided:
    """Who provided figures entered for another department (代填), by which channel and when."""

    provider: str
    channel: Channel
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Typed:
    """One cell to be saved; `seen` is the stamp of the entry that the person had before his eyes."""

    target_id: int
    cell: Cell
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody else wrote this cell since it was shown: what is there now."""

    target: AnnualTarget
    theirs: QuarterlyActual | None


class EntriesClash(Exception):
    """Nothing was written: these cells have another content than the person saw."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        super().__init__("有别人刚改过的数据，请先决定用哪一个。")
        self.clashes = tuple(clashes)


class CellsRefused(Exception):
    """Nothing was written: reasons in Chinese, by target id."""

    def __init__(self, reasons: Mapping[int, str]) -> None:
        super().__init__("有不能保存的数据。")
        self.reasons = dict(reasons)


def stamp(actual: QuarterlyActual | None) -> str:
    """What of an entry a person has seen: its row, revision and content; empty where there was none."""
    return "" if actual is None else f"{actual.pk}-{actual.revision}-{_digest(said_by(actual))}"


def _digest(said: Said) -> str:
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:12]


def locked_because(target: AnnualTarget, actual: QuarterlyActual | None, by: User) -> str:
    """Why this person cannot change this entry; empty where he can."""
    if actual is None or (actual.is_editable() and actual.entered_by_id == by.pk):
        return ""
    if actual.state == State.PUBLISHED:
        return "已发布；要改须走替换。"
    if not actual.is_editable():
        return f"{State(actual.state).label}，不能再改。"
    if by.has_perm("indicators.approve_quarterlyactual"):
        return f"由{actual.entered_by}填报；审核的人不改别人填的数，可退回。"
    return ""


def is_for_others(target: AnnualTarget, by: User) -> bool:
    """Whether the person enters for a department that is not his own (代填)."""
    return target.department_id is None or target.department_id != by.department_id


@transaction.atomic
def save_entries(
    *,
    period: ReportingPeriod,
    typed: Sequence[Typed],
    by: User,
    provided: Provided | None = None,
    explained: Sequence[Explained] = (),
) -> dict[int, QuarterlyActual | None]:
    """Write cells, and the explanations beside them, as drafts, all or none; returns what each target now has.

    A cell that already says the same is left as it is, so that sending twice is harmless. Raises `EntryRefused`,
    `EntriesClash` or `CellsRefused`.
    """
    require_entry(period, by)
    touched = [*(one.target_id for one in typed), *(one.target_id for one in explained)]
    targets, current = locked_rows(period, touched, by)
    pending = [one for one in typed if _says_something_new(one, targets[one.target_id], current)]
    _refuse_clashes(pending, targets, current)
    _refuse_cells(pending, targets, current, by, provided)
    try:
        with transaction.atomic():
            for one in pending:
                before = current.pop(one.target_id, None)
                after = _written(targets[one.target_id], period, one, before, by, provided)
                if after is not None:
                    current[one.target_id] = after
    except (
        IntegrityError
    ) as error:  # somebody who does not ask for the same lock was quicker: the admin, an import
        raise EntryRefused("这些数据刚被别人改过，请再保存一次。") from error
    if reasons := save_explanations(period, explained, targets, by):
        raise CellsRefused(reasons)
    return {one.target_id: current.get(one.target_id) for one in typed}


@transaction.atomic
def submit_entries(*, period: ReportingPeriod, target_ids: Iterable[int], by: User) -> list[Entry]:
    """Hand in the drafts of these targets and their causes, all or none; what was handed in before is left alone.

    Raises `CellsRefused` with the remarks that block, or `EntryRefused`.
    """
    require_entry(period, by)
    targets, current = locked_rows(period, target_ids, by)
    drafts = {pk: actual for pk, actual in current.items() if actual.is_editable()}
    reasons = {pk: locked_because(targets[pk], actual, by) for pk, actual in drafts.items()}
    if any(reasons.values()):
        raise CellsRefused({pk: reason for pk, reason in reasons.items() if reason})
    causes = Cause.objects.filter(period=period, target__in=targets, state__in=EDITABLE).select_related(
        "target"
    )
    try:
        return submit([*drafts.values(), *causes], by=by)
    except NotReady as refusal:
        raise CellsRefused(refusal.reasons) from refusal
    except MoveRefused as refusal:
        raise EntryRefused(str(refusal)) from refusal


# --- the parts of a save ----------------------------------------------------------------------------------
def require_entry(period: ReportingPeriod, by: User) -> None:
    """One writer of a period at a time, and none while it closes: the lock is held until the save ends."""
    if not by.has_perm("indicators.add_quarterlyactual"):
        raise NotTheirs("您没有填报的权限。")
    locked = ReportingPeriod.objects.select_for_update(of=("self",), no_key=True)
    fresh = locked.in_bulk([period.pk])[period.pk]
    if not fresh.is_open:
        word = "还没有开启填报" if fresh.opened_at is None else "已关闭填报"
        raise EntryRefused(
            f"{period}{word}，没有保存。您填的数还在页面上；如须补报，请联系发改部门重新开启。"
        )


def locked_rows(
    period: ReportingPeriod, target_ids: Iterable[int], by: User
) -> tuple[dict[int, AnnualTarget], dict[int, QuarterlyActual]]:
    """The person's targets, and the newest entry of each, locked; a foreign target refuses all."""
    wanted = set(target_ids)
    mine = AnnualTarget.objects.for_user(by).filter(plan=period.plan_id, pk__in=wanted)
    targets = {target.pk: target for target in mine.select_related("indicator", "plan")}
    if wanted - targets.keys():
        raise NotTheirs("其中有不属于您单位的指标，没有保存。")
    entries = QuarterlyActual.objects.filter(period=period, target__in=wanted).select_related("entered_by")
    locked = entries.select_for_update(of=("self",)).order_by("pk")
    return targets, {actual.target_id: actual for actual in locked}


def _says_something_new(one: Typed, target: AnnualTarget, current: Mapping[int, QuarterlyActual]) -> bool:
    """Whether the cell was touched, and says another thing than is stored by now."""
    said = said_in(one.cell, target.unit)
    untouched = one.seen.endswith(f"-{_digest(said)}") if one.seen else said == NOTHING_SAID
    return not untouched and said != said_by(current.get(one.target_id))


def _refuse_clashes(
    pending: Iterable[Typed], targets: Mapping[int, AnnualTarget], current: Mapping[int, QuarterlyActual]
) -> None:
    clashes = [
        Clash(targets[one.target_id], current.get(one.target_id))
        for one in pending
        if one.seen != stamp(current.get(one.target_id))
    ]
    if clashes:
        raise EntriesClash(clashes)


def _refuse_cells(
    pending: Iterable[Typed],
    targets: Mapping[int, AnnualTarget],
    current: Mapping[int, QuarterlyActual],
    by: User,
    provided: Provided | None,
) -> None:
    reasons = {
        one.target_id: _unsavable(one.cell, targets[one.target_id], current.get(one.target_id), by, provided)
        for one in pending
    }
    if any(reasons.values()):
        raise CellsRefused({pk: reason for pk, reason in reasons.items() if reason})


def _unsavable(
    cell: Cell, target: AnnualTarget, actual: QuarterlyActual | None, by: User, provided: Provided | None
) -> str:
    """Why not even a draft can hold this; what the checks find wrong is kept all the same."""
    if reason := locked_because(target, actual, by):
        return reason
    if len(cell.text.strip()) > LONGEST_TEXT or len(cell.note.strip()) > LONGEST_NOTE:
        return f"太长：数据最多{LONGEST_TEXT}个字，备注最多{LONGEST_NOTE}个字。"
    if cell.is_blank and actual is None:
        return "备注要同数据一起保存：请填数据，或选填报情况。"
    if cell.is_blank and actual is not None and actual.state != State.DRAFT:
        return "退回的数据不能清空：请改数，或选填报情况。"
    if cell.is_blank and actual is not None and actual.rulings.exists():
        return "这个数据已有人工认定，不能清空。"
    if not cell.is_blank and is_for_others(target, by) and provided is None:
        return "代填须先写明提供人、提供渠道和提供时间。"
    return ""


def _written(
    target: AnnualTarget,
    period: ReportingPeriod,
    one: Typed,
    before: QuarterlyActual | None,
    by: User,
    provided: Provided | None,
) -> QuarterlyActual | None:
    """The entry after it was written; a draft that was cleared goes."""
    if one.cell.is_blank:
        if before is not None:
            before.delete()
        return None
    actual = before or QuarterlyActual(target=target, period=period, entered_by=by)
    _fill(actual, understand(one.cell, unit=target.unit))
    _say_who_provided(actual, target, by, provided)
    if before is not None:
        actual.revision += 1
    actual.save()
    return actual


def _fill(actual: QuarterlyActual, read: Understood) -> None:
    actual.outcome_state = read.state
    actual.value = read.value
    actual.wording = read.wording
    actual.note = read.note
    actual.version = "" if read.outcome.version is None else read.outcome.version.value
    actual.answer, actual.answered_by, actual.answered_at, actual.answer_note = "", None, None, ""


def _say_who_provided(
    actual: QuarterlyActual, target: AnnualTarget, by: User, provided: Provided | None
) -> None:
    """What a department enters for itself has no other provider."""
    if provided is not None and is_for_others(target, by):
        actual.provider, actual.channel, actual.provided_at = provided.provider, provided.channel, provided.at
    else:
        actual.provider, actual.channel, actual.provided_at = "", Channel.SYSTEM, None
