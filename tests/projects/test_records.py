"""What is told of a project: each entry once, each update once, and which of them were replaced."""

from __future__ import annotations

import pytest

from projects.models import AnnualTask, PublishedTask, StatusUpdate
from projects.publishing import publish_tasks
from projects.records import Kind, Record, records_of
from projects.stages import Stage, planned_again
from tests.pages.plans import publish, publisher, task
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.workflow.actions import approve, submit

SLUG = "invented-2-1"


def told(year: int, period: Period, slug: str = SLUG, **facts: object) -> StatusUpdate:
    """An update that went all the way to the public."""
    clerk, checker = (
        User.objects.get_or_create(username=name, defaults={"is_superuser": True})[0]
        for name in ("page-clerk", "page-checker")
    )
    User.objects.filter(pk=publisher().pk).update(is_superuser=True)
    entry = AnnualTask.objects.get(plan__last_year=year, project__slug=slug)
    update = StatusUpdate.objects.create(task=entry, entered_by=clerk, **facts)
    approve(submit([update], by=clerk), by=checker)
    publish_tasks(publish(year, period), entries=[StatusUpdate.objects.get(pk=update.pk)])
    return StatusUpdate.objects.get(pk=update.pk)


def record() -> list[tuple[Kind, Stage | None, bool]]:
    """What the project's record says, in short."""
    found = records_of(PublishedTask.objects.history(SLUG))
    return [(one.kind, one.reached, one.replaced) for one in found]


@pytest.fixture
def planned(db: None) -> None:
    task(publish(2032), 2, "虚构分类", "虚构大桥", planned_stage=Stage.COMPLETED)


def test_a_plan_is_an_entry_and_reaches_nothing(planned: None) -> None:
    assert record() == [(Kind.ENTRY, None, False)]


def test_updates_follow_and_the_entry_stands_once(planned: None) -> None:
    told(2032, Period.FIRST_QUARTER, reached_stage=Stage.STARTED)
    told(2032, Period.FIRST_HALF, reached_stage=Stage.UNDERWAY, percent="62.50")
    assert record() == [
        (Kind.ENTRY, None, False),
        (Kind.UPDATE, Stage.STARTED, False),
        (Kind.UPDATE, Stage.UNDERWAY, False),
    ]


def test_an_update_in_place_of_another_shows_which(planned: None) -> None:
    first = told(2032, Period.FIRST_QUARTER, reached_stage=Stage.UNDERWAY)
    told(2032, Period.FIRST_QUARTER, reached_stage=Stage.STARTED, replaces=first)
    newest = PublishedTask.objects.get(replaces__isnull=False)
    assert newest.replaces_id == first.pk
    assert record() == [
        (Kind.ENTRY, None, False),
        (Kind.UPDATE, Stage.UNDERWAY, True),
        (Kind.UPDATE, Stage.STARTED, False),
    ]


def test_what_a_box_says_was_reached_is_entry_and_word_in_one(db: None) -> None:
    task(publish(2031, Period.FULL_YEAR), 2, "虚构分类", "虚构大桥", reached_stage=Stage.SUSPENDED)
    assert record() == [(Kind.ENTRY, Stage.SUSPENDED, False)]
    one: Record = records_of(PublishedTask.objects.history(SLUG))[0]
    assert (one.year, one.period, one.as_of, one.planned) == (2031, Period.FULL_YEAR, None, None)


@pytest.mark.parametrize(
    ("planned_stage", "before", "answer"),
    [
        (Stage.STARTED, Stage.STARTED, True),
        (Stage.STARTED, Stage.COMPLETED, True),
        (Stage.UNDERWAY, Stage.UNDERWAY, False),
        (Stage.PREPARATORY, Stage.PREPARATORY, False),
        (Stage.COMPLETED, Stage.UNDERWAY, False),
        (Stage.STARTED, Stage.SUSPENDED, False),
        (Stage.WITHDRAWN, Stage.STARTED, False),
    ],
)
def test_what_is_done_once_is_not_planned_again(planned_stage: Stage, before: Stage, answer: bool) -> None:
    assert planned_again(planned_stage, before) is answer
