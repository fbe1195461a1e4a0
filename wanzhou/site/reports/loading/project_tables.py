"""The boxes of the report and the projects named in them; a project and an update stand in a task's line."""

from __future__ import annotations

from collections.abc import Iterator

from projects.models import AnnualTask, Box, Project, Question, Quotation, StatusUpdate
from projects.stages import Stage
from wanzhou.kernel.plans.models import PlanKind
from wanzhou.kernel.terms import Term

from .columns import code, term, text, whole, year, yes_no
from .plan_tables import COPIED, DEPARTMENT, PLAN, SOURCE, entered
from .rows import Finding, Link, Row, Table


class Told(Term):
    """What the stages of a box tell: where its projects stand, or where they should."""

    REACHED = "reached", "已达到"
    PLANNED = "planned", "计划"


def _counted(row: Row) -> Iterator[Finding]:
    if row["group"] != bool(row["quantity"]):
        yield "quantity", "须填写数量：group 为 yes" if row["group"] else "须为空：group 为 no"


PROJECT_TABLES = (
    Table(
        "boxes",
        "boxes.csv",
        Box,
        key={"year": "plan.first_year", "box": "number"},
        columns=(
            year(),
            whole("box", field="number", required=True),
            text("title", required=True),
            term("states", Told, field=""),
        ),
        links=(PLAN,),
        alike={"plan__kind": PlanKind.ANNUAL},
    ),
    Table("projects", "", Project, key={"slug": "slug"}, derived=("slug", "name")),
    Table(
        "tasks",
        "{year}/tasks.csv",
        AnnualTask,
        key={"year": "plan.first_year", "box": "box.number", "slug": "project.slug"},
        columns=(
            whole("box", field="", required=True),
            text("section", required=True),
            whole("order", required=True),
            text("name", required=True),
            code("slug", field=""),
            term("stage", Stage, field=""),
            text("wording", required=True),
            yes_no("group"),
            text("quantity"),
            code("department", field="", required=False),
            *COPIED,
        ),
        links=(
            PLAN,
            Link("box", "boxes", ("year", "box")),
            Link("project", "projects", ("slug",)),
            DEPARTMENT,
            SOURCE,
        ),
        derived=("planned_stage",),
        unique=(("year", "box", "order"),),
        wrong=_counted,
        alike={"plan__kind": PlanKind.ANNUAL},
    ),
    Table(
        "updates",
        "",
        StatusUpdate,
        key={"year": "task.plan.first_year", "box": "task.box.number", "slug": "task.project.slug"},
        links=(Link("task", "tasks", ("year", "box", "slug")), SOURCE),
        derived=("reached_stage", "place"),
        alike={"replaces": None, "task__plan__kind": PlanKind.ANNUAL},
        given=entered,
    ),
    Table(
        "questions",
        "questions.csv",
        Question,
        key={"code": "code"},
        columns=(code("code"), text("text", required=True)),
        optional=True,
    ),
    Table(
        "quotations",
        "quotations.csv",
        Quotation,
        key={"question": "question.code", "order": "order"},
        columns=(
            code("question", field=""),
            whole("order", required=True),
            text("wording", required=True),
            code("slug", field="", required=False),
            *COPIED,
        ),
        links=(
            Link("question", "questions", ("question",)),
            Link("project", "projects", ("slug",)),
            SOURCE,
        ),
        optional=True,
    ),
)
