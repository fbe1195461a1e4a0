"""The virtual environment is made once, made anew when its making was interrupted, and follows the lock."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from wanzhou import environment


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    """A lock that names no package: what is tested needs no network."""
    lock = tmp_path / "requirements.txt"
    lock.write_text("# nothing\n")
    return lock


def test_it_is_made_once(lock: Path, tmp_path: Path) -> None:
    folder = tmp_path / "万州 环境"
    python = environment.make(lock, folder)
    made = (folder / "pyvenv.cfg").stat().st_mtime_ns
    assert environment.make(lock, folder) == python
    assert (folder / "pyvenv.cfg").stat().st_mtime_ns == made
    assert not (folder / "unfinished").exists()


def test_an_interrupted_one_is_made_anew(lock: Path, tmp_path: Path) -> None:
    folder = tmp_path / "venv"
    environment.make(lock, folder)
    (folder / "unfinished").touch()
    (folder / "half-installed").touch()
    (folder / "locks").unlink()
    environment.make(lock, folder)
    assert not (folder / "half-installed").exists()


def test_one_whose_python_is_gone_is_made_anew(lock: Path, tmp_path: Path) -> None:
    folder = tmp_path / "venv"
    python = environment.make(lock, folder)
    python.unlink()
    python.symlink_to(tmp_path / "gone")
    assert os.access(environment.make(lock, folder), os.X_OK)


def test_a_changed_lock_is_installed_into_what_is_there(lock: Path, tmp_path: Path) -> None:
    folder = tmp_path / "venv"
    environment.make(lock, folder)
    (folder / "kept").touch()
    before = (folder / "locks").read_text()
    lock.write_text("# nothing, in other words\n")
    environment.make(lock, folder)
    after = (folder / "locks").read_text()
    assert (folder / "kept").exists()
    assert after != before
    assert len(after.splitlines()) == 1


def test_without_the_venv_module_it_says_what_to_install(
    lock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "_uv", lambda: None)
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    with pytest.raises(environment.Failure, match="python3-venv"):
        environment.make(lock, tmp_path / "venv")


def test_a_package_that_cannot_be_had(lock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "_uv", lambda: None)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    lock.write_text("no-such-package==1.0 --hash=sha256:" + "0" * 64 + "\n")
    with pytest.raises(environment.Failure, match=r"软件包安装失败.*no-such-package"):
        environment.make(lock, tmp_path / "venv")
    assert (tmp_path / "venv" / "unfinished").exists()
