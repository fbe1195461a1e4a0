"""What the tests at the door share."""

from __future__ import annotations

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def django_looks_twice(settings: Settings) -> None:
    """To end a session Django reads it again; a person's desk reads two people, one each: no loops over rows."""
    settings.ZEAL_ALLOWLIST = [
        {"model": "sessions.Session", "field": "get()"},
        {"model": "accounts.User", "field": "get()"},
    ]
