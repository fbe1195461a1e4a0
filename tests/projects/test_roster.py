"""The roster: the whole plan in numbers that add up, and what is asked for; queries do not grow."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.lighting import thresholds_of
from projects.lights import Light
from projects.models import AnnualTask, Rhythm
from projects.roster import NOT_TOLD, Asked, Roster, Watch, totals
from projects.rounds import close_round, open_round
from projects.stages import Stage
from tests.cast import Cast, SmallPlan
from tests.projects.places import approved_of, task_of, told_of
from wanzhou.kernel.plans.actions import open_publication
from wanzhou.kernel.workflow import actions

pytestmark = pytest.mark.django_db
TODAY = datetime.date(1999, 11, 15)


@pytest.fixture
def small(cast: Cast) -> SmallPlan:
    return SmallPlan.of(cast, year=1999)


def roster(small: SmallPlan, since: datetime.datetime | None = None) -> Roster:
    return Roster(small.plan, thresholds_of(small.plan.rule_set), TODAY, since)


def names(small: SmallPlan, since: datetime.datetime | None = None, **asked: object) -> list[str]:
    return [task.name for task in roster(small, since).found(Asked(**asked))]  # type: ignore[arg-type]


def furnish(small: SmallPlan) -> None:
    """One task of each kind."""
    task_of(small, "没有更新")
    late = {"as_of": datetime.date(1999, 9, 30)}
    told_of(small, task_of(small, "未开工"), Stage.PREPARATORY, **late)
    told_of(small, task_of(small, "已开工"), Stage.STARTED, **late)
    told_of(small, task_of(small, "要竣工", planned_stage=Stage.COMPLETED), Stage.UNDERWAY, **late)
    told_of(small, task_of(small, "已竣工", planned_stage=Stage.COMPLETED), Stage.COMPLETED)
    told_of(small, task_of(small, "已调出", planned_stage=Stage.COMPLETED), Stage.WITHDRAWN)
    short = task_of(small, "投资慢", planned_stage=Stage.UNDERWAY, planned_investment=1000)
    told_of(small, short, invested_this_year=100, as_of=datetime.date(1999, 11, 1))


def test_what_the_commission_looks_for(small: SmallPlan) -> None:
    furnish(small)
    assert names(small, watch=Watch.UNTOLD) == ["没有更新"]
    assert names(small, watch=Watch.NOT_STARTED) == ["没有更新", "未开工"]
    assert names(small, watch=Watch.NOT_COMPLETED) == ["要竣工"]
    assert names(small, watch=Watch.STALE) == ["未开工", "已开工", "要竣工"]
    assert names(small, watch=Watch.CHANGED) == []
    assert names(small, light=Light.RED) == ["投资慢"]
    assert names(small, light=Light.YELLOW) == ["未开工"]
    assert names(small, stage=NOT_TOLD) == ["没有更新"]
    assert names(small, stage=Stage.COMPLETED) == ["已竣工"]
    assert names(small, words="竣工 已") == ["已竣工"]
    assert names(small, box=1, department=small.cast.department.pk, light="green") == ["已开工", "已竣工"]
    assert names(small, box=2) == []


def test_the_numbers_are_those_of_the_lists(small: SmallPlan) -> None:
    furnish(small)
    facets = roster(small).facets()
    assert sum(facet.count for facet in facets) == 7
    assert totals(facets) == {Light.GREEN: 2, Light.YELLOW: 1, Light.RED: 1, Light.OFF: 3}
    for watch in Watch:
        assert sum(facet.watched(watch) for facet in facets) == len(names(small, watch=watch)), watch
    for light in Light:
        assert totals(facets)[light] == len(names(small, light=light))


def test_what_changed_since_the_last_round(small: SmallPlan) -> None:
    moved, kept = task_of(small, "动了"), task_of(small, "没动")
    day = datetime.date(1999, 6, 30)
    first = approved_of(small, moved, Stage.PREPARATORY)
    approved_of(small, kept, Stage.PREPARATORY)
    asked = open_round(
        plan=small.plan, rhythm=Rhythm.MONTHLY, as_of=day, due_on=day, note="", by=small.cast.publisher
    )
    since = close_round(asked, by=small.cast.publisher).closed_at
    act = open_publication(plan=small.plan, period=small.period, by=small.cast.publisher, why="测试")
    actions.publish([first], publication=act)
    told_of(small, moved, Stage.STARTED)
    assert names(small, since, watch=Watch.CHANGED) == ["动了"]
    before = roster(small, since).before(AnnualTask.objects.filter(plan=small.plan))
    assert before[moved.pk] == first
    assert roster(small).before([moved]) == {}


def test_queries_do_not_grow(small: SmallPlan) -> None:
    counts = []
    for _ in range(2):
        furnish(small)
        with CaptureQueriesContext(connection) as queries:
            whole = roster(small, timezone.now())
            facets, asked = whole.facets(), Asked(light=Light.OFF)
            tasks = whole.page(asked, 0, 50)
            assert all(task.newest.update.reached_stage for task in tasks if hasattr(task, "newest"))
            assert whole.count(asked, facets) == len(tasks)
            whole.before(tasks)
        counts.append(len(queries))
    assert counts == [4, 4]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"light": Light.YELLOW},
        {"watch": Watch.STALE, "light": Light.GREEN},
        {"watch": Watch.UNTOLD},
        {"stage": Stage.COMPLETED, "box": 1},
        {"department": 0},
        {"box": 2},
        {"words": "竣工"},
    ],
)
def test_what_is_counted_is_what_is_found(asked: dict[str, object], small: SmallPlan) -> None:
    furnish(small)
    task_of(small, "没有单位", department=None)
    whole = roster(small)
    question = Asked(**asked)  # type: ignore[arg-type]
    assert whole.count(question, whole.facets()) == len(whole.page(question, 0, 50))
