"""The public part of the site can run on a database role that reads what is published, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from wanzhou.kernel.plans.public import PUBLIC_TABLES

pytestmark = pytest.mark.django_db


@pytest.fixture
def role(db: None) -> str:
    """A role with an awkward name; it goes when the test's transaction does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        name = f"public {cursor.fetchone()[0]}"
        cursor.execute(f'CREATE ROLE "{name}"')
    return name


@contextmanager
def acting_as(role: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f'SET ROLE "{role}"')
        try:
            yield
        finally:
            cursor.execute("RESET ROLE")


def granted(role: str) -> str:
    said = StringIO()
    call_command("grant_public", role, stdout=said)
    return said.getvalue()


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def refused(sql: str) -> bool:
    try:
        run(sql)
    except ProgrammingError as error:
        return "permission denied" in str(error)
    return False


def test_it_reads_what_is_published_and_is_refused_everything_else(role: str) -> None:
    assert granted(role) == granted(role)  # again and again
    private = set(connection.introspection.table_names()) - set(PUBLIC_TABLES)
    assert {"indicators_quarterlyactual", "accounts_user", "projects_statusupdate"} < private
    with acting_as(role):
        for table in PUBLIC_TABLES:
            run(f"SELECT * FROM {table}")
            assert refused(f"UPDATE {table} SET id = id")
            assert refused(f"DELETE FROM {table}")
        assert [table for table in sorted(private) if not refused(f'SELECT * FROM "{table}"')] == []


@pytest.mark.parametrize(
    "address",
    ["/", "/2022/", "/2023/?period=first_half", "/2022/indicators.json", "/2023/projects.json"],
)
def test_the_public_pages_need_no_more(loaded_plans: None, role: str, client: Client, address: str) -> None:
    granted(role)
    with acting_as(role):
        assert client.get(address).status_code == 200


def test_what_the_role_held_before_is_taken_back(role: str) -> None:
    run(f'GRANT SELECT, UPDATE ON accounts_user, plans_plan TO "{role}"')
    run(f'GRANT SELECT (username) ON accounts_user TO "{role}"')
    granted(role)
    with acting_as(role):
        assert refused("SELECT username FROM accounts_user")
        assert refused("UPDATE plans_plan SET id = id")


def test_a_role_that_is_not_there() -> None:
    with pytest.raises(CommandError, match="数据库角色“nobody-here”不存在"):
        granted("nobody-here")


def test_a_role_that_no_grant_could_hold_back(role: str) -> None:
    run(f'ALTER ROLE "{role}" SUPERUSER')
    with pytest.raises(CommandError, match="是超级用户"):
        granted(role)


def test_the_owner_of_the_tables(role: str) -> None:
    run(f'CREATE TABLE of_the_role (); ALTER TABLE of_the_role OWNER TO "{role}"')
    with pytest.raises(CommandError, match="的所有者"):
        granted(role)


def test_a_role_that_reads_more_through_its_group(role: str) -> None:
    run(f'CREATE ROLE "{role} group"; GRANT "{role} group" TO "{role}"')
    run(f'GRANT SELECT ON accounts_user TO "{role} group"')
    with pytest.raises(CommandError, match="通过所属的组或公共授权还能读写 accounts_user，什么也没有改动"):
        granted(role)
    with acting_as(role):
        assert refused("SELECT * FROM plans_plan")
