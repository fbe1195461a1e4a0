"""Imports into a grid: saved as the grid saves, kept on record, and taken back row by row while nobody touched them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.workflow.moves import State

from .actions import (
    EntryRefused,
    NotTheirs,
    Provided,
    Typed,
    locked_because,
    locked_rows,
    require_entry,
    save_entries,
)
from .cells import Cell
from .explaining import Explained
from .ledger import cell_of
from .models import AnnualTarget, Intake, IntakeRow, QuarterlyActual

# All that a save may write of an entry. The revision is left out: it only ever rises.
CONTENT = (
    *("outcome_state", "value", "wording", "version", "note", "provider", "channel", "provided_at"),
    *("answer", "answered_by", "answered_at", "answer_note"),
)
Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it was uploaded: its name and the SHA-256 of its content."""

    name: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Takeback:
    """What undoing would do to one row: what stands there, what would stand there, or why it is left alone."""

    target: AnnualTarget
    now: Cell
    then: Cell
    refusal: str


@transaction.atomic
def save_intake(
    *,
    period: ReportingPeriod,
    typed: Sequence[Typed],
    imported: Collection[int],
    files: Sequence[SentFile],
    by: User,
    provided: Provided | None = None,
    explained: Sequence[Explained] = (),
) -> dict[int, QuarterlyActual | None]:
    """Save a grid of which the rows `imported` came from files, and keep what those said before; all or nothing.

    Raises as `save_entries` does.
    """
    require_entry(period, by)
    before = _contents(period, imported)
    saved = save_entries(period=period, typed=typed, by=by, provided=provided, explained=explained)
    after = _contents(period, imported)
    changed = {pk: content for pk, content in after.items() if content != before.get(pk)}
    if changed:
        intake = Intake.objects.create(
            period=period,
            by=by,
            files="\n".join(file.name for file in files),
            fingerprints="\n".join(file.fingerprint for file in files),
        )
        IntakeRow.objects.bulk_create(
            IntakeRow(
                intake=intake,
                target_id=pk,
                entry=entry,
                before=before[pk][1] if pk in before else None,
                after=content,
            )
            for pk, (entry, content) in changed.items()
        )
    return saved


def last_intake(period: ReportingPeriod, reader: User) -> Intake | None:
    """The newest import of a period that is not undone and filled no row but such as the person works on."""
    mine = AnnualTarget.objects.for_user(reader).filter(plan=period.plan_id)
    foreign = IntakeRow.objects.filter(intake=OuterRef("pk")).exclude(target__in=mine)
    left = Intake.objects.filter(period=period, undone_at__isnull=True).exclude(Exists(foreign))
    return left.select_related("by").order_by("-pk").first()


def intakes_of(period: ReportingPeriod, reader: User) -> Sequence[Intake]:
    """The imports of a period that touched rows which the person sees, newest first."""
    mine = AnnualTarget.objects.for_user(reader).filter(plan=period.plan_id)
    touched = Intake.objects.filter(period=period, rows__target__in=mine).distinct()
    return list(touched.select_related("by", "undone_by", "period__plan").order_by("-pk")[:MOST_LISTED])


MOST_LISTED = 100


def takebacks(intake: Intake, by: User) -> tuple[Takeback, ...]:
    """What undoing an import would do now, row by row. Raises NotTheirs where a row is not the person's."""
    rows = list(intake.rows.order_by("target__order", "pk"))
    mine = AnnualTarget.objects.for_user(by).filter(pk__in=[row.target_id for row in rows])
    targets = {target.pk: target for target in mine.select_related("plan")}
    if len(targets) < len(rows):
        raise NotTheirs("这次导入里有不属于您单位的指标，不能撤销。")
    return tuple(
        _takeback(row, targets[row.target_id], current, by) for row, current in _with_entries(rows, intake)
    )


@transaction.atomic
def undo_intake(intake: Intake, *, by: User) -> tuple[Takeback, ...]:
    """Bring back what the rows said before the import; a row that was changed or moved on since is left alone.

    Returns what was done to every row. Raises EntryRefused where the period is closed, the import was undone
    already, is not the last one, or no row of it can be brought back; NotTheirs where the person may not write.
    """
    period = ReportingPeriod.objects.select_related("plan").get(pk=intake.period_id)
    require_entry(period, by)
    intake = Intake.objects.select_for_update(of=("self",)).get(pk=intake.pk)
    if intake.undone_at is not None:
        raise EntryRefused("这次导入已经撤销过了。")
    last = last_intake(period, by)
    rows = list(intake.rows.all())
    _, current = locked_rows(period, [row.target_id for row in rows], by)
    if last != intake:
        raise EntryRefused("后来又导入过：请先撤销最后一次导入。")
    done = takebacks(intake, by)
    returning = {one.target.pk for one in done if not one.refusal}
    if not returning:
        raise EntryRefused("这次导入的行后来都改动过，或已经报送，没有可以撤销的。")
    for row in rows:
        if row.target_id in returning:
            _bring_back(current[row.target_id], row.before)
    intake.undone_by, intake.undone_at = by, timezone.now()
    intake.left_alone = "\n".join(f"{one.target.name}：{one.refusal}" for one in done if one.refusal)
    intake.save()
    return done


# --- the parts --------------------------------------------------------------------------------------------
def _contents(period: ReportingPeriod, targets: Collection[int]) -> dict[int, tuple[int, Content]]:
    """What the newest entries of these targets say, by target: their numbers and their content."""
    found = QuarterlyActual.objects.filter(period=period, target__in=targets).order_by("pk")
    return {actual.target_id: (actual.pk, content_of(actual)) for actual in found}


def content_of(actual: QuarterlyActual) -> Content:
    """All that a save may write of an entry, each as text that reads back exactly."""
    fields = {field.name: field for field in QuarterlyActual._meta.concrete_fields}
    return {
        name: None if getattr(actual, fields[name].attname) is None else fields[name].value_to_string(actual)
        for name in CONTENT
    }


def _with_entries(
    rows: Iterable[IntakeRow], intake: Intake
) -> Iterable[tuple[IntakeRow, QuarterlyActual | None]]:
    rows = list(rows)
    entries = QuarterlyActual.objects.filter(
        period=intake.period_id, target__in=[row.target_id for row in rows]
    )
    related = entries.select_related("entered_by").prefetch_related("documents", "rulings", "signed_rows")
    newest = {actual.target_id: actual for actual in related.order_by("pk")}
    return [(row, newest.get(row.target_id)) for row in rows]


def _takeback(row: IntakeRow, target: AnnualTarget, actual: QuarterlyActual | None, by: User) -> Takeback:
    then = Cell() if row.before is None else cell_of(_filled(QuarterlyActual(), row.before))
    return Takeback(target, cell_of(actual), then, _refusal(row, target, actual, by))


def _refusal(row: IntakeRow, target: AnnualTarget, actual: QuarterlyActual | None, by: User) -> str:
    """Why a row is left as it stands; empty where it goes back."""
    if actual is None:
        return "后来已被清空。"
    if locked := locked_because(target, actual, by):
        return locked
    if actual.pk != row.entry or content_of(actual) != row.after:
        return "导入以后改动过，保留现在的内容。"
    if row.before is None:
        return _kept_for(actual)
    return ""


def _kept_for(actual: QuarterlyActual) -> str:
    """Why an entry that the import began cannot simply go."""
    if actual.state != State.DRAFT:
        return "退回过的数据不能清空，请改数。"
    if actual.rulings.all():
        return "已有人工认定，不能清空。"
    if actual.documents.all():
        return "导入以后附了佐证材料，不能清空。"
    return "签字确认表确认过，不能清空。" if actual.signed_rows.all() else ""


def _bring_back(actual: QuarterlyActual, before: Mapping[str, Any] | None) -> None:
    if before is None:
        actual.delete()
        return
    _filled(actual, before)
    actual.revision += 1
    actual.save()


def _filled(actual: QuarterlyActual, content: Mapping[str, Any]) -> QuarterlyActual:
    for field in QuarterlyActual._meta.concrete_fields:
        if field.name in content:
            setattr(actual, field.attname, field.to_python(content[field.name]))
    return actual
