"""Plans, periods, rules and publications: what the database refuses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.cast import Cast, SmallPlan
from wanzhou.kernel.plans.models import Edition, Origin, Plan, Publication, ReportingPeriod, RuleSet
from wanzhou.kernel.plans.periods import Period

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(cast: Cast) -> SmallPlan:
    return SmallPlan.of(cast)


def published(small: SmallPlan, **facts: Any) -> Publication:
    defaults = {
        "plan": small.plan,
        "by": small.cast.publisher,
        "why": "测试",
        "rule_set": small.plan.rule_set,
    }
    return Publication.objects.create(**(defaults | facts))


def test_a_year_has_one_annual_plan(small: SmallPlan) -> None:
    with pytest.raises(IntegrityError, match="plans_plan_once"), transaction.atomic():
        Plan.objects.create(first_year=1999, last_year=1999, title="又一份", rule_set=small.plan.rule_set)


def test_a_five_year_plan_stands_beside_it(small: SmallPlan) -> None:
    plan = Plan.objects.create(
        kind="five_year", first_year=1995, last_year=1999, title="五年", rule_set=small.plan.rule_set
    )
    assert (plan.year, str(plan)) == (1999, "五年")


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"first_year": 1998, "last_year": 1999}, "plans_plan_years"),
        ({"kind": "five_year", "first_year": 1998, "last_year": 1999}, "plans_plan_years"),
        ({"kind": "weekly"}, "plans_plan_kind_known"),
        ({"state": "lost"}, "plans_plan_state_known"),
        ({"approved_by": "大会"}, "plans_plan_approval"),
        ({"approved_on": date(1999, 1, 1)}, "plans_plan_approval"),
    ],
)
def test_a_plan_that_must_not_be(small: SmallPlan, facts: dict[str, Any], constraint: str) -> None:
    defaults = {"first_year": 2001, "last_year": 2001, "title": "测试", "rule_set": small.plan.rule_set}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Plan.objects.create(**(defaults | facts))


def test_a_period_filled_from_public_sources_is_owed_by_nobody(small: SmallPlan) -> None:
    with pytest.raises(IntegrityError, match="nobody_owes"), transaction.atomic():
        ReportingPeriod.objects.create(
            plan=small.plan, period=Period.FIRST_HALF, origin=Origin.PUBLIC_SOURCES, due_on=date(1999, 7, 5)
        )


def test_a_period_reads_as_people_say_it(small: SmallPlan) -> None:
    assert str(small.period) == "1999年全年"
    assert [(period.label, str(period.share)) for period in Period] == [
        ("一季度", "1/4"),
        ("上半年", "1/2"),
        ("前三季度", "3/4"),
        ("全年", "1"),
    ]


def test_the_period_of_a_publication_is_of_its_plan(small: SmallPlan) -> None:
    other = SmallPlan.of(small.cast, year=1998)
    with pytest.raises(DatabaseError, match="填报期不属于这份计划"), transaction.atomic():
        published(small, period=other.period)


def test_publications_rules_and_editions_are_only_added_to(small: SmallPlan) -> None:
    publication = published(small, period=small.period)
    edition = Edition.objects.create(publication=publication, title="大会版本")
    for row in (publication, small.plan.rule_set, edition):
        table = row._meta.db_table
        for sql in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
                connection.cursor().execute(sql)


def test_a_publication_says_why(small: SmallPlan) -> None:
    with pytest.raises(IntegrityError, match="publication_reasoned"), transaction.atomic():
        published(small, why="")
    assert str(published(small, why="测试")) == "1999年测试计划·测试"


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"rate_firm": Decimal("0.6")}, "bands_nested"),
        ({"share_firm": Decimal("-0.1")}, "bands_nested"),
        ({"share_wide": Decimal("0.001")}, "bands_nested"),
        ({"investment_yellow": Decimal("-40")}, "lights_ordered"),
        ({"investment_yellow": Decimal("5")}, "lights_ordered"),
        ({"reason": ""}, "reasoned"),
    ],
)
def test_rules_that_contradict_themselves(small: SmallPlan, facts: dict[str, Any], constraint: str) -> None:
    defaults = {"version": 2, "by": small.cast.publisher, "reason": "测试"}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        RuleSet.objects.create(**(defaults | facts))


@pytest.mark.parametrize(
    ("document", "sha256"), [("a.docx", ""), ("", "0" * 64), ("a.docx", "not a fingerprint")]
)
def test_an_edition_has_its_document_and_fingerprint_or_neither(
    small: SmallPlan, document: str, sha256: str
) -> None:
    with pytest.raises(IntegrityError, match="fingerprinted"), transaction.atomic():
        Edition.objects.create(
            publication=published(small), title="大会版本", document=document, sha256=sha256
        )
