"""The plan of a year, its reporting periods, its sources, the rules that judge it, and acts of publication."""

from .briefs import Brief
from .plan import Plan, PlanKind, PlanState
from .publications import Edition, Publication
from .reporting import Origin, ReportingPeriod
from .rules import RuleSet
from .sources import Source

__all__ = [
    "Brief",
    "Edition",
    "Origin",
    "Plan",
    "PlanKind",
    "PlanState",
    "Publication",
    "ReportingPeriod",
    "RuleSet",
    "Source",
]
