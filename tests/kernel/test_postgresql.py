"""PostgreSQL's programs are found, and its account is one that can reach them."""

import importlib.util
import os
import pwd
from pathlib import Path

import pytest

from wanzhou.kernel import postgresql
from wanzhou.kernel.postgresql import Account, Programs, Unavailable

MYSELF = Account(os.geteuid(), os.getegid())
SOMEBODY = Account(os.geteuid() + 54321, os.getegid())


def test_a_closed_environment_is_copied_to_where_the_account_can_run_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = postgresql.version
    monkeypatch.setattr(postgresql, "version", lambda *_: None)
    (copy,) = postgresql._from_wheel(tmp_path, MYSELF)
    assert copy.is_relative_to(tmp_path)
    assert real(copy, MYSELF) == 18
    made = copy.stat().st_ino
    (again,) = postgresql._from_wheel(tmp_path, MYSELF)
    assert again.stat().st_ino == made
    assert [p.name for p in tmp_path.iterdir()] == [copy.relative_to(tmp_path).parts[0]]


def test_no_programs_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WANZHOU_PG_BIN", raising=False)
    monkeypatch.setattr(importlib.util, "find_spec", lambda *_: None)
    monkeypatch.setattr(postgresql, "SYSTEM_PLACES", ())
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match=r"WANZHOU_PG_BIN.*DATABASE_URL"):
        Programs.find(tmp_path, MYSELF)


def test_a_system_s_newest_programs_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for major in ("9.6", "15", "16"):
        (tmp_path / major / "bin").mkdir(parents=True)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(postgresql, "SYSTEM_PLACES", (f"{tmp_path.relative_to('/')}/*/bin",))
    assert [place.parent.name for place in postgresql._from_system()] == ["16", "15", "9.6"]


def test_a_state_directory_that_the_account_cannot_pass_through(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with pytest.raises(Unavailable, match="WANZHOU_STATE"):
        SOMEBODY.require_passage(tmp_path)
    MYSELF.require_passage(tmp_path)


def test_a_socket_directory_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "socket").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Unavailable, match="属于别人"):
        MYSELF.own(tmp_path / "socket")


@pytest.mark.parametrize("without", [["postgres"], ["postgres", "nobody"]])
def test_root_borrows_an_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without: list[str]) -> None:
    real = pwd.getpwnam("nobody")

    def known(name: str) -> object:
        if name in without:
            raise KeyError(name)
        return real

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(pwd, "getpwnam", known)
    if "nobody" in without:
        with pytest.raises(Unavailable, match="普通用户"):
            Account.of(tmp_path)
    else:
        assert Account.of(tmp_path) == Account(real.pw_uid, real.pw_gid)
