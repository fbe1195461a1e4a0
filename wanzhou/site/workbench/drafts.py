"""The pages of a plan in the making: what may be carried forward, the sheet, the paste, the approval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.http import QueryDict

from indicators.comparison import Compared, Movement, balance_of
from indicators.drafting.comparing import compared
from indicators.drafting.echoes import Echo, echo_of
from indicators.drafting.problems import Problem, problems_of
from indicators.drafting.sheets import FIELDS, Conflict, facts_of, last_plan, rows_of
from indicators.models import AnnualTarget, Indicator, QuarterlyActual
from indicators.models.targets import Nature, Tier
from indicators.wordings import UNKNOWN, wording_in_force
from wanzhou.kernel.plans.models import Plan, PlanKind, PlanState
from wanzhou.kernel.plans.periods import Period
from wanzhou.site.dashboard.comparing.words import change_words

from .draft_forms import (
    LABELS,
    Choices,
    NewRowForm,
    RowForm,
    departments,
    parents_among,
    read_seen,
    seen_as,
    shown,
)
from .figures import said_of


@dataclass(frozen=True, slots=True)
class LastYear:
    """The same indicator in the plan before: its wording in force, and what came of it as far as is published."""

    year: int
    wording: str
    outcome: str


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One row of the sheet."""

    key: str
    form: RowForm
    echo: Echo
    last: LastYear | None
    faults: tuple[str, ...]
    clashes: tuple[str, ...]
    is_sub: bool
    indicator: int | None

    @property
    def is_open(self) -> bool:
        """Whether what stands folded away must be seen."""
        return bool(self.faults or self.clashes or self.form.errors)


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a target since last year, in words."""

    name: str
    before: str
    after: str
    words: str


@dataclass(frozen=True, slots=True)
class DraftPage:
    """Everything that the sheet shows."""

    plan: Plan
    last: Plan | None
    lines: tuple[DraftLine, ...]
    new: NewRowForm
    new_faults: tuple[str, ...]
    problems: tuple[Problem, ...]
    summary: str
    changes: tuple[Change, ...]
    parents: Choices
    departments: Choices

    @property
    def blocking(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.blocks)

    @property
    def is_settled(self) -> bool:
        """Whether the congress has approved it."""
        return self.plan.state == PlanState.APPROVED


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One annual plan in the list."""

    plan: Plan
    rows: int
    unwritten: int


@dataclass(frozen=True, slots=True)
class Typing:
    """What came back with a page that could not be kept."""

    posted: QueryDict | None = None
    faults: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    conflicts: Sequence[Conflict] = ()


def plan_lines() -> tuple[PlanLine, ...]:
    """Every annual plan, the newest first; two queries."""
    plans = Plan.objects.filter(kind=PlanKind.ANNUAL).prefetch_related(
        Prefetch("targets", AnnualTarget.objects.headline().prefetch_related("adjustments"))
    )
    return tuple(
        PlanLine(
            plan,
            len(plan.targets.all()),
            sum(not row.wording and not row.adjustments.all() for row in plan.targets.all()),
        )
        for plan in plans
    )


def carried_rows(plan: Plan) -> list[tuple[AnnualTarget, LastYear | None]]:
    """The rows that may go along, each with what it asked and what came of it."""
    rows = rows_of(plan)
    before = last_years(plan, rows)
    return [(row, before.get((row.indicator_id, row.tier))) for row in rows]


def draft_page(plan: Plan, typing: Typing) -> DraftPage:
    """The sheet of a plan; the number of queries does not grow with its rows."""
    rows = rows_of(plan)
    last = last_plan(plan)
    before = rows_of(last) if last else []
    told = last_years(last, before) if last else {}
    choices = {
        "parent_id": parents_among(rows), "department_id": departments(), "nature": Nature.choices(),
    }  # fmt: skip
    posted = _caught_up(typing, rows)
    rises = compared(before, rows) if before else ()
    held = {row.indicator_id for row in rows if row.tier == Tier.HEADLINE}
    return DraftPage(
        plan=plan,
        last=last,
        lines=tuple(
            _line(row, plan, told.get((row.indicator_id, row.tier)), choices, typing, posted) for row in rows
        ),
        new=_new_form(posted, choices, held),
        new_faults=typing.faults.get("new", ()),
        problems=problems_of(rows, plan.rule_set, {row.indicator_id: row.unit for row in before}),
        summary=summary_of(rises),
        changes=tuple(changes_in(rises)),
        parents=choices["parent_id"],
        departments=choices["department_id"],
    )


def last_years(plan: Plan, rows: Iterable[AnnualTarget]) -> dict[tuple[int, str], LastYear]:
    """Wording in force and published outcome by indicator and tier; one query."""
    outcomes: dict[int, QuarterlyActual] = {}
    published = QuarterlyActual.objects.published().filter(target__plan=plan)
    for figure in published.select_related("period"):
        held = outcomes.get(figure.target_id)
        if held is None or Period(held.period.period).position < Period(figure.period.period).position:
            outcomes[figure.target_id] = figure
    nothing = "未填写" if plan.state == PlanState.DRAFT else UNKNOWN
    return {
        (row.indicator_id, row.tier): LastYear(
            plan.year,
            wording_in_force(row, list(row.adjustments.all()), None).wording or nothing,
            _outcome(outcomes.get(row.pk)),
        )
        for row in rows
    }


def _outcome(figure: QuarterlyActual | None) -> str:
    if figure is None:
        return "完成情况尚未发布"
    return f"{Period(figure.period.period).label}完成 {said_of(figure)}"


def _line(
    row: AnnualTarget,
    plan: Plan,
    last: LastYear | None,
    choices: dict[str, Any],
    typing: Typing,
    posted: QueryDict | None,
) -> DraftLine:
    facts = facts_of(row)
    form = RowForm(
        posted if posted is not None and f"t{row.pk}-seen" in posted else None,
        prefix=f"t{row.pk}",
        initial={**facts, "seen": seen_as(facts)},
        parents=[choice for choice in choices["parent_id"] if choice[0] != str(row.pk)],
        departments=choices["department_id"],
    )
    clashes = (
        f"{LABELS[one.field]}：别人刚刚改为“{shown(one.field, one.now, choices)}”，"
        f"您填的是“{shown(one.field, one.typed, choices)}”。再点一次保存，以您填的为准。"
        for one in typing.conflicts
        if one.key == row.pk
    )
    said, unit = form["wording"].value() or "", form["unit"].value() or ""
    return DraftLine(
        key=str(row.pk),
        form=form,
        echo=echo_of(said, unit=unit, indicator=row.indicator, rules=plan.rule_set),
        last=last,
        faults=typing.faults.get(str(row.pk), ()),
        clashes=tuple(clashes),
        is_sub=row.parent_id is not None,
        indicator=row.indicator_id,
    )


def _new_form(posted: QueryDict | None, choices: dict[str, Any], held: set[int]) -> NewRowForm:
    return NewRowForm(
        posted,
        prefix="new",
        indicators=Indicator.objects.for_tables().exclude(pk__in=held),
        parents=choices["parent_id"],
        departments=choices["department_id"],
    )


def _caught_up(typing: Typing, rows: Iterable[AnnualTarget]) -> QueryDict | None:
    """What was typed, laid over the rows as they stand now, wherever somebody else changed one meanwhile."""
    if typing.posted is None or not typing.conflicts:
        return typing.posted
    posted = typing.posted.copy()
    clashing = {one.key for one in typing.conflicts}
    for row in rows:
        prefix = f"t{row.pk}-"
        if row.pk not in clashing or f"{prefix}seen" not in posted:
            continue
        now = facts_of(row)
        theirs = _changed_by_others(
            str(posted[f"{prefix}seen"]), now, {one.field for one in typing.conflicts}
        )
        for name in theirs:
            _put(posted, f"{prefix}{name}", now[name])
        posted[f"{prefix}seen"] = seen_as(now)
    return posted


def _changed_by_others(seen: str, now: dict[str, Any], mine: set[str]) -> list[str]:
    before = read_seen(seen) or now
    return [name for name in FIELDS if before[name] != now[name] and name not in mine]


def _put(posted: QueryDict, name: str, value: Any) -> None:
    if value is False:
        posted.pop(name, None)
    else:
        posted[name] = "on" if value is True else "" if value is None else str(value)


def summary_of(rows: Sequence[Compared]) -> str:
    """One line on the numbered rows: how many rose, are new, were dropped."""
    if not rows:
        return "没有上年的计划可以比较。"
    balance = balance_of(rows)
    unwritten = sum(row.counted and _is_unwritten(row) for row in rows)
    counts = {
        **balance.movements,
        Movement.INCOMPARABLE: balance.movements[Movement.INCOMPARABLE] - unwritten,
    }
    words = [f"{movement.label} {counts[movement]} 项" for movement in Movement if counts.get(movement)]
    words += [f"还没有填写目标的 {unwritten} 项"] if unwritten else []
    return f"上年 {balance.before} 项，本年 {balance.after} 项：{'，'.join(words)}。"


def changes_in(rows: Iterable[Compared]) -> Iterable[Change]:
    """Row by row, in words; a draft's unwritten wording is no change."""
    for row in rows:
        yield Change(
            row.newest.name,
            row.earlier.wording if row.earlier else "—",
            (row.later.wording or "未填写") if row.later else "—",
            "未填写" if _is_unwritten(row) else change_words(row),
        )


def _is_unwritten(row: Compared) -> bool:
    """Whether a row of last year's goes on and nobody has written what it asks now."""
    return row.earlier is not None and row.later is not None and not row.later.wording
