"""Tables 1 and 2 of the report: indicators, their targets by year, what was reached, and what was published."""

from .actuals import Answer, Channel, QuarterlyActual, Replacement
from .catalogue import Frequency, Indicator
from .city import Chase, CityRequest
from .evidence import (
    AdjustmentDocument,
    CauseDocument,
    FigureDocument,
    ReferenceDocument,
    RulingDocument,
    SignedRow,
    SignedSheet,
)
from .published import PublishedRow
from .reference import ReferenceFigure
from .rulings import Cause, Ruling
from .targets import AnnualTarget, Nature, TargetAdjustment, Tier

__all__ = [
    "AdjustmentDocument",
    "AnnualTarget",
    "Answer",
    "Cause",
    "CauseDocument",
    "Channel",
    "Chase",
    "CityRequest",
    "FigureDocument",
    "Frequency",
    "Indicator",
    "Nature",
    "PublishedRow",
    "QuarterlyActual",
    "ReferenceDocument",
    "ReferenceFigure",
    "Replacement",
    "Ruling",
    "RulingDocument",
    "SignedRow",
    "SignedSheet",
    "TargetAdjustment",
    "Tier",
]
