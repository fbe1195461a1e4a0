"""What never leaves the administration is declared beside each model, field by field, and the declaration holds."""

from __future__ import annotations

from typing import Any

import pytest

from projects.models import AnnualTask, Project, PublishedTask, StatusUpdate
from tests.cast import Cast
from tests.planted import AMOUNTS, INSIDE, plant_inside
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.plans.public import PUBLIC_TABLES


@pytest.mark.parametrize("model", [Project, AnnualTask, StatusUpdate])
def test_every_field_stands_in_one_of_the_two(model: Any) -> None:
    fields = {field.name for field in (*model._meta.fields, *model._meta.many_to_many)} - {"id"}
    assert fields == set(model.PUBLIC) | set(model.INTERNAL)
    assert not set(model.PUBLIC) & set(model.INTERNAL)


def test_the_public_has_no_table_of_what_is_inside() -> None:
    own = [table for table in PUBLIC_TABLES if table.startswith("projects_")]
    assert own == [PublishedTask._meta.db_table]


def test_a_published_task_names_nothing_from_inside(loaded_plans: None, cast: Cast) -> None:
    """Every internal field is filled, the update is published, and what the public reads of it has none of them."""
    period = ReportingPeriod.objects.get(plan__last_year=2023, period="first_half")
    update = plant_inside(cast, period)
    task = AnnualTask.objects.select_related("project").get(pk=update.task_id)
    kept = [
        getattr(row, name)
        for row in (task.project, task, update)
        for name in row.INTERNAL
        if name != "assisting"
    ]
    assert kept.count(INSIDE) >= 10
    assert {f"{value:f}" for value in kept if hasattr(value, "as_tuple")} == set(AMOUNTS)
    row = PublishedTask.objects.filter(update=update).values().get()
    told = str({name: value for name, value in row.items() if not name.endswith("_id")})
    assert INSIDE not in told
    assert "43210" not in told
    assert (row["light"], row["light_reason"]) == ("green", "截至2023年6月30日，投资进度达到序时进度。")
