"""Facts that belong together: every pair in every model is found, and PostgreSQL refuses half of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from indicators.models import Cause, Intake, QuarterlyActual, Ruling
from projects.models import AnnualTask, Box, Problem, Project, Rhythm, Round, StatusUpdate
from projects.stages import Stage
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.plans.models import Edition, Publication, ReportingPeriod

OURS = ("accounts", "plans", "indicators", "projects")


def pairs() -> Iterator[tuple[type[models.Model], str, str]]:
    """Every nullable `x_by` that has its `x_at`, in every model of ours."""
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            names = {field.name for field in model._meta.fields}
            if model.__name__.endswith("Event"):
                continue
            for name in sorted(names):
                if name.endswith("_by") and f"{name[:-3]}_at" in names and model._meta.get_field(name).null:
                    yield model, name, f"{name[:-3]}_at"


PAIRS = list(pairs())


def test_the_pairs_are_found() -> None:
    found = {(model.__name__, by) for model, by, _ in PAIRS}
    steps = {"submitted_by", "returned_by", "approved_by"}
    entries = {model.__name__ for model in (QuarterlyActual, Cause, Ruling, StatusUpdate)}
    assert {(name, by) for name in entries for by in steps} <= found
    assert {("ReportingPeriod", by) for by in ("opened_by", "closed_by", "complete_by")} <= found
    assert ("Publication", "secrecy_by") in found


@pytest.mark.parametrize(
    ("model", "by", "at"), PAIRS, ids=lambda value: getattr(value, "__name__", str(value))
)
def test_every_pair_has_its_constraint(model: type[models.Model], by: str, at: str) -> None:
    names = {constraint.name for constraint in model._meta.constraints}
    assert f"{model._meta.app_label}_{model._meta.model_name}_{by}_together" in names


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "by", "at"), PAIRS, ids=lambda value: getattr(value, "__name__", str(value))
)
@pytest.mark.parametrize("half", ["by", "at"])
def test_half_a_pair_is_refused(model: type[models.Model], by: str, at: str, half: str, cast: Cast) -> None:
    row = _row_of(model, cast)
    changes = {by: cast.publisher} if half == "by" else {at: timezone.now()}
    constraint = f"{model._meta.app_label}_{model._meta.model_name}_{by}_together"
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        _write(row, changes)


def _write(row: models.Model, changes: dict[str, Any]) -> None:
    """Half a pair, past all our code; publications and editions are only ever inserted."""
    if isinstance(row, Edition):
        Edition.objects.create(publication=row.publication, title=row.title, **changes)
    elif isinstance(row, Publication):
        copied = {"plan": row.plan, "by": row.by, "why": row.why, "rule_set": row.rule_set}
        Publication.objects.create(**copied, **changes)
    else:
        _only_checks(type(row))
        type(row)._default_manager.filter(pk=row.pk).update(**changes)


def _only_checks(model: type[models.Model]) -> None:
    """Leave every check of the pair's but its own aside, so that the one asked about answers."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.CheckConstraint) and not constraint.name.endswith("_together"):
                cursor.execute(f'ALTER TABLE "{model._meta.db_table}" DROP CONSTRAINT "{constraint.name}"')


def _row_of(model: type[models.Model], cast: Cast) -> models.Model:
    """A valid row in which every nullable pair is empty."""
    small = SmallPlan.of(cast)
    if model is ReportingPeriod:
        return small.period
    if model is Publication:
        return Publication.objects.create(
            plan=small.plan, by=cast.publisher, why="测试", rule_set=small.plan.rule_set
        )
    if model.__module__.startswith("projects"):
        return _project_row_of(model, small)
    if model is Intake:
        return Intake.objects.create(period=small.period, by=cast.clerk, files="测试.xlsx", fingerprints="0")
    if model is Edition:
        act = Publication.objects.create(
            plan=small.plan, by=cast.publisher, why="测试", rule_set=small.plan.rule_set
        )
        return Edition.objects.create(publication=act, title="测试版本")
    actual = small.draft(small.target())
    if model is QuarterlyActual:
        return actual
    if model is Cause:
        return Cause.objects.create(
            target=actual.target, period=small.period, text="测试", entered_by=cast.clerk
        )
    assert model is Ruling, f"teach this test to make a {model.__name__}"
    return Ruling.objects.create(
        actual=actual,
        wording="6",
        rule_set=small.plan.rule_set,
        verdict="met",
        reason="测试",
        entered_by=cast.clerk,
    )


def _project_row_of(model: type[models.Model], small: SmallPlan) -> models.Model:
    """The same of a project; a day is needed for a round only."""
    cast, today = small.cast, timezone.localdate()
    if model is Round:
        return Round.objects.create(
            plan=small.plan, rhythm=Rhythm.MONTHLY, as_of=today, due_on=today, opened_by=cast.publisher
        )
    box = Box.objects.create(plan=small.plan, number=1, title="测试专栏")
    project = Project.objects.create(slug="invented", name="测试项目")
    task = AnnualTask.objects.create(
        project=project, plan=small.plan, box=box, section="测试", order=1, name="测试项目", wording="测试"
    )
    if model is Problem:
        return Problem.objects.create(task=task, text="测试", answer="测试", raised_by=cast.reviewer)
    assert model is StatusUpdate, f"teach this test to make a {model.__name__}"
    return StatusUpdate.objects.create(task=task, reached_stage=Stage.STARTED, entered_by=cast.clerk)
