"""What the congress approved stays as it was approved, whichever way somebody writes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from indicators.models import AnnualTarget
from projects.models import AnnualTask, Box, Project
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.plans.models import Plan, PlanState

pytestmark = pytest.mark.django_db
Write = Callable[[], Any]
STAYS = "不能再增加或去掉其中的行"


@dataclass(frozen=True)
class Approved:
    """An approved plan with a row in each of its tables, and an open one beside it with the same."""

    plan: Plan
    rows: tuple[Model, ...]
    open: SmallPlan
    others: tuple[Model, ...]

    def row(self, model: type[Model]) -> Any:
        return next(row for row in self.rows if type(row) is model)

    def other(self, model: type[Model]) -> Any:
        return next(row for row in self.others if type(row) is model)


def rows_in(small: SmallPlan) -> tuple[Model, ...]:
    year = small.plan.year
    box = Box.objects.create(plan=small.plan, number=1, title="测试专栏")
    project = Project.objects.create(slug=f"invented-{year}", name=f"测试项目{year}")
    task = AnnualTask.objects.create(
        plan=small.plan,
        box=box,
        project=project,
        section="测试",
        order=1,
        name="测试任务",
        wording="测试任务",
    )
    return small.target(), box, task


@pytest.fixture
def approved(cast: Cast) -> Approved:
    small, other = SmallPlan.of(cast), SmallPlan.of(cast, year=1998)
    rows, others = rows_in(small), rows_in(other)
    small.approve_plan()
    return Approved(small.plan, rows, other, others)


def refused(write: Write, says: str) -> None:
    with pytest.raises(DatabaseError, match=says), transaction.atomic():
        write()


def run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def table_of(model: type[Model]) -> str:
    return model._meta.db_table


def copied(row: Any, **facts: Any) -> Any:
    """The same row once more, not kept yet, at another place."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    del values["id"]
    place = {"order": 99, "ordinal": 99, "number": 99}
    return type(row)(**(values | {name: at for name, at in place.items() if name in values} | facts))


def insert_raw(row: Model) -> None:
    values = {field.column: getattr(row, field.attname) for field in row._meta.concrete_fields}
    del values["id"]
    columns = ", ".join(f'"{name}"' for name in values)
    run(
        f"INSERT INTO {table_of(type(row))} ({columns}) VALUES ({', '.join(['%s'] * len(values))})",
        *values.values(),
    )


MODELS = (AnnualTarget, Box, AnnualTask)


@pytest.mark.parametrize("model", MODELS)
class TestRows:
    """No row joins or leaves."""

    def test_none_is_added(self, approved: Approved, model: type[Model]) -> None:
        into = {"plan_id": approved.plan.pk}
        if model is AnnualTask:
            into["box_id"] = approved.row(Box).pk
        fresh = copied(approved.other(model), **into)
        refused(fresh.save, STAYS)
        refused(lambda: model._default_manager.bulk_create([fresh]), STAYS)
        refused(lambda: insert_raw(fresh), STAYS)

    def test_none_is_taken_away(self, approved: Approved, model: type[Model]) -> None:
        row = approved.row(model)
        if model is Box:  # the tasks in it would hold it back before the plan does
            refused(lambda: run("DELETE FROM projects_annualtask"), STAYS)
        refused(lambda: run(f"DELETE FROM {table_of(model)} WHERE id = %s", row.pk), STAYS)
        if model is not Box:
            refused(row.delete, STAYS)
            refused(model._default_manager.filter(pk=row.pk).delete, STAYS)
        assert model._default_manager.filter(pk=row.pk).exists()

    @pytest.mark.parametrize("inward", [True, False])
    def test_none_is_moved(self, approved: Approved, model: type[Model], inward: bool) -> None:
        row = approved.other(model) if inward else approved.row(model)
        plan = approved.plan if inward else approved.open.plan
        where: dict[str, Any] = {"plan": plan}
        if model is AnnualTask:
            where["box"] = Box.objects.get(plan=plan)
        if model is Box:
            where["number"] = 98
        refused(lambda: model._default_manager.filter(pk=row.pk).update(**where), "计划批准后")
        for name, value in where.items():
            setattr(row, name, value)
        refused(row.save, "计划批准后")
        refused(lambda: model._default_manager.bulk_update([row], list(where)), "计划批准后")
        sql = f"UPDATE {table_of(model)} SET plan_id = %s WHERE id = %s"
        refused(lambda: run(sql, plan.pk, row.pk), "计划批准后|专栏不属于这份计划")

    def test_an_open_plan_takes_and_gives_rows(self, approved: Approved, model: type[Model]) -> None:
        row = approved.other(model)
        fresh = copied(row)
        if model is AnnualTask:
            fresh.project = Project.objects.create(slug="another", name="又一个测试项目")
        if model is AnnualTarget:
            fresh.indicator = approved.open.target(ordinal=50, order=50).indicator
            fresh.tier, fresh.ordinal = "work", None
        fresh.save()
        fresh.delete()
        assert model._default_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    ("model", "facts"),
    [
        (AnnualTarget, {"wording": "1"}), (AnnualTarget, {"wording": None}), (AnnualTarget, {"tier": "work"}),
        (Box, {"number": 9}), (AnnualTask, {"wording": "别的"}),
        (AnnualTask, {"quantity": "3个", "group": True}),
    ],
)  # fmt: skip
def test_what_was_approved_of_a_row_stays(
    approved: Approved, model: type[Model], facts: dict[str, Any]
) -> None:
    row = approved.row(model)
    refused(lambda: model._default_manager.filter(pk=row.pk).update(**facts), "计划批准后")
    for name, value in facts.items():
        setattr(row, name, value)
    refused(row.save, "计划批准后")
    refused(lambda: model._default_manager.bulk_update([row], list(facts)), "计划批准后")


def test_what_is_the_offices_own_may_still_change(approved: Approved) -> None:
    for row in approved.rows:
        for name in ("note", "section", "title"):
            if hasattr(row, name):
                setattr(row, name, "改过")
        row.save()


@pytest.mark.parametrize(
    "facts",
    [
        {"state": PlanState.DRAFT}, {"state": PlanState.SUBMITTED},
        {"first_year": 1990, "last_year": 1990}, {"kind": "five_year", "first_year": 1995},
    ],
)  # fmt: skip
def test_an_approval_is_never_taken_back(approved: Approved, facts: dict[str, Any]) -> None:
    plan = approved.plan
    refused(lambda: Plan.objects.filter(pk=plan.pk).update(**facts), "已经审查批准")
    column, value = next(iter(facts.items()))
    refused(lambda: run(f"UPDATE plans_plan SET {column} = %s WHERE id = %s", value, plan.pk), "已经审查批准")
    for name, value in facts.items():
        setattr(plan, name, value)
    refused(plan.save, "已经审查批准")
    refused(lambda: Plan.objects.bulk_update([plan], list(facts)), "已经审查批准")
    plan.refresh_from_db()
    assert plan.state == PlanState.APPROVED


def test_an_approved_plan_is_neither_born_nor_deleted(cast: Cast) -> None:
    empty = SmallPlan.of(cast)
    empty.period.delete()
    rules = empty.plan.rule_set
    fresh = Plan(first_year=1990, last_year=1990, title="生来批准", rule_set=rules, state=PlanState.APPROVED)
    refused(fresh.save, "须先起草")
    refused(lambda: Plan.objects.bulk_create([fresh]), "须先起草")
    empty.approve_plan()
    refused(empty.plan.delete, "不能删除")
    refused(lambda: run("DELETE FROM plans_plan"), "不能删除")


def test_what_the_report_did_not_say_may_be_added_to_an_approval(approved: Approved) -> None:
    approved.plan.approved_by, approved.plan.approved_on = "区人大会议", date(1999, 1, 20)
    approved.plan.note = "补录批准日期"
    approved.plan.save()
    Plan.objects.filter(pk=approved.plan.pk).update(state=PlanState.APPROVED)


def test_before_it_is_approved_a_plan_goes_to_the_congress_and_back(cast: Cast) -> None:
    plan = SmallPlan.of(cast).plan
    for state in (PlanState.SUBMITTED, PlanState.DRAFT, PlanState.SUBMITTED, PlanState.APPROVED):
        plan.state = state
        plan.save()


@pytest.mark.parametrize("model", [AnnualTarget, AnnualTask])
def test_the_desks_say_why_and_do_not_stumble(approved: Approved, cast: Cast, model: type[Model]) -> None:
    client, row = Client(), approved.row(model)
    name = f"{row._meta.app_label}_{row._meta.model_name}"
    cast.publisher.user_permissions.add(Permission.objects.get(codename=f"delete_{row._meta.model_name}"))
    client.force_login(cast.publisher)
    answer = client.post(reverse(f"admin:{name}_delete", args=[row.pk]), {"post": "yes"}, follow=True)
    assert STAYS in answer.content.decode()
    chosen = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
    answer = client.post(reverse(f"admin:{name}_changelist"), chosen, follow=True)
    assert STAYS in answer.content.decode()
    assert model._default_manager.filter(pk=row.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_who_adds_a_row_waits_for_an_approval_under_way(cast: Cast) -> None:
    small = SmallPlan.of(cast)
    small.target()
    began, said = threading.Event(), []

    def add() -> None:
        began.set()
        try:
            small.target()
        except DatabaseError as error:
            said.append(str(error))
        finally:
            connection.close()

    with transaction.atomic():
        small.approve_plan()
        adding = threading.Thread(target=add)
        adding.start()
        began.wait(5)
        adding.join(0.5)
        assert adding.is_alive(), "nothing was waited for"
    adding.join(10)
    assert STAYS in said[0]
    assert small.plan.targets.count() == 1
