"""The private server: whoever is killed, at whatever moment, no committed row is lost and the next start works.

These tests kill real processes of a real server in a state directory of their own.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest
from django.db.backends.postgresql.psycopg_any import is_psycopg3

from tests.places import joined, state_folder
from wanzhou.kernel import localpg, postgresql
from wanzhou.kernel.postgresql import Unavailable

USER = """
import sys, time
from pathlib import Path
from wanzhou.kernel import localpg
localpg.join(Path(sys.argv[1]))
print("joined", flush=True)
time.sleep(600)
"""


@pytest.fixture(autouse=True, scope="module")
def short_grace() -> Iterator[None]:
    """A guardian that waits one second for the next user, where the real one waits longer."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WANZHOU_PG_GRACE", "1")
        yield


@pytest.fixture
def new_state() -> Iterator[Path]:
    with state_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def state(short_grace: None) -> Iterator[Path]:
    """One state directory for the tests that can share a server; each looks for the row that it wrote."""
    with state_folder() as folder:
        with joined(folder), Connected(folder) as cursor:
            cursor.execute("CREATE TABLE kept (row text)")
        yield folder


class Connected:
    """A cursor whose statements are committed as they are made."""

    def __init__(self, state: Path) -> None:
        self.connection = psycopg2.connect(
            host=str(localpg.socket_dir(state)), port=localpg.PORT, user=localpg.NAME, dbname=localpg.NAME
        )
        self.connection.autocommit = True

    def __enter__(self) -> "psycopg2.extensions.cursor":
        return self.connection.cursor()

    def __exit__(self, *reason: object) -> None:
        self.connection.close()


class Someone:
    """Another process that uses the server."""

    def __init__(self, state: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER, state], cwd=localpg.CHECKOUT, stdout=subprocess.PIPE, text=True
        )

    def joined(self) -> "Someone":
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "joined\n"
        return self

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


def guardians(state: Path) -> list[int]:
    return [pid for pid, words in processes() if words[1:] == ["-m", "wanzhou.kernel.guardian", str(state)]]


def postmasters(state: Path) -> list[int]:
    return [pid for pid, words in processes() if words[1:2] == ["-D"] and words[2].startswith(f"{state}/")]


def processes() -> list[tuple[int, list[str]]]:
    listed = subprocess.run(["ps", "-axo", "pid=,stat="], capture_output=True, text=True, check=True).stdout
    alive = [int(line.split()[0]) for line in listed.splitlines() if "Z" not in line.split()[1]]
    found = []
    for pid in alive:
        try:
            found.append((pid, Path(f"/proc/{pid}/cmdline").read_text().rstrip("\0").split("\0")))
        except OSError:
            continue
    return found


def stop_all(state: Path) -> None:
    """Wait for the guardian to stop the server by itself."""
    wait_until(lambda: not guardians(state) and not postmasters(state))


def wait_until(true: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def write(state: Path, row: str) -> None:
    with Connected(state) as cursor:
        cursor.execute("INSERT INTO kept VALUES (%s)", [row])


def rows(state: Path) -> set[str]:
    with Connected(state) as cursor:
        cursor.execute("SELECT row FROM kept")
        return {row for (row,) in cursor.fetchall()}


def test_the_driver_is_psycopg2() -> None:
    assert not is_psycopg3


def test_an_address_is_computed_and_starts_nothing(tmp_path: Path) -> None:
    state = tmp_path / "state"
    assert localpg.address(state)["HOST"].startswith("/")
    assert not state.exists()


def test_a_database_that_finds_chinese_and_keeps_what_is_committed(state: Path) -> None:
    with joined(state), Connected(state) as cursor:
        cursor.execute("SHOW fsync")
        assert cursor.fetchone() == ("on",)
        cursor.execute("SHOW server_encoding")
        assert cursor.fetchone() == ("UTF8",)
        cursor.execute("SHOW listen_addresses")
        assert cursor.fetchone() == ("",)
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("SELECT similarity('万州区发展', '万州区发改') > 0.3")
        assert cursor.fetchone() == (True,)


def test_a_killed_user_neither_stops_the_server_nor_leaks_it(state: Path) -> None:
    first, second = Someone(state).joined(), Someone(state).joined()
    write(state, "killed user")
    first.kill()
    time.sleep(2)
    assert "killed user" in rows(state)
    second.kill()
    stop_all(state)


def test_a_killed_server_comes_back_while_somebody_uses_it(state: Path) -> None:
    someone = Someone(state).joined()
    write(state, "killed server")
    (server,) = postmasters(state)
    os.kill(server, signal.SIGKILL)
    wait_until(lambda: localpg.answers(state))
    assert "killed server" in rows(state)
    assert postmasters(state) != [server]
    someone.kill()


def test_a_killed_guardian_is_replaced_and_the_server_adopted(state: Path) -> None:
    someone = Someone(state).joined()
    (server,), (old,) = postmasters(state), guardians(state)
    os.kill(old, signal.SIGKILL)
    wait_until(lambda: guardians(state) not in ([], [old]))
    write(state, "killed guardian")
    assert postmasters(state) == [server]
    someone.kill()
    stop_all(state)


def test_an_orphaned_server_is_adopted_by_the_next_user(state: Path) -> None:
    someone = Someone(state).joined()
    write(state, "orphaned")
    (server,) = postmasters(state)
    someone.kill()
    for pid in guardians(state):
        os.kill(pid, signal.SIGKILL)
    with joined(state):
        assert postmasters(state) == [server]
        assert "orphaned" in rows(state)
    stop_all(state)


def test_everybody_killed_at_once(state: Path) -> None:
    someone = Someone(state).joined()
    write(state, "all killed")
    for pid in [someone.process.pid, *guardians(state), *postmasters(state)]:
        os.kill(pid, signal.SIGKILL)
    someone.kill()
    with joined(state):
        assert "all killed" in rows(state)


def test_a_stranger_with_the_process_id_of_the_dead_server_blocks_nothing(state: Path) -> None:
    with joined(state):
        write(state, "stranger")
    stop_all(state)
    (data,) = state.glob("postgresql-[0-9]*")
    stranger = subprocess.Popen(["sleep", "60"], **postgresql.Account.of(state).identity)
    noted = data / "postmaster.pid"
    noted.write_text(f"{stranger.pid}\n{data}\n1700000000\n{localpg.PORT}\n/tmp\n\n  1 1\nready   \n")
    noted.chmod(0o600)
    shutil.chown(noted, data.owner(), data.group())
    with joined(state):
        assert "stranger" in rows(state)
    stranger.kill()
    stranger.wait()


def test_a_server_killed_before_it_noted_its_process_id_blocks_nothing(state: Path) -> None:
    stop_all(state)
    (data,) = state.glob("postgresql-[0-9]*")
    for note in (data / "postmaster.pid", localpg.socket_dir(state) / f".s.PGSQL.{localpg.PORT}.lock"):
        note.touch(mode=0o600)
        shutil.chown(note, data.owner(), data.group())
    with joined(state):
        assert localpg.answers(state)


def test_two_that_start_at_once_share_one_server(state: Path) -> None:
    stop_all(state)
    both = [Someone(state), Someone(state)]
    for someone in both:
        someone.joined()
    assert len(postmasters(state)) == len(guardians(state)) == 1
    for someone in both:
        someone.kill()


@pytest.mark.parametrize("moment", [0.05, 0.2, 0.4, 0.7, 1.0])
def test_killed_while_the_data_directory_is_made(new_state: Path, moment: float) -> None:
    someone = Someone(new_state)
    time.sleep(moment)
    someone.kill()
    for pid, words in processes():
        if str(new_state) in " ".join(words):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    with joined(new_state), Connected(new_state) as cursor:
        cursor.execute("SELECT 1")
    stop_all(new_state)
    with joined(new_state):  # an orphan of the killed initdb may have written for a moment longer
        assert not list(new_state.glob("*-draft-*"))


def test_a_path_that_is_long_and_has_spaces_and_chinese(new_state: Path) -> None:
    deep = new_state / "万州 区" / ("长" * 40)
    localpg.prepare(deep)
    assert localpg.socket_dir(deep) != deep / "socket"
    with joined(deep), Connected(deep) as cursor:
        cursor.execute("SELECT 1")
    stop_all(deep)
    shutil.rmtree(localpg.socket_dir(deep))


def test_data_of_another_version_is_named_and_left(new_state: Path) -> None:
    older = new_state / "postgresql-14"
    older.mkdir()
    (older / "PG_VERSION").write_text("14\n")
    with pytest.raises(Unavailable, match=r"postgresql-14 属于 PostgreSQL 14.*WANZHOU_PG_BIN"):
        localpg.join(new_state)
    assert [p.name for p in new_state.glob("postgresql-*")] == ["postgresql-14"]


def test_a_place_without_programs(new_state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANZHOU_PG_BIN", str(new_state))
    with pytest.raises(Unavailable, match="WANZHOU_PG_BIN"):
        localpg.join(new_state)


def test_a_state_directory_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="WANZHOU_STATE"):
        localpg.join(tmp_path / "file" / "state")


@pytest.mark.skipif(not list(postgresql._from_system()), reason="no PostgreSQL on this system")
def test_the_system_s_own_programs(new_state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANZHOU_PG_BIN", str(next(postgresql._from_system())))
    with joined(new_state), Connected(new_state) as cursor:
        cursor.execute("CREATE EXTENSION pg_trgm; SELECT similarity('万州区发展', '万州区发改') > 0.3")
        assert cursor.fetchone() == (True,)


def test_a_secret_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    state = tmp_path / "state"
    first = localpg.secret(state)
    assert len(first) >= 50
    assert localpg.secret(state) == first
    assert (state / "secret").stat().st_mode & 0o777 == 0o600
    assert [p.name for p in state.iterdir()] == ["secret"]


def test_no_secret_where_nothing_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert localpg.secret(tmp_path / "file" / "state") == ""
