"""`./run` as a newcomer meets it: real processes, a state directory of their own, the present environment."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from tests.places import joined, state_folder
from wanzhou.kernel import localpg, postgresql
from wanzhou.run import migrate

ROLES = ["clerk", "head", "reviewer", "publisher", "administrator", "auditor"]


def environ(state: Path, **more: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    place = {"WANZHOU_STATE": str(state), "WANZHOU_VENV": sys.prefix, "WANZHOU_PG_GRACE": "1"}
    return {**kept, **place, "LANG": "C", **more}


def run(state: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["./run", *arguments],
        cwd=localpg.CHECKOUT,
        env=environ(state, **more),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def prepared() -> Iterator[tuple[Path, str]]:
    """A state directory after the first start, and what that start said."""
    with state_folder() as folder:
        first = run(folder, "--setup")
        assert first.returncode == 0, first.stderr
        yield folder, first.stdout


@pytest.fixture
def empty() -> Iterator[Path]:
    with state_folder() as folder:
        yield folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Serving:
    """A `./run` that serves, from its line to its end."""

    def __init__(self, state: Path, port: int, *arguments: str, **more: str) -> None:
        self.address = f"http://127.0.0.1:{port}/"
        self.process = subprocess.Popen(
            ["./run", "--port", str(port), *arguments],
            cwd=localpg.CHECKOUT,
            env=environ(state, **more),
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            # Whoever runs the tests in the background has them ignore Ctrl-C, and children inherit that.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
        )
        assert self.process.stderr is not None
        self.line = self.process.stderr.readline()

    def stop(self, by: signal.Signals) -> int:
        self.process.send_signal(by)
        assert self.process.stderr is not None
        self.process.stderr.close()
        return self.process.wait(timeout=90)


def only_line(failed: subprocess.CompletedProcess[str]) -> str:
    assert failed.returncode != 0
    assert "Traceback" not in failed.stderr
    (line,) = failed.stderr.strip().splitlines()
    return line


def test_the_first_start_makes_an_account_for_each_role(prepared: tuple[Path, str]) -> None:
    _, said = prepared
    made = re.findall(r"^  (\w+) +(\S{12,})  ", said, re.M)
    assert [name for name, _ in made] == ROLES
    assert len({password for _, password in made}) == len(ROLES)


def test_the_second_start_is_quick_and_changes_nothing(prepared: tuple[Path, str]) -> None:
    state, _ = prepared
    before = {path: path.stat().st_mtime_ns for path in (state / "static").rglob("*")}
    began = time.monotonic()
    second = run(state, "--setup")
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert time.monotonic() - began < 15
    assert before == {path: path.stat().st_mtime_ns for path in (state / "static").rglob("*")}


def test_it_serves_and_a_kill_does_not_block_the_next_start(prepared: tuple[Path, str]) -> None:
    state, _ = prepared
    port = free_port()
    site = Serving(state, port)
    assert site.address in site.line
    with urllib.request.urlopen(site.address + "healthz", timeout=10) as answer:
        assert answer.status == 200
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "已被占用" in only_line(run(state, "--port", str(port)))
    site.stop(signal.SIGKILL)

    again = Serving(state, port)
    assert again.address in again.line
    assert again.stop(signal.SIGTERM) == 0


@contextlib.contextmanager
def reading_role(state: Path) -> Iterator[str]:
    """A role that may sign in to the prepared database and nothing else; its DATABASE_URL."""
    place = str(localpg.socket_dir(state))
    with (
        joined(state),
        closing(psycopg2.connect(host=place, user=localpg.NAME, dbname=localpg.NAME)) as connection,
    ):
        connection.autocommit = True
        connection.cursor().execute("CREATE ROLE portal LOGIN")
        try:
            yield f"postgres://portal@{place.replace('/', '%2F')}/{localpg.NAME}"
        finally:
            connection.cursor().execute("DROP OWNED BY portal; DROP ROLE portal")


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return int(error.code)


def test_the_public_part_runs_on_a_role_that_only_reads(prepared: tuple[Path, str]) -> None:
    state, _ = prepared
    with reading_role(state) as url:
        part = {"SITE_PART": "public", "DATABASE_URL": url}
        assert "manage.py grant_public portal" in only_line(run(state, "--setup", **part))
        granted = subprocess.run(
            [sys.executable, "manage.py", "grant_public", "portal"],
            cwd=localpg.CHECKOUT,
            env=environ(state),
            check=False,
        )
        assert granted.returncode == 0
        port = free_port()
        site = Serving(state, port, **part)
        assert site.address in site.line
        with urllib.request.urlopen(site.address + "sitemap.xml", timeout=30) as answer:
            assert "Set-Cookie" not in answer.headers
            pages = re.findall(r"<loc>([^<]+)</loc>", answer.read().decode())
        assert len(pages) > 5
        assert [page for page in pages if status(page) != 200] == []
        for address in ("admin/", "admin/login/", "styleguide/"):
            assert status(site.address + address) == 404
        assert site.stop(signal.SIGTERM) == 0


def test_the_staff_part_has_the_desks_alone(prepared: tuple[Path, str]) -> None:
    state, _ = prepared
    site = Serving(state, free_port(), SITE_PART="staff")
    with urllib.request.urlopen(site.address, timeout=30) as answer:
        assert urlsplit(answer.url).path == "/admin/login/"
    assert status(site.address + "healthz") == 200
    with pytest.raises(urllib.error.HTTPError, match="404") as refused:
        urllib.request.urlopen(site.address + "2022/", timeout=30)
    page = refused.value.read().decode()
    assert "回到工作台" in page
    assert "/search/" not in page
    assert site.stop(signal.SIGTERM) == 0


def test_the_public_part_prepares_nothing_that_it_may_not_write(empty: Path) -> None:
    """Where nothing is prepared yet and the role may not make tables, the start says who must."""
    with joined(empty):
        place = str(localpg.socket_dir(empty))
        with closing(psycopg2.connect(host=place, user=localpg.NAME, dbname=localpg.NAME)) as connection:
            connection.autocommit = True
            connection.cursor().execute("CREATE ROLE portal LOGIN")
        url = f"postgres://portal@{place.replace('/', '%2F')}/{localpg.NAME}"
        refused = run(empty, "--setup", SITE_PART="public", DATABASE_URL=url)
        assert "SITE_PART=staff ./run --setup" in only_line(refused)


def test_development_shows_the_page_of_errors(prepared: tuple[Path, str]) -> None:
    state, _ = prepared
    port = free_port()
    site = Serving(state, port, "--dev")
    deadline = time.monotonic() + 30
    while True:
        try:
            urllib.request.urlopen(site.address + "no-such-page", timeout=10)
        except urllib.error.HTTPError as answer:
            page = answer.read().decode()
            break
        except urllib.error.URLError:
            assert time.monotonic() < deadline
            time.sleep(0.2)
    assert "DEBUG = True" in page
    site.stop(signal.SIGINT)


def test_empty_makes_one_administrator_and_no_plan(empty: Path) -> None:
    started = run(empty, "--setup", "--empty", WANZHOU_DEMO_PASSWORD="given-by-the-office")
    assert started.returncode == 0, started.stderr
    assert re.findall(r"^  (\w+) +(\S+)  ", started.stdout, re.M) == [
        ("administrator", "given-by-the-office")
    ]
    place = str(localpg.socket_dir(empty))
    with (
        joined(empty),
        closing(psycopg2.connect(host=place, user=localpg.NAME, dbname=localpg.NAME)) as connection,
    ):
        cursor = connection.cursor()
        cursor.execute("SELECT count(*) FROM plans_plan")
        assert cursor.fetchone() == (0,)


@pytest.mark.skipif(not list(postgresql._from_system()), reason="no PostgreSQL on this system")
def test_another_postgresql(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's own PostgreSQL stands in for the office's server; DATABASE_URL names it."""
    server, state = empty / "server", empty / "state"
    localpg.prepare(server)
    monkeypatch.setenv("WANZHOU_PG_BIN", str(next(postgresql._from_system())))
    monkeypatch.setenv("WANZHOU_PG_GRACE", "1")
    place = str(localpg.socket_dir(server)).replace("/", "%2F")
    with joined(server):
        started = run(state, "--setup", DATABASE_URL=f"postgres://{localpg.NAME}@{place}/{localpg.NAME}")
    assert started.returncode == 0, started.stderr
    assert not list(state.glob("postgresql-*")), "no private server beside it"


@pytest.mark.parametrize(
    ("arguments", "more", "says"),
    [
        ([], {"DATABASE_URL": "postgres://nobody:x@127.0.0.1:1/none"}, "数据库连接不上；请检查 DATABASE_URL"),
        ([], {"DATABASE_URL": "sqlite:///plans.db"}, "DATABASE_URL 不是 PostgreSQL 的地址"),
        ([], {"DATABASE_URL": "postgres://u@h:port/b"}, "docs/settings.md"),
        ([], {"WANZHOU_STATE": "/dev/null/state"}, "WANZHOU_STATE"),
        ([], {"WANZHOU_VENV": "/dev/null/venv"}, "WANZHOU_VENV"),
        ([], {"WANZHOU_PG_BIN": "/nowhere"}, "WANZHOU_PG_BIN"),
        (["--port", "99999"], {}, "--port"),
    ],
)
def test_a_failure_is_one_line_that_says_what_to_do(
    empty: Path, arguments: list[str], more: dict[str, str], says: str
) -> None:
    port = [] if arguments else ["--setup"]
    assert says in only_line(run(empty, *port, *arguments, **more))


def test_data_of_another_version_is_left_alone(empty: Path) -> None:
    (empty / "postgresql-14").mkdir()
    (empty / "postgresql-14/PG_VERSION").write_text("14\n")
    assert "属于 PostgreSQL 14" in only_line(run(empty, "--setup"))


def test_no_python_that_is_new_enough(empty: Path) -> None:
    for program in ("dirname", "sh"):
        found = shutil.which(program)
        assert found
        (empty / program).symlink_to(found)
    assert "Python 3.11" in only_line(run(empty, PATH=str(empty)))


def test_judging_needs_no_database_and_starts_none(empty: Path) -> None:
    judged = subprocess.run(
        [sys.executable, "manage.py", "judge"],
        cwd=localpg.CHECKOUT,
        env=environ(empty),
        input='{"target": "6左右", "outcome": "3.5", "unit": "%"}\n',
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert judged.returncode == 0, judged.stderr
    assert '"missed"' in judged.stdout
    assert not list(empty.glob("postgresql*"))
    assert not (empty / "lease").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("pending", "called"), [([], []), ([object()], ["migrate", "apply_roles"])])
def test_a_new_release_gives_its_roles_what_it_can_do(
    pending: list[object], called: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[str] = []
    monkeypatch.setattr(
        "django.db.migrations.executor.MigrationExecutor.migration_plan", lambda *_arguments: pending
    )
    monkeypatch.setattr("django.core.management.call_command", lambda name, **_options: commands.append(name))
    migrate()
    assert commands == called
