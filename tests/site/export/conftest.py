"""The real plans as a folder, exported once, with figures beside them that nobody may ever read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.pages.conftest import year_over
from tests.planted import plant
from wanzhou.kernel.pages.asof import as_of
from wanzhou.site.dashboard.sitemap import addresses
from wanzhou.site.export.exporting import Exported, export

__all__ = ["year_over"]

ADDRESS = "https://portal.example.cn/plan"


@dataclass(frozen=True)
class Written:
    """What one export wrote, twice, and what was listed as public then."""

    folder: Path
    again: Path
    exported: Exported
    listed: tuple[str, ...]


_written: list[Written] = []


@pytest.fixture
def written(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, settings: Settings
) -> Written:
    """The real plans, exported below an address with a path; made by the first test that asks."""
    if not _written:
        request.getfixturevalue("loaded_plans")
        plant(request.getfixturevalue("cast"))
        settings.SITE_ADDRESS = ADDRESS
        folder = tmp_path_factory.mktemp("export")
        today = as_of("")
        exported = export(folder / "plan", today)
        export(folder / "again", as_of(""))
        listed = tuple(address.path for address in addresses(today.moment))
        _written.append(Written(folder / "plan", folder / "again", exported, listed))
    return _written[0]
