"""The office, and whoever sits at its desks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from tests.admin.office import Office
from tests.cast import Cast
from wanzhou.kernel.accounts.models import User

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def reader_and_row_may_both_be_people(settings: Settings) -> None:
    """A person's page gets two people, one each: who reads and who is read of; that is no loop over rows.

    Nor is it one when Django, to end a session, reads it again.
    """
    settings.ZEAL_ALLOWLIST = [
        {"model": "accounts.User", "field": "get()"},
        {"model": "sessions.Session", "field": "get()"},
    ]


@pytest.fixture
def office(cast: Cast) -> Office:
    return Office.of(cast)


@pytest.fixture
def sign_in() -> SignIn:
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def superuser(db: None) -> User:
    return User.objects.create_superuser("test-superuser", last_name="超级")
