"""Fifty more years for every loaded one: plans, targets, tasks and what was published of them, copied in the database.

Only for a database of its own, which `database()` makes and takes away again.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from typing import Any

from django.core.management import call_command
from django.db import connection

NAME = "wanzhou_benchmark"
TIMES = 50
# In the order of their foreign keys; each with the columns that point at rows which are copied as well.
COPIED: dict[str, dict[str, str]] = {
    "plans_plan": {},
    "plans_reportingperiod": {"plan_id": "plans_plan"},
    "plans_publication": {"plan_id": "plans_plan", "period_id": "plans_reportingperiod"},
    "indicators_annualtarget": {"plan_id": "plans_plan", "parent_id": "indicators_annualtarget"},
    "indicators_quarterlyactual": {
        "target_id": "indicators_annualtarget",
        "period_id": "plans_reportingperiod",
        "publication_id": "plans_publication",
    },
    "indicators_publishedrow": {
        "publication_id": "plans_publication",
        "target_id": "indicators_annualtarget",
        "actual_id": "indicators_quarterlyactual",
    },
    "projects_box": {"plan_id": "plans_plan"},
    "projects_annualtask": {"plan_id": "plans_plan", "box_id": "projects_box"},
    "projects_statusupdate": {"task_id": "projects_annualtask", "publication_id": "plans_publication"},
    "projects_publishedtask": {
        "publication_id": "plans_publication",
        "task_id": "projects_annualtask",
        "update_id": "projects_statusupdate",
    },
}
APART = 1_000_000  # the distance between the keys of one copy and the next


@contextlib.contextmanager
def database() -> Iterator[str]:
    """A database of its own with the real plans, as an address for DATABASE_URL; dropped at the end."""
    settings = connection.settings_dict
    home = settings["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {NAME}")
    _turn_to(NAME)
    try:
        call_command("migrate", verbosity=0)
        call_command("apply_roles", stdout=io.StringIO())
        call_command("load_plans", stdout=io.StringIO())
        yield _address(settings)
    finally:
        _turn_to(home)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


def _turn_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _address(settings: dict[str, Any]) -> str:
    host = str(settings["HOST"]).replace("/", "%2F")
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    password = f":{settings['PASSWORD']}" if settings["PASSWORD"] else ""
    return f"postgres://{settings['USER']}{password}@{host}{port}/{NAME}"


def multiply(times: int = TIMES) -> None:
    """Copy everything published `times` times into earlier years, then let the database learn the new sizes."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for copy in range(1, times + 1):
            for table, references in COPIED.items():
                _copy(cursor, table, references, copy)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")


def _copy(cursor: Any, table: str, references: dict[str, str], copy: int) -> None:
    shift = copy * APART
    columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    chosen = ", ".join(_expression(column, references, table, copy) for column in columns)
    named = ", ".join(f'"{column}"' for column in columns)
    cursor.execute(f'INSERT INTO "{table}" ({named}) SELECT {chosen} FROM "{table}" WHERE id < {APART}')  # noqa: S608
    assert cursor.rowcount or shift == 0 or table == "projects_statusupdate", table


def _expression(column: str, references: dict[str, str], table: str, copy: int) -> str:
    if column == "id" or column in references:
        return f'"{column}" + {copy * APART}'
    if table == "plans_plan" and column in {"first_year", "last_year"}:
        return f'"{column}" - {2 * copy}'
    return f'"{column}"'
