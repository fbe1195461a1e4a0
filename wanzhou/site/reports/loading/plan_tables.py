"""Sources, departments, plans and reporting periods; and the references that other tables share with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from wanzhou.kernel.accounts.models import Department
from wanzhou.kernel.plans.models import Origin, Plan, PlanKind, PlanState, ReportingPeriod, Source
from wanzhou.kernel.plans.periods import Period

from .columns import code, day, term, text, whole, year, yes_no
from .hands import Hands
from .rows import Finding, Link, Row, Table

PLAN = Link("plan", "plans", ("year",))
PERIOD = Link("period", "periods", ("year", "period"))
DEPARTMENT = Link("department", "departments", ("department",))
SOURCE = Link("source", "sources", ("source",))
# A document must be named wherever a fact is copied from one.
COPIED = (code("source", field=""), text("place"))


def _approval(row: Row) -> Iterator[Finding]:
    if row["state"] != PlanState.APPROVED:
        yield from ((cell, "须为空：计划尚未批准") for cell in ("approved_by", "approved_on") if row[cell])


def _judged_by(row: Row, hands: Hands) -> dict[str, Any]:
    """What a plan gets when it is made. It is approved once its rows are there: `approve_made`."""
    unapproved = {"state": PlanState.DRAFT, "approved_by": "", "approved_on": None}
    made = {"last_year": row["year"], "rule_set": hands.rules}
    return made | (unapproved if row["state"] == PlanState.APPROVED else {})


def approve_made(plans: Iterable[Plan], rows: Iterable[Row]) -> None:
    """Record of the plans that a loading made what the files say of their approval; their rows then stay."""
    approved = {row["year"]: row for row in rows if row["state"] == PlanState.APPROVED}
    for plan in plans:
        if row := approved.get(plan.first_year):
            plan.state, plan.approved_by, plan.approved_on = (
                row[cell] for cell in ("state", "approved_by", "approved_on")
            )
            plan.save(update_fields=["state", "approved_by", "approved_on"])


def entered(row: Row, hands: Hands) -> dict[str, Any]:
    """What an entry gets when it is made."""
    return {"entered_by": hands.loader}


PLAN_TABLES = (
    Table(
        "sources",
        "sources.csv",
        Source,
        key={"code": "code"},
        columns=(
            code("code"),
            text("title", required=True),
            text("publisher"),
            text("url"),
            day("published_on"),
            text("file", field=""),
            text("note"),
        ),
    ),
    Table(
        "departments",
        "departments.csv",
        Department,
        key={"code": "code"},
        columns=(
            code("code"),
            text("name", required=True),
            whole("order", required=True),
            yes_no("default", field="is_default"),
            text("note", field=""),
        ),
        unique=(("name",),),
    ),
    Table(
        "plans",
        "plans.csv",
        Plan,
        key={"year": "first_year"},
        columns=(
            year(field="first_year"),
            term("state", PlanState),
            text("title", required=True),
            text("approved_by"),
            day("approved_on"),
            code("source", field=""),
            text("note"),
        ),
        links=(SOURCE,),
        wrong=_approval,
        alike={"kind": PlanKind.ANNUAL},
        given=_judged_by,
    ),
    Table(
        "periods",
        "periods.csv",
        ReportingPeriod,
        key={"year": "plan.first_year", "period": "period"},
        columns=(
            year(),
            term("period", Period),
            term("origin", Origin),
            yes_no("complete", field=""),
            text("note"),
        ),
        links=(PLAN,),
        alike={"plan__kind": PlanKind.ANNUAL},
        stands={"complete": lambda period: period.complete_at is not None},
    ),
)
