"""The private PostgreSQL of a checkout: where it lives, and how a process joins it.

Every process that uses the server holds a shared lock, its lease, on one file; the kernel drops the lock
however the process ends. A detached guardian (`guardian.py`) keeps the server running while anybody holds a
lease, and stops it when nobody does. See docs/decisions/0002-private-postgresql.md.
"""

import contextlib
import errno
import fcntl
import hashlib
import os
import secrets
import subprocess
import sys
import threading
import time
from pathlib import Path

from wanzhou.kernel.postgresql import Unavailable

CHECKOUT = Path(__file__).resolve().parents[2]
NAME = "wanzhou"
PORT = "5432"
LONGEST_SOCKET_PATH = 100  # bytes; the system's own limit is 103 to 107
PATIENCE = 60.0  # seconds: longer than a recovery after a kill takes

_leases: dict[Path, int] = {}


def state_dir() -> Path:
    """The lasting directory outside the tree where this checkout keeps its database, secret and static files."""
    if chosen := os.environ.get("WANZHOU_STATE"):
        return Path(chosen).expanduser().absolute()
    home = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")
    parent = Path("/var/lib") if os.geteuid() == 0 else Path(home)
    return parent / "wanzhou" / _fingerprint(CHECKOUT)


def prepare(state: Path) -> None:
    """Make the state directory; root's can be passed through, because its server runs as somebody else."""
    for folder in (state.parent, state):
        if not folder.exists():
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o755 if os.geteuid() == 0 else 0o700)


def socket_dir(state: Path) -> Path:
    """The directory of the server's socket: in the state directory, or a short one where that is too long."""
    inside = state / "socket"
    if len(os.fsencode(inside / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
        return inside
    return Path("/tmp") / f"wanzhou-{os.geteuid()}-{_fingerprint(state)}"  # noqa: S108 (its owner is checked)


def address(state: Path) -> dict[str, str]:
    """Django's description of the private database; computed from paths alone, starts nothing."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": NAME,
        "USER": NAME,
        "HOST": str(socket_dir(state)),
        "PORT": PORT,
    }


def secret(state: Path) -> str:
    """This checkout's secret key, generated once; empty where the state directory cannot be used."""
    kept = state / "secret"
    try:
        if not kept.exists():
            prepare(state)
            draft = state / f"secret-{secrets.token_hex(8)}"
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
            # A link, unlike a rename, lets the first of two processes win, so that both sign alike.
            with contextlib.suppress(FileExistsError):
                os.link(draft, kept)
            draft.unlink()
        return kept.read_text()
    except OSError:
        return ""


def ensure() -> None:
    """Join this checkout's server, unless DATABASE_URL names another one."""
    if not os.environ.get("DATABASE_URL"):
        join(state_dir())


def join(state: Path) -> None:
    """Hold a lease until this process ends, and return when the server answers.

    Raises Unavailable with the reason where it cannot be started.
    """
    if state in _leases:
        return
    try:
        prepare(state)
        deadline = time.monotonic() + PATIENCE
        _leases[state] = _lease(state, deadline)
    except OSError as reason:
        raise Unavailable(
            f"状态目录 {state} 不能写入（{why(reason)}）；请用 WANZHOU_STATE 指定一个可写的目录。"
        ) from reason
    try:
        _await_answer(state, deadline)
    except BaseException:
        leave(state)
        raise
    threading.Thread(target=_stand_by, args=(state,), daemon=True, name="localpg").start()


def leave(state: Path) -> None:
    """Give the lease back; the guardian stops the server when nobody holds one."""
    os.close(_leases.pop(state))


def why(reason: OSError) -> str:
    """The reason of the operating system, in Chinese where it is a common one."""
    common = {errno.ENOSPC: "磁盘已满", errno.EDQUOT: "磁盘配额已满", errno.EROFS: "磁盘只读"}
    common |= {errno.EACCES: "没有权限", errno.EPERM: "没有权限", errno.ENOTDIR: "上级不是目录"}
    return common.get(reason.errno or 0, reason.strerror or str(reason))


def keep_over_exec() -> None:
    """Let the leases of this process pass to the program that it turns into."""
    for lease in _leases.values():
        os.set_inheritable(lease, True)


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _lease(state: Path, deadline: float) -> int:
    """Take a shared lock on the lease; a guardian that is just stopping the server holds it exclusively."""
    lease = os.open(state / "lease", os.O_RDWR | os.O_CREAT, 0o644)
    while True:
        try:
            fcntl.flock(lease, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return lease
        except BlockingIOError:
            if time.monotonic() > deadline:
                os.close(lease)
                raise Unavailable(
                    f"私有 PostgreSQL 正在停止，迟迟没有结束；详见 {state}/postgresql.log。"
                ) from None
            time.sleep(0.05)


def _await_answer(state: Path, deadline: float) -> None:
    while True:
        if _unguarded(state):
            _summon(state)
        if answers(state):
            return
        if time.monotonic() > deadline:
            raise Unavailable(
                f"私有 PostgreSQL 在 {PATIENCE:.0f} 秒内没有应答；详见 {state}/postgresql.log。"
            )
        time.sleep(0.05)


def answers(state: Path) -> bool:
    """Whether the server accepts a connection to the database now."""
    import psycopg2  # here, because reading settings or judging needs no driver

    try:
        psycopg2.connect(host=str(socket_dir(state)), port=PORT, user=NAME, dbname=NAME).close()
    except psycopg2.OperationalError:
        return False
    return True


def _unguarded(state: Path) -> bool:
    """Whether no guardian lives, which its lock tells however it died."""
    guard = os.open(state / "guardian", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(guard, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(guard)
    return True


def _summon(state: Path) -> None:
    """Start a guardian and wait for its one line: empty when the server is up or guarded by another."""
    with open(state / "guardian.log", "ab") as log:
        guardian = subprocess.run(
            [sys.executable, "-m", "wanzhou.kernel.guardian", state],
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
            env={**os.environ, "PYTHONUTF8": "1"},
            check=False,
        )
    if reason := guardian.stdout.decode().strip():
        raise Unavailable(reason)


def _stand_by(state: Path) -> None:
    """Summon another guardian whenever the present one is killed, as long as this process holds its lease."""
    guard = os.open(state / "guardian", os.O_RDWR | os.O_CREAT, 0o644)
    while state in _leases:
        fcntl.flock(guard, fcntl.LOCK_SH)
        fcntl.flock(guard, fcntl.LOCK_UN)
        try:
            if state in _leases:
                _summon(state)
        except FileNotFoundError:
            break  # the state directory was removed: there is nothing left to stand by
        except (Unavailable, OSError) as reason:
            print(reason, file=sys.stderr)
            time.sleep(5)
    os.close(guard)
