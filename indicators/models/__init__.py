"""Tables 1 and 2 of the report: indicators, their targets by year, what was reached, and what was published."""

from .actuals import Answer, Channel, QuarterlyActual, Replacement
from .catalogue import Frequency, Indicator
from .cited import CitedFact
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
from .intakes import Intake, IntakeRow
from .published import PublishedRow
from .reference import ReferenceFigure
from .rulings import Cause, Ruling
from .targets import AnnualTarget, Nature, TargetAdjustment, Tier
from .work import PublishedWorkTarget

__all__ = [
    "AdjustmentDocument",
    "AnnualTarget",
    "Answer",
    "Cause",
    "CauseDocument",
    "Channel",
    "Chase",
    "CitedFact",
    "CityRequest",
    "FigureDocument",
    "Frequency",
    "Indicator",
    "Intake",
    "IntakeRow",
    "Nature",
    "PublishedRow",
    "PublishedWorkTarget",
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
