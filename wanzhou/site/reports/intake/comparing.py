"""A report held against a plan that is here already: what differs, row by row. It changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indicators.models import AnnualTarget, PublishedRow
from indicators.models.targets import Nature
from indicators.wordings import wording_in_force
from projects.models import AnnualTask
from projects.stages import Stage
from wanzhou.kernel.numerals import plain as shown
from wanzhou.kernel.plans.models import Plan, PlanKind
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.wording import fold

from .matching import Catalogue, plain
from .report import NATURES, PrintedBox, PrintedTable, Report, TableRow

NOTHING = "—"
SAID = {"awaiting_city": "市级暂未反馈", "redefined": "口径调整"}


@dataclass(frozen=True, slots=True)
class Differs:
    """One thing that the report says otherwise than the plan here; `here` or `there` is — where one says nothing."""

    where: str
    name: str
    what: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Held:
    """The comparison with one plan: how much was looked at, and what differs."""

    plan: Plan
    rows: int
    entries: int
    differences: tuple[Differs, ...]


def held_against_plans(report: Report) -> tuple[Held, ...]:
    """The report against every annual plan here of a year that it has tables or boxes of."""
    years = {table.year for table in report.tables} | {box.year for box in report.boxes}
    plans = Plan.objects.filter(kind=PlanKind.ANNUAL, first_year__in=[year for year in years if year])
    catalogue = Catalogue.gather()
    return tuple(
        _held(report, plan, catalogue) for plan in plans.prefetch_related("periods").order_by("first_year")
    )


def _held(report: Report, plan: Plan, catalogue: Catalogue) -> Held:
    tables = [table for table in report.tables if table.year == plan.year]
    boxes = [box for box in report.boxes if box.year == plan.year]
    differences = [*_of_tables(tables, plan, catalogue), *_of_boxes(boxes, plan)]
    rows, entries = sum(len(one.rows) for one in tables), sum(len(one.entries) for one in boxes)
    return Held(plan, rows, entries, tuple(differences))


def _of_tables(tables: list[PrintedTable], plan: Plan, catalogue: Catalogue) -> Iterator[Differs]:
    if not tables:
        return
    related = ("indicator", "plan__rule_set")
    ours = {
        row.indicator_id: row
        for row in AnnualTarget.objects.filter(plan=plan)
        .headline()
        .select_related(*related)
        .prefetch_related("adjustments")
    }
    outcomes = _outcomes(plan)
    seen: set[int] = set()
    for table in tables:
        where = table.caption or "指标表"
        for row in table.rows:
            indicator = catalogue.of(row.name)
            here = ours.get(indicator.pk) if indicator else None
            if here is None:
                yield Differs(where, row.name, "整行", NOTHING, row.target or row.outcome)
                continue
            seen.add(here.indicator_id)
            yield from _row(where, row, here, outcomes.get(here.pk))
    missing = [row for key, row in ours.items() if key not in seen]
    yield from (Differs("指标表", row.name, "整行", row.wording or NOTHING, NOTHING) for row in missing)


def _outcomes(plan: Plan) -> dict[int, str]:
    """What was published of the full year, in words."""
    period = next((one for one in plan.periods.all() if one.period == Period.FULL_YEAR), None)
    if period is None:
        return {}
    return {row.target_id: _outcome(row) for row in PublishedRow.objects.current(plan, period)}


def _outcome(row: PublishedRow) -> str:
    if row.outcome_state in SAID:
        return SAID[row.outcome_state]
    return row.outcome_wording or (shown(row.outcome_value) if row.outcome_value is not None else "")


def _row(where: str, row: TableRow, here: AnnualTarget, outcome: str | None) -> Iterator[Differs]:
    wording = wording_in_force(here, list(here.adjustments.all()), None).wording or ""
    natures = {code: Nature(code).label for code in NATURES.values()}
    cells = [
        ("名称", here.name, row.name),
        ("单位", here.unit, row.unit),
        ("目标", wording, row.target),
        ("属性", Nature(here.nature).label, natures.get(row.nature, "")),
        ("序号", str(here.ordinal or "其中"), "其中" if row.sub else str(row.ordinal or "")),
    ]
    if outcome:
        cells.append(("完成情况", outcome, row.outcome))
    for what, ours, theirs in cells:
        if theirs and fold(ours) != fold(theirs):
            yield Differs(where, row.name, what, ours or NOTHING, theirs)


def _of_boxes(boxes: list[PrintedBox], plan: Plan) -> Iterator[Differs]:
    if not boxes:
        return
    tasks = AnnualTask.objects.filter(plan=plan).select_related("box", "project")
    ours: dict[tuple[int, str], list[AnnualTask]] = {}
    for task in tasks.prefetch_related("updates"):
        ours.setdefault((task.box.number, plain(task.name)), []).append(task)
    for box in boxes:
        where = f"专栏{box.number}"
        for entry in box.entries:
            same = ours.get((box.number, plain(entry.name)))
            if not same:
                yield Differs(where, entry.name, "整条", NOTHING, entry.stage_wording)
                continue
            here = same.pop(0)
            stage = here.planned_stage or _reached(here)
            if stage and entry.stage and stage != entry.stage:
                yield Differs(where, entry.name, "阶段", Stage(stage).label, Stage(entry.stage).label)
    for (number, _), left in ours.items():
        yield from _left_over(f"专栏{number}", left)


def _reached(task: AnnualTask) -> str:
    return next((update.reached_stage for update in task.updates.all()), "")


def _left_over(where: str, tasks: Iterable[AnnualTask]) -> Iterator[Differs]:
    yield from (Differs(where, task.name, "整条", task.wording, NOTHING) for task in tasks)
