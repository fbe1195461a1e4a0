"""Who gets no further than he may at the desks; who opens which page stands in tests/roles/table.txt."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db.models import Model

from indicators.models import AnnualTarget, Cause, Indicator, PublishedRow, QuarterlyActual
from projects.models import AnnualTask, Milestone, PublishedTask, StatusUpdate
from tests.admin.conftest import SignIn
from tests.admin.office import Office, address
from tests.cast import Cast
from wanzhou.kernel.accounts.models import Department, User
from wanzhou.kernel.accounts.roles import Role, SystemAccount
from wanzhou.kernel.plans.models import Publication, RuleSet

pytestmark = pytest.mark.django_db


def test_the_auditor_changes_nothing(office: Office, sign_in: SignIn) -> None:
    client = sign_in(office.cast.auditor)
    published: dict[type[Model], Any] = {Publication: Publication.objects.earliest("id")}
    for model, row in (office.theirs | published).items():
        before = model._default_manager.filter(pk=row.pk).values().get()
        for place in (address(model, "change", row.pk), address(model, "delete", row.pk)):
            assert client.post(place, {"post": "yes"}).status_code == 403
        assert model._default_manager.filter(pk=row.pk).values().get() == before


@pytest.mark.parametrize("model", [AnnualTarget, QuarterlyActual, Cause, AnnualTask, StatusUpdate, Milestone])
def test_another_departments_rows_are_out_of_reach(model: type, office: Office, sign_in: SignIn) -> None:
    client = sign_in(office.cast.clerk)
    row = office.theirs[model]
    seen = client.get(address(model, "changelist")).content.decode()
    assert address(model, "change", office.own[model].pk) in seen
    assert address(model, "change", row.pk) not in seen
    before = model._default_manager.filter(pk=row.pk).values().get()  # type: ignore[attr-defined]
    for page in ("change", "delete", "history"):
        place = address(model, page, row.pk)
        assert client.get(place).status_code in (302, 403)
        assert client.post(place, {"post": "yes", "text": "篡改", "name": "篡改"}).status_code in (302, 403)
    assert model._default_manager.filter(pk=row.pk).values().get() == before  # type: ignore[attr-defined]


def test_a_clerk_without_a_department_sees_no_row(office: Office, sign_in: SignIn) -> None:
    clerk = office.cast.clerk
    clerk.department = None
    clerk.save()
    AnnualTarget.objects.update(department=None)
    page = sign_in(clerk).get(address(AnnualTarget, "changelist")).content.decode()
    assert "0 年度目标" in page


def test_nobody_enters_for_another_department(office: Office, sign_in: SignIn) -> None:
    own, theirs = office.own, office.theirs
    client = sign_in(office.cast.clerk)
    tries = [
        (Cause, {"target": theirs[AnnualTarget].pk, "period": theirs[Cause].period_id, "text": "代填"}),
        (Milestone, {"task": theirs[AnnualTask].pk, "name": "代填"}),
        (StatusUpdate, {"task": theirs[AnnualTask].pk, "reached_stage": "started"}),
        (
            QuarterlyActual,
            {"target": theirs[AnnualTarget].pk, "period": theirs[Cause].period_id, "value": "1"},
        ),
    ]
    for model, facts in tries:
        count = model._default_manager.count()
        for place in (address(model, "add"), address(model, "change", own[model].pk)):
            page = client.post(place, facts)
            assert "选择一个有效的选项" in page.content.decode(), model
        assert model._default_manager.count() == count
    own[Cause].refresh_from_db()
    assert own[Cause].target == own[AnnualTarget]


@pytest.mark.parametrize("model", [PublishedRow, PublishedTask, Publication])
def test_what_is_published_is_read_only_for_a_superuser(
    model: type, office: Office, superuser: User, sign_in: SignIn
) -> None:
    client = sign_in(superuser)
    row = model._default_manager.earliest("pk")  # type: ignore[attr-defined]
    before = model._default_manager.filter(pk=row.pk).values().get()  # type: ignore[attr-defined]
    assert client.get(address(model, "add")).status_code == 403
    for page in ("change", "delete"):
        assert client.post(address(model, page, row.pk), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    client.post(address(model, "changelist"), chosen)
    assert model._default_manager.filter(pk=row.pk).values().get() == before  # type: ignore[attr-defined]


def test_a_new_version_of_the_rules_bears_its_author(office: Office, sign_in: SignIn) -> None:
    client = sign_in(office.cast.publisher)
    newest = RuleSet.objects.latest("version")
    facts = {
        "rate_firm": "0.2", "rate_wide": "0.5", "share_firm": "0.01", "share_wide": "0.02",
        "investment_yellow": "-10", "investment_red": "-30", "stale_days": "45", "reason": "试行后放宽",
        "start_yellow_month": "9", "start_red_month": "12",
    }  # fmt: skip
    assert client.post(address(RuleSet, "add"), facts).status_code == 302
    added = RuleSet.objects.latest("version")
    assert (added.version, added.by) == (newest.version + 1, office.cast.publisher)
    assert client.post(address(RuleSet, "change", added.pk), facts).status_code == 403


def test_a_person_gets_department_and_roles_on_one_page(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.administrator)
    clerks = Group.objects.get(name=Role.CLERK.label)
    facts = {
        "username": "new-clerk",
        "last_name": "新",
        "department": cast.department.pk,
        "groups": [clerks.pk],
    }
    assert client.post(address(User, "add"), facts).status_code == 200  # the page that shows the password
    added = User.objects.get(username="new-clerk")
    assert (added.department, list(added.groups.all()), added.is_staff) == (cast.department, [clerks], True)
    assert not added.is_superuser


@pytest.mark.parametrize("account", SystemAccount)
def test_built_in_accounts_are_nobodys(
    account: SystemAccount, cast: Cast, superuser: User, sign_in: SignIn
) -> None:
    built_in = User.objects.get(username=account)
    for person in (superuser, cast.administrator):
        client = sign_in(person)
        for place in (
            address(User, "change", built_in.pk),
            address(User, "delete", built_in.pk),
            f"/admin/accounts/user/{built_in.pk}/password/",
        ):
            assert client.post(place, {"post": "yes"}).status_code == 403
    built_in.refresh_from_db()
    assert not built_in.has_usable_password()


def test_an_administrator_gains_no_power(cast: Cast, superuser: User, sign_in: SignIn) -> None:
    administrator = cast.administrator
    client = sign_in(administrator)
    everything = [group.pk for group in Group.objects.all()]
    facts = {
        "username": administrator.username,
        "groups": everything,
        "is_superuser": "on",
        "last_name": "改名",
    }
    client.post(address(User, "change", administrator.pk), facts)
    administrator.refresh_from_db()
    assert administrator.last_name == "改名"
    assert [group.name for group in administrator.groups.all()] == [Role.ADMINISTRATOR.label]
    assert not administrator.is_superuser
    assert client.post(address(User, "change", superuser.pk), facts).status_code == 403
    assert client.post(address(User, "delete", administrator.pk), {"post": "yes"}).status_code == 403


def test_a_department_in_use_stays(office: Office, sign_in: SignIn) -> None:
    client = sign_in(office.cast.administrator)
    client.post(address(Department, "delete", office.other.pk), {"post": "yes"})
    assert Department.objects.filter(pk=office.other.pk).exists()


def test_roles_are_shown_in_words(office: Office, superuser: User, sign_in: SignIn) -> None:
    group = Group.objects.get(name=Role.AUDITOR.label)
    page = sign_in(superuser).get(address(Group, "change", group.pk)).content.decode()
    assert "季度实绩：查看" in page
    assert "季度实绩的变更记录：查看" in page
    assert str(Indicator._meta.verbose_name) in page
