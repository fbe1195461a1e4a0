"""A vault of its own for every test of evidence."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.cast import Cast
from tests.entry.desk import EntryDesk


@pytest.fixture(autouse=True)
def vault(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ZEAL_ALLOWLIST = [{"model": "accounts.User", "field": "get()"}]
    return tmp_path / "media" / "evidence"


@pytest.fixture
def desk(cast: Cast) -> EntryDesk:
    return EntryDesk.of(cast)
