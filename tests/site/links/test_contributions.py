"""Projects that serve targets: said by the commission, told with the plan, and taken back in public."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from indicators.models.targets import Tier
from tests.cast import Cast, SmallPlan
from tests.pages.public_pages import assert_sound, queries_anew
from tests.site.links.years import Year
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.site.links.contributing import contribute
from wanzhou.site.links.models import Contribution, PublishedContribution
from wanzhou.site.reports.publishing import propose

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(cast: Cast) -> Year:
    return Year.of(cast)


def pages(client: Client, year: Year) -> tuple[str, str]:
    indicator = client.get(f"/indicators/{year.target.indicator.code}/").content.decode()
    return indicator, client.get(f"/projects/{year.bridge.project.slug}/").content.decode()


def test_both_pages_tell_what_was_published_and_nothing_before(client: Client, year: Year) -> None:
    year.publish()
    year.link({year.bridge: "通车后拉动投资"})
    for page in pages(client, year):
        assert "通车后拉动投资" not in page
    year.publish()
    indicator, project = pages(client, year)
    assert "支撑这一指标的项目" in indicator
    assert f'href="/projects/{year.bridge.project.slug}/"' in indicator
    assert "所支撑的指标" in project
    assert f'href="/indicators/{year.target.indicator.code}/"' in project
    for page in (indicator, project):
        assert "通车后拉动投资" in page
    assert_sound(client.get(f"/projects/{year.bridge.project.slug}/").content.decode())


def test_a_work_target_is_served_on_its_own_page(client: Client, year: Year) -> None:
    facts = {"tier": Tier.WORK, "ordinal": None, "in_grid": False, "quoted": "建成虚构大桥等2座。"}
    target = year.small.target("2座", **facts)
    by = year.small.cast.publisher
    contribute(target, words={year.bridge.pk: "其中一座"}, seen={}, by=by)
    year.publish()
    page = client.get("/1999/work-targets/").content.decode()
    assert "支撑项目：" in page
    assert f'href="/projects/{year.bridge.project.slug}/"' in page
    assert "（其中一座）" in page
    place = f"/1999/work-targets/#{target.indicator.code}"
    assert f'href="{place}"' in client.get(f"/projects/{year.bridge.project.slug}/").content.decode()
    assert f'id="{target.indicator.code}"' in page
    assert_sound(page)


def test_what_fell_away_is_gone_from_the_pages_and_stays_in_the_past(client: Client, year: Year) -> None:
    year.link({year.bridge: "旧说法"})
    year.publish()
    year.link({year.bridge: "新说法", year.road: ""})
    year.publish()
    assert "新说法" in pages(client, year)[0]
    assert "旧说法" not in pages(client, year)[0]
    year.link({year.road: ""})
    year.publish()
    indicator, project = pages(client, year)
    assert "虚构大桥" not in indicator
    assert "虚构道路" in indicator
    assert "所支撑的指标" not in project
    told = PublishedContribution.objects.filter(contribution__task=year.bridge).order_by("pk")
    assert [(row.words, row.stands) for row in told] == [
        ("旧说法", True),
        ("新说法", True),
        ("新说法", False),
    ]


def test_nothing_new_is_not_published_again(year: Year) -> None:
    year.link({year.bridge: ""})
    assert year.publish() is not None
    assert year.publish() is None
    year.link({})
    assert year.publish() is not None
    year.link({year.road: ""})
    year.link({})
    assert year.publish() is None, "what never stood in public need not fall away"


def test_an_act_for_a_period_tells_nothing_of_them(year: Year) -> None:
    year.small.approved(year.target, "7")
    year.link({year.bridge: ""})
    assert year.publish(period=True) is not None
    assert not PublishedContribution.objects.exists()


def test_the_preview_changes_when_a_contribution_does(year: Year) -> None:
    asked: dict[str, Any] = {"plan": year.small.plan, "period": None, "by": year.small.cast.publisher}
    year.link({year.bridge: ""})
    before = propose(**asked, look=lambda act: act.digest)
    year.link({year.bridge: "说明"})
    assert propose(**asked, look=lambda act: act.digest) != before
    assert not PublishedContribution.objects.exists()


def test_the_database_refuses_two_plans_and_changes_of_what_was_told(year: Year, cast: Cast) -> None:
    other = SmallPlan.of(cast, 1998).target("5")
    with pytest.raises(DatabaseError, match="不属于同一份计划"), transaction.atomic():
        Contribution.objects.bulk_create([Contribution(task=year.bridge, target=other)])
    year.link({year.bridge: ""})
    year.publish()
    with pytest.raises(DatabaseError), transaction.atomic():
        PublishedContribution.objects.update(words="改写")
    with pytest.raises(DatabaseError), transaction.atomic():
        PublishedContribution.objects.all().delete()


def test_words_too_long_are_refused_with_their_length(year: Year) -> None:
    with pytest.raises(MoveRefused, match="有 301 字，最多 300 字"):
        year.link({year.bridge: "长" * 301})


def test_whoever_may_not_is_refused(year: Year) -> None:
    with pytest.raises(MoveRefused, match="没有关联项目与指标的权限"):
        contribute(year.target, words={}, seen={}, by=year.small.cast.clerk)


def test_queries_do_not_grow(client: Client, year: Year) -> None:
    year.link({year.bridge: ""})
    year.publish()
    place = f"/projects/{year.bridge.project.slug}/"
    alone = queries_anew(client, place)
    for number in range(5):
        target = year.small.target(str(number))
        contribute(target, words={year.bridge.pk: ""}, seen={}, by=year.small.cast.publisher)
    year.publish()
    assert queries_anew(client, place) == alone <= 7
