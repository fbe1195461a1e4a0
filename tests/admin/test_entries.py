"""Entries at their desks: written while they are drafts, and moved by steps."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from indicators.models import Cause, QuarterlyActual, Ruling
from projects.models import AnnualTask, StatusUpdate
from tests.admin.conftest import SignIn
from tests.admin.forms import content, take
from tests.admin.office import Office, address
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import Edition, ReportingPeriod
from wanzhou.kernel.workflow.moves import State

pytestmark = pytest.mark.django_db


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


def test_a_stale_tab_writes_over_nothing_unseen(office: Office, sign_in: SignIn) -> None:
    """The second to save is told what is stored now, keeps what he typed, and decides."""
    draft = office.own[QuarterlyActual]
    place = address(QuarterlyActual, "change", draft.pk)
    stale = content(draft, value="6.9", wording="6.9")
    sign_in(office.cast.head).post(place, content(draft, value="6.5", wording="6.5"))
    clerk = sign_in(office.cast.clerk)
    page = clerk.post(place, stale).content.decode()
    assert "在您打开之后被改动过，没有保存；现在存着的是：数值 6.5" in page
    assert 'value="6.9"' in page
    assert 'name="seen" value="1"' in page
    draft.refresh_from_db()
    assert draft.wording == "6.5"
    assert clerk.post(place, {**stale, "seen": 1}).status_code == 302
    draft.refresh_from_db()
    assert (draft.wording, draft.revision) == ("6.9", 2)


def test_who_approves_changes_only_his_own(office: Office, superuser: User, sign_in: SignIn) -> None:
    draft = office.own[QuarterlyActual]
    place = address(QuarterlyActual, "change", draft.pk)
    for reader in (office.cast.reviewer, superuser):
        assert sign_in(reader).post(place, content(draft)).status_code == 403
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


def test_an_edition_may_have_no_document(office: Office, sign_in: SignIn) -> None:
    publication = office.own[AnnualTask].plan.publications.earliest("id")
    facts = {"publication": publication.pk, "title": "没有文件的版本"}
    assert sign_in(office.cast.publisher).post(address(Edition, "add"), facts).status_code == 302
    assert Edition.objects.latest("id").sha256 == ""
