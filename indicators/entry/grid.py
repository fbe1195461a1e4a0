"""What the grid shows: one row for each target of a period, with what stands beside its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indicators.actions import Clash, is_for_others, locked_because, stamp
from indicators.cells import Cell
from indicators.checks import Remark, Severity, blocking
from indicators.explaining import Explanation, Explanations, locked_explanation
from indicators.judging.terms import OutcomeState
from indicators.ledger import LAST_YEAR, YEAR_AGO, Ledger, cell_of, shown
from indicators.models import AnnualTarget, Nature, Tier
from indicators.wordings import UNKNOWN
from wanzhou.kernel.accounts.models import Department, User
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.plans.periods import Period

from .standing import standing_of

NOTHING = "—"
PICKED = (
    (OutcomeState.REPORTED, "正常填报"),
    (OutcomeState.AWAITING_CITY, "市级暂未反馈"),
    (OutcomeState.REDEFINED, "口径调整"),
    (OutcomeState.ANNUAL_ONLY, "年度指标"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person must decide: what the other one wrote, and the stamp of it."""

    text: str
    by: str
    newest: str


@dataclass(frozen=True, slots=True)
class Why:
    """The explanation under a row: what it says and was seen, the sentence that asks for it, why it is locked."""

    explanation: Explanation
    seen: str
    asked: str
    locked: str

    @property
    def is_shown(self) -> bool:
        return bool(self.asked) or not self.explanation.is_blank


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row as it stands on the screen."""

    key: int
    ordinal: str
    name: str
    is_sub: bool
    binding: bool
    unit: str
    department: str
    wording: str
    beside: tuple[str, ...]
    cell: Cell
    seen: str
    locked: str
    for_others: bool
    state: str
    standing: str
    returned: str
    provided: str
    disputed: str
    remarks: tuple[Remark, ...]
    why: Why
    refusal: str = ""
    choice: Choice | None = None

    @property
    def picked(self) -> OutcomeState:
        return self.cell.state

    @property
    def weight(self) -> str:
        """error or warning where the row cannot be handed in as it is; else empty."""
        if self.refusal or self.choice:
            return Severity.ERROR.value
        held = blocking(self.remarks, self.cell.note)
        return held[0].severity.value if held else ""

    @property
    def is_dealt_with(self) -> bool:
        return not self.cell.is_blank


@dataclass(frozen=True, slots=True)
class Grid:
    """The screen: a period, the rows that a person works on, and how far they have come."""

    period: ReportingPeriod
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    departments: tuple[Department, ...]
    department: Department | None
    is_open: bool
    may_enter: bool
    every_department: bool

    @property
    def why_columns(self) -> int:
        """How many columns the explanation under a row spans: all but the ordinal's."""
        return len(self.columns) + 7

    @property
    def own_period(self) -> Period:
        return Period(self.period.period)

    @property
    def own_label(self) -> str:
        return f"{self.own_period.label}累计"

    @property
    def title(self) -> str:
        return f"{self.period.plan.year}年{self.own_period.label}填报"

    @property
    def dealt_with(self) -> int:
        return sum(row.is_dealt_with for row in self.rows)

    @property
    def figures(self) -> int:
        return sum(bool(row.cell.text.strip()) for row in self.rows)

    @property
    def reasons(self) -> int:
        return self.dealt_with - self.figures

    @property
    def errors(self) -> tuple[GridRow, ...]:
        return tuple(row for row in self.rows if row.weight == Severity.ERROR)

    @property
    def warnings(self) -> tuple[GridRow, ...]:
        return tuple(row for row in self.rows if row.weight == Severity.WARNING)

    @property
    def returned(self) -> tuple[GridRow, ...]:
        return tuple(row for row in self.rows if row.returned)

    @property
    def enters_for_others(self) -> bool:
        return self.may_enter and any(row.for_others and not row.locked for row in self.rows)

    @property
    def seen(self) -> str:
        """What the person has before his eyes, in one field."""
        return " ".join(f"{row.key}:{row.seen}" for row in self.rows if not row.locked)


@dataclass(frozen=True, slots=True)
class Sent:
    """What came back from the screen and could not be written: it stays there, with the reasons."""

    cells: Mapping[int, Cell]
    explanations: Mapping[int, Explanation]
    refusals: Mapping[int, str]
    clashes: Sequence[Clash] = ()


def grid_for(
    period: ReportingPeriod, reader: User, *, department: str = "", sent: Sent | None = None
) -> Grid:
    """The grid that a person sees: the rows of his department, or everybody's; in a fixed number of queries."""
    targets = targets_for(period, reader)
    departments = {target.department.pk: target.department for target in targets if target.department}
    chosen = next((one for one in departments.values() if one.code == department), None)
    if chosen is not None:
        targets = tuple(target for target in targets if target.department_id == chosen.pk)
    ledger = Ledger.of(period, targets)
    may_enter = reader.has_perm("indicators.add_quarterlyactual")
    is_open = period.is_open
    cells = {target.pk: ledger.cell(target) for target in targets} | dict(sent.cells if sent else {})
    columns = columns_of(ledger)
    explanations = Explanations.beside(ledger, cells)
    rows = tuple(
        _row(
            target,
            ledger,
            cells,
            columns,
            explanations,
            reader,
            sent,
            "" if is_open and may_enter else "只读",
        )
        for target in targets
    )
    return Grid(
        period,
        tuple(label for label, _, _ in columns),
        rows,
        tuple(sorted(departments.values(), key=lambda one: (one.order, one.pk))),
        chosen,
        is_open,
        may_enter,
        reader.has_perm("indicators.view_every_department"),
    )


def targets_for(period: ReportingPeriod, reader: User) -> tuple[AnnualTarget, ...]:
    """The rows of the period's plan that a person works on, as the table has them, then the chosen work targets."""
    mine = AnnualTarget.objects.for_user(reader).filter(plan=period.plan_id).collected()
    rows = mine.select_related("plan", "indicator", "department").order_by("order")
    return tuple(sorted(rows, key=lambda target: target.tier != Tier.HEADLINE))


Column = tuple[str, bool, Period]


def columns_of(ledger: Ledger) -> tuple[Column, ...]:
    """The columns beside the cell: label, whether of last year, period."""
    own = ledger.own_period
    before: list[Column] = [(one.label, False, one) for one in Period if one.position < own.position]
    ago: list[Column] = [(YEAR_AGO, True, own)]
    return (*before, *ago, *([] if own is Period.FULL_YEAR else [(LAST_YEAR, True, Period.FULL_YEAR)]))


def _beside(target: AnnualTarget, ledger: Ledger, columns: Sequence[Column]) -> tuple[str, ...]:
    said = []
    for _, last_year, period in columns:
        if last_year and target.series_break:
            said.append("不可比")
        else:
            find = ledger.last_year if last_year else ledger.before
            said.append(shown(find(target, period)) or NOTHING)
    return tuple(said)


def _row(
    target: AnnualTarget,
    ledger: Ledger,
    cells: Mapping[int, Cell],
    columns: Sequence[Column],
    explanations: Explanations,
    reader: User,
    sent: Sent | None,
    closed: str,
) -> GridRow:
    actual = ledger.entries.get(target.pk)
    wording = ledger.wordings[target.pk].wording
    clash = next((one for one in sent.clashes if one.target.pk == target.pk), None) if sent else None
    return GridRow(
        key=target.pk,
        ordinal="" if target.ordinal is None else str(target.ordinal),
        name=target.name,
        is_sub=target.parent_id is not None,
        binding=target.nature == Nature.BINDING,
        unit=target.unit,
        department=str(target.department or "未定责任单位"),
        wording=UNKNOWN if wording is None else wording,
        beside=_beside(target, ledger, columns),
        cell=cells[target.pk],
        seen=stamp(actual),
        locked=locked_because(target, actual, reader) or closed,
        for_others=is_for_others(target, reader),
        remarks=ledger.remarks(target, cells),
        why=_why(target, explanations, reader, sent, closed),
        refusal=sent.refusals.get(target.pk, "") if sent else "",
        choice=None if clash is None else choice_of(clash),
        **standing_of(actual),
    )


def _why(
    target: AnnualTarget, explanations: Explanations, reader: User, sent: Sent | None, closed: str
) -> Why:
    typed = sent.explanations.get(target.pk) if sent else None
    stored = explanations.of(target)
    return Why(
        stored if typed is None else typed,
        explanations.seen(target),
        explanations.asked.get(target.pk, ""),
        closed or locked_explanation(explanations.causes.get(target.pk), reader),
    )


def choice_of(clash: Clash) -> Choice:
    """The other person's content in words."""
    theirs, cell = clash.theirs, cell_of(clash.theirs)
    text = cell.text or ("" if theirs is None else cell.state.label)
    note = f"（备注：{cell.note}）" if cell.note else ""
    return Choice((text or "空") + note, "" if theirs is None else str(theirs.entered_by), stamp(theirs))
