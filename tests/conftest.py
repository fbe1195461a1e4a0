"""What every test stands on: the private server (or the one in DATABASE_URL)."""

import os

import pytest

from tests.cast import Cast
from wanzhou.kernel import localpg

# The synchronous browser driver runs an event loop, in which Django would refuse to use the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Join the server as soon as the first test needs the database, and not before."""
    localpg.ensure()


@pytest.fixture
def cast(db: None) -> Cast:
    """The people of the tests, one for each role."""
    return Cast.assemble()
