"""The first page of the day: each role sees its own work, and a link to the exact place of it."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from indicators.models import Cause, CityRequest, Frequency, Indicator, Ruling
from tests.admin.conftest import SignIn
from tests.admin.office import Office
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.accounts.models import Department, User
from wanzhou.kernel.plans import actions as periods
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.workflow import actions as steps
from wanzhou.site.reports.publishing import publish
from wanzhou.site.workbench.today import today_for

pytestmark = pytest.mark.django_db
DUE = datetime.date(1999, 7, 15)


@pytest.fixture
def small(cast: Cast) -> SmallPlan:
    """A half-year of four rows, asked of two departments until 15 July."""
    small = SmallPlan.of(cast, period=Period.FIRST_HALF)
    period = periods.open_period(plan=small.plan, period=Period.FIRST_HALF, due_on=DUE, by=cast.publisher)
    small = SmallPlan(small.plan, period, cast)
    other = Department.objects.create(code="elsewhere", name="另一单位", order=1)
    for department in (cast.department, cast.department, cast.department, other):
        small.target("6", department=department)
    return small


def on(day: datetime.date) -> Any:
    return time_machine.travel(
        datetime.datetime.combine(day, datetime.time(9), tzinfo=datetime.UTC), tick=False
    )


def pile(reader: User, key: str) -> list[tuple[str, str, str]]:
    """What lies on a pile, where it leads, and what is said of it."""
    found = {pile.key: pile for pile in today_for(reader).piles}
    return [(errand.what, errand.href, errand.note) for errand in found[key].errands]


def target_of(small: SmallPlan, order: int) -> Any:
    return small.plan.targets.get(order=order)


def in_grid(small: SmallPlan, ordinal: int) -> str:
    return f"/admin/indicators/quarterlyactual/entry/1999/first-half/#c-{target_of(small, ordinal).pk}"


def test_a_clerk_sees_what_is_due_and_where(small: SmallPlan) -> None:
    small.draft(target_of(small, 1))
    with on(DUE):
        found = pile(small.cast.clerk, "due")
        assert pile(small.cast.clerk, "overdue") == []
    assert found[0] == (
        "测试指标1",
        in_grid(small, 1),
        "1999年上半年，截止 1999-07-15，已存草稿",
    )
    assert found[1][:2] == ("测试指标2", in_grid(small, 2))
    assert len(found) == 3, "the other department's row is not theirs"


def test_after_the_due_date_it_is_overdue(small: SmallPlan) -> None:
    steps.submit([small.draft(target_of(small, 1))], by=small.cast.clerk)
    with on(DUE + datetime.timedelta(days=1)):
        assert [what for what, *_ in pile(small.cast.clerk, "overdue")] == ["测试指标2", "测试指标3"]
        assert pile(small.cast.clerk, "due") == []


def test_what_comes_once_a_year_is_not_asked_for_at_half_time(small: SmallPlan) -> None:
    Indicator.objects.filter(pk=target_of(small, 1).indicator_id).update(frequency=Frequency.ANNUAL)
    with on(DUE):
        assert len(pile(small.cast.clerk, "due")) == 2


def test_what_was_sent_back_comes_with_its_note(small: SmallPlan) -> None:
    (entry,) = steps.submit([small.draft(target_of(small, 1))], by=small.cast.clerk)
    steps.send_back([entry], by=small.cast.reviewer, note="与月报不符")
    assert pile(small.cast.clerk, "returned") == [
        ("1999年测试指标1·上半年", in_grid(small, 1), "测试发改审核：与月报不符")
    ]
    with on(DUE):
        assert len(pile(small.cast.clerk, "due")) == 2


def test_a_reviewer_is_led_to_the_department(small: SmallPlan) -> None:
    steps.submit([small.draft(target_of(small, 1)), small.draft(target_of(small, 2))], by=small.cast.clerk)
    small.approved(target_of(small, 3))
    place = f"/admin/review/?period={small.period.pk}&department={small.cast.department.pk}"
    assert pile(small.cast.reviewer, "submitted") == [("测试单位 2 条", place, "1999年上半年")]
    assert pile(small.cast.reviewer, "approved") == [("1999年上半年 1 条", "", "")]
    assert pile(small.cast.publisher, "approved") == [
        ("1999年上半年 1 条", "/admin/publish/1999/first_half/", "")
    ]
    assert pile(small.cast.clerk, "submitted") == [("测试单位 2 条", "", "1999年上半年")]


def test_what_lacks_its_cause(small: SmallPlan) -> None:
    steps.submit([small.draft(target_of(small, 1), "5.1")], by=small.cast.clerk)
    place = f"/admin/cause/{target_of(small, 1).pk}/{small.period.pk}/"
    said = ("测试指标1", place, "1999年上半年，滞后，须写原因和下一步措施")
    assert pile(small.cast.clerk, "cause") == pile(small.cast.reviewer, "cause") == [said]
    begun = Cause.objects.create(
        target=target_of(small, 1), period=small.period, text="原因", entered_by=small.cast.clerk
    )
    assert pile(small.cast.clerk, "cause")[0][1] == f"/admin/cause/{begun.target_id}/{begun.period_id}/"


def test_what_a_person_must_rule(cast: Cast) -> None:
    small = SmallPlan.of(cast)
    row = small.approved(small.target("保持稳定"), None, wording="总体稳定")
    publish(plan=small.plan, period=small.period, by=cast.publisher, why="测试")
    place = f"/admin/rule/{row.pk}/"
    assert pile(cast.reviewer, "review") == [("测试指标1", place, "1999年全年，已发布")]
    assert pile(cast.clerk, "review") == [("测试指标1", "", "1999年全年，已发布")]
    Ruling.objects.create(
        actual=row, wording="保持稳定", rule_set=small.plan.rule_set, verdict="met", reason="稳定",
        entered_by=cast.reviewer,
    )  # fmt: skip
    assert pile(cast.reviewer, "review") == []


def test_what_waits_for_the_city(small: SmallPlan) -> None:
    asked = CityRequest.objects.create(
        target=target_of(small, 1), period=small.period, bureau="市统计局", since=DUE, expected=DUE
    )
    CityRequest.objects.create(target=target_of(small, 4), period=small.period, closed_on=DUE)
    place = f"/admin/city/{asked.target_id}/{asked.period_id}/"
    note = "1999年上半年，市统计局，1999-07-15起，预计 1999-07-15，尚未催办"
    assert pile(small.cast.reviewer, "city") == [("测试指标1", place, note)]
    assert pile(small.cast.clerk, "city") == [("测试指标1", "", note)]


def test_progress_and_reminders(small: SmallPlan) -> None:
    small.approved(target_of(small, 1))
    (entry,) = steps.submit([small.draft(target_of(small, 2))], by=small.cast.clerk)
    steps.send_back([entry], by=small.cast.reviewer, note="请核对")
    with on(DUE + datetime.timedelta(days=3)):
        page = today_for(small.cast.reviewer)
        (own,) = today_for(small.cast.clerk).periods
    (period,) = page.periods
    bars = [(bar.name, bar.total, bar.submitted, bar.checked, bar.late) for bar in period.shares]
    assert bars == [("测试单位", 3, 1, 1, True), ("另一单位", 1, 0, 0, True)]
    assert [bar.name for bar in own.shares] == ["测试单位"]
    assert page.reminders[0].text == (
        "测试单位：1999年上半年数据已于1999年7月15日截止，逾期 3 天，尚有 2 项待报送。\n"
        "未报送：测试指标3。\n"
        "退回待改：测试指标2（请核对）。\n"
        "请登录发展计划工作台填报；暂无数据的，请选填“市级暂未反馈”等情况，不要留空。"
    )
    assert today_for(small.cast.clerk).reminders == ()
    assert today_for(small.cast.auditor).reminders == ()


@pytest.mark.parametrize(
    ("day", "says"),
    [(DUE, "今天（1999年7月15日）截止"), (datetime.date(1999, 7, 10), "将于1999年7月15日截止（还有 5 天）")],
)
def test_a_reminder_knows_the_day(small: SmallPlan, day: datetime.date, says: str) -> None:
    with on(day):
        assert says in today_for(small.cast.reviewer).reminders[0].text


def test_a_reminder_without_a_due_date(small: SmallPlan) -> None:
    periods.set_due(small.period, due_on=None, by=small.cast.publisher)
    assert "数据已开始填报，尚有" in today_for(small.cast.reviewer).reminders[0].text


def keys(reader: User) -> list[str]:
    return [each.key for each in today_for(reader).piles]


def test_every_role_has_a_view_of_its_own(small: SmallPlan) -> None:
    cast = small.cast
    shared = ["returned", "submitted", "approved", "review", "cause", "city"]
    assert keys(cast.clerk) == keys(cast.head) == ["overdue", "due", *shared]
    assert keys(cast.reviewer) == keys(cast.publisher) == keys(cast.auditor) == shared
    assert keys(cast.administrator) == ["people"]
    desks = {role: [desk.what for desk in today_for(getattr(cast, role)).desks] for role in vars(cast)
             if role != "department"}  # fmt: skip
    assert desks == {
        "clerk": ["季度填报", "原因说明"],
        "head": ["季度填报", "原因说明"],
        "reviewer": ["季度填报", "审核台", "认定与调整", "市级数据", "参考数据", "项目调度"],
        "publisher": [
            *(
                "季度填报",
                "审核台",
                "发布台",
                "填报期",
                "认定与调整",
                "市级数据",
                "参考数据",
                "项目调度",
                "编制计划",
            ),
        ],
        "administrator": ["变更记录"],
        "auditor": ["季度填报", "市级数据", "参考数据", "项目调度", "变更记录"],
    }


def test_an_auditor_reads_and_is_led_nowhere_to_act(small: SmallPlan) -> None:
    steps.submit([small.draft(target_of(small, 1))], by=small.cast.clerk)
    small.approved(target_of(small, 2))
    publish(plan=small.plan, period=small.period, by=small.cast.publisher, why="测试")
    assert pile(small.cast.auditor, "submitted") == [("测试单位 1 条", "", "1999年上半年")]
    page = today_for(small.cast.auditor)
    assert [act.what for act in page.acts] == ["1999年上半年·测试"]
    assert page.scope == "全部责任单位"


def test_an_administrator_sees_accounts_that_need_a_look(cast: Cast) -> None:
    User.objects.create_user("nobody")
    homeless = User.objects.create_user("homeless")
    homeless.groups.set(cast.clerk.groups.all())
    said = [what for what, *_ in pile(cast.administrator, "people")]
    assert said[:3] == ["在用账号 8 个", "没有角色 1 个", "填报账号未归入责任单位 1 个"]
    assert today_for(cast.administrator).scope == "账号与设置"


def test_somebody_without_anything_still_has_a_page(cast: Cast, sign_in: SignIn) -> None:
    nobody = User.objects.create_user("nobody", is_staff=True)
    page = sign_in(nobody).get("/admin/")
    assert page.status_code == 200
    assert today_for(nobody).piles == ()
    assert Client().get("/admin/").status_code == 302


@pytest.mark.parametrize("role", ["clerk", "reviewer", "publisher", "administrator", "auditor"])
def test_the_number_of_queries_stays(role: str, office: Office, sign_in: SignIn) -> None:
    cast = office.cast
    period = office.own[Cause].period
    periods.open_period(plan=period.plan, period=Period.FULL_YEAR, due_on=DUE, by=cast.publisher)
    client, counts = sign_in(getattr(cast, role)), []
    more(office, SmallPlan(period.plan, period, cast), 50)
    for number in range(2):
        client.get("/admin/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/admin/").status_code == 200
        counts.append(len(queries))
        if number == 0:
            more(office, SmallPlan(period.plan, period, cast), 60)
    assert counts[0] == counts[1] <= 55


def more(office: Office, small: SmallPlan, first: int) -> None:
    """More of everything that the page counts."""
    for order in range(first, first + 6):
        unit = Department.objects.create(code=f"unit-{order}", name=f"单位{order}", order=order)
        target = small.target("6", order=order, ordinal=order, department=unit)
        (entry,) = steps.submit([small.draft(target, "5")], by=office.cast.clerk)
        CityRequest.objects.create(target=target, period=small.period)
        if order % 2:
            steps.send_back([entry], by=office.cast.reviewer, note="请改")
    office.furnish()


def test_the_page_itself(small: SmallPlan, sign_in: SignIn) -> None:
    steps.submit([small.draft(target_of(small, 1))], by=small.cast.clerk)
    page = sign_in(small.cast.reviewer).get("/admin/").content.decode()
    assert re.search(r'<progress [^>]*max="3" value="1">1/3</progress>', page)
    assert re.search(r"<textarea [^>]*readonly>测试单位：1999年上半年数据已于1999年7月15日截止", page)
    assert 'style="' not in page
    assert "全部台账" in page
