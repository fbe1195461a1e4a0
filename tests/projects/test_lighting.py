"""The SQL expression lights as `lights.py` does, whatever is known of a task."""

from __future__ import annotations

import datetime
import random
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from projects.lighting import (
    light_expression,
    rules_at,
    rules_in_force,
    signal_of_task,
    situation_of,
    stale_tasks,
)
from projects.lights import Thresholds, stale
from projects.models import AnnualTask, Box, NewestUpdate, Project, StatusUpdate
from projects.stages import Stage
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.plans.actions import open_publication
from wanzhou.kernel.plans.models import RuleSet
from wanzhou.kernel.workflow import actions

pytestmark = pytest.mark.django_db
YEAR = 1999
RULES = (
    Thresholds(),
    Thresholds(yellow=Decimal("-0.01"), red=Decimal("-0.02"), start_yellow=1, start_red=2, stale_days=1),
    Thresholds(yellow=Decimal(0), red=Decimal(-99), start_yellow=6, start_red=11, stale_days=90),
)
DAYS = [
    *(None, datetime.date(1998, 12, 30), datetime.date(1998, 12, 31), datetime.date(2000, 1, 1)),
    *(datetime.date(1999, month, day) for month in range(1, 13) for day in (1, 28)),
    *(datetime.date(1999, *day) for day in ((1, 31), (3, 31), (6, 29), (6, 30), (9, 30), (11, 30), (12, 31))),
]


def amounts(pick: random.Random) -> Decimal | None:
    """Often round, so that boundaries are met exactly; sometimes with every digit that a column keeps."""
    return pick.choice(
        [None, Decimal(0), Decimal(pick.randrange(0, 120)), Decimal(pick.randrange(10**9)) / 10**4]
    )


def quarters(total: Decimal | None, pick: random.Random) -> dict[str, Decimal]:
    if total is None or pick.random() < 0.5:
        return {}
    points = sorted(
        (total * pick.randrange(101) / 100).quantize(Decimal("0.0001"), "ROUND_DOWN") for _ in range(3)
    )
    names = ("planned_first_quarter", "planned_first_half", "planned_three_quarters")
    return dict(zip(names, points, strict=True))


def many_tasks(cast: Cast, count: int) -> SmallPlan:
    """Tasks of every kind; two in three have updates, of which the newest may be a draft that nobody counts."""
    pick = random.Random(19990101)
    small = SmallPlan.of(cast, year=YEAR)
    box = Box.objects.create(plan=small.plan, number=1, title="测试专栏")
    stages = [stage.value for stage in Stage]
    projects = Project.objects.bulk_create(Project(slug=f"p-{n}", name=f"测试{n}") for n in range(count))
    tasks = []
    for number, project in enumerate(projects):
        total = amounts(pick)
        tasks.append(
            AnnualTask(
                project=project,
                plan=small.plan,
                box=box,
                section="测试",
                order=number,
                name=project.name,
                planned_stage=pick.choice(["", *stages[:5]]),
                wording="测试",
                planned_investment=total,
                **quarters(total, pick),
            )
        )
    AnnualTask.objects.bulk_create(tasks)
    told = [task for task in tasks if pick.random() < 0.9]
    for state in ("submitted", "draft"):
        drafts = StatusUpdate.objects.bulk_create(
            StatusUpdate(
                task=task,
                reached_stage=pick.choice(stages[:5] * 3 + stages[5:]),
                as_of=pick.choice(DAYS),
                invested_this_year=amounts(pick),
                entered_by=cast.clerk,
            )
            for task in told
        )
        if state == "submitted":
            approved = actions.approve(actions.submit(drafts, by=cast.clerk), by=cast.reviewer)
            _published(approved, small, cast)
    return small


def _published(entries: list[Any], small: SmallPlan, cast: Cast) -> None:
    """Published without their rows: only so may a task have another draft."""
    act = open_publication(plan=small.plan, period=small.period, by=cast.publisher, why="测试")
    actions.publish(entries, publication=act)


def test_one_by_one_and_all_at_once_say_the_same(cast: Cast) -> None:
    small = many_tasks(cast, 1500)
    tasks = AnnualTask.objects.filter(plan=small.plan).select_related("newest__update")
    today = datetime.date(1999, 11, 15)
    seen = set()
    for by in RULES:
        lit = {task.pk: task.light for task in tasks.annotate(light=light_expression(by, YEAR))}
        late = set(tasks.filter(stale_tasks(by, YEAR, today)).values_list("pk", flat=True))
        for task in tasks:
            update = task.newest.update if hasattr(task, "newest") else None
            said = signal_of_task(task, update, YEAR, by)
            assert lit[task.pk] == said.light, (said, situation_of(task, update, YEAR))
            assert (task.pk in late) == bool(stale(situation_of(task, update, YEAR), by, today))
            seen.add((said.light, task.planned_first_quarter is None))
    assert len(seen) == 8, "every light was seen, with quarters and without"


def test_the_newest_word_is_one_that_was_handed_in(cast: Cast) -> None:
    small = many_tasks(cast, 30)
    told = StatusUpdate.objects.filter(task__plan=small.plan).exclude(state="draft")
    newest = dict(NewestUpdate.objects.values_list("task_id", "update_id"))
    assert newest == dict(told.values_list("task_id", "pk"))
    assert newest


def test_lights_follow_the_newest_rules_and_remember_the_old_ones(cast: Cast) -> None:
    before = timezone.now()
    first = SmallPlan.of(cast).plan.rule_set
    RuleSet.objects.create(version=7, investment_yellow=-5, by=cast.publisher, reason="测试")
    assert rules_in_force().version == 7
    assert rules_at(first.at) == first
    assert rules_at(before) is None
