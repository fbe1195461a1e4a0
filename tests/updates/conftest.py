"""A department with projects to report on."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.updates.desk import UpdatesDesk


@pytest.fixture
def desk(cast: Cast) -> UpdatesDesk:
    return UpdatesDesk.of(cast)
