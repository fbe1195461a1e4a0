"""Indicators and all that a year says of them: targets, adjustments, figures, causes, requests, references."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from indicators.judging.terms import Accrual, Favourable
from indicators.models import (
    AnnualTarget,
    Cause,
    Channel,
    CitedFact,
    CityRequest,
    Frequency,
    Indicator,
    Nature,
    QuarterlyActual,
    ReferenceFigure,
    TargetAdjustment,
    Tier,
)
from indicators.models.actuals import SILENT, SPOKEN
from wanzhou.kernel.plans.models import PlanKind
from wanzhou.kernel.plans.periods import Period

from .columns import code, day, decimal, term, text, whole, words, year, yes_no
from .hands import Hands
from .plan_tables import COPIED, DEPARTMENT, PERIOD, PLAN, SOURCE, entered
from .rows import Finding, Link, Row, Table

INDICATOR = Link("indicator", "indicators", ("code",))
TARGET = Link("target", "targets", ("year", "code"))
TARGET_AND_PERIOD = {
    "year": "target.plan.first_year",
    "period": "period.period",
    "code": "target.indicator.code",
}
# Rows of the numbered table, of an annual plan.
OF_HEADLINE = {"target__tier": Tier.HEADLINE, "target__plan__kind": PlanKind.ANNUAL}


def _numbered_or_sub(row: Row) -> Iterator[Finding]:
    if row["ordinal"] is None and not row["parent"]:
        yield "ordinal", "须填写序号；其中行（#）则须填写 parent"
    if row["ordinal"] is not None and row["parent"]:
        yield "ordinal", "须为空：其中行（#）没有序号"


def _figure(row: Row) -> Iterator[Finding]:
    said = row["value"] is not None or bool(row["wording"])
    if row["state"] in SPOKEN and not said:
        yield "wording", f"须填写表述或数值：state 为 {row['state']}"
    if row["state"] in SILENT and said:
        column = "wording" if row["wording"] else "value"
        yield column, f"须为空：state 为 {row['state']}，没有数据"
    if row["basis_value"] is not None and not row["basis_note"]:
        yield "basis_note", "须写明另一口径是什么口径"
    if row["basis_value"] is None and row["basis_unit"]:
        yield "basis_value", "须填写数值：basis_unit 已填写"


def _figure_or_rank(row: Row) -> Iterator[Finding]:
    if row["value"] is None and row["rank"] is None:
        yield "value", "须填写数值或位次"
    if row["rank"] is not None and row["of"] is not None and not 1 <= row["rank"] <= row["of"]:
        yield "rank", "须在 1 与 of 之间"


def _as_work_target(row: Row, hands: Hands) -> dict[str, Any]:
    """A commitment of the prose is expected, not binding, and no department is asked for it by default."""
    return {"nature": Nature.ANTICIPATORY, "in_grid": False}


def _entered_from_print(row: Row, hands: Hands) -> dict[str, Any]:
    return {**entered(row, hands), "channel": Channel.PUBLIC}


INDICATOR_TABLES = (
    Table(
        "indicators",
        "indicators.csv",
        Indicator,
        key={"code": "code"},
        columns=(
            code("code"),
            text("name", required=True),
            text("short_name", required=True),
            text("aliases"),
            term("accrual", Accrual),
            term("favourable", Favourable),
            term("frequency", Frequency),
            text("definition"),
        ),
    ),
    Table(
        "targets",
        "{year}/targets.csv",
        AnnualTarget,
        key={"year": "plan.first_year", "code": "indicator.code"},
        columns=(
            whole("ordinal"),
            code("code", field=""),
            code("parent", field="", required=False),
            text("name", required=True),
            text("unit"),
            term("nature", Nature),
            words("wording"),
            code("department", field="", required=False),
            text("section"),
            yes_no("series_break"),
            *COPIED,
            text("note"),
        ),
        links=(PLAN, INDICATOR, Link("parent", "targets", ("year", "parent")), DEPARTMENT, SOURCE),
        derived=("order",),
        unique=(("year", "ordinal"),),
        wrong=_numbered_or_sub,
        alike={"tier": Tier.HEADLINE, "plan__kind": PlanKind.ANNUAL},
    ),
    Table(
        "work indicators",
        "",
        Indicator,
        key={"code": "code"},
        derived=("code", "name", "short_name", "accrual", "favourable", "frequency"),
    ),
    Table(
        "work targets",
        "{year}/work.csv",
        AnnualTarget,
        key={"year": "plan.first_year", "code": "indicator.code"},
        columns=(
            code("code", field=""),
            text("name", required=True),
            text("unit"),
            text("wording", required=True),
            term("accrual", Accrual, field=""),
            term("favourable", Favourable, field=""),
            code("department", field="", required=False),
            text("section"),
            text("quoted", required=True),
            *COPIED,
        ),
        links=(PLAN, Link("indicator", "work indicators", ("code",)), DEPARTMENT, SOURCE),
        derived=("order",),
        alike={"tier": Tier.WORK, "plan__kind": PlanKind.ANNUAL},
        given=_as_work_target,
        optional=True,
    ),
    Table(
        "cited facts",
        "{year}/cited.csv",
        CitedFact,
        key={"year": "plan.first_year", "name": "name", "wording": "wording"},
        columns=(
            text("section"),
            text("name", required=True),
            text("wording", required=True),
            text("unit"),
            text("sentence", required=True),
            *COPIED,
        ),
        links=(PLAN, SOURCE),
        derived=("order",),
        alike={"plan__kind": PlanKind.ANNUAL},
        optional=True,
    ),
    Table(
        "adjustments",
        "{year}/adjustments.csv",
        TargetAdjustment,
        key={
            "year": "target.plan.first_year",
            "code": "target.indicator.code",
            "wording": "wording",
            "approved_by": "approved_by",
        },
        columns=(
            code("code", field=""),
            text("wording", required=True),
            text("approved_by", required=True),
            day("approved_on"),
            text("document"),
            *COPIED,
            text("note"),
        ),
        links=(TARGET, SOURCE),
        alike=OF_HEADLINE,
        given=entered,
        optional=True,
    ),
    Table(
        "figures",
        "{year}/figures.csv",
        QuarterlyActual,
        key=TARGET_AND_PERIOD,
        columns=(
            term("period", Period, field=""),
            code("code", field=""),
            term("state", (*SPOKEN, *SILENT), field="outcome_state"),
            text("wording"),
            decimal("value"),
            decimal("basis_value"),
            text("basis_unit"),
            text("basis_note"),
            text("basis_wording", field=""),
            text("basis_place", field=""),
            *COPIED,
            text("note"),
        ),
        links=(TARGET, PERIOD, SOURCE),
        wrong=_figure,
        alike={**OF_HEADLINE, "replaces": None},
        given=_entered_from_print,
        optional=True,
    ),
    Table(
        "causes",
        "{year}/causes.csv",
        Cause,
        key=TARGET_AND_PERIOD,
        columns=(
            term("period", Period, field=""),
            code("code", field=""),
            text("text", required=True),
            *COPIED,
        ),
        links=(TARGET, PERIOD, SOURCE),
        alike=OF_HEADLINE,
        given=entered,
        optional=True,
    ),
    Table(
        "city requests",
        "city_requests.csv",
        CityRequest,
        key=TARGET_AND_PERIOD,
        columns=(
            year(),
            term("period", Period, field=""),
            code("code", field=""),
            text("bureau"),
            day("since"),
            day("expected"),
            text("note"),
        ),
        links=(TARGET, PERIOD),
        alike=OF_HEADLINE,
    ),
    Table(
        "reference figures",
        "reference_figures.csv",
        ReferenceFigure,
        key={"code": "indicator.code", "year": "year", "period": "period", "region": "region"},
        columns=(
            year(field="year"),
            term("period", Period),
            code("code", field=""),
            text("region", required=True),
            decimal("value"),
            whole("rank"),
            whole("of"),
            text("wording"),
            *COPIED,
            text("note"),
        ),
        links=(INDICATOR, SOURCE),
        wrong=_figure_or_rank,
    ),
)
