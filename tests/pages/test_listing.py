"""The quick way to read a list gives the same rows as the plain one, with their publications."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from indicators.listing import listed_rows
from indicators.models import PublishedRow
from projects.listing import listed_tasks
from projects.models import PublishedTask
from wanzhou.kernel import remembered
from wanzhou.kernel.plans.models import Publication
from wanzhou.kernel.plans.periods import Period

from .plans import figure, plan_of, publish, row, task


def whole(fact: PublishedRow | PublishedTask) -> dict[str, object]:
    """Every stored value of a row, and the act that published it."""
    stored = {field.attname: getattr(fact, field.attname) for field in fact._meta.concrete_fields}
    return {**stored, "at": fact.publication.at, "why": fact.publication.why}


def moment_after(publication: Publication) -> datetime.datetime:
    return publication.at + datetime.timedelta(microseconds=1)


def test_rows_of_each_period_and_of_the_plan_alone(db: None) -> None:
    row(publish(2031), 1, "7")
    for period in (Period.FIRST_HALF, Period.FULL_YEAR):
        act = publish(2031, period)
        row(act, 1, **figure("6.50"))
        row(act, 2, **figure("-0.000001"))
    row(publish(2032, Period.FIRST_HALF), 3)
    plan = plan_of(2031)
    for period_of_plan in (None, *plan.periods.all()):
        plain = PublishedRow.objects.current(plan, period_of_plan)
        assert [whole(fact) for fact in listed_rows(plan, period_of_plan)] == [whole(fact) for fact in plain]
    assert len(listed_rows(plan, None)) == 1


def test_rows_as_they_stood(db: None) -> None:
    first = publish(2031, Period.FULL_YEAR)
    row(first, 1, **figure("6"))
    then = moment_after(first)
    row(publish(2031, Period.FULL_YEAR), 1, **figure("7"))
    plan, period = plan_of(2031), first.period
    assert [fact.outcome_wording for fact in listed_rows(plan, period)] == ["7"]
    assert [fact.outcome_wording for fact in listed_rows(plan, period, as_of=then)] == ["6"]
    assert listed_rows(plan, period, as_of=then - datetime.timedelta(days=1)) == []
    assert [fact.outcome_wording for fact in listed_rows(plan, period, as_of=timezone.now())] == ["7"]


def test_tasks_now_and_as_they_stood(db: None) -> None:
    act = publish(2031)
    for box, name in ((3, "虚构丙"), (2, "虚构甲"), (2, "虚构乙")):
        task(act, box, "虚构分类", name, planned_stage="started")
    plan = plan_of(2031)
    plain = [whole(fact) for fact in PublishedTask.objects.current(plan)]
    assert [whole(fact) for fact in listed_tasks(plan)] == plain
    assert [whole(fact) for fact in listed_tasks(plan, as_of=moment_after(act))] == plain
    assert listed_tasks(plan, as_of=act.at - datetime.timedelta(days=1)) == []


def test_a_list_takes_two_queries_and_once_known_a_single_one(
    year_over: int, year_under_way: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    over, under_way = plan_of(year_over), plan_of(year_under_way)
    full_year = over.periods.get()
    listed_rows(over, full_year)
    with django_assert_num_queries(1):
        assert {fact.publication.plan_id for fact in listed_rows(over, full_year)} == {over.pk}
    with django_assert_num_queries(2):
        assert len([fact.publication.at for fact in listed_tasks(under_way)]) == 2


def test_a_new_publication_is_learnt_and_the_rest_stays_known(
    year_over: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    plan = plan_of(year_over)
    period = plan.periods.get()
    before = listed_rows(plan, period)
    row(publish(year_over, Period.FULL_YEAR), 2, "7", order=2, **figure("7.5"))
    with django_assert_num_queries(2):
        after = listed_rows(plan, period)
    assert [fact.outcome_wording for fact in after][1] == "7.5"
    assert [fact.pk for fact in before if fact not in after] == [before[1].pk]


def test_the_book_stays_small(year_over: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST", 10)
    plan = plan_of(year_over)
    rows = listed_rows(plan, plan.periods.get())
    assert len(rows) == 9
    row(publish(year_over), 50, order=50)
    row(publish(year_over), 51, order=51)
    assert len(listed_rows(plan, None)) == 2
    assert listed_rows(plan, plan.periods.get()) == rows
