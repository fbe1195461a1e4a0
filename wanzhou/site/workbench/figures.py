"""How a stored figure is said at the desks."""

from __future__ import annotations

from indicators.judging.sentences import figure as printed
from indicators.judging.terms import OutcomeState
from indicators.models import QuarterlyActual


def said_of(actual: QuarterlyActual) -> str:
    """A figure as it is printed: 0 is a figure, a state is a word."""
    if actual.value is not None:
        return printed(actual.value)
    return actual.wording or OutcomeState(actual.outcome_state).label
