"""The role policy: read from its file, written into the groups, and nothing beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from tests.cast import Cast
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.accounts.policy import PolicyError, apply_policy, read_policy, system_account
from wanzhou.kernel.accounts.roles import Role, SystemAccount

# What each role may do with each act, as DOMAIN §9 has it.
ACTS = {
    "indicators.submit_quarterlyactual": {Role.CLERK, Role.HEAD, Role.REVIEWER, Role.PUBLISHER},
    "indicators.approve_quarterlyactual": {Role.REVIEWER, Role.PUBLISHER},
    "indicators.publish_quarterlyactual": {Role.PUBLISHER},
    "indicators.add_quarterlyactual": {Role.CLERK, Role.HEAD, Role.REVIEWER, Role.PUBLISHER},
    "indicators.delete_quarterlyactual": set[Role](),
    "indicators.view_quarterlyactual": set(Role) - {Role.ADMINISTRATOR},
    "indicators.view_every_department": {Role.REVIEWER, Role.PUBLISHER, Role.AUDITOR},
    "indicators.submit_ruling": {Role.REVIEWER, Role.PUBLISHER},
    "indicators.publish_ruling": {Role.PUBLISHER},
    "indicators.add_targetadjustment": {Role.PUBLISHER},
    "indicators.change_annualtarget": {Role.PUBLISHER},
    "projects.submit_statusupdate": {Role.CLERK, Role.HEAD, Role.REVIEWER, Role.PUBLISHER},
    "projects.approve_statusupdate": {Role.REVIEWER, Role.PUBLISHER},
    "projects.publish_statusupdate": {Role.PUBLISHER},
    "plans.add_publication": {Role.PUBLISHER},
    "plans.change_publication": set[Role](),
    "accounts.change_user": {Role.ADMINISTRATOR},
    "accounts.view_user": {Role.ADMINISTRATOR, Role.AUDITOR},
}


@pytest.mark.django_db
@pytest.mark.parametrize("permission", ACTS)
def test_who_may_do_what(cast: Cast, permission: str) -> None:
    holders = {role for role in Role if getattr(cast, role.value).has_perm(permission)}
    assert holders == ACTS[permission]


@pytest.mark.django_db
def test_the_auditor_reads_everything_and_writes_nothing(cast: Cast) -> None:
    granted = cast.auditor.get_all_permissions()
    assert granted
    assert {code.split(".")[1].split("_")[0] for code in granted} == {"view"}


@pytest.mark.django_db
def test_applying_takes_away_what_the_policy_does_not_say(cast: Cast) -> None:
    group = Group.objects.get(name=Role.CLERK.label)
    group.permissions.add(Permission.objects.get(codename="delete_user"))
    before = apply_policy(settings.ROLES_FILE)
    assert apply_policy(settings.ROLES_FILE) == before
    assert not group.permissions.filter(codename="delete_user").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("account", list(SystemAccount))
def test_nobody_can_sign_in_as_the_system(account: SystemAccount) -> None:
    person = system_account(account)
    assert not person.has_usable_password()
    assert not person.is_staff
    assert authenticate(RequestFactory().post("/"), username=account.value, password="") is None
    person.set_password("given-by-mistake")
    person.is_staff = True
    person.save()
    assert (
        authenticate(RequestFactory().post("/"), username=account.value, password="given-by-mistake") is None
    )
    assert str(system_account(account)) == account.label
    assert User.objects.filter(username=account.value).count() == 1


@pytest.mark.django_db
def test_a_name_is_written_family_name_first(cast: Cast) -> None:
    assert str(cast.clerk) == "测试填报员"
    assert str(User(username="bare")) == "bare"
    assert cast.clerk.has_role(Role.CLERK)
    assert not cast.clerk.has_role(Role.HEAD)


def test_a_policy_without_a_role_is_refused(tmp_path: Path) -> None:
    policy = tmp_path / "roles.toml"
    policy.write_text("[clerk]\npermissions = []\n", encoding="utf-8")
    with pytest.raises(PolicyError, match="auditor"):
        read_policy(policy)


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["indicators.fly_quarterlyactual", "nowhere.view_*"])
def test_a_policy_that_names_an_unknown_permission_is_refused(
    tmp_path: Path, settings: object, wrong: str
) -> None:
    text = "\n".join(f'[{role.value}]\npermissions = ["{wrong}"]' for role in Role)
    policy = tmp_path / "roles.toml"
    policy.write_text(text, encoding="utf-8")
    settings.ROLES_FILE = policy  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="没有权限"):
        call_command("apply_roles")
    assert not Group.objects.exists()


@pytest.mark.django_db
def test_the_command_says_what_each_role_got(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("apply_roles")
    said = capsys.readouterr().out
    assert all(f"{role.label}：" in said for role in Role)
