from pathlib import Path

import pytest

from tests.site.reports.folders import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A copy of the real files."""
    return Folder.copied_to(tmp_path)
