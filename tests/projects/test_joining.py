"""Two projects that are one: ruled upon by a person, told to the public by the next act, and never twice."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from projects.joining import join, keep_apart, proposals
from projects.models import Likeness, Project, PublishedTask, Ruled
from projects.records import records_of
from projects.stages import Stage
from tests.cast import Cast, SmallPlan
from tests.projects.places import approved_of, task_of
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.site.reports.publishing import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def years(cast: Cast) -> tuple[SmallPlan, SmallPlan]:
    """Two years, the names of whose project differ by a word."""
    before, after = SmallPlan.of(cast, year=1998), SmallPlan.of(cast, year=1999)
    first = task_of(before, "大滩口水库扩建", planned_stage="")
    task_of(after, "大滩口水库扩建工程", planned_stage=Stage.UNDERWAY)
    approved_of(before, first, Stage.STARTED, as_of=None)
    return before, after


def tell(small: SmallPlan, **facts: Any) -> None:
    publish(plan=small.plan, period=facts.get("period"), by=small.cast.publisher, why="测试")


def pair() -> tuple[Project, Project]:
    found = proposals()
    assert len(found) == 1
    return found[0].before.task.project, found[0].after.task.project


def test_joined_and_told_under_the_address_that_was_there_first(
    years: tuple[SmallPlan, SmallPlan], client: Client
) -> None:
    before, after = years
    tell(before, period=before.period)
    tell(after)
    first, second = pair()
    Project.objects.filter(pk=second.pk).update(owner="测试业主")
    kept = join(first, second, reason="同一业主", by=after.cast.reviewer)
    assert (kept, kept.owner) == (first, "测试业主")
    assert proposals() == []
    # Until the next act the public reads what it read.
    assert client.get(f"/projects/{second.slug}/").status_code == 200
    tell(after)
    moved = client.get(f"/projects/{second.slug}/")
    assert (moved.status_code, moved["Location"]) == (302, f"/projects/{first.slug}/")
    twin = client.get(f"/projects/{second.slug}.json").json()
    assert (twin["slug"], len(twin["records"])) == (first.slug, 2)
    assert (
        client.get(f"/projects/{second.slug}.csv").content
        == client.get(f"/projects/{first.slug}.csv").content
    )
    records = records_of(PublishedTask.objects.history(first.slug))
    assert [(record.year, record.task.name) for record in records] == [
        (1998, "大滩口水库扩建"),
        (1999, "大滩口水库扩建工程"),
    ]
    page = client.get(f"/projects/{first.slug}/").content.decode()
    assert "曾用名称" in page
    assert PublishedTask.objects.address_now("no-such") == ""
    assert publish(plan=after.plan, period=None, by=after.cast.publisher, why="测试") is None


def test_what_was_told_of_progress_is_told_again_with_the_address(years: tuple[SmallPlan, SmallPlan]) -> None:
    _, after = years
    second_task = after.plan.tasks.get()
    approved_of(after, second_task, Stage.UNDERWAY, percent=40, progress="封顶")
    tell(after)
    tell(after, period=after.period)
    first, second = pair()
    join(first, second, reason="同一", by=after.cast.publisher)
    tell(after)
    row = PublishedTask.objects.filter(task=second_task).latest("publication_id")
    assert (row.slug, row.reached_stage, row.progress, row.light) == (first.slug, "underway", "封顶", "green")
    kinds = [record.kind.value for record in records_of(PublishedTask.objects.history(first.slug))]
    assert kinds == ["entry", "update"]


def test_kept_apart_for_good(years: tuple[SmallPlan, SmallPlan]) -> None:
    first, second = pair()
    reviewer = years[0].cast.reviewer
    keep_apart(second, first, reason="两处水库", by=reviewer)
    assert proposals() == []
    ruled = Likeness.objects.get()
    assert (ruled.ruled, ruled.first, ruled.second, ruled.by) == (Ruled.APART, first, second, reviewer)
    assert ruled.likeness == "除“工程”“项目”等字外，名称相同"
    with pytest.raises(MoveRefused, match="已由测试发改审核认定：不是同一个项目"):
        join(first, second, reason="改主意", by=reviewer)


def test_what_cannot_be_joined(years: tuple[SmallPlan, SmallPlan]) -> None:
    before, after = years
    first, second = pair()
    with pytest.raises(MoveRefused, match="没有认定相似项目的权限"):
        join(first, second, reason="同一", by=after.cast.head)
    with pytest.raises(MoveRefused, match="须写明理由"):
        join(first, second, reason="  ", by=after.cast.reviewer)
    with pytest.raises(MoveRefused, match="两个不同的项目"):
        join(first, first, reason="同一", by=after.cast.reviewer)
    other = task_of(before, "别的项目").project
    with pytest.raises(MoveRefused, match="计划本身就把它们分开"):
        join(first, other, reason="同一", by=after.cast.reviewer)
    join(first, second, reason="同一", by=after.cast.reviewer)
    with pytest.raises(MoveRefused, match="已经并入另一个项目"):
        join(other, second, reason="同一", by=after.cast.reviewer)
    assert Likeness.objects.count() == 1
