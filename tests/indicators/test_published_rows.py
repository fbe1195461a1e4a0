"""The sentences that pages ask of published rows and tasks: newest, across years, in order, as of a moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries
from time_machine import Traveller

from indicators.models import PublishedRow
from projects.models import PublishedTask
from projects.stages import Stage
from tests.pages.plans import figure, plan_of, row, task
from tests.pages.plans import publish as _publish
from wanzhou.kernel.plans.models import Plan, PlanKind, Publication, ReportingPeriod
from wanzhou.kernel.plans.periods import Period

pytestmark = pytest.mark.django_db

START = datetime(2001, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[Traveller]:
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@dataclass(frozen=True)
class Acts:
    """Publications one hour after another."""

    clock: Traveller

    def next(self, year: int, period: Period | None = None, *, wait: int = 0) -> Publication:
        """The next act; it must wait for so many hours from then."""
        self.clock.shift(timedelta(hours=1))
        act = _publish(year, period)
        if not wait:
            return act
        return Publication.objects.create(
            plan=act.plan,
            period=act.period,
            by=act.by,
            why="须等市级",
            rule_set=act.rule_set,
            not_before=act.at + timedelta(hours=wait),
        )


@pytest.fixture
def acts(clock: Traveller) -> Acts:
    return Acts(clock)


def said(rows: Iterable[PublishedRow]) -> list[str]:
    return [each.outcome_wording or "—" for each in rows]


@pytest.fixture
def years(acts: Acts) -> None:
    """One indicator and another beside it, over two years; the last replacement must wait for two hours."""
    for year, period, value in (
        (1999, None, ""),
        (1999, Period.FULL_YEAR, "1"),
        (2000, None, ""),
        (2000, Period.FULL_YEAR, "3"),
        (2000, Period.FIRST_HALF, "2"),
        (1999, Period.FULL_YEAR, "1.1"),
    ):
        act = acts.next(year, period)
        row(act, 1, code="shared", **(figure(value) if value else {"outcome_state": ""}))
        row(act, 2, code="other", **figure("9"))
    row(acts.next(2000, Period.FULL_YEAR, wait=2), 1, code="shared", **figure("3.3"))


def hours(count: int) -> datetime:
    return START + timedelta(hours=count)


@pytest.mark.usefixtures("years")
class TestOfIndicator:
    """The newest visible row of every plan and period, in the order of time."""

    @pytest.mark.parametrize(
        ("after", "figures"),
        [
            (0, []),
            (2, ["—", "1"]),
            (5, ["—", "1", "—", "2", "3"]),
            (6, ["—", "1.1", "—", "2", "3"]),
            (8, ["—", "1.1", "—", "2", "3"]),
            (9, ["—", "1.1", "—", "2", "3.3"]),
        ],
    )
    def test_as_of(self, after: int, figures: list[str]) -> None:
        assert said(PublishedRow.objects.of_indicator("shared", as_of=hours(after))) == figures

    def test_without_a_moment_all_count(self) -> None:
        assert said(PublishedRow.objects.of_indicator("shared")) == ["—", "1.1", "—", "2", "3.3"]

    def test_one_query_with_plan_and_period(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        with django_assert_num_queries(1):
            found = [
                (each.publication.plan.year, each.publication.period and each.publication.period.period)
                for each in PublishedRow.objects.of_indicator("shared", as_of=hours(9))
            ]
        assert found == [
            (1999, None),
            (1999, "full_year"),
            (2000, None),
            (2000, "first_half"),
            (2000, "full_year"),
        ]

    def test_only_annual_plans(self, acts: Acts) -> None:
        longer = Plan.objects.create(
            kind=PlanKind.FIVE_YEAR,
            first_year=1995,
            last_year=1999,
            title="五年",
            rule_set=plan_of(1999).rule_set,
        )
        act = acts.next(1999)
        row(
            Publication.objects.create(plan=longer, by=act.by, why="x", rule_set=act.rule_set),
            1,
            code="shared",
        )
        assert PublishedRow.objects.of_indicator("shared").count() == 5

    def test_no_such_code(self) -> None:
        assert said(PublishedRow.objects.of_indicator("no-such")) == []


@pytest.mark.usefixtures("years")
class TestHistory:
    """Every visible row in the order of publication."""

    def test_of_a_code(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        with django_assert_num_queries(1):
            rows = list(PublishedRow.objects.history("shared", as_of=hours(8)))
            assert [each.publication.plan.year for each in rows] == [1999, 1999, 2000, 2000, 2000, 1999]
        assert said(rows) == ["—", "1", "—", "3", "2", "1.1"]
        assert said(PublishedRow.objects.history("shared")) == ["—", "1", "—", "3", "2", "1.1", "3.3"]

    def test_of_everything(self) -> None:
        rows = PublishedRow.objects.history(as_of=hours(3))
        assert [each.code for each in rows] == ["shared", "other"] * 3


@pytest.mark.usefixtures("years")
def test_the_table_of_a_period_as_of_a_moment() -> None:
    period = ReportingPeriod.objects.get(plan__last_year=2000, period=Period.FULL_YEAR)
    for after, figures in ((3, []), (4, ["3", "9"]), (8, ["3", "9"]), (9, ["3.3", "9"])):
        assert said(PublishedRow.objects.current(period.plan, period, as_of=hours(after))) == figures
    assert said(PublishedRow.objects.current(period.plan, period)) == ["3.3", "9"]


class TestTasks:
    """The same sentences for tasks, by project."""

    @pytest.fixture(autouse=True)
    def _tasks(self, acts: Acts) -> None:
        """A project in two years; its last update must wait for two hours."""
        for year, facts in (
            (1999, {"planned_stage": Stage.STARTED}),
            (1999, {"reached_stage": Stage.STARTED}),
            (2000, {"planned_stage": Stage.COMPLETED}),
        ):
            task(acts.next(year), 1, "测试", "虚构项目", **facts)
        task(acts.next(2000, wait=2), 1, "测试", "虚构项目", reached_stage=Stage.UNDERWAY)

    @staticmethod
    def stages(rows: Iterable[PublishedTask]) -> list[str]:
        return [each.reached_stage or f"→{each.planned_stage}" for each in rows]

    @pytest.mark.parametrize(
        ("after", "newest"),
        [
            (0, []),
            (1, ["→started"]),
            (2, ["started"]),
            (5, ["started", "→completed"]),
            (6, ["started", "underway"]),
        ],
    )
    def test_of_project(self, after: int, newest: list[str]) -> None:
        rows = PublishedTask.objects.of_project("invented-1-1", as_of=hours(after))
        assert self.stages(rows) == newest
        current = PublishedTask.objects.current(plan_of(2000), as_of=hours(after))
        assert self.stages(current) == newest[1:]

    def test_history(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        told = ["→started", "started", "→completed", "underway"]
        with django_assert_num_queries(1):
            rows = list(PublishedTask.objects.history("invented-1-1"))
            assert [each.publication.plan.year for each in rows] == [1999, 1999, 2000, 2000]
            assert all(each.publication.period is None for each in rows)
        assert self.stages(rows) == told
        assert self.stages(PublishedTask.objects.history(as_of=hours(5))) == told[:3]
        assert self.stages(PublishedTask.objects.history("no-such")) == []
