"""原因和下一步措施 as departments write them beside their figures: who owes them, what is stored, saving drafts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.workflow.moves import State

from .bases import Bases
from .cells import LONGEST_NOTE, Cell, understand
from .judging.intervals import plain
from .judging.terms import Pace, Verdict
from .ledger import Ledger
from .models import AnnualTarget, Cause
from .scoreboard import Basis, assessed, demands_explanations

DEMANDED = "滞后于序时进度，报送前须填写原因和下一步措施。"
EXPECTED = "未完成年度目标，发布前须写明原因。"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a person typed of a row's cause; the forecast of the year as typed, in the row's unit."""

    text: str = ""
    measures: str = ""
    forecast: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.text or self.measures or self.forecast)


@dataclass(frozen=True, slots=True)
class Explained:
    """One explanation to be saved; `seen` is the stamp of the one that the person had before his eyes."""

    target_id: int
    explanation: Explanation
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Explanations:
    """The newest explanation of each row of a period, and which rows ask for one, with the sentence that asks."""

    causes: dict[int, Cause]
    asked: dict[int, str]

    @classmethod
    def beside(cls, ledger: Ledger, cells: Mapping[int, Cell]) -> Explanations:
        """Read them for the ledger's rows, judging what stands in the cells: one query, and those of the bases."""
        causes = Cause.objects.filter(period=ledger.period, target__in=[one.pk for one in ledger.targets])
        newest = {cause.target_id: cause for cause in causes.select_related("entered_by").order_by("pk")}
        return cls(newest, _asked(ledger, cells))

    def of(self, target: AnnualTarget) -> Explanation:
        """The explanation as it is stored now."""
        return explanation_of(self.causes.get(target.pk))

    def seen(self, target: AnnualTarget) -> str:
        return seen_of(self.causes.get(target.pk))


def explanation_of(cause: Cause | None) -> Explanation:
    """A stored cause as it stands in its fields."""
    if cause is None:
        return Explanation()
    forecast = "" if cause.forecast is None else plain(cause.forecast.normalize() + Decimal(0))
    return Explanation(cause.text, cause.measures, forecast)


def seen_of(cause: Cause | None) -> str:
    """What of a cause a person has seen: its row and revision; empty where there was none."""
    return "" if cause is None else f"{cause.pk}-{cause.revision}"


def locked_explanation(cause: Cause | None, by: User) -> str:
    """Why this person cannot change this cause here; empty where he can."""
    if cause is None or (cause.is_editable() and cause.entered_by_id == by.pk):
        return ""
    if not cause.is_editable():
        return f"原因说明{State(cause.state).label}，不能再改。"
    if by.has_perm("indicators.approve_cause"):
        return f"原因由{cause.entered_by}填写；审核的人不改别人写的，可退回。"
    return ""


def save_explanations(
    period: ReportingPeriod, explained: Iterable[Explained], targets: Mapping[int, AnnualTarget], by: User
) -> dict[int, str]:
    """Write explanations as drafts, in the caller's transaction; returns by target id why some cannot be written.

    Where reasons are returned, some of the others may be written already: the caller takes all of it back.
    """
    chosen = list(explained)
    locked = Cause.objects.filter(period=period, target__in=[one.target_id for one in chosen])
    locked = locked.select_related("entered_by").select_for_update(of=("self",)).order_by("pk")
    newest = {cause.target_id: cause for cause in locked}
    reasons = {
        one.target_id: _saved(one, newest.get(one.target_id), targets[one.target_id], period, by)
        for one in chosen
    }
    return {pk: reason for pk, reason in reasons.items() if reason}


def _asked(ledger: Ledger, cells: Mapping[int, Cell]) -> dict[int, str]:
    """The rows behind their pace while that is demanded, and the numbered rows that missed the year."""
    wordings = {target: ledger.wordings[target.pk].wording for target in ledger.targets}
    bases = Bases.gather(ledger.period, wordings, Basis.SUBMITTED.states)
    found: dict[int, str] = {}
    for target in ledger.targets:
        cell = cells.get(target.pk) or Cell()
        if cell.is_blank:
            continue
        outcome = understand(cell, unit=target.unit).outcome
        rules, period = ledger.period.plan.rule_set, ledger.own_period
        said = assessed(target, ledger.wordings[target.pk], outcome, bases=bases, rules=rules, period=period)
        if said.pace is Pace.BEHIND and demands_explanations(ledger.period):
            found[target.pk] = DEMANDED
        elif said.verdict is Verdict.MISSED and target.ordinal is not None:
            found[target.pk] = EXPECTED
    return found


def _saved(
    one: Explained, cause: Cause | None, target: AnnualTarget, period: ReportingPeriod, by: User
) -> str:
    """Write one explanation unless it says nothing new; else the reason why it cannot be written."""
    said, stored = one.explanation, explanation_of(cause)
    if said == stored:
        return ""
    read = understand(Cell(said.forecast), unit=target.unit)
    if reason := _unsavable(one, cause, stored, by):
        return reason
    if said.forecast and read.value is None:
        return f"全年预计“{said.forecast}”不是一个数，应如6.5，按本行的单位（{target.unit or '无'}）填写。"
    if said.is_blank:
        if cause is not None:
            cause.delete()
        return ""
    row = cause or Cause(target=target, period=period, entered_by=by)
    row.text, row.measures, row.forecast = said.text, said.measures, read.value
    row.revision += 0 if cause is None else 1
    row.save()
    return ""


def _unsavable(one: Explained, cause: Cause | None, stored: Explanation, by: User) -> str:
    said = one.explanation
    if locked := locked_explanation(cause, by):
        return locked
    if cause is not None and one.seen != seen_of(cause):
        theirs = f"原因“{stored.text}”，措施“{stored.measures or '（未写）'}”"
        return f"{cause.entered_by}的原因说明刚改为：{theirs}。您写的还在；再保存一次就以您写的为准。"
    if max(len(said.text), len(said.measures)) > LONGEST_NOTE:
        return f"太长：原因、措施各最多{LONGEST_NOTE}个字。"
    if not said.text and not said.is_blank:
        return "写了下一步措施或全年预计，也要写原因。"
    if said.is_blank and cause is not None and cause.state != State.DRAFT:
        return "退回的原因说明不能清空，请改写。"
    return ""
