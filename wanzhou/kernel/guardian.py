"""The guardian of the private PostgreSQL: starts it, keeps it running, stops it when nobody holds a lease.

`python -m wanzhou.kernel.guardian STATE` detaches itself, says one line on standard output (empty when all is
well, otherwise the reason in Chinese) and lives until the last lease has been given back for GRACE seconds.
There is one guardian at most; a server that survived its guardian is adopted by the next one.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from wanzhou.kernel import localpg
from wanzhou.kernel.postgresql import Account, Programs, Unavailable

GRACE = float(
    os.environ.get("WANZHOU_PG_GRACE", "5")
)  # seconds without any lease before the server is stopped
RECOVERY = 20.0  # seconds to retry a start: the last children of a killed server hold its memory for a while
STOPPING = 60.0  # seconds that a fast shutdown may take
LARGEST_LOG = 10_000_000  # bytes, after which the log begins anew
ENGLISH = {"LC_ALL": "C"}


@dataclass
class Server:
    """One data directory, named by the major version of its PostgreSQL, and the server that runs on it."""

    state: Path
    programs: Programs
    account: Account
    process: subprocess.Popen[bytes] | None = None  # None where the server was adopted

    @classmethod
    def of(cls, state: Path) -> "Server":
        account = Account.of(state)
        account.require_passage(state)
        return cls(state, Programs.find(state, account), account)

    @property
    def cluster(self) -> Path:
        return self.state / f"postgresql-{self.programs.major}"

    @property
    def log(self) -> Path:
        return self.state / "postgresql.log"

    def initialise(self) -> None:
        """Make the data directory, database included, under another name: a kill leaves nothing half-made."""
        self._refuse_other_versions()
        for leftover in self.state.glob("*-draft-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        if self.cluster.exists():
            return
        draft = self.account.own(self.state / f"postgresql-draft-{os.getpid()}")
        choices = ["--username", localpg.NAME, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
        if self.programs.major >= 17:  # where it is known, it is the same on every system
            choices += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        self._run("initdb", "-D", str(draft), *choices)
        self._run(
            "postgres", "--single", "-D", str(draft), "postgres", text=f"CREATE DATABASE {localpg.NAME}\n"
        )
        draft.rename(self.cluster)
        folder = os.open(self.state, os.O_RDONLY)
        os.fsync(
            folder
        )  # or a power cut could bring the draft's name back, and the next start would remove it
        os.close(folder)

    def _refuse_other_versions(self) -> None:
        kept = {p.parent: p.read_text().strip() for p in self.state.glob("postgresql-[0-9]*/PG_VERSION")}
        if kept and kept.get(self.cluster) != str(self.programs.major):
            folder, major = next(iter(kept.items()))
            raise Unavailable(
                f"数据目录 {folder} 属于 PostgreSQL {major}，而现有程序是 {self.programs.major}；"
                f"请用 WANZHOU_PG_BIN 指定 PostgreSQL {major} 的程序目录，或先导出数据、再移走该目录。"
            )

    def _run(self, program: str, *arguments: str, text: str = "") -> None:
        done = subprocess.run(
            [self.programs.bin / program, *arguments],
            input=text,
            text=True,
            capture_output=True,
            cwd="/",
            env={**os.environ, **ENGLISH},
            check=False,
            **self.account.identity,
        )
        if done.returncode or "ERROR:" in done.stderr:
            raise Unavailable(f"私有 PostgreSQL 的数据目录不能建立（{program}）：{last_line(done.stderr)}")

    def running(self) -> int | None:
        """The server's process id; None where a dead server left its id behind, even if another took it."""
        if self.process is not None:
            self.process.poll()  # a child that ended is gone only when it was asked after
        noted = self._noted()
        return int(noted[0]) if noted and runs_on(self.cluster, int(noted[0])) else None

    def _noted(self) -> list[str]:
        try:
            return (self.cluster / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def start(self) -> None:
        """Start the server and return when it is ready; what a killed one left behind is waited for."""
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.unlink()
        deadline = time.monotonic() + RECOVERY
        while not self._attempt():
            self._forget_empty_notes()
            if time.monotonic() > deadline:
                raise Unavailable(
                    f"私有 PostgreSQL 不能启动：{last_line(self.log.read_text())}；详见 {self.log}。"
                )
            time.sleep(0.5)

    def _forget_empty_notes(self) -> None:
        """Remove the lock files of a server that was killed between making and writing them: they name nobody."""
        for note in (
            self.cluster / "postmaster.pid",
            *localpg.socket_dir(self.state).glob(".s.PGSQL.*.lock"),
        ):
            if note.exists() and note.stat().st_size == 0:
                note.unlink()

    def _attempt(self) -> bool:
        """Start the server once; False when it gave up."""
        sockets = self.account.own(localpg.socket_dir(self.state))
        noted = self._noted()
        # The noted process is none of ours, but a stranger who was given the same id would make PostgreSQL
        # refuse. Named as its grandparent it is passed over, while the memory of a killed server is still checked.
        ignored = {"PG_GRANDPARENT_PID": noted[0] if noted else "0"}
        closed = ["-c", "listen_addresses=", "-c", "unix_socket_permissions=0700"]
        with open(self.log, "ab") as log:
            self.process = process = subprocess.Popen(
                [
                    self.programs.bin / "postgres",
                    "-D",
                    self.cluster,
                    "-p",
                    localpg.PORT,
                    "-k",
                    sockets,
                    *closed,
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
                env={**os.environ, **ENGLISH, **ignored},
                **self.account.identity,
            )
        while process.poll() is None:
            noted = self._noted()
            if noted[:1] == [str(process.pid)] and [line.strip() for line in noted[7:8]] == ["ready"]:
                return True
            time.sleep(0.02)
        return False

    def stop(self) -> None:
        """Ask for a fast shutdown, which ends open sessions and writes everything down, and wait for it."""
        deadline = time.monotonic() + STOPPING
        if pid := self.running():
            os.kill(pid, signal.SIGINT)
        while self.running() and time.monotonic() < deadline:
            time.sleep(0.05)


def runs_on(data: Path, pid: int) -> bool:
    """Whether this process is a PostgreSQL server that was started on this data directory."""
    if Path("/proc/self").exists():
        try:
            return os.fsencode(data) in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
    command = subprocess.run(
        ["ps", "-p", str(pid), "-o", "command="], capture_output=True, check=False
    ).stdout
    return os.fsencode(data) in command


def last_line(text: str) -> str:
    """The last complaint in PostgreSQL's log, as far as one line can say it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    complaints = [
        line for line in lines if any(word in line for word in ("FATAL", "ERROR", "error:", "PANIC"))
    ]
    return (complaints or lines or ["没有说明原因"])[-1]


def watch(server: Server) -> None:
    """Keep the server running until nobody has held a lease for GRACE seconds; then stop it."""
    lease = os.open(server.state / "lease", os.O_RDWR | os.O_CREAT, 0o644)
    last_seen = time.monotonic()
    while True:
        time.sleep(0.25)
        try:
            fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            last_seen = time.monotonic()
            if server.running() is None:
                keep_trying(server)
            continue
        if time.monotonic() - last_seen > GRACE:
            server.stop()  # while the lease is ours alone: who comes now waits, and starts it again
            return
        fcntl.flock(lease, fcntl.LOCK_UN)


def keep_trying(server: Server) -> None:
    """Start a server that was killed; a failure is written down, and the next round tries again."""
    try:
        server.start()
    except Unavailable as reason:
        print(reason, file=sys.stderr, flush=True)


def take_charge(state: Path) -> int | None:
    """Become the only guardian; None where there is one already."""
    guard = os.open(state / "guardian", os.O_RDWR | os.O_CREAT, 0o644)
    for _ in range(20):  # those who look whether there is a guardian hold the lock for a moment
        try:
            fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return guard
        except BlockingIOError:
            time.sleep(0.02)
    return None


def main(state: Path) -> None:
    if take_charge(state) is None:
        return
    try:
        server = Server.of(state)
        server.initialise()
        if server.running() is None:
            server.start()
    except Unavailable as reason:
        print(reason, flush=True)
        return
    except OSError as reason:
        print(f"私有 PostgreSQL 不能启动：{reason.filename or state}：{localpg.why(reason)}。", flush=True)
        return
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)  # the one line is said: whoever summoned us goes on
    watch(server)


if __name__ == "__main__":
    if os.fork() == 0:  # the parent ends at once, so that no zombie is left to whoever summoned us
        os.chdir("/")
        main(Path(sys.argv[1]))
