"""`./run`: bring the database up to date, then turn into the application server.

Every step looks first whether there is anything to do. Every failure is one Chinese line on standard error.
"""

import argparse
import contextlib
import fcntl
import hashlib
import io
import os
import socket
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from wanzhou.kernel import localpg
from wanzhou.kernel.postgresql import Unavailable

OLDEST_SERVER = 15
PORT_PATIENCE = 5.0  # seconds: the workers of a killed server let go of the port a moment later
LEFT_OUT = ["ninja"]  # its API browsers, 24 MB compressed, that no page uses: docs/decisions/0011


class Failure(Exception):
    """The start cannot go on; the message is one Chinese line that says what to do."""


def choices(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run", description="准备数据库并启动网站。", add_help=False)
    parser.add_argument("-h", "--help", action="help", help="显示本说明")
    parser.add_argument("--dev", action="store_true", help="开发方式：改动代码后自动重新载入，显示详细错误")
    parser.add_argument("--empty", action="store_true", help="首次启动时不载入数据，只建立一个管理员账号")
    parser.add_argument("--setup", action="store_true", help="只做准备，不启动网站")
    parser.add_argument(
        "--port", type=int, default=os.environ.get("WANZHOU_PORT", "8000"), help="端口，默认 8000"
    )
    return parser.parse_args(arguments)


def require_port(port: int) -> None:
    """Refuse to prepare anything for an address that cannot be had."""
    deadline = time.monotonic() + PORT_PATIENCE
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return
            except PermissionError:
                raise Failure(f"没有权限使用端口 {port}；请用 --port 指定 1024 以上的端口。") from None
            except OverflowError:
                raise Failure(f"端口 {port} 不存在；请用 --port 指定 1 到 65535 之间的端口。") from None
            except OSError:
                if time.monotonic() > deadline:
                    raise Failure(
                        f"端口 {port} 已被占用；请停止占用它的程序，或用 --port 指定另一个端口。"
                    ) from None
        time.sleep(0.2)


def load_settings() -> None:
    """Load Django; a name of the environment that cannot be understood stops here."""
    import django
    from django.conf import settings

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanzhou.settings")
    try:
        engine = settings.DATABASES["default"].get("ENGINE")
    except Exception as reason:
        raise Failure(f"环境变量里的设置不能理解（{reason}）；请对照 docs/settings.md 更正。") from reason
    if engine != "django.db.backends.postgresql":
        raise Failure("DATABASE_URL 不是 PostgreSQL 的地址；请写成 postgres://用户:密码@主机:端口/库名。")
    try:
        localpg.prepare(settings.STATE_DIR)
        tempfile.TemporaryFile(dir=settings.STATE_DIR).close()
    except OSError as reason:
        raise Failure(
            f"状态目录 {settings.STATE_DIR} 不能写入（{localpg.why(reason)}）；请用 WANZHOU_STATE 指定一个可写的目录。"
        ) from reason
    django.setup()


def require_database() -> None:
    """Join the private server, or make sure that the one in DATABASE_URL answers and is new enough."""
    from django.db import OperationalError, connection

    localpg.ensure()
    try:
        connection.ensure_connection()
    except OperationalError as reason:
        raise Failure(
            f"数据库连接不上；请检查 DATABASE_URL 和数据库服务：{' '.join(str(reason).split())}"
        ) from reason
    found = connection.connection.server_version // 10_000
    if found < OLDEST_SERVER:
        raise Failure(f"数据库是 PostgreSQL {found}；请换用 {OLDEST_SERVER} 或更新的版本。")


def may_prepare() -> bool:
    """Whether this process changes the database: the public part leaves that to whoever may write in it."""
    from django.conf import settings
    from django.db import connection

    if settings.SITE_PART != "public":
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT CASE WHEN to_regclass('plans_plan') IS NULL"
            " THEN has_schema_privilege(current_schema(), 'CREATE')"
            " ELSE has_table_privilege('plans_plan', 'INSERT') END"
        )
        return bool(cursor.fetchone()[0])


def require_readable() -> None:
    """Make sure that the tables of the public part are there, as this release knows them, and may be read."""
    from django.apps import apps
    from django.db import DatabaseError, connection
    from django.db.utils import ProgrammingError

    from wanzhou.kernel.plans.public import PUBLIC_TABLES

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        role = cursor.fetchone()[0]
    for model in (model for model in apps.get_models() if model._meta.db_table in PUBLIC_TABLES):
        try:
            list(model._default_manager.order_by()[:1])
        except ProgrammingError as reason:
            if "permission denied" in str(reason):
                raise Failure(
                    f"数据库角色“{role}”不能读取已发布的内容；请用数据表的所有者运行 manage.py grant_public {role}。"
                ) from reason
            raise Failure(
                "数据库还没有准备好，或者比程序旧；请先用能写入的数据库角色运行 SITE_PART=staff ./run --setup。"
            ) from reason
        except DatabaseError as reason:
            raise Failure(f"数据库不能读取：{' '.join(str(reason).split())}") from reason


@contextlib.contextmanager
def one_at_a_time(state: Path) -> Iterator[None]:
    """Two parts that start together prepare one after the other; the lock goes with the process."""
    with (state / "preparing.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("正在更新数据库结构……", file=sys.stderr, flush=True)
        call_command("migrate", interactive=False, verbosity=0)
        # What a new release can do, its roles may do from the first day.
        call_command("apply_roles", stdout=io.StringIO())


def fill(empty: bool) -> None:
    """On the first start: roles, plans and accounts, the accounts last, because they tell that it is done."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    if get_user_model().objects.filter(username="administrator").exists():
        return
    call_command("apply_roles", stdout=io.StringIO())
    if not empty:
        print("正在载入年度计划……", file=sys.stderr, flush=True)
        call_command("load_plans", stdout=io.StringIO())
    call_command("create_demo_accounts", only_administrator=empty)


def collect_static(state: Path) -> None:
    """Copy and compress the static files into the state directory, when any of them changed."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(LEFT_OUT):
            found = os.stat(storage.path(name))
            seen.update(f"{storage.path(name)} {found.st_size} {found.st_mtime_ns}\n".encode())
    stamp = state / "static-stamp"
    if not stamp.exists() or stamp.read_text() != seen.hexdigest():
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=LEFT_OUT)
        stamp.write_text(seen.hexdigest())


def serve(port: int, dev: bool) -> NoReturn:
    """Turn into the server, so that no process stands between it and a signal; the lease goes with it."""
    os.environ["WANZHOU_PORT"] = str(port)
    localpg.keep_over_exec()
    if dev:
        program = ["manage.py", "runserver", f"127.0.0.1:{port}"]
    else:
        program = ["-m", "gunicorn", "-c", "python:wanzhou.serving"]
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *program])


def prepare(chosen: argparse.Namespace) -> None:
    """Bring the database and the static files up to date, as far as that is for this part to do."""
    from django.conf import settings

    require_database()
    with one_at_a_time(settings.STATE_DIR):
        if may_prepare():
            migrate()
            fill(chosen.empty)
        else:
            require_readable()
        if not chosen.dev:
            collect_static(settings.STATE_DIR)


def start(chosen: argparse.Namespace) -> None:
    if chosen.dev:
        os.environ["WANZHOU_DEBUG"] = "1"
    if not chosen.setup:
        require_port(chosen.port)
    load_settings()
    prepare(chosen)
    if not chosen.setup:
        serve(chosen.port, chosen.dev)


def explain(reason: Exception) -> str:
    """One line for any failure; what nobody foresaw leaves its trace in a file."""
    from django.core.management import CommandError

    if isinstance(reason, (Failure, Unavailable, CommandError)):
        return str(reason).strip()
    if isinstance(reason, OSError):
        return f"{reason.filename or '操作系统'}：{localpg.why(reason)}；请更正后重试。"
    trace = localpg.state_dir() / "run.log"
    with contextlib.suppress(OSError):
        trace.write_text("".join(traceback.format_exception(reason)), encoding="utf-8")
    return f"启动失败（{type(reason).__name__}：{' '.join(str(reason).split())}）；详见 {trace}。"


def main(arguments: list[str]) -> None:
    chosen: Any = choices(arguments)
    try:
        start(chosen)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as reason:
        sys.exit(explain(reason))


if __name__ == "__main__":
    main(sys.argv[1:])
