"""The heart: a target is an interval of acceptable values, an outcome an interval of known values.

Contained is met, disjoint is missed, anything else a person decides. `assess` takes its questions in one fixed
order, first match wins. It knows no clock and no database.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final, NamedTuple

from . import sentences
from .comparing import Comparison, Why, compare, settled, tells_its_change
from .matching import matched
from .moments import Moment, accrual_of, moment_of, pace_of, share_due
from .outcomes import Outcome
from .readings import NOT_JUDGED, PERSON_DECIDES, Reading
from .targets import read_target
from .terms import Accrual, Favourable, Kind, OutcomeState, Pace, Period, Tolerances, Verdict
from .units import measure, tidy

_DEFAULT_TOLERANCES: Final = Tolerances()


@dataclass(frozen=True, slots=True)
class Assessment:
    """What came of holding an outcome against a target.

    Exactly one of `verdict` (full year) and `pace` (before) is set. `expected` is the number due (the target so far
    where the figure accumulates), `gap` the outcome minus it, in the target's unit.
    """

    reading: Reading
    outcome: Outcome
    verdict: Verdict | None
    pace: Pace | None
    gap: Decimal | None
    reason: str
    expected: Decimal | None = None
    reachability: str = ""


class _Case(NamedTuple):
    """One target, its outcome and the moment."""

    wording: str
    reading: Reading
    outcome: Outcome
    moment: Moment
    accrual: Accrual
    row_unit: str
    tolerances: Tolerances


def assess(
    wording: str | None,
    outcome: Outcome,
    *,
    unit: str = "",
    favourable: Favourable | None = None,
    accrual: Accrual | None = None,
    period: Period = Period.FULL_YEAR,
    month: int | None = None,
    share: Fraction | None = None,
    baseline: Decimal | None = None,
    tolerances: Tolerances = _DEFAULT_TOLERANCES,
) -> Assessment:
    """Hold `outcome` against the target `wording`, at the end of `period` (or of `month`, which overrides it).

    `share` is the indicator's own elapsed share in place of quarters; `baseline` the figure a relation refers to or
    the number of an assigned target.
    """
    asked = (wording, outcome, tidy(unit), favourable, accrual, period, month, share, baseline, tolerances)
    return _assessed(*asked)


@lru_cache(maxsize=2048)
def _assessed(
    wording: str | None,
    outcome: Outcome,
    unit: str,
    favourable: Favourable | None,
    accrual: Accrual | None,
    period: Period,
    month: int | None,
    share: Fraction | None,
    baseline: Decimal | None,
    tolerances: Tolerances,
) -> Assessment:
    row_unit = unit or _lent_by(outcome)
    reading = read_target(
        wording, unit=row_unit, favourable=favourable, tolerances=tolerances, baseline=baseline
    )
    case = _Case(
        wording or "", reading, settled(outcome, reading, row_unit, tolerances), moment_of(period, month, share),
        accrual_of(accrual, reading, row_unit), row_unit, tolerances,
    )  # fmt: skip
    standing = _decided_before_comparing(case)
    if standing is not None:
        return _told(
            case, standing, sentences.undecided(case.wording, reading, case.outcome, standing, case.moment)
        )
    return _composite(case) if reading.kind is Kind.COMPOSITE else _single(case)


def _lent_by(outcome: Outcome) -> str:
    """Where the row states no unit, a bare target takes the outcome's, unless that carries a magnitude."""
    own = measure(outcome.unit)
    return outcome.unit if own.dimension == "ratio" or own.worth == 1 else ""


def _decided_before_comparing(case: _Case) -> Verdict | None:
    """DOMAIN §4, the order of decision, up to the comparison; REVIEW reads 进行中 before the year's end."""
    reading, state = case.reading, case.outcome.state
    if state is OutcomeState.REDEFINED:
        return Verdict.REDEFINED
    if state is OutcomeState.AWAITING_CITY:
        return Verdict.AWAITING_CITY
    if reading.kind in NOT_JUDGED:
        return Verdict.NOT_JUDGED
    if reading.waits_for_base and not tells_its_change(reading, case.outcome):
        return Verdict.AWAITING_CITY
    if reading.kind is Kind.ASSIGNED and not reading.comparable:
        return Verdict.NOT_JUDGED
    if not case.moment.year_is_over and (case.accrual is Accrual.LEVEL or state is OutcomeState.ANNUAL_ONLY):
        return Verdict.REVIEW
    if state in (OutcomeState.UNREPORTED, OutcomeState.ANNUAL_ONLY):
        return Verdict.UNREPORTED
    if state is OutcomeState.NOT_COLLECTED:
        return Verdict.NOT_COLLECTED
    return Verdict.REVIEW if state is OutcomeState.DECLARED or reading.kind in PERSON_DECIDES else None


def _single(case: _Case) -> Assessment:
    found = _compared(case, case.reading, case.outcome)
    reason = sentences.judged(
        case.wording, case.reading, case.outcome, found, case.moment, _due(case, case.reading)
    )
    return _told(case, found.standing, reason, found)


def _due(case: _Case, reading: Reading) -> Fraction:
    return share_due(reading, case.moment, case.accrual, case.row_unit)


def _compared(case: _Case, reading: Reading, outcome: Outcome) -> Comparison:
    if outcome.state is OutcomeState.DECLARED:
        return Comparison(Verdict.REVIEW, Why.NO_FIGURE)
    return compare(reading, outcome, _due(case, reading), year_is_over=case.moment.year_is_over)


def _composite(case: _Case) -> Assessment:
    """All firm parts met is met, one missed is missed; a part that cannot be judged leaves the row to a person."""
    pairs = [
        (part, settled(outcome, part, case.row_unit, case.tolerances))
        for part, outcome in matched(case.reading, case.outcome, case.row_unit)
    ]
    found = [(part, outcome, _compared_part(case, part, outcome)) for part, outcome in pairs]
    standings = {comparison.standing for _, _, comparison in found}
    standing = standings.pop() if len(standings) == 1 else Verdict.REVIEW
    if Verdict.MISSED in standings:
        standing = Verdict.MISSED
    reason = sentences.composite(case.wording, found, standing, case.moment)
    return _told(case, standing, reason, found[0][2] if len(found) == 1 else None)


def _compared_part(case: _Case, part: Reading, outcome: Outcome) -> Comparison:
    if part.waits_for_base and not tells_its_change(part, outcome):
        return Comparison(Verdict.AWAITING_CITY, Why.WAITS)
    if part.kind is Kind.ASSIGNED and not part.comparable:
        return Comparison(Verdict.NOT_JUDGED, Why.WAITS)
    return _compared(case, part, outcome)


def _told(case: _Case, standing: Verdict, reason: str, found: Comparison | None = None) -> Assessment:
    over = case.moment.year_is_over
    gap, expected = (None, None) if found is None else (found.gap, found.expected)
    reachable = (
        ""
        if found is None or over
        else sentences.reachability(case.reading, found, case.moment, _due(case, case.reading))
    )
    return Assessment(
        case.reading, case.outcome, standing if over else None, None if over else pace_of(standing), gap,
        reason + reachable, expected, reachable,
    )  # fmt: skip
