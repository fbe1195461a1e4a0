"""What is visible at a moment, what the front page opens then, and the stamp of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast, SmallPlan
from wanzhou.kernel.plans.models import Plan, PlanKind, PlanState, Publication, ReportingPeriod
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.plans.shown import NotPublished, Shown, opening, published_plans, shown
from wanzhou.kernel.plans.stamps import published_stamp

pytestmark = pytest.mark.django_db

NOW = datetime(2001, 3, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def small(cast: Cast) -> SmallPlan:
    return SmallPlan.of(cast, period=Period.FIRST_HALF)


def act(
    small: SmallPlan, period: ReportingPeriod | None = None, *, late: int = 0, wait: int = 0
) -> Publication:
    """A publication so many hours from now, and visible no earlier than so many hours from now."""
    return Publication.objects.create(
        plan=small.plan,
        period=period,
        by=small.cast.publisher,
        why="测试",
        rule_set=small.plan.rule_set,
        at=NOW + late * HOUR,
        not_before=NOW + wait * HOUR if wait else None,
    )


def visible(hours: int) -> list[int]:
    moment = NOW + hours * HOUR
    return sorted(Publication.objects.visible(moment).values_list("pk", flat=True))


def test_a_publication_is_visible_from_its_moment_and_not_before_it_may_be(small: SmallPlan) -> None:
    first, later, waiting = act(small), act(small, late=2), act(small, wait=1)
    assert visible(-1) == []
    assert visible(0) == [first.pk]
    assert visible(1) == [first.pk, waiting.pk]
    assert visible(2) == [first.pk, later.pk, waiting.pk]


def test_a_plan_or_period_whose_publication_must_wait_is_not_there(small: SmallPlan) -> None:
    act(small, small.period, wait=3)
    assert published_plans() == published_plans(NOW + 2 * HOUR) == ()
    assert opening(published_plans()) is None
    act(small)
    (plan,) = published_plans()
    assert (plan.plan, plan.periods, opening((plan,))) == (small.plan, (), Shown(small.plan, None))
    with pytest.raises(NotPublished, match="没有已发布的这一期"):
        shown((plan,), 1999, "first_half")
    (plan,) = published_plans(NOW + 3 * HOUR)
    assert plan.periods == (small.period,)


def test_a_period_counts_as_complete_from_its_declaration_on(small: SmallPlan) -> None:
    full_year = ReportingPeriod.objects.create(plan=small.plan, period=Period.FULL_YEAR)
    small.period.complete_by, small.period.complete_at = small.cast.publisher, NOW + HOUR
    small.period.save()
    act(small, small.period)
    act(small, full_year)
    assert opening(published_plans()) == Shown(small.plan, full_year)
    assert opening(published_plans(NOW + HOUR)) == Shown(small.plan, small.period)


def test_two_queries_whatever_the_number_of_plans(
    small: SmallPlan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    act(small, small.period)
    act(small, small.period)
    other = SmallPlan.of(small.cast, year=2000)
    act(other, other.period)
    with django_assert_num_queries(2):
        plans = published_plans()
    assert [plan.plan.year for plan in plans] == [2000, 1999]


def test_a_longer_plan_has_no_year_page(small: SmallPlan) -> None:
    longer = Plan.objects.create(
        kind=PlanKind.FIVE_YEAR, first_year=1995, last_year=1999, title="五年", rule_set=small.plan.rule_set
    )
    act(SmallPlan(longer, small.period, small.cast))
    assert published_plans() == ()


class TestStamp:
    """The same key means the same content."""

    def test_nothing_published(self, small: SmallPlan) -> None:
        assert published_stamp(NOW).at is None
        assert published_stamp(NOW) == published_stamp(NOW + HOUR)

    def test_it_changes_when_something_becomes_visible(self, small: SmallPlan) -> None:
        act(small)
        act(small, wait=2)
        stamps = [published_stamp(NOW + hours * HOUR) for hours in range(4)]
        assert stamps[0] == stamps[1] != stamps[2] == stamps[3]
        assert [stamp.at for stamp in stamps] == [NOW, NOW, NOW + 2 * HOUR, NOW + 2 * HOUR]

    def test_an_older_publication_that_waited_longer_changes_it_too(self, small: SmallPlan) -> None:
        act(small, wait=2)
        act(small)
        assert published_stamp(NOW).key != published_stamp(NOW + 2 * HOUR).key
        assert published_stamp(NOW + 2 * HOUR).at == NOW + 2 * HOUR

    def test_it_changes_with_what_is_shown_of_plans_and_periods(self, small: SmallPlan) -> None:
        act(small, small.period)
        keys = [published_stamp(NOW).key]
        Plan.objects.update(title="另一个名称")
        keys.append(published_stamp(NOW).key)
        Plan.objects.update(state=PlanState.APPROVED)
        keys.append(published_stamp(NOW).key)
        ReportingPeriod.objects.update(complete_by=small.cast.publisher, complete_at=NOW + HOUR)
        keys += [published_stamp(NOW).key, published_stamp(NOW + HOUR).key]
        assert len(set(keys)) == 5

    def test_one_query(self, small: SmallPlan, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        act(small)
        with django_assert_num_queries(1):
            published_stamp(NOW)
