"""Wordings beside what they mean, and who may still change them."""

from __future__ import annotations

from typing import Any

import pytest

from indicators.admin.understanding import outcome_understood, published_understood
from indicators.judging.terms import Verdict
from indicators.models import AnnualTarget, Chase, QuarterlyActual, Ruling, TargetAdjustment
from tests.admin.conftest import SignIn
from tests.admin.office import Office, address
from tests.cast import SmallPlan
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import Plan

pytestmark = pytest.mark.django_db


def test_wordings_stand_beside_what_they_mean(office: Office, sign_in: SignIn) -> None:
    client = sign_in(office.cast.auditor)
    targets = client.get(address(AnnualTarget, "changelist")).content.decode()
    assert "系统理解为" in targets
    assert "6 左右（≥ 5.9）" in targets
    for model in (AnnualTarget, QuarterlyActual, Ruling):
        page = client.get(address(model, "change", office.own[model].pk)).content.decode()
        assert "≥ 6.5" in page, model
    adjustment = client.get(address(TargetAdjustment, "changelist")).content.decode()
    assert "≥ 6" in adjustment


@pytest.mark.parametrize(
    ("wording", "shown"),
    [
        ("6.1", "6.1"),
        ("5.5以内", "不高于5.5"),
        ("Ⅱ类", "II类"),
        ("预计6.2", "预计数 6.2"),
        ("市级暂未反馈", "市级暂未反馈"),
        ("初步核算6", "6（初步核算）"),
        ("", "—"),
    ],
)
def test_what_an_entry_says_is_understood(wording: str, shown: str, cast_plan: SmallPlan) -> None:
    target = cast_plan.target()
    actual = QuarterlyActual(target=target, period=cast_plan.period, wording=wording)
    assert outcome_understood(actual) == shown


@pytest.fixture
def cast_plan(office: Office) -> SmallPlan:
    return SmallPlan.of(office.cast, year=1950)


def test_an_approved_wording_is_read_only(office: Office, superuser: User, sign_in: SignIn) -> None:
    target = office.own[AnnualTarget]
    client = sign_in(superuser)
    place = address(AnnualTarget, "change", target.pk)
    assert b'name="wording"' in client.get(place).content
    Plan.objects.filter(pk=target.plan_id).update(state="approved")
    assert b'name="wording"' not in client.get(place).content
    assert b'name="state"' not in client.get(address(Plan, "change", target.plan_id)).content
    facts = {
        "indicator": target.indicator_id, "tier": "headline", "ordinal": target.ordinal, "order": target.order,
        "name": "新名称", "unit": "%", "nature": "binding", "wording": "改写", "plan": target.plan_id,
    }  # fmt: skip
    assert client.post(place, facts).status_code == 302
    target.refresh_from_db()
    assert (target.name, target.wording) == ("新名称", "6.5以上")


def test_adjustments_and_reminders_bear_who_wrote_them(office: Office, sign_in: SignIn) -> None:
    target = office.own[AnnualTarget]
    facts = {"target": target.pk, "wording": "5以上", "approved_by": "测试会议"}
    sign_in(office.cast.publisher).post(address(TargetAdjustment, "add"), facts)
    assert TargetAdjustment.objects.latest("id").entered_by == office.cast.publisher
    facts = {"request": office.own[Chase].request_id, "on": "1999-07-02", "channel": "公函"}
    sign_in(office.cast.reviewer).post(address(Chase, "add"), facts)
    assert Chase.objects.latest("id").by == office.cast.reviewer


def test_a_ruling_is_given_on_what_is_judged_now(
    office: Office, cast_plan: SmallPlan, sign_in: SignIn
) -> None:
    client = sign_in(office.cast.reviewer)
    open_row = cast_plan.approved(cast_plan.target("6左右"), "5.7")
    clear_row = cast_plan.approved(cast_plan.target("6左右"), "3")
    facts = {"verdict": Verdict.MET, "reason": "测试理由"}
    page = client.post(address(Ruling, "add"), {**facts, "actual": clear_row.pk}).content.decode()
    assert "只有待认定的数据才能人工认定" in page
    unsubmitted = {**facts, "actual": office.own[QuarterlyActual].pk}
    assert "尚未报送" in client.post(address(Ruling, "add"), unsubmitted).content.decode()
    assert client.post(address(Ruling, "add"), {**facts, "actual": open_row.pk}).status_code == 302
    ruling = Ruling.objects.latest("id")
    assert (ruling.wording, ruling.rule_set) == ("6左右", cast_plan.plan.rule_set)


def test_whoever_corrects_an_adjustment_did_not_enter_it(
    office: Office, superuser: User, sign_in: SignIn
) -> None:
    adjustment = office.own[TargetAdjustment]
    facts = {"target": adjustment.target_id, "wording": "6以上", "approved_by": "测试会议（更名）"}
    assert (
        sign_in(superuser).post(address(TargetAdjustment, "change", adjustment.pk), facts).status_code == 302
    )
    adjustment.refresh_from_db()
    assert (adjustment.approved_by, adjustment.entered_by) == ("测试会议（更名）", office.cast.publisher)
    chase = office.own[Chase]
    facts = {"request": chase.request_id, "on": "1999-07-03", "channel": "电话"}
    assert sign_in(superuser).post(address(Chase, "change", chase.pk), facts).status_code == 302
    chase.refresh_from_db()
    assert (str(chase.on), chase.by) == ("1999-07-03", office.cast.reviewer)


@pytest.mark.parametrize(
    ("reading", "shown"),
    [
        ({"kind": "range", "low": "6", "high": "6.5"}, "≥ 6 且 ≤ 6.5"),
        ({"kind": "above", "low": "0", "low_open": True, "high": None}, "> 0"),
        ({"kind": "trend", "low": None, "high": None}, "趋势"),
        ({"kind": "composite", "parts": [{"kind": "plain", "low": "1"}, {"kind": "rank"}]}, "≥ 1；位次"),
    ],
)
def test_a_published_reading_in_short(reading: dict[str, Any], shown: str) -> None:
    assert published_understood(reading) == shown
