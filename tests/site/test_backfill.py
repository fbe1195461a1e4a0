"""Rows published before the new columns existed are filled as publishing would fill them today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from indicators.judging.terms import OutcomeState
from indicators.models import Chase, CityRequest, Indicator, PublishedRow, Replacement
from projects.models import PublishedTask
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.plans.periods import Period
from wanzhou.site.reports.publishing import publish

pytestmark = pytest.mark.django_db(transaction=True)

OLD = [("indicators", "0001_initial"), ("projects", "0001_initial")]


def newest() -> list[tuple[str, str]]:
    return list(MigrationExecutor(connection).loader.graph.leaf_nodes())


def migrate(targets: list[tuple[str, str]]) -> Any:
    """Go there; the models of that time."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


@pytest.fixture
def migrated_back() -> Iterator[None]:
    """However the test ends, the tables of the other tests are the newest."""
    yield
    migrate(newest())


def everything() -> tuple[dict[int, Any], dict[int, Any]]:
    return PublishedRow.objects.in_bulk(), PublishedTask.objects.in_bulk()


def columns(model: Any) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def publish_all_kinds(cast: Cast) -> None:
    """Beside the real plans: a chased wait, a target relative to an indicator, and a replaced figure."""
    small = SmallPlan.of(cast, period=Period.FIRST_HALF)
    small.approved(small.target("6", code="gdp"), "5.25")
    Indicator.objects.filter(code="gdp").update(aliases="GDP；本年经济增长")
    small.approved(small.target("与本年经济增长同步"), "6")
    awaited, corrected = small.target(), small.target()
    small.approved(awaited, None, outcome_state=OutcomeState.AWAITING_CITY)
    asked = CityRequest.objects.create(
        target=awaited, period=small.period, bureau="测试局", since=date(2000, 1, 5), note="内部"
    )
    Chase.objects.create(request=asked, on=date(2000, 2, 3), channel="电话", note="内部", by=cast.publisher)
    small.approved(corrected, "1")
    acts = {"plan": small.plan, "period": small.period, "by": cast.publisher, "why": "测试"}
    publish(**acts)  # type: ignore[arg-type]
    small.approved(corrected, "2", replaces=corrected.actuals.get(), replaced_because=Replacement.CORRECTION)
    publish(**acts)  # type: ignore[arg-type]


@pytest.mark.usefixtures("loaded_plans", "migrated_back")
def test_old_rows_are_filled(cast: Cast) -> None:
    publish_all_kinds(cast)
    rows, tasks = everything()
    old = migrate(OLD)
    # One more row of a year that only the old tables know, inserted through the models of that time.
    model = old.get_model("indicators", "PublishedRow")
    copied = model.objects.filter(code="gdp-growth", verdict="").order_by("id").first()
    act = old.get_model("plans", "Publication").objects.get(pk=copied.publication_id)
    act.pk, act.why = None, "旧版发布"
    act.save()
    copied.pk, copied.publication_id = None, act.pk
    copied.save()

    migrate(newest())
    filled_rows, filled_tasks = everything()
    inserted = filled_rows.pop(copied.pk)
    for published, filled in ((rows, filled_rows), (tasks, filled_tasks)):
        assert published.keys() == filled.keys()
        for key, row in published.items():
            for column in columns(row):
                assert getattr(filled[key], column) == getattr(row, column), (str(row), column)
    assert (inserted.frequency, inserted.waiting, inserted.base) == ("quarterly", None, None)
    assert "shengchanzongzhi" in inserted.search_key
    for table in ("indicators_publishedrow", "projects_publishedtask"):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            connection.cursor().execute(f"UPDATE {table} SET search_key = ''")
