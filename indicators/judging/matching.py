"""Which figure of an outcome belongs to which part of a composite target."""

from dataclasses import replace

from .amounts import Amount
from .comparing import fits
from .outcomes import Outcome, told
from .readings import Reading
from .terms import Kind, OutcomeState
from .units import completed

_NO_FIGURE = OutcomeState.DECLARED


def firm_parts(reading: Reading) -> list[Reading]:
    """The parts that decide: all but the aspirations, or all where nothing firmer stands beside them."""
    return [part for part in reading.parts if not part.aspiration] or list(reading.parts)


def matched(reading: Reading, outcome: Outcome, row_unit: str) -> list[tuple[Reading, Outcome]]:
    """Each deciding part with its own outcome, by unit and then by order; a part whose figure is not certain gets
    an outcome in words only."""
    firm = firm_parts(reading)
    return [(part, _own(part, firm, reading, outcome, row_unit)) for part in firm]


def _own(part: Reading, firm: list[Reading], whole: Reading, outcome: Outcome, row_unit: str) -> Outcome:
    if part.kind is Kind.GRADE:
        return outcome if outcome.grades else replace(outcome, state=_NO_FIGURE, value=None)
    if not outcome.amounts:
        alone = [one for one in firm if one.comparable and fits(one.unit, outcome.unit or row_unit)]
        alone = _one_subject(alone)
        return (
            outcome if part in alone else replace(outcome, state=_NO_FIGURE, value=None, low=None, high=None)
        )
    amount = _figure_for(part, firm, whole, outcome.amounts, row_unit)
    if amount is None:
        return replace(outcome, state=_NO_FIGURE, value=None, low=None, high=None)
    return replace(told(outcome, amount, row_unit), amounts=(amount,))


def _figure_for(
    part: Reading, firm: list[Reading], whole: Reading, amounts: tuple[Amount, ...], row_unit: str
) -> Amount | None:
    fitting = [amount for amount in amounts if fits(part.unit, completed(amount.unit, row_unit))]
    for parts in (firm, list(whole.parts)):
        rivals = [one for one in parts if fits(one.unit, part.unit) and (one.comparable or one.is_relative)]
        if len(rivals) == len(fitting):
            return fitting[_place(rivals, part)] if part in rivals else None
    rivals = _one_subject([one for one in firm if fits(one.unit, part.unit)])
    return fitting[0] if len(fitting) == 1 and part in rivals else None


def _place(rivals: list[Reading], part: Reading) -> int:
    return next(place for place, one in enumerate(rivals) if one is part)


def _one_subject(parts: list[Reading]) -> list[Reading]:
    """The parts, where one figure can answer for all: a single part, or a floor and a ceiling of the same thing."""
    if len(parts) <= 1:
        return parts
    bounded_below = [part for part in parts if part.low is not None]
    same_thing = not any(part.name for part in parts[1:])
    return parts if same_thing and len(bounded_below) == 1 and len(parts) == 2 else []
