"""The page of the periods: each step by its button, each refusal by the period's name."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from indicators.models import Cause, QuarterlyActual
from tests.admin.conftest import SignIn
from tests.admin.forms import content, take
from tests.admin.office import Office, address
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.site.reports.publishing import publish

pytestmark = pytest.mark.django_db
DESK = "/admin/periods/"


@pytest.fixture
def small(cast: Cast) -> SmallPlan:
    small = SmallPlan.of(cast)
    small.approved(small.target())
    publish(plan=small.plan, period=small.period, by=cast.publisher, why="测试")
    return small


def step(client: Client, name: str, period: str = "full_year", **said: str) -> str:
    key = f"1999-{period}"
    facts = {"step": f"{name}:{key}", **{f"{key}-{field}": value for field, value in said.items()}}
    return client.post(DESK, facts, follow=True).content.decode()


def test_the_way_of_a_period(small: SmallPlan, sign_in: SignIn) -> None:
    client = sign_in(small.cast.publisher)
    assert "已开启：1999年上半年。" in step(client, "open", "first_half", due_on="1999-07-15")
    assert "截止 1999-07-15" in client.get(DESK).content.decode()
    assert "已改截止日期：1999年上半年。" in step(client, "due", "first_half", due_on="1999-07-20")
    assert "已关闭：1999年上半年。" in step(client, "close", "first_half")
    assert "重新开启须写明理由。" in step(client, "reopen", "first_half", reason=" ")
    page = step(client, "reopen", "first_half", reason="统计局更正")
    assert "测试发改发布于" in page
    assert "重新开启：统计局更正" in page
    step(client, "close", "first_half")
    page = step(client, "reopen", "first_half", reason="再次更正")
    assert "统计局更正" in page
    assert "再次更正" in page
    row = ReportingPeriod.objects.get(period="first_half")
    assert (row.is_open, str(row.due_on)) == (True, "1999-07-20")


def test_declaring_complete(small: SmallPlan, sign_in: SignIn) -> None:
    client = sign_in(small.cast.publisher)
    assert "已宣布完整：1999年全年。" in step(client, "complete")
    page = step(client, "complete")
    assert "1999年全年已经由测试发改发布宣布完整。" in page


@pytest.mark.parametrize(
    ("name", "period", "said", "says"),
    [
        ("close", "full_year", {}, "1999年全年还没有开启，不能关闭。"),
        ("close", "first_half", {}, "1999年上半年还没有开启。"),
        ("open", "full_year", {"due_on": "明天"}, "输入一个有效的日期。"),
        ("open", "never", {}, "没有这一填报期。"),
        ("destroy", "full_year", {}, "请选择要做什么。"),
    ],
)
def test_refusals(
    small: SmallPlan, sign_in: SignIn, name: str, period: str, said: dict[str, str], says: str
) -> None:
    assert says in step(sign_in(small.cast.publisher), name, period, **said)


def test_the_desk_refuses_entries_of_a_closed_period(office: Office, sign_in: SignIn) -> None:
    """Through the administration: a new figure, a change, and submitting; each refused, nothing lost."""
    draft = office.own[QuarterlyActual]
    publisher, clerk = sign_in(office.cast.publisher), sign_in(office.cast.clerk)
    take(publisher, "open_periods", draft.period)
    take(publisher, "close_periods", draft.period)
    place = address(QuarterlyActual, "change", draft.pk)
    page = clerk.post(place, content(draft, value="9", wording="9")).content.decode()
    assert "填报期已经关闭，不能再录入、修改或报送" in page
    assert 'value="9"' in page, "what was typed is still there"
    said = take(clerk, "submit_entries", draft)
    assert f"“{draft}”不能报送：{draft.period}已于" in said
    assert "不能报送" in take(clerk, "submit_entries", office.own[Cause])
    count = QuarterlyActual.objects.count()
    target = SmallPlan(draft.period.plan, draft.period, office.cast).target("6", order=40, ordinal=40)
    facts: dict[str, Any] = content(draft, target=target.pk)
    assert "填报期已经关闭" in clerk.post(address(QuarterlyActual, "add"), facts).content.decode()
    assert QuarterlyActual.objects.count() == count
    draft.refresh_from_db()
    assert str(draft.value) == "6.100000"


def test_the_desks_own_actions_say_why_not(office: Office, sign_in: SignIn) -> None:
    client = sign_in(office.cast.publisher)
    period = office.own[Cause].period
    assert f"{period}还没有开启，不能关闭。" in take(client, "close_periods", period)
    assert f"已开启：{period}。" in take(client, "open_periods", period)
    assert f"{period}已经开启过" in take(client, "open_periods", period)


def test_the_number_of_queries_stays(office: Office, sign_in: SignIn) -> None:
    client = sign_in(office.cast.publisher)
    client.get(DESK)  # the first request of a sign-in also writes down that somebody was seen
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(DESK).status_code == 200
        counts.append(len(queries))
        office.furnish()
    assert counts[0] == counts[1] <= 12
