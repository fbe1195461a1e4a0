"""What is said of a cell, and what stands beside it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from indicators.judging.terms import Accrual, Kind, Period
from indicators.judging.units import is_ratio, tidy
from wanzhou.kernel.terms import Term


class Severity(Term):
    """How much a remark weighs."""

    ERROR = "error", "错误"
    WARNING = "warning", "待说明"
    OFFER = "offer", "建议"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to say of a cell; `offer` is a text that could stand in its place."""

    severity: Severity
    says: str
    offer: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure beside the cell, with the words that name it: 一季度, 上年同期, a row's name."""

    label: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Context:
    """What stands beside a cell. `past` holds figures of comparable calibre only, all in the row's unit."""

    name: str
    unit: str
    accrual: Accrual
    period: Period
    year: int
    kind: Kind = Kind.PLAIN
    target: Decimal | None = None
    previous: Figure | None = None  # the latest earlier period of the same year
    same_period: Figure | None = None  # the same period a year ago
    last_year: Figure | None = None  # the whole last year
    total: Figure | None = None
    parts: tuple[Figure, ...] = ()

    @property
    def past(self) -> tuple[Figure, ...]:
        found = (self.previous, self.same_period, self.last_year)
        return tuple(figure for figure in found if figure is not None)

    @property
    def counts_a_rate(self) -> bool:
        return is_ratio(tidy(self.unit))


def error(says: str, offer: str = "") -> Remark:
    """What keeps the cell from being handed in."""
    return Remark(Severity.ERROR, says, offer)


def warning(says: str, offer: str = "") -> Remark:
    """What wants a note."""
    return Remark(Severity.WARNING, says, offer)
