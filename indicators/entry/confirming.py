"""The sheet that a department confirms (确认表): its rows of a period as entered, to sign or to answer on screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from indicators.judging.terms import OutcomeState
from indicators.ledger import Ledger
from indicators.models import AnnualTarget, Answer, Channel, QuarterlyActual
from indicators.models.actuals import SPOKEN
from indicators.signing import confirmed_by_paper, may_keep, signed_sheets
from wanzhou.kernel.accounts.models import Department, User
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.workflow.moves import State

from .grid import NOTHING, targets_for
from .standing import local


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of the sheet."""

    key: int
    ordinal: str
    name: str
    unit: str
    wording: str
    outcome: str
    note: str
    provided: str
    standing: str
    answer: str
    answered: str
    dispute: str
    may_answer: bool
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Scan:
    """A kept scan of the signed sheet."""

    name: str
    about: str
    href: str


@dataclass(frozen=True, slots=True)
class Scans:
    """The kept scans, and how many figures a new one could confirm."""

    kept: tuple[Scan, ...]
    may_keep: bool
    waiting: int
    place: str


@dataclass(frozen=True, slots=True)
class ConfirmationSheet:
    """A department's figures of a period, with a line to sign."""

    period: ReportingPeriod
    department: Department
    rows: tuple[SheetRow, ...]
    scans: Scans

    @property
    def title(self) -> str:
        return f"{self.period}数据确认表"

    @property
    def may_answer(self) -> bool:
        return any(row.may_answer for row in self.rows)


def departments_with_rows(period: ReportingPeriod, reader: User) -> tuple[Department, ...]:
    """The departments whose sheets a person may see."""
    found = {
        target.department.pk: target.department for target in targets_for(period, reader) if target.department
    }
    return tuple(sorted(found.values(), key=lambda one: (one.order, one.pk)))


def sheet_for(
    period: ReportingPeriod, department: Department, reader: User, refusals: Mapping[int, str] | None = None
) -> ConfirmationSheet:
    """The sheet of one department; only rows that the reader may see stand on it."""
    mine = [one for one in targets_for(period, reader) if one.department_id == department.pk]
    ledger = Ledger.of(period, mine)
    answers = reader.has_perm("indicators.change_quarterlyactual") and reader.department_id == department.pk
    paper = confirmed_by_paper(period, department)
    rows = tuple(_row(target, ledger, answers, (refusals or {}).get(target.pk, ""), paper) for target in mine)
    waiting = sum(one.answer == "" and _awaits_answer(one) for one in ledger.entries.values())
    return ConfirmationSheet(period, department, rows, _scans(period, department, reader, waiting))


def scans_of(period: ReportingPeriod, department: Department, reader: User) -> Scans:
    """The scans by themselves."""
    return sheet_for(period, department, reader).scans


def _scans(period: ReportingPeriod, department: Department, reader: User, waiting: int) -> Scans:
    at = [period.plan.year, period.period.replace("_", "-"), department.code]
    kept = tuple(
        Scan(
            name=one.document.name,
            about=f"{one.document.found.label}，{one.document.size_in_words}；{one.by}，{local(one.at)}",
            href=reverse("admin:entry_scan", args=[*at, one.pk]),
        )
        for one in signed_sheets(period, department)
    )
    return Scans(kept, may_keep(reader), waiting, reverse("admin:entry_scans", args=at))


def _row(
    target: AnnualTarget, ledger: Ledger, answers: bool, refusal: str, paper: frozenset[int]
) -> SheetRow:
    actual = ledger.entries.get(target.pk)
    wording = ledger.wordings[target.pk].wording
    return SheetRow(
        key=target.pk,
        ordinal="" if target.ordinal is None else str(target.ordinal),
        name=f"其中：{target.name}" if target.parent_id else target.name,
        unit=target.unit or NOTHING,
        wording=wording or NOTHING,
        outcome=_outcome(actual),
        note=actual.note if actual else "",
        provided=_provided(actual),
        standing=State(actual.state).label if actual else "",
        answer=Answer(actual.answer).label if actual and actual.answer else "",
        answered=_answered(actual, paper),
        dispute=actual.answer_note if actual else "",
        may_answer=answers and _awaits_answer(actual),
        refusal=refusal,
    )


def _answered(actual: QuarterlyActual | None, paper: frozenset[int]) -> str:
    """Who answered and when; of a signed sheet, who uploaded it."""
    if actual is None or actual.answered_at is None:
        return ""
    said = f"{actual.answered_by} {local(actual.answered_at)}"
    return f"凭签字确认表，{said} 上传" if actual.pk in paper else said


def _outcome(actual: QuarterlyActual | None) -> str:
    if actual is None:
        return NOTHING
    if actual.outcome_state not in SPOKEN:
        return OutcomeState(actual.outcome_state).label
    return actual.wording or f"{actual.value:f}"


def _provided(actual: QuarterlyActual | None) -> str:
    if actual is None or actual.provided_at is None:
        return ""
    return f"{actual.provider}（{Channel(actual.channel).label}，{local(actual.provided_at)}）"


def _awaits_answer(actual: QuarterlyActual | None) -> bool:
    return actual is not None and actual.provided_at is not None and actual.state != State.PUBLISHED
