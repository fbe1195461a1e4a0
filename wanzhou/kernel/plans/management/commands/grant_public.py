"""`manage.py grant_public ROLE`: let a database role read what is published, and nothing else."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg2 import sql

from wanzhou.kernel.plans.public import PUBLIC_TABLES

# Tables, views and the like of our schema that the role can read though it should not, or can change at all.
_TOO_MUCH = """
SELECT relname FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')
  AND (has_table_privilege(%(role)s, oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
    OR relname <> ALL (%(tables)s) AND has_any_column_privilege(%(role)s, oid, 'SELECT'))
ORDER BY relname
"""


class Command(BaseCommand):
    """Grant exactly that to a role that exists; to be repeated after an upgrade."""

    help = "让数据库角色只能读取已发布的内容，供公开部分单独运行时使用；其他权限收回，可反复执行。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", metavar="ROLE", help="已有的数据库角色")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Grant, then ask the database whether that is all; a refusal changes nothing."""
        role = options["role"]
        with connection.cursor() as cursor:
            refuse_unfit(cursor, role)
            grant(cursor, role)
            refuse_too_much(cursor, role)
        self.stdout.write(f"角色“{role}”现在只能读取 {len(PUBLIC_TABLES)} 张表：{'、'.join(PUBLIC_TABLES)}。")


def refuse_unfit(cursor: CursorWrapper, role: str) -> None:
    """Raise CommandError for a role that is not there, or that no grant could hold back."""
    cursor.execute("SELECT oid, rolsuper FROM pg_roles WHERE rolname = %s", [role])
    found = cursor.fetchone()
    if found is None:
        raise CommandError(
            f"数据库角色“{role}”不存在；请先建立，例如：CREATE ROLE 角色名 LOGIN PASSWORD '口令'。"
        )
    oid, superuser = found
    if superuser:
        raise CommandError(f"角色“{role}”是超级用户，权限对它不起作用；请另建一个普通角色。")
    cursor.execute(
        "SELECT EXISTS (SELECT 1 FROM pg_class WHERE relowner = %s"
        " AND relnamespace = current_schema()::regnamespace)",
        [oid],
    )
    if cursor.fetchone()[0]:
        raise CommandError(f"角色“{role}”是本系统数据表的所有者，不能用于公开部分；请另建一个普通角色。")


def grant(cursor: CursorWrapper, role: str) -> None:
    """Take back what the role holds on our tables, then give it what the public reads."""
    cursor.execute("SELECT current_database(), current_schema()")
    database, schema = map(sql.Identifier, cursor.fetchone())
    tables = sql.SQL(", ").join(sql.Identifier(table) for table in PUBLIC_TABLES)
    for statement in (
        "REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role}",
        "GRANT CONNECT ON DATABASE {database} TO {role}",
        "GRANT USAGE ON SCHEMA {schema} TO {role}",
        "GRANT SELECT ON {tables} TO {role}",
    ):
        names = {"schema": schema, "database": database, "tables": tables, "role": sql.Identifier(role)}
        cursor.execute(sql.SQL(statement).format(**names))


def refuse_too_much(cursor: CursorWrapper, role: str) -> None:
    """Raise CommandError when the role can still do more, through a group or because everybody may."""
    cursor.execute(_TOO_MUCH, {"role": role, "tables": list(PUBLIC_TABLES)})
    tables = [name for (name,) in cursor.fetchall()]
    if tables:
        shown = "、".join(tables[:5]) + (f" 等 {len(tables)} 张表" if len(tables) > 5 else "")
        raise CommandError(
            f"角色“{role}”通过所属的组或公共授权还能读写 {shown}，什么也没有改动；请先收回这些权限。"
        )
