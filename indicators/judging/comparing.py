"""Hold one figure against one interval, exactly, whatever units the two are printed in."""

import re
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final, NamedTuple

from .intervals import EXACT, ZERO, Interval, decimal_of
from .outcomes import Outcome, chosen, taking, told
from .readings import Reading, bands
from .terms import Favourable, Kind, OutcomeState, Tolerances, Verdict
from .units import BARE, POINTS, is_ratio, measure

_ONE: Final = Decimal(1)
_ON_LAST_YEAR: Final = re.compile(r"同比|上年|去年|同期")


class Why(StrEnum):
    """Why a comparison ended as it did; the sentences explain it."""

    COMPARED = "compared"
    BAND = "band"  # between the firm and the wide band of 左右
    OVERLAP = "overlap"  # the outcome's interval lies on both sides of the bound
    UNITS = "units"
    CHANGE = "change"  # a change in points against a level
    NO_FIGURE = "no_figure"
    PERSON = "person"
    WAITS = "waits"  # a part whose base or number is not known yet


class Comparison(NamedTuple):
    """One figure held against one reading; `bounds`, `expected` and `gap` are in the target's unit."""

    standing: Verdict
    why: Why
    gap: Decimal | None = None
    expected: Decimal | None = None
    bounds: Interval | None = None
    value: Decimal | None = None
    unit: str = ""


def settled(outcome: Outcome, reading: Reading, row_unit: str, tolerances: Tolerances) -> Outcome:
    """The outcome with the figure that this target asks for, its vagueness as an interval, and the worse end of a
    range as its value."""
    if len(outcome.amounts) > 1 and reading.kind is not Kind.COMPOSITE:
        wanted = reading.measured_in or row_unit
        amount = chosen(outcome.amounts, wanted)
        outcome = taking(outcome, wanted) if amount is None else told(outcome, amount, row_unit)
    if outcome.value is None and outcome.low is not None:
        better_high = reading.direction is Favourable.HIGHER
        outcome = replace(outcome, value=outcome.low if better_high else outcome.high)
    return _vague(outcome, reading, tolerances) if outcome.rough else outcome


def _vague(outcome: Outcome, reading: Reading, tolerances: Tolerances) -> Outcome:
    known = outcome.known or Interval()
    low, high = known.low or ZERO, known.high or ZERO
    unit = outcome.unit or reading.measured_in
    return replace(
        outcome, low=EXACT.subtract(low, bands(low, unit, tolerances)[0]),
        high=EXACT.add(high, bands(high, unit, tolerances)[0]), rough=False,
    )  # fmt: skip


def compare(reading: Reading, outcome: Outcome, due: Fraction, *, year_is_over: bool) -> Comparison:
    """Contained is met, disjoint is missed, anything else is for a person.

    `due` is the share of the target due by now. Before the year's end short of the firm band is missed.
    """
    if reading.kind is Kind.GRADE:
        return _compared_grades(reading, outcome)
    known, value = outcome.known, outcome.value
    if known is None or value is None or outcome.state is OutcomeState.DECLARED:
        return Comparison(Verdict.REVIEW, Why.NO_FIGURE)
    if tells_its_change(reading, outcome):  # the two changes are compared, no base is needed
        reading = _the_step_itself(reading)
    if not reading.comparable:
        return Comparison(Verdict.REVIEW, Why.PERSON)
    return _compared_figures(reading, outcome, known, value, due, year_is_over)


def _the_step_itself(reading: Reading) -> Reading:
    step, number = reading.step or reading.accepted, reading.number or ZERO
    return replace(reading, accepted=step, number=number, wide=None, resolved=None, row_unit="", moves=True)


def tells_its_change(reading: Reading, outcome: Outcome) -> bool:
    """Whether the outcome states the very change that a relation to a year asks for.

    A percentage on last year (同比) is not the one a relation to some other year asks for.
    """
    if reading.kind is not Kind.RELATIVE_YEAR or reading.step is None or not outcome.moves:
        return False
    if reading.number is None:
        return outcome.is_change
    if reading.unit in POINTS:
        return outcome.unit in POINTS
    on_last_year = any(_ON_LAST_YEAR.search(amount.verbs) for amount in outcome.amounts)
    return outcome.unit == reading.unit and not on_last_year


def fits(target_unit: str, outcome_unit: str) -> bool:
    """Whether figures in the two units can be compared; a unit that is not stated is the other's, unless the
    other carries a magnitude (a bare 50 against 51.9亿元 could mean anything)."""
    if outcome_unit == target_unit or not outcome_unit:
        return True
    theirs = measure(outcome_unit)
    if not target_unit:
        return theirs.dimension == "ratio" or theirs.worth == BARE.worth
    return measure(target_unit).fits(theirs)


def _is_of_changes(reading: Reading) -> bool:
    """Whether the target itself is a change of a level, so that an outcome's change can be held against it."""
    return reading.moves and (reading.is_relative or not is_ratio(reading.unit) or reading.unit in POINTS)


def _compared_figures(
    reading: Reading, outcome: Outcome, known: Interval, value: Decimal, due: Fraction, year_is_over: bool
) -> Comparison:
    unit = reading.measured_in
    if not fits(unit, outcome.unit):
        return Comparison(Verdict.REVIEW, Why.UNITS, unit=unit)
    if outcome.is_change and not _is_of_changes(reading):
        return Comparison(Verdict.REVIEW, Why.CHANGE, unit=unit)
    own, theirs = (measure(unit), measure(outcome.unit)) if outcome.unit and unit else (BARE, BARE)
    number = reading.reference or ZERO
    if due == 1 and own.worth == theirs.worth:
        standing, why = _standing(reading, known, _ONE, year_is_over)
        return Comparison(standing, why, EXACT.subtract(value, number), number, reading.accepted, value, unit)
    target_factor = EXACT.multiply(own.worth, Decimal(due.numerator))
    outcome_factor = EXACT.multiply(theirs.worth, Decimal(due.denominator))
    standing, why = _standing(reading, known.times(outcome_factor), target_factor, year_is_over)
    told, expected = Fraction(value) * Fraction(theirs.worth) / Fraction(own.worth), Fraction(number) * due
    bounds = reading.accepted.mapped(lambda end: decimal_of(Fraction(end) * due))
    gap = decimal_of(told - expected)
    return Comparison(standing, why, gap, decimal_of(expected), bounds, decimal_of(told), unit)


def _standing(reading: Reading, known: Interval, factor: Decimal, year_is_over: bool) -> tuple[Verdict, Why]:
    accepted = reading.accepted.times(factor)
    if accepted.contains(known):
        return Verdict.MET, Why.COMPARED
    tolerated = reading.wide.times(factor) if reading.wide is not None and year_is_over else accepted
    if tolerated.disjoint(known):
        return Verdict.MISSED, Why.COMPARED
    return Verdict.REVIEW, Why.OVERLAP if not accepted.disjoint(known) else Why.BAND


def _compared_grades(reading: Reading, outcome: Outcome) -> Comparison:
    if outcome.grades is None:
        why = Why.NO_FIGURE if outcome.known is None else Why.UNITS
        return Comparison(Verdict.REVIEW, why, unit=reading.unit)
    best, worst = outcome.grades
    known = Interval(Decimal(best), Decimal(worst))
    worst_counts = Interval.exactly(Decimal(worst))
    met = reading.accepted.contains(known)
    missed = reading.accepted.disjoint(worst_counts)
    standing = Verdict.MET if met else Verdict.MISSED if missed else Verdict.REVIEW
    return Comparison(standing, Why.COMPARED, bounds=reading.accepted, unit=reading.unit)
