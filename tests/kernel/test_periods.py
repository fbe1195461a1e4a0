"""Periods are opened, closed, opened again for a reason and declared complete; a closed one takes no entries."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, transaction

from indicators.models import Cause, QuarterlyActual, Replacement
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.plans import actions as periods
from wanzhou.kernel.plans.actions import PeriodRefused
from wanzhou.kernel.plans.models import Origin, ReportingPeriod
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.workflow import actions as steps
from wanzhou.kernel.workflow.moves import State
from wanzhou.site.reports.publishing import publish

pytestmark = pytest.mark.django_db
DUE = datetime.date(1999, 7, 15)


@pytest.fixture
def small(cast: Cast) -> SmallPlan:
    return SmallPlan.of(cast)


def opened(small: SmallPlan) -> ReportingPeriod:
    return periods.open_period(
        plan=small.plan, period=Period(small.period.period), due_on=DUE, by=small.cast.publisher
    )


def closed(small: SmallPlan) -> ReportingPeriod:
    return periods.close_period(opened(small), by=small.cast.publisher)


def test_the_way_of_a_period(small: SmallPlan) -> None:
    by = small.cast.publisher
    row = opened(small)
    assert (row, row.opened_by, row.due_on, row.is_open, row.is_owed) == (small.period, by, DUE, True, True)
    row = periods.set_due(row, due_on=datetime.date(1999, 8, 1), by=by)
    row = periods.close_period(row, by=by)
    assert (row.is_open, row.is_closed, row.closed_by) == (False, True, by)
    row = periods.reopen_period(row, reason=" 统计局更正 ", by=by)
    assert (row.is_open, row.reopened_by, row.reopened_reason) == (True, by, "统计局更正")
    assert row.due_on == datetime.date(1999, 8, 1)


def test_a_period_of_the_plan_is_made_when_it_is_opened(small: SmallPlan) -> None:
    row = periods.open_period(
        plan=small.plan, period=Period.FIRST_QUARTER, due_on=None, by=small.cast.publisher
    )
    assert (row.plan, row.origin, row.due_on) == (small.plan, Origin.REPORTED, None)


def test_every_reopening_is_kept(small: SmallPlan) -> None:
    row = closed(small)
    for reason in ("第一次", "第二次"):
        row = periods.reopen_period(row, reason=reason, by=small.cast.publisher)
        row = periods.close_period(row, by=small.cast.publisher)
    event: Any = apps.get_model("plans", "ReportingPeriodEvent")
    kept = event.objects.filter(pgh_obj=row, reopened_at__isnull=False).values_list(
        "reopened_reason", flat=True
    )
    assert set(kept) == {"第一次", "第二次"}


def complete(small: SmallPlan) -> ReportingPeriod:
    small.approved(small.target())
    publish(plan=small.plan, period=small.period, by=small.cast.publisher, why="测试")
    return periods.declare_complete(small.period, by=small.cast.publisher)


def from_public_sources(small: SmallPlan) -> ReportingPeriod:
    small.period.origin = Origin.PUBLIC_SOURCES
    small.period.save()
    return opened(small)


def twice(step: Callable[..., ReportingPeriod], begin: Callable[[SmallPlan], ReportingPeriod]) -> Any:
    return lambda small: step(begin(small), by=small.cast.publisher)


@pytest.mark.parametrize(
    ("step", "says"),
    [
        (lambda small: (opened(small), opened(small)), "1999年全年已经开启过"),
        (from_public_sources, "1999年全年由公开资料收录"),
        (lambda small: (complete(small), opened(small)), "1999年全年已经宣布完整"),
        (lambda small: periods.close_period(small.period, by=small.cast.publisher), "还没有开启"),
        (twice(periods.close_period, closed), "已经由测试发改发布关闭"),
        (
            lambda small: periods.reopen_period(opened(small), reason="要", by=small.cast.publisher),
            "没有关闭，不需要",
        ),
        (
            lambda small: periods.reopen_period(closed(small), reason=" ", by=small.cast.publisher),
            "须写明理由",
        ),
        (lambda small: periods.set_due(closed(small), due_on=None, by=small.cast.publisher), "没有在填报"),
        (twice(periods.declare_complete, opened), "还没有发布过"),
        (twice(periods.declare_complete, complete), "已经由测试发改发布宣布完整"),
        (lambda small: periods.close_period(opened(small), by=small.cast.reviewer), "没有管理填报期的权限"),
    ],
)
def test_steps_that_make_no_sense_are_refused_by_name(
    small: SmallPlan, step: Callable[[SmallPlan], Any], says: str
) -> None:
    with pytest.raises(PeriodRefused, match=says):
        step(small)


def test_the_database_wants_the_reason_and_the_order(small: SmallPlan) -> None:
    by, now = small.cast.publisher, opened(small).opened_at
    rows = ReportingPeriod.objects.filter(pk=small.period.pk)
    for wrong in (
        {"reopened_by": by, "reopened_at": now, "reopened_reason": ""},
        {"opened_by": None, "opened_at": None, "closed_by": by, "closed_at": now},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


class TestClosed:
    """What a closed period takes, and what not, whichever way it comes."""

    def test_whoever_enters_asks_first(self, small: SmallPlan) -> None:
        periods.require_open(opened(small))
        with pytest.raises(PeriodRefused, match=r"1999年全年已于.*关闭，不能再录入"):
            periods.require_open(periods.close_period(small.period, by=small.cast.publisher))

    def test_the_database_refuses_every_way_in(self, small: SmallPlan) -> None:
        target, other = small.target(), small.target()
        draft, cause = small.draft(target), self.cause(small, target)
        closed(small)
        for attempt in (
            lambda: small.draft(other),
            lambda: self.cause(small, other),
            lambda: QuarterlyActual.objects.filter(pk=draft.pk).update(value=9),
            lambda: Cause.objects.filter(pk=cause.pk).update(text="另一原因"),
            lambda: steps.submit([draft], by=small.cast.clerk),
            lambda: steps.submit([cause], by=small.cast.clerk),
        ):
            with pytest.raises(DatabaseError, match="填报期已经关闭"), transaction.atomic():
                attempt()
        draft.delete()

    def test_what_was_submitted_in_time_goes_its_way(self, small: SmallPlan) -> None:
        cast = small.cast
        first, second = steps.submit(
            [small.draft(small.target()), small.draft(small.target())], by=cast.clerk
        )
        closed(small)
        steps.approve([first], by=cast.reviewer)
        (back,) = steps.send_back([second], by=cast.reviewer, note="请改")
        assert publish(plan=small.plan, period=small.period, by=cast.publisher, why="测试")
        with pytest.raises(DatabaseError, match="填报期已经关闭"), transaction.atomic():
            steps.submit([back], by=cast.clerk)
        periods.reopen_period(small.period, reason="退回后须改", by=cast.publisher)
        assert steps.submit([back], by=cast.clerk)[0].state == State.SUBMITTED

    def test_a_replacement_and_its_cause_come_late(self, small: SmallPlan) -> None:
        target = small.target()
        old = small.approved(target)
        publish(plan=small.plan, period=small.period, by=small.cast.publisher, why="测试")
        closed(small)
        with pytest.raises(DatabaseError, match="填报期已经关闭"), transaction.atomic():
            self.cause(small, target)
        small.draft(target, "5", replaces=old, replaced_because=Replacement.ARRIVAL)
        assert self.cause(small, target).pk

    @staticmethod
    def cause(small: SmallPlan, target: Any) -> Cause:
        return Cause.objects.create(
            target=target, period=small.period, text="测试原因", entered_by=small.cast.clerk
        )
