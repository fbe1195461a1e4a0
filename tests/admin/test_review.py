"""The review desk: what is seen before it is decided, and that a decision is about what was seen."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from indicators.models import AnnualTarget, Cause, QuarterlyActual, Ruling
from indicators.submitting import submit
from projects.models import StatusUpdate
from tests.admin.conftest import SignIn
from tests.admin.office import Office
from tests.cast import Cast, SmallPlan
from tests.evidence.test_desks import attach
from wanzhou.kernel.plans import actions as periods
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.workflow import actions as steps
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.kernel.workflow.moves import State
from wanzhou.site.reports.publishing import publish
from wanzhou.site.workbench import deciding
from wanzhou.site.workbench.keys import Key, key_of, read_keys

pytestmark = pytest.mark.django_db
DESK = "/admin/review/"


@pytest.fixture
def small(cast: Cast) -> SmallPlan:
    """A half-year that departments are asked for, after a first quarter that is published."""
    quarter = SmallPlan.of(cast, period=Period.FIRST_QUARTER)
    quarter.approved(quarter.target("6.5以上"), "6.6")
    publish(plan=quarter.plan, period=quarter.period, by=cast.publisher, why="测试")
    period = periods.open_period(plan=quarter.plan, period=Period.FIRST_HALF, due_on=None, by=cast.publisher)
    return SmallPlan(quarter.plan, period, cast)


def behind(small: SmallPlan) -> QuarterlyActual:
    """A submitted figure behind its pace, with its cause."""
    target = small.plan.targets.get(order=1)
    Cause.objects.create(
        target=target,
        period=small.period,
        text="需求不足",
        measures="扩大内需",
        forecast=6,
        entered_by=small.cast.clerk,
    )
    (figure, _) = submit([small.draft(target, "6.1", note="快报口径")], by=small.cast.clerk)
    assert isinstance(figure, QuarterlyActual)
    return figure


def decide(client: Client, step: str, *entries: Any, note: str = "") -> str:
    facts = {"step": step, "entry": [str(key_of(entry)) for entry in entries], "note": note}
    return client.post(DESK, facts, follow=True).content.decode()


def test_a_row_is_seen_with_everything_that_matters(small: SmallPlan, sign_in: SignIn) -> None:
    behind(small)
    page = sign_in(small.cast.reviewer).get(DESK).content.decode()
    for words in (
        *("1999年上半年", "测试单位", "测试指标1", "6.5以上", "6.1", "滞后", "低0.4个百分点"),
        *("一季度", "6.6", "需求不足", "扩大内需", "全年预计（不公开）", "快报口径", "测试填报员于"),
    ):
        assert words in page, words


def test_what_stands_out_is_said(small: SmallPlan, sign_in: SignIn) -> None:
    target = small.target("6", order=9, ordinal=9)
    draft = small.draft(target, "6.2", outcome_state="estimated", provider="张三", channel="phone")
    steps.submit([draft], by=small.cast.clerk)
    late = small.draft(small.plan.targets.get(order=1), "6.1")
    steps.submit([late], by=small.cast.clerk)
    page = sign_in(small.cast.reviewer).get(DESK).content.decode()
    for words in ("预计数", "代填：张三经电话提供", "滞后，尚缺原因或下一步措施"):
        assert words in page, words


def test_several_are_approved_at_once(small: SmallPlan, sign_in: SignIn) -> None:
    figure = behind(small)
    page = decide(sign_in(small.cast.reviewer), "approve", figure, Cause.objects.get())
    assert "已审核通过 2 条。" in page
    assert "没有待审核的内容。" in page
    figure.refresh_from_db()
    assert (figure.state, figure.approved_by) == (State.APPROVED, small.cast.reviewer)


def test_one_is_approved_by_its_own_button(small: SmallPlan, sign_in: SignIn) -> None:
    figure = behind(small)
    facts = {"step": f"approve:{key_of(figure)}", "entry": [str(key_of(Cause.objects.get()))]}
    sign_in(small.cast.reviewer).post(DESK, facts)
    figure.refresh_from_db()
    assert (figure.state, Cause.objects.get().state) == (State.APPROVED, State.SUBMITTED)


def test_a_return_needs_a_note_and_the_row_gets_it(small: SmallPlan, sign_in: SignIn) -> None:
    figure = behind(small)
    client = sign_in(small.cast.reviewer)
    page = decide(client, "send_back", figure)
    assert "退回须写明意见。" in page
    assert f'value="{key_of(figure)}"' in page
    assert "checked" in page, "what was ticked stays ticked"
    assert "已退回 1 条。" in decide(client, "send_back", figure, note="与月报不符")
    theirs = sign_in(small.cast.clerk).get("/admin/").content.decode()
    assert "与月报不符" in theirs


def test_nobody_approves_his_own(small: SmallPlan, sign_in: SignIn) -> None:
    draft = small.draft(small.target("6", order=9, ordinal=9), "6.2", entered_by=small.cast.reviewer)
    (own,) = steps.submit([draft], by=small.cast.reviewer)
    client = sign_in(small.cast.reviewer)
    page = client.get(DESK).content.decode()
    assert "您自己录入或报送的，须由另一人审核" in page
    assert str(key_of(own)) not in page
    assert "“1999年测试指标2·上半年”是您自己录入或报送的" in decide(client, "approve", own)


def test_a_double_click_is_harmless(small: SmallPlan, sign_in: SignIn) -> None:
    figure = behind(small)
    client = sign_in(small.cast.reviewer)
    decide(client, "approve", figure)
    page = decide(client, "approve", figure)
    assert "您刚才已经处理过，没有重复操作。" in page
    assert "errornote" not in page
    figure.refresh_from_db()
    assert figure.revision == 2


def test_a_stale_tab_decides_nothing(small: SmallPlan, sign_in: SignIn) -> None:
    figure, why = behind(small), Cause.objects.get()
    steps.send_back([figure], by=small.cast.publisher, note="请改")
    QuarterlyActual.objects.filter(pk=figure.pk).update(value="6.2", revision=9)
    steps.submit([figure], by=small.cast.clerk)
    page = decide(sign_in(small.cast.reviewer), "approve", figure, why)
    assert "“1999年测试指标1·上半年”在您打开页面之后被改动过（现在是已报送）" in page
    why.refresh_from_db()
    assert why.state == State.SUBMITTED, "all or none"


def test_what_is_gone_or_nothing_is_said(small: SmallPlan, sign_in: SignIn) -> None:
    client = sign_in(small.cast.reviewer)
    assert "没有选中任何一条。" in decide(client, "approve")
    gone = {"step": "approve", "entry": ["figure-999999-1", "nonsense", "figure-x-1"]}
    assert "选中的一条已经不存在" in client.post(DESK, gone).content.decode()
    assert "请选择审核通过或退回。" in decide(client, "destroy", behind(small))


def test_keys_are_read_back() -> None:
    assert list(read_keys(["figure-3-4", "other-3-4", "cause-", "update-1-0-2"])) == [Key("figure", 3, 4)]


def test_every_kind_of_entry_is_reviewed(office: Office, sign_in: SignIn) -> None:
    for model in (QuarterlyActual, Cause, StatusUpdate):
        office.submitted(model)
        office.submitted(model, theirs=True)
    steps.submit([office.own[Ruling]], by=office.cast.publisher)
    client = sign_in(office.cast.reviewer)
    page = client.get(DESK).content.decode()
    for words in ("完成情况", "原因说明", "人工认定", "另一单位"):
        assert words in page
    page = client.get(DESK, {"period": "updates"}).content.decode()
    for words in ("测试项目2", "测试项目3", "进展更新", "开工建设"):
        assert words in page
    only = client.get(DESK, {"department": office.other.pk}).content.decode()
    assert "另一单位" in only
    assert ">测试单位</h2>" not in only
    done = decide(client, "approve", office.own[StatusUpdate])
    assert "在您打开页面之后被改动过" in done, "the office's copy is from before it was submitted"


def test_updates_open_where_nothing_else_waits(office: Office, sign_in: SignIn) -> None:
    office.submitted(StatusUpdate)
    assert "测试项目2" in sign_in(office.cast.reviewer).get(DESK).content.decode()


def test_the_number_of_queries_stays(office: Office, sign_in: SignIn) -> None:
    client = sign_in(office.cast.reviewer)
    office.submitted(QuarterlyActual)
    office.submitted(Cause)
    period = office.own[Cause].period
    small = SmallPlan(period.plan, period, office.cast)
    client.get(DESK)  # the first request of a sign-in also writes down that somebody was seen
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(DESK, {"period": period.pk}).status_code == 200
        counts.append(len(queries))
        if number == 0:
            office.submitted(Cause, theirs=True)
            office.submitted(QuarterlyActual, theirs=True)
            for order in range(50, 55):
                target = small.target("6", order=order, ordinal=order)
                steps.submit([small.draft(target, "6.1")], by=office.cast.clerk)
    assert counts[0] == counts[1] <= 35


@pytest.mark.django_db(transaction=True)
def test_while_one_approves_another_returns(cast: Cast) -> None:
    """One wins; the other is told."""
    small = SmallPlan.of(cast)
    (entry,) = steps.submit([small.draft(small.target())], by=cast.clerk)
    keys, together, came_of_it = [key_of(entry)], threading.Barrier(2), list[str]()

    def attempt(name: str) -> None:
        try:
            together.wait(timeout=10)
            if name == "approve":
                deciding.approve(keys, by=cast.reviewer)
            else:
                deciding.send_back(keys, by=cast.publisher, note="请改")
            came_of_it.append("done")
        except MoveRefused as refusal:
            came_of_it.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=(name,)) for name in ("approve", "return")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    told = next(word for word in came_of_it if word != "done")
    assert came_of_it.count("done") == 1
    assert "1999年测试指标1·全年" in told
    assert AnnualTarget.objects.count() == 1


def test_what_the_checks_say_stands_beside_the_figure(small: SmallPlan, cast: Cast, sign_in: SignIn) -> None:
    """Whoever handed it in was told the same, and wrote why."""
    target = small.plan.targets.get(order=1)
    submit([small.draft(target, "66", note="补录后核定")], by=cast.clerk)
    page = sign_in(cast.reviewer).get(DESK).content.decode()
    assert "待说明：" in page
    assert "6.6" in page[page.index("待说明：") :][:200]
    assert "补录后核定" in page


def test_a_figure_that_the_checks_have_nothing_against_stands_alone(
    small: SmallPlan, cast: Cast, sign_in: SignIn
) -> None:
    behind(small)
    assert 'class="remark"' not in sign_in(cast.reviewer).get(DESK).content.decode()


@pytest.mark.parametrize("model", [QuarterlyActual, Cause, StatusUpdate])
def test_files_stand_beside_what_they_attest(
    office: Office, sign_in: SignIn, model: type[Any], settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    attach(office.own[model], name="依据.pdf", public=True)
    attach(office.own[model], name="内部.pdf")
    entry = office.submitted(model)
    asked = {} if model is not StatusUpdate else {"period": "updates"}
    client = sign_in(office.cast.reviewer)
    page = client.get(DESK, asked).content.decode()
    (href,) = re.findall(r'<a href="([^"]+)">依据.pdf</a>（随发布公开）', page)
    assert "内部.pdf</a>（只供内部）" in page
    assert client.get(href).status_code == 200
    assert str(key_of(entry)) in page
