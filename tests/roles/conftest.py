"""The office, with everybody who comes to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.admin.office import Office
from tests.cast import Cast


@pytest.fixture(autouse=True)
def quiet(settings: Settings, tmp_path: Path) -> None:
    """A vault of the test's own; who reads and who is read of may both be people, which is no loop over rows."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ZEAL_ALLOWLIST = [
        {"model": "accounts.User", "field": "get()"},
        {"model": "sessions.Session", "field": "get()"},
    ]


@pytest.fixture
def office(cast: Cast) -> Office:
    return Office.of(cast)
