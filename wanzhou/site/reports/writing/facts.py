"""The facts that a document is composed from, wherever they were gathered; pure."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from indicators.judging.terms import Accrual, Favourable, OutcomeState, Pace, Tolerances, Verdict
from wanzhou.kernel.plans.periods import Period


@dataclass(frozen=True, slots=True)
class Names:
    """How the district is called: 某市某区, the commission that reports, and 全区 or 全县."""

    place: str
    commission: str
    whole: str


@dataclass(frozen=True, slots=True)
class OtherBasis:
    """A figure on another basis, shown beside the judged one: 扣除留抵退税因素后 6%."""

    note: str
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the year's table: what was asked, what came of it, how it was judged and explained.

    `wording` and `outcome` are the cells as printed, `figure` is the bare figure; an unknown wording is empty.
    `adjusted_by` names who approved the adjustment in force; `difference` says how far the figure is from what was due.
    """

    ordinal: int | None
    code: str
    name: str
    unit: str
    binding: bool
    wording: str
    outcome: str
    figure: str
    state: OutcomeState | None
    verdict: Verdict | None
    pace: Pace | None
    accrual: Accrual
    favourable: Favourable
    tolerances: Tolerances
    baseline: Decimal | None = None
    difference: str = ""
    sentence: str = ""
    ruled: bool = False
    basis: OtherBasis | None = None
    adjusted_by: str = ""
    department: str = ""
    bureau: str = ""
    cause: str = ""
    measures: str = ""

    @property
    def counted(self) -> bool:
        """Whether the tally counts the row: numbered rows only."""
        return self.ordinal is not None

    @property
    def called(self) -> str:
        """How a refusal names the row."""
        return f"第{self.ordinal}项“{self.name}”" if self.counted else f"其中行“{self.name}”"


@dataclass(frozen=True, slots=True)
class Task:
    """An entry of a box: the clause it was printed in, what is planned, what was reached (codes' labels apart)."""

    box: int
    box_title: str
    section: str
    name: str
    wording: str
    planned: str
    reached: str
    quantity: str = ""


@dataclass(frozen=True, slots=True)
class Year:
    """A plan year as far as it is told: its rows in the order of the table, its tasks in that of the boxes.

    `asked` says whether departments were asked for the period's figures, `explained` whether they owe causes for what
    is behind.
    """

    year: int
    title: str
    approved_by: str
    period: Period | None
    rows: tuple[Row, ...]
    tasks: tuple[Task, ...]
    moment: datetime.datetime | None
    explained: bool = True
    asked: bool = True
    sources: tuple[str, ...] = ()

    @property
    def numbered(self) -> tuple[Row, ...]:
        """The rows that the tally counts."""
        return tuple(row for row in self.rows if row.counted)

    def with_verdict(self, *verdicts: Verdict) -> tuple[Row, ...]:
        """The numbered rows with one of these verdicts."""
        return tuple(row for row in self.numbered if row.verdict in verdicts)

    def at_pace(self, *paces: Pace) -> tuple[Row, ...]:
        """The numbered rows at one of these paces."""
        return tuple(row for row in self.numbered if row.pace in paces)
