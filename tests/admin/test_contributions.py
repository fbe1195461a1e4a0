"""The desk where projects are linked to targets: all of a target's at once, nothing typed lost."""

from __future__ import annotations

import pytest

from tests.admin.conftest import SignIn
from tests.cast import Cast
from tests.site.links.years import Year
from wanzhou.site.links.contributing import standing_words
from wanzhou.site.links.models import Contribution

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(cast: Cast) -> Year:
    return Year.of(cast)


def test_who_was_overtaken_is_told_and_loses_nothing(year: Year, sign_in: SignIn) -> None:
    client = sign_in(year.small.cast.reviewer)
    year.link({year.road: "别人所加"})
    facts = {f"t-{year.bridge.pk}": "on", f"w-{year.bridge.pk}": "自己所写"}
    response = client.post(year.desk, facts)
    page = response.content.decode()
    assert response.status_code == 409
    assert "别人改动了这个目标的关联" in page
    assert 'value="自己所写"' in page
    assert standing_words(year.target) == {year.road.pk: "别人所加"}
    again = {
        **facts,
        f"s-{year.road.pk}": "别人所加",
        f"t-{year.road.pk}": "on",
        f"w-{year.road.pk}": "别人所加",
    }
    assert client.post(year.desk, again).status_code == 302
    assert standing_words(year.target) == {year.road.pk: "别人所加", year.bridge.pk: "自己所写"}


@pytest.mark.parametrize("key", ["t-x", "t-999999999", f"t-{'9' * 30}", "t-", "s-1", "w-1"])
def test_forged_keys_are_refused_or_ignored(key: str, year: Year, sign_in: SignIn) -> None:
    response = sign_in(year.small.cast.reviewer).post(year.desk, {key: "on"})
    assert response.status_code in (302, 409)
    assert not Contribution.objects.exists()


def test_the_plan_s_list_and_the_preview_name_both_ends(year: Year, sign_in: SignIn) -> None:
    year.link({year.bridge: "说明"})
    client = sign_in(year.small.cast.publisher)
    assert client.get("/admin/links/")["Location"] == "/admin/links/1999/"
    page = client.get("/admin/links/1999/").content.decode()
    assert year.target.name in page
    assert "虚构大桥" in page
    assert "虚构大桥 → " in client.get("/admin/publish/1999/plan/").content.decode()
