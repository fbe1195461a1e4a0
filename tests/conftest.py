"""What every test stands on: the private server (or the one in DATABASE_URL)."""

import os
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.cast import Cast
from tests.loaded import Loaded
from tests.screens import browser, screen
from wanzhou.kernel import localpg
from wanzhou.kernel.plans.stamps import plans_at
from wanzhou.kernel.remembered import Remembered

# One browser for the whole run: its driver allows no second one beside it.
__all__ = ["browser", "screen"]

# The synchronous browser driver runs an event loop, in which Django would refuse to use the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Join the server as soon as the first test needs the database, and not before."""
    localpg.ensure()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """At the end nobody may still hold the tests' database: a thread of the live server may, for a moment."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Nothing that another test was told is kept or known."""
    cache.clear()
    plans_at.cache_clear()
    for rows in Remembered.everything:
        rows.forget()


@pytest.fixture
def cast(db: None) -> Cast:
    """The people of the tests, one for each role."""
    return Cast.assemble()


@pytest.fixture(scope="session")
def _loaded() -> Loaded:
    return Loaded()


@pytest.fixture
def loaded_plans(db: None, _loaded: Loaded) -> None:
    """Both plans as `load_plans` publishes them; name it before `cast`, which then costs no second loading."""
    _loaded.load()
