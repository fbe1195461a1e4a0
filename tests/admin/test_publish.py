"""The publish desk: a preview says exactly what publishing then does, and nothing unseen is published."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from indicators.models import Cause, PublishedRow, QuarterlyActual, ReferenceFigure, Replacement
from indicators.submitting import submit
from projects.models import AnnualTask, StatusUpdate
from projects.stages import Stage
from tests.admin.conftest import SignIn
from tests.admin.office import Office
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import Publication
from wanzhou.kernel.workflow import actions as steps
from wanzhou.site.reports.publishing import publish
from wanzhou.site.workbench.forms import MINUTE, secrecy_checkers
from wanzhou.site.workbench.previews import preview_for

pytestmark = pytest.mark.django_db
DESK = "/admin/publish/1999/full_year/"


@pytest.fixture
def small(cast: Cast) -> SmallPlan:
    """A published full year of two rows: one met, one missed and explained."""
    small = SmallPlan.of(cast)
    small.approved(small.target("6左右"), "6.1")
    missed = small.target("7")
    small.approved(missed, "6.5")
    small.cause(missed)
    publish(plan=small.plan, period=small.period, by=cast.publisher, why="首次")
    return small


def revise(small: SmallPlan) -> QuarterlyActual:
    """An approved revision that turns the miss into a met target."""
    old = QuarterlyActual.objects.published().get(target__ordinal=2)
    return small.approved(old.target, "7.2", replaces=old, replaced_because=Replacement.REVISION)


def digest_in(page: str) -> str:
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', page)
    assert found
    return found[1]


def form(cast: Cast, page: str, **changes: Any) -> dict[str, Any]:
    """The form as its sender fills it in."""
    filled = {
        "digest": digest_in(page),
        "why": "统计核定",
        "secrecy_by": cast.reviewer.pk,
        "secrecy_at": f"{timezone.localtime():{MINUTE}}",
        "confirmed": "on",
        "not_before": "",
    }
    return filled | changes


def look(client: Client, place: str = DESK) -> str:
    response = client.get(place)
    assert response.status_code == 200
    return str(response.content.decode())


def words_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_a_change_is_shown_before_and_after(small: SmallPlan, sign_in: SignIn) -> None:
    revise(small)
    page = words_of(look(sign_in(small.cast.publisher)))
    for words in (
        "2 项年度目标，1 项达到或超过，1 项未完成",
        "2 项年度目标，2 项达到或超过",
        "1 行会变化，其余 1 行不变",
        "替换已发布的数据：统计核定",
        "完成情况 6.5 7.2",
        "结论 未完成 达到或超过",
        "低0.5个百分点",
        "高0.2个百分点",
    ):
        assert words in page, words
    assert "达到或超过 1 2" in page
    assert "未完成 1 0" in page


def test_the_preview_and_the_page_say_the_same(small: SmallPlan, sign_in: SignIn, client: Client) -> None:
    revise(small)
    publisher = sign_in(small.cast.publisher)
    shown = look(publisher)
    before = client.get("/1999/").content.decode()
    done = publisher.post(DESK, form(small.cast, shown), follow=True).content.decode()
    assert "已发布，公开页面已经更新" in done
    assert "没有可以发布的新内容" in done
    after = client.get("/1999/").content.decode()
    assert "1 项未完成" in words_of(before)
    assert "未完成" not in re.findall(r"<h1.*?</h1>", after, re.S)[0]
    assert "2 项达到或超过" in words_of(after)
    newest = PublishedRow.objects.latest("id")
    assert newest.sentence in words_of(shown)
    publication = newest.publication
    assert (publication.why, publication.by) == ("统计核定", small.cast.publisher)
    assert publication.secrecy_by == small.cast.reviewer
    assert publication.secrecy_at is not None


def test_looking_changes_nothing(small: SmallPlan, sign_in: SignIn, client: Client) -> None:
    figure = revise(small)
    before = client.get("/1999/").content
    count = PublishedRow.objects.count()
    look(sign_in(small.cast.publisher))
    figure.refresh_from_db()
    assert (figure.state, PublishedRow.objects.count(), Publication.objects.count()) == ("approved", count, 1)
    assert client.get("/1999/").content == before


def test_a_first_publication_shows_what_it_says(cast: Cast, sign_in: SignIn) -> None:
    small = SmallPlan.of(cast)
    small.approved(small.target("6左右"), "6.1")
    page = words_of(look(sign_in(cast.publisher)))
    assert "（这一期还没有公开）" in page
    assert "新公开" in page
    assert "目标“6左右”按不低于5.9判定" in page


def test_what_stands_against_it_is_named(small: SmallPlan, sign_in: SignIn) -> None:
    lacking = small.target("8", order=9, ordinal=9)
    small.approved(lacking, "7")
    client = sign_in(small.cast.publisher)
    page = look(client)
    assert "有 1 个问题，解决之前不能发布" in page
    assert "第9项“测试指标3”未完成，尚无原因说明" in page
    done = client.post(DESK, form(small.cast, page)).content.decode()
    assert "尚无原因说明，不能发布全年结果" in done
    assert Publication.objects.count() == 1


def test_a_cause_becomes_public_with_its_measures(small: SmallPlan, sign_in: SignIn) -> None:
    missed = small.plan.targets.get(ordinal=2)
    facts = {"target": missed, "period": small.period, "entered_by": small.cast.clerk}
    why = Cause.objects.create(**facts, text="新的原因", measures="新的措施", forecast=4321)
    steps.approve(submit([why], by=small.cast.clerk), by=small.cast.reviewer)
    page = words_of(look(sign_in(small.cast.publisher)))
    assert "原因 测试原因 新的原因" in page
    assert "下一步措施 — 新的措施" in page
    assert "4321" not in page


def test_what_changed_in_between_is_not_published_unseen(small: SmallPlan, sign_in: SignIn) -> None:
    revise(small)
    client = sign_in(small.cast.publisher)
    sent = form(small.cast, look(client))
    ReferenceFigure.objects.create(
        indicator=small.plan.targets.get(ordinal=1).indicator, year=1999, period="full_year", region="测试市",
        value=5,
    )  # fmt: skip
    page = client.post(DESK, sent).content.decode()
    assert "在您查看预览之后，内容有了变化" in page
    assert "测试市 5" in words_of(page)
    assert digest_in(page) != sent["digest"]
    assert re.search(r'name="confirmed"[^>]*checked', page) is None
    assert Publication.objects.count() == 1
    again = client.post(DESK, form(small.cast, page), follow=True).content.decode()
    assert "已发布" in again


def test_a_second_click_publishes_nothing_more(small: SmallPlan, sign_in: SignIn) -> None:
    revise(small)
    client = sign_in(small.cast.publisher)
    sent = form(small.cast, look(client))
    client.post(DESK, sent)
    page = client.post(DESK, sent).content.decode()
    assert "最近一次由测试发改发布于" in page
    assert "没有可以发布的新内容" in page
    assert Publication.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"why": " "}, "这个字段是必填项"),
        ({"secrecy_by": ""}, "这个字段是必填项"),
        ({"confirmed": ""}, "须确认已经过保密和公开审查。"),
        ({"secrecy_at": "昨天"}, "输入一个有效的日期/时间"),
        ({"secrecy_at": "1999-01-01T00:00"}, "当时还没有看到全部内容"),
        ({"secrecy_at": "2999-01-01T00:00"}, "保密审查时间不能晚于现在"),
        ({"not_before": "1999-01-01T00:00"}, "“不早于”须晚于现在"),
    ],
)
def test_a_form_filled_in_badly_comes_back(
    small: SmallPlan, sign_in: SignIn, changes: dict[str, str], says: str
) -> None:
    revise(small)
    client = sign_in(small.cast.publisher)
    page = client.post(DESK, form(small.cast, look(client), **changes)).content.decode()
    assert says in page
    assert "统计核定" in page
    assert Publication.objects.count() == 1


def test_the_city_goes_first(small: SmallPlan, sign_in: SignIn, client: Client) -> None:
    figure = revise(small)
    publisher = sign_in(small.cast.publisher)
    moment = timezone.localtime() + datetime.timedelta(days=1)
    done = publisher.post(
        DESK, form(small.cast, look(publisher), not_before=f"{moment:{MINUTE}}"), follow=True
    ).content.decode()
    assert f"公众自 {moment:%Y-%m-%d %H:%M} 起可以看到" in done
    assert "1 项未完成" in words_of(client.get("/1999/").content.decode())
    figure.refresh_from_db()
    small.approved(figure.target, "7.3", replaces=figure, replaced_because=Replacement.REVISION)
    page = look(publisher)
    assert "属于尚未到公开时间的发布“1999年全年·统计核定”" in page
    refused = publisher.post(DESK, form(small.cast, page)).content.decode()
    assert "请把“不早于”填为" in refused
    later = moment + datetime.timedelta(minutes=1)
    again = publisher.post(DESK, form(small.cast, page, not_before=f"{later:{MINUTE}}"), follow=True)
    assert "起可以看到" in again.content.decode()


def test_people_who_may_answer_for_secrecy(cast: Cast) -> None:
    assert set(secrecy_checkers()) == {cast.reviewer, cast.publisher}
    User.objects.filter(pk=cast.reviewer.pk).update(is_active=False)
    assert set(secrecy_checkers()) == {cast.publisher}


def test_the_plan_itself_and_its_tasks(office: Office, sign_in: SignIn) -> None:
    small = SmallPlan.of(office.cast, year=2001)
    small.target("6左右")
    page = words_of(look(sign_in(office.cast.publisher), "/admin/publish/2001/plan/"))
    assert "2001 年计划：1 项年度目标" in page
    update = office.own[StatusUpdate]
    StatusUpdate.objects.filter(pk=update.pk).update(
        percent=30, progress="主体开工", reached_stage=Stage.UNDERWAY
    )
    steps.approve(steps.submit([update], by=office.cast.clerk), by=office.cast.reviewer)
    year = office.own[AnnualTask].plan.year
    page = words_of(look(sign_in(office.cast.publisher), f"/admin/publish/{year}/full_year/"))
    for words in ("项目：2 条会公开或更新", "主体开工", "30%", "已达阶段"):
        assert words in page, words


def test_the_list_says_what_is_ready(small: SmallPlan, sign_in: SignIn) -> None:
    revise(small)
    page = look(sign_in(small.cast.publisher), "/admin/publish/")
    assert re.search(r"1999年全年</a></th>\s*<td>1</td>\s*<td>0</td>", page)
    assert DESK in page


@pytest.mark.parametrize("place", ["1999/first_half/", "1888/full_year/", "1999/anything/"])
def test_what_does_not_exist_is_not_found(small: SmallPlan, sign_in: SignIn, place: str) -> None:
    assert sign_in(small.cast.publisher).get(f"/admin/publish/{place}").status_code == 404


def test_a_preview_is_the_publishers_own(small: SmallPlan, sign_in: SignIn) -> None:
    """A person whose right to publish figures was taken away is told so, and sees no half of it."""
    revise(small)
    group = small.cast.publisher.groups.get()
    group.permissions.remove(group.permissions.get(codename="publish_quarterlyactual"))
    response = sign_in(small.cast.publisher).get(DESK)
    assert response.status_code == 409
    assert "没有发布“季度实绩”的权限" in response.content.decode()


def test_the_preview_is_an_object(small: SmallPlan) -> None:
    revise(small)
    page = preview_for(small.plan, small.period, small.cast.publisher)
    assert [(change.ordinal, change.new) for change in page.changes] == [(2, False)]
    assert page.problems == ()
    assert {count.tone.word: (count.before, count.after) for count in page.counts} == {
        "达到或超过": (1, 2),
        "未完成": (1, 0),
    }
