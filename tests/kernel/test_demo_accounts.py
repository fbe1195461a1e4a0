"""The accounts of the first start: one for each role, each password shown once."""

import io
import re

import pytest
from django.core.management import CommandError, call_command

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.accounts.roles import Role


def made(**options: bool) -> dict[str, str]:
    said = io.StringIO()
    call_command("create_demo_accounts", stdout=said, **options)
    return dict(re.findall(r"^  (\w+) +(\S+)  ", said.getvalue(), re.M))


@pytest.fixture
def roles(db: None) -> None:
    call_command("apply_roles", stdout=io.StringIO())


@pytest.mark.usefixtures("roles")
def test_each_role_has_an_account_that_can_sign_in_with_the_password_shown() -> None:
    passwords = made()
    assert set(passwords) == {role.value for role in Role}
    for role in Role:
        account = User.objects.get(username=role.value)
        assert account.check_password(passwords[role.value])
        assert account.has_role(role)
        assert account.is_staff
        assert not account.is_superuser


@pytest.mark.usefixtures("roles")
def test_accounts_that_exist_are_left_as_they_are() -> None:
    made(only_administrator=True)
    before = User.objects.get(username="administrator").password
    assert set(made()) == {role.value for role in Role} - {"administrator"}
    assert User.objects.get(username="administrator").password == before
    assert made() == {}


@pytest.mark.usefixtures("roles")
def test_passwords_may_be_given_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANZHOU_DEMO_PASSWORD", "for-all-of-them")
    monkeypatch.setenv("WANZHOU_DEMO_PASSWORD_AUDITOR", "for-the-auditor")
    passwords = made()
    assert passwords["auditor"] == "for-the-auditor"
    assert passwords["clerk"] == "for-all-of-them"


@pytest.mark.django_db
def test_without_roles_it_says_what_to_run_first() -> None:
    with pytest.raises(CommandError, match="apply_roles"):
        made()
