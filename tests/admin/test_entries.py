"""Entries at their desks: written while they are drafts, moved by steps, refused in Chinese."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from indicators.admin.understanding import outcome_understood
from indicators.judging.terms import OutcomeState, Verdict
from indicators.models import AnnualTarget, Cause, Chase, QuarterlyActual, Ruling, TargetAdjustment
from projects.models import AnnualTask, StatusUpdate
from tests.admin.conftest import SignIn
from tests.admin.office import Office, address
from tests.cast import SmallPlan
from wanzhou.kernel.accounts.desks import refusal_of
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import Edition, Plan, ReportingPeriod
from wanzhou.kernel.workflow import actions
from wanzhou.kernel.workflow.moves import State

pytestmark = pytest.mark.django_db


def content(draft: QuarterlyActual, **changes: Any) -> dict[str, Any]:
    """A form as the page of a figure sends it."""
    return {
        "target": draft.target_id, "period": draft.period_id, "outcome_state": OutcomeState.REPORTED,
        "value": "6.4", "wording": "6.4", "channel": "system", **changes,
    }  # fmt: skip


def take(client: Client, action: str, *entries: Any, **more: Any) -> str:
    """Choose entries in their list and take a step; the page that answers."""
    chosen = {"action": action, "_selected_action": [entry.pk for entry in entries], **more}
    response = client.post(address(type(entries[0]), "changelist"), chosen, follow=True)
    return response.content.decode()


def test_whoever_adds_an_entry_has_entered_it(office: Office, sign_in: SignIn) -> None:
    draft = office.own[QuarterlyActual]
    facts = content(draft, entered_by=office.cast.reviewer.pk, state="approved")
    office.own[Ruling].delete()
    draft.delete()
    response = sign_in(office.cast.clerk).post(address(QuarterlyActual, "add"), facts)
    assert response.status_code == 302
    added = QuarterlyActual.objects.latest("id")
    assert (added.entered_by, added.state, added.revision) == (office.cast.clerk, State.DRAFT, 0)


def test_a_draft_can_be_changed_and_then_no_more(office: Office, sign_in: SignIn) -> None:
    client = sign_in(office.cast.head)
    draft = office.own[QuarterlyActual]
    place = address(QuarterlyActual, "change", draft.pk)
    assert client.post(place, content(draft, publication=1)).status_code == 302
    draft.refresh_from_db()
    assert (str(draft.value), draft.revision, draft.entered_by) == ("6.400000", 1, office.cast.clerk)
    office.submitted(QuarterlyActual)
    assert client.post(place, content(draft, value="7", wording="7")).status_code == 403
    assert b'name="_save"' not in client.get(place).content


def test_who_approves_changes_only_his_own(office: Office, superuser: User, sign_in: SignIn) -> None:
    draft = office.own[QuarterlyActual]
    place = address(QuarterlyActual, "change", draft.pk)
    for person in (office.cast.reviewer, superuser):
        assert sign_in(person).post(place, content(draft)).status_code == 403
    ruling = office.own[Ruling]
    page = sign_in(office.cast.reviewer).get(address(Ruling, "change", ruling.pk))
    assert b'name="_save"' in page.content


def test_only_own_drafts_are_deleted(office: Office, sign_in: SignIn) -> None:
    cause = office.own[Cause]
    place = address(Cause, "delete", cause.pk)
    assert sign_in(office.cast.head).post(place, {"post": "yes"}).status_code == 403
    office.submitted(Cause)
    clerk = sign_in(office.cast.clerk)
    assert clerk.post(place, {"post": "yes"}).status_code == 403
    update = office.own[StatusUpdate]
    assert clerk.post(address(StatusUpdate, "delete", update.pk), {"post": "yes"}).status_code == 302
    assert not StatusUpdate.objects.filter(pk=update.pk).exists()


@pytest.mark.parametrize("model", [QuarterlyActual, Cause, StatusUpdate])
def test_the_way_of_an_entry(model: type, office: Office, sign_in: SignIn) -> None:
    entry = office.own[model]
    assert "已报送 1 条" in take(sign_in(office.cast.clerk), "submit_entries", entry)
    reviewer = sign_in(office.cast.reviewer)
    asked = take(reviewer, "send_back_entries", entry)
    assert "退回意见" in asked
    assert str(entry) in asked
    assert "退回须写明意见" in take(reviewer, "send_back_entries", entry, note="  ")
    assert "已退回 1 条" in take(reviewer, "send_back_entries", entry, note="请核对")
    entry.refresh_from_db()
    assert (entry.state, entry.returned_note) == (State.RETURNED, "请核对")
    take(sign_in(office.cast.head), "submit_entries", entry)
    assert "已审核通过 1 条" in take(reviewer, "approve_entries", entry)
    entry.refresh_from_db()
    assert (entry.state, entry.approved_by) == (State.APPROVED, office.cast.reviewer)


def test_refused_steps_are_explained(office: Office, sign_in: SignIn) -> None:
    reviewer = sign_in(office.cast.reviewer)
    draft = office.own[QuarterlyActual]
    assert "现在是草稿，不能变为已审核" in take(reviewer, "approve_entries", draft)
    ruling = office.own[Ruling]
    take(reviewer, "submit_entries", ruling)
    assert "须由另一人审核" in take(reviewer, "approve_entries", ruling)
    ruling.refresh_from_db()
    assert ruling.state == State.SUBMITTED


def test_steps_are_offered_to_those_who_may(office: Office, sign_in: SignIn) -> None:
    place = address(QuarterlyActual, "changelist")
    offered = {
        role: [step for step in ("submit", "approve", "send_back") if f'value="{step}_entries"' in page]
        for role in ("clerk", "reviewer", "auditor")
        for page in [sign_in(getattr(office.cast, role)).get(place).content.decode()]
    }
    everything = ["submit", "approve", "send_back"]
    assert offered == {"clerk": ["submit"], "reviewer": everything, "auditor": []}
    office.submitted(QuarterlyActual)
    take(sign_in(office.cast.clerk), "approve_entries", office.own[QuarterlyActual])
    assert not QuarterlyActual.objects.filter(state=State.APPROVED).exists()


def test_no_step_reaches_another_department(office: Office, sign_in: SignIn) -> None:
    theirs = office.theirs[QuarterlyActual]
    take(sign_in(office.cast.clerk), "submit_entries", theirs)
    theirs.refresh_from_db()
    assert theirs.state == State.DRAFT


def test_what_a_trigger_refuses_comes_back_as_a_filled_form(office: Office, sign_in: SignIn) -> None:
    client = sign_in(office.cast.clerk)
    first = office.own[AnnualTarget]
    office.furnish()
    facts = {"target": first.pk, "period": office.own[Cause].period_id, "text": "写了很久的原因"}
    page = client.post(address(Cause, "add"), facts).content.decode()
    assert "年度目标与填报期不属于同一份计划。" in page
    assert "写了很久的原因" in page


def test_a_second_unpublished_entry_is_refused(office: Office, sign_in: SignIn) -> None:
    facts = content(office.own[QuarterlyActual])
    page = sign_in(office.cast.clerk).post(address(QuarterlyActual, "add"), facts).content.decode()
    assert "这一指标这一期已有一条未发布的数据。" in page


def test_an_entry_submitted_meanwhile_is_not_overwritten(
    office: Office, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clerk saves a form while a colleague submits the entry."""
    draft = office.own[QuarterlyActual]
    monkeypatch.setattr(QuarterlyActual, "is_editable", lambda _: True)
    actions.submit([draft], by=office.cast.head)
    place = address(QuarterlyActual, "change", draft.pk)
    page = sign_in(office.cast.clerk).post(place, content(draft, value="9", wording="9")).content.decode()
    assert "内容不能这样改动" in page
    draft.refresh_from_db()
    assert str(draft.value) == "6.100000"


def test_unknown_database_errors_are_not_hidden() -> None:
    assert refusal_of(DatabaseError("connection lost")) == ""


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


def test_periods_are_opened_closed_and_declared_complete(office: Office, sign_in: SignIn) -> None:
    client = sign_in(office.cast.publisher)
    period = office.own[Cause].period
    for step in ("close_periods", "open_periods", "close_periods", "declare_complete", "declare_complete"):
        take(client, step, period)
    period.refresh_from_db()
    assert {period.opened_by, period.closed_by, period.complete_by} == {office.cast.publisher}
    assert period.opened_at < period.closed_at < period.complete_at < timezone.now()
    assert ReportingPeriod.objects.filter(complete_at__isnull=False).count() == 1


def test_an_edition_is_fingerprinted(office: Office, sign_in: SignIn, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    publication = office.own[AnnualTask].plan.publications.earliest("id")
    facts = {
        "publication": publication.pk,
        "title": "测试版本",
        "document": SimpleUploadedFile("a.txt", b"abc"),
    }
    assert sign_in(office.cast.publisher).post(address(Edition, "add"), facts).status_code == 302
    edition = Edition.objects.latest("id")
    assert edition.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert edition.document.read() == b"abc"
    edition.document.close()
