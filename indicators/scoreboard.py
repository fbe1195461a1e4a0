"""From facts to judging: all rows of a period, judged, in a fixed number of queries."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from django.utils import timezone

from wanzhou.kernel.plans.models import Origin, Plan, ReportingPeriod, RuleSet
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.terms import Term
from wanzhou.kernel.workflow.moves import State

from .bases import Base, Bases
from .judging.outcomes import Outcome, read_outcome
from .judging.tallies import PaceTally, Tally, pace_tally, tally
from .judging.terms import Accrual, Favourable, OutcomeState, Pace, Tolerances, Verdict, Version
from .judging.verdicts import Assessment, assess
from .models import AnnualTarget, Cause, QuarterlyActual, Ruling, TargetAdjustment
from .models.actuals import SILENT
from .wordings import WordingInForce, wording_in_force

Fact = TypeVar("Fact", QuarterlyActual, Cause)


class Basis(Term):
    """How far an entry must have come to be taken into account."""

    PUBLISHED = "published", "已发布"
    APPROVED = "approved", "已审核"
    SUBMITTED = "submitted", "已报送"

    @property
    def states(self) -> tuple[State, ...]:
        """The states that count on this basis."""
        order = (State.PUBLISHED, State.APPROVED, State.SUBMITTED)
        return order[: list(Basis).index(self) + 1]


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One target with its figure, its assessment, and what people added to it."""

    target: AnnualTarget
    in_force: WordingInForce
    actual: QuarterlyActual | None
    assessment: Assessment
    ruling: Ruling | None = None
    cause: Cause | None = None
    base: Base | None = None

    @property
    def verdict(self) -> Verdict | None:
        """The effective verdict: the ruling's if there is one."""
        return Verdict(self.ruling.verdict) if self.ruling else self.assessment.verdict

    @property
    def counted(self) -> bool:
        """Whether the tally counts the row: numbered rows only."""
        return self.target.ordinal is not None

    @property
    def lacks_cause(self) -> bool:
        """A missed numbered row without its cause."""
        return self.counted and self.verdict is Verdict.MISSED and self.cause is None

    @property
    def lacks_explanation(self) -> bool:
        """A row behind its pace without its cause, or without what will be done."""
        behind = self.assessment.pace is Pace.BEHIND
        return behind and (self.cause is None or not self.cause.measures.strip())


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """The judged rows of one period, in the order of the table."""

    period: ReportingPeriod
    rule_set: RuleSet
    rows: tuple[ScoreRow, ...]

    @classmethod
    def for_period(
        cls,
        period: ReportingPeriod,
        *,
        basis: Basis = Basis.PUBLISHED,
        rule_set: RuleSet | None = None,
        today: datetime.date | None = None,
    ) -> Scoreboard:
        """Judge every headline row of the period by `rule_set`, or else by the version that the plan names."""
        rules = rule_set or period.plan.rule_set
        facts = _Facts.gather(period, basis)
        missing = _missing_state(period, today or timezone.localdate())
        rows = tuple(_row(target, facts, rules, missing) for target in facts.targets)
        return cls(period, rules, rows)

    @property
    def demands_explanations(self) -> bool:
        """Whether rows behind their pace owe a cause and measures."""
        return demands_explanations(self.period)

    def tally(self) -> Tally:
        """The finished year's count of effective verdicts."""
        return tally((row.counted, row.verdict) for row in self.rows if row.verdict)

    def pace_tally(self) -> PaceTally:
        """The running year's count of paces."""
        return pace_tally((row.counted, row.assessment.pace) for row in self.rows if row.assessment.pace)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the database knows of a period, by target id."""

    period: ReportingPeriod
    targets: tuple[AnnualTarget, ...]
    wordings: dict[int, WordingInForce]
    actuals: dict[int, QuarterlyActual]
    rulings: dict[int, list[Ruling]]
    causes: dict[int, Cause]
    bases: Bases

    @classmethod
    def gather(cls, period: ReportingPeriod, basis: Basis) -> _Facts:
        targets = targets_of(period.plan)
        wordings = wordings_of(period.plan, targets, Period(period.period))
        rulings: dict[int, list[Ruling]] = {}
        for ruling in Ruling.objects.filter(actual__period=period, state__in=basis.states).order_by("id"):
            rulings.setdefault(ruling.actual_id, []).append(ruling)
        in_words = {target: wordings[target.pk].wording for target in targets}
        return cls(
            period,
            targets,
            wordings,
            _newest(
                QuarterlyActual.objects.filter(period=period, state__in=basis.states).select_related("source")
            ),
            rulings,
            _newest(Cause.objects.filter(period=period, state__in=basis.states).select_related("source")),
            Bases.gather(period, in_words, basis.states),
        )


def demands_explanations(period: ReportingPeriod) -> bool:
    """Whether rows behind their pace owe a cause and measures: where departments were asked for the period."""
    return period.is_owed and period.period != Period.FULL_YEAR


def targets_of(plan: Plan) -> tuple[AnnualTarget, ...]:
    """The headline rows of a plan as its table has them, with all that a published row copies from them."""
    related = ("plan", "indicator", "department", "parent__indicator", "source")
    return tuple(AnnualTarget.objects.filter(plan=plan).headline().select_related(*related))


def wordings_of(
    plan: Plan, targets: Iterable[AnnualTarget], period: Period | None
) -> dict[int, WordingInForce]:
    """The wording in force of each target, by its id."""
    adjustments: dict[int, list[TargetAdjustment]] = {}
    for adjustment in TargetAdjustment.objects.filter(target__plan=plan).order_by("id"):
        adjustments.setdefault(adjustment.target_id, []).append(adjustment)
    return {target.pk: wording_in_force(target, adjustments.get(target.pk, []), period) for target in targets}


def tolerances_of(rules: RuleSet) -> Tolerances:
    """The bands of 左右 as a rule set states them."""
    return Tolerances(
        rate_firm=rules.rate_firm,
        rate_wide=rules.rate_wide,
        share_firm=rules.share_firm,
        share_wide=rules.share_wide,
    )


def outcome_of(actual: QuarterlyActual, unit: str) -> Outcome:
    """What an entry says: its stored figure if it has one, else its wording, read."""
    state = OutcomeState(actual.outcome_state)
    if state in SILENT:
        return Outcome.of_state(state)
    if actual.value is not None:
        version = Version(actual.version) if actual.version else None
        return Outcome.figure(
            actual.value.normalize() + Decimal(0),
            unit=unit,
            estimated=state is OutcomeState.ESTIMATED,
            version=version,
        )
    outcome = read_outcome(actual.wording, unit=unit)
    return replace(outcome, state=state) if state is not OutcomeState.REPORTED else outcome


def _newest(facts: Iterable[Fact]) -> dict[int, Fact]:
    """The newest entry of each target: a replacement is always newer than what it replaces."""
    return {fact.target_id: fact for fact in sorted(facts, key=lambda fact: fact.pk)}


def _missing_state(period: ReportingPeriod, today: datetime.date) -> OutcomeState:
    """未填报 is said only where a period was opened and is due; else the missing figure is ours (DOMAIN §6a)."""
    owed = period.origin == Origin.REPORTED and period.opened_at is not None
    due = period.due_on is not None and period.due_on < today
    return OutcomeState.UNREPORTED if owed and due else OutcomeState.NOT_COLLECTED


def assessed(
    target: AnnualTarget,
    in_force: WordingInForce,
    outcome: Outcome,
    *,
    bases: Bases,
    rules: RuleSet,
    period: Period,
) -> Assessment:
    """One target's outcome of a period, judged."""
    assessment = assess(
        in_force.wording,
        outcome,
        unit=target.unit,
        favourable=Favourable(target.indicator.favourable),
        accrual=Accrual(target.indicator.accrual),
        period=period,
        baseline=bases.of(target),
        tolerances=tolerances_of(rules),
    )
    reason = in_force.unjudged_because
    return replace(assessment, reason=reason) if reason else assessment


def _row(target: AnnualTarget, facts: _Facts, rules: RuleSet, missing: OutcomeState) -> ScoreRow:
    in_force = facts.wordings[target.pk]
    actual = facts.actuals.get(target.pk)
    outcome = outcome_of(actual, target.unit) if actual else Outcome.of_state(missing)
    period = Period(facts.period.period)
    assessment = assessed(target, in_force, outcome, bases=facts.bases, rules=rules, period=period)
    ruling = _ruling_for(facts, actual, in_force, rules, assessment)
    cause, base = facts.causes.get(target.pk), facts.bases.bases.get(target.pk)
    return ScoreRow(target, in_force, actual, assessment, ruling, cause, base)


def _ruling_for(
    facts: _Facts,
    actual: QuarterlyActual | None,
    in_force: WordingInForce,
    rules: RuleSet,
    assessment: Assessment,
) -> Ruling | None:
    """A ruling holds for exactly the figure, wording and rule version that it was given on, and only in review."""
    if actual is None or assessment.verdict is not Verdict.REVIEW:
        return None
    given_on = (in_force.wording, rules.pk)
    fitting = [r for r in facts.rulings.get(actual.pk, []) if (r.wording, r.rule_set_id) == given_on]
    return fitting[-1] if fitting else None
