"""What rules, constraints and triggers refuse is said in Chinese, and nothing is lost or hidden."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import RequestFactory

from indicators.admin.rulings import CauseDesk
from indicators.models import AnnualTarget, Cause, QuarterlyActual, Ruling
from tests.admin.conftest import SignIn
from tests.admin.forms import content, take
from tests.admin.office import Office, address
from wanzhou.kernel.accounts.desks import person, refusal_of
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.workflow import actions
from wanzhou.kernel.workflow.moves import State

pytestmark = pytest.mark.django_db


def test_refused_steps_are_explained(office: Office, sign_in: SignIn) -> None:
    reviewer = sign_in(office.cast.reviewer)
    draft = office.own[QuarterlyActual]
    assert "现在是草稿，不能变为已审核" in take(reviewer, "approve_entries", draft)
    ruling = office.own[Ruling]
    take(reviewer, "submit_entries", ruling)
    assert "须由另一人审核" in take(reviewer, "approve_entries", ruling)
    ruling.refresh_from_db()
    assert ruling.state == State.SUBMITTED


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
    page = (
        sign_in(office.cast.clerk)
        .post(place, content(draft, value="9", wording="9", seen=1))
        .content.decode()
    )
    assert "内容不能这样改动" in page
    draft.refresh_from_db()
    assert str(draft.value) == "6.100000"


def test_unknown_database_errors_are_not_hidden() -> None:
    assert refusal_of(DatabaseError("connection lost")) == ""


def test_a_deletion_that_the_database_refuses_is_explained(
    office: Office, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clerk deletes a draft while a colleague submits it."""
    cause = office.submitted(Cause)
    monkeypatch.setattr(CauseDesk, "has_delete_permission", lambda *_: True)
    place = address(Cause, "delete", cause.pk)
    response = sign_in(office.cast.clerk).post(place, {"post": "yes"}, follow=True)
    assert "内容不能这样改动" in response.content.decode()
    assert Cause.objects.filter(pk=cause.pk).exists()


def test_a_step_that_the_database_refuses_is_explained(
    office: Office, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both the page and the table of moves let it through; the trigger does not."""
    cause = office.own[Cause]

    def straight_to_approved(entries: Any, *, by: User) -> list[Any]:
        with transaction.atomic():
            Cause.objects.filter(pk__in=[entry.pk for entry in entries]).update(state=State.APPROVED)
        return list(entries)

    monkeypatch.setattr(actions, "submit", straight_to_approved)
    assert "内容不能这样改动" in take(sign_in(office.cast.clerk), "submit_entries", cause)


def test_errors_that_no_rule_of_ours_made_stay_errors(
    office: Office, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out_of_reach(*_: Any, **__: Any) -> None:
        raise DatabaseError("connection lost")

    client = sign_in(office.cast.clerk)
    monkeypatch.setattr(Cause, "save", out_of_reach)
    with pytest.raises(DatabaseError):
        client.post(
            address(Cause, "change", office.own[Cause].pk),
            {
                "target": office.own[Cause].target_id,
                "period": office.own[Cause].period_id,
                "text": "原因",
                "seen": office.own[Cause].revision,
            },
        )
    monkeypatch.setattr(actions, "submit", out_of_reach)
    with pytest.raises(DatabaseError):
        take(client, "submit_entries", office.own[Cause])


def test_only_the_signed_in_reach_a_desk() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    with pytest.raises(PermissionDenied):
        person(request)
