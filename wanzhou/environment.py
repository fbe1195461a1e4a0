"""Make the virtual environment hold what a lock file names, then turn into its Python.

`python -P wanzhou/environment.py LOCK.txt... [ARGUMENTS]` runs under any Python 3.11, with the standard library.
A stamp in the environment names the locks that it holds, so that nothing is installed twice; a marker tells an
environment whose making was interrupted, and it is made anew.
"""

import errno
import fcntl
import hashlib
import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
SAYS_WHY = 5  # lines of an installer's output that are kept


class Failure(Exception):
    """The environment cannot be made; the message is one Chinese line that says what to do."""


def make(lock: Path, folder: Path) -> Path:
    """Make or complete the environment in `folder`; returns its Python."""
    python = folder / "bin" / "python"
    with open(lock, "rb") as content:
        fcntl.flock(content, fcntl.LOCK_EX)  # two that start at once do not install into one another
        wanted = f"{lock.name} {hashlib.sha256(content.read()).hexdigest()}"
        if wanted in _stamps(folder) and _runs(python):
            return python
        if (folder / "unfinished").exists() or not _runs(python):
            _create(folder)
        _install(lock, python)
        kept = [stamp for stamp in _stamps(folder) if not stamp.startswith(f"{lock.name} ")]
        (folder / "locks").write_text("\n".join([*kept, wanted]) + "\n", encoding="utf-8")
        (folder / "unfinished").unlink(missing_ok=True)
    return python


def _stamps(folder: Path) -> list[str]:
    try:
        return (folder / "locks").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def _runs(python: Path) -> bool:
    """Whether this Python can be run; that of a moved or half-removed environment cannot."""
    try:
        return subprocess.run([python, "-I", "-c", ""], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _create(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / "unfinished").touch()
    attempts = [[sys.executable, "-I", "-m", "venv", str(folder)]]
    if uv := _uv():  # which needs no `ensurepip`, a part that some systems leave out
        attempts.insert(0, [uv, "venv", "-q", "--allow-existing", "--python", sys.executable, str(folder)])
    for attempt in attempts:
        if subprocess.run(attempt, capture_output=True, check=False).returncode == 0:
            return
    raise Failure("Python 缺少 venv 模块；请安装它（Debian、Ubuntu：apt-get install python3-venv）后重试。")


def _install(lock: Path, python: Path) -> None:
    print(f"正在安装 {lock.name} 列出的软件包……", file=sys.stderr, flush=True)
    strict = ["--require-hashes", "-r", str(lock)]
    pip = [str(python), "-I", "-m", "pip", "install", "-q", "--disable-pip-version-check", *strict]
    attempts = [pip]
    if uv := _uv():
        attempts.insert(0, [uv, "pip", "install", "-q", "--python", str(python), *strict])
    said = ""
    for attempt in attempts:
        if attempt is pip:  # an environment made by uv has none
            subprocess.run([python, "-I", "-m", "ensurepip"], capture_output=True, check=False)
        done = subprocess.run(
            attempt, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if done.returncode == 0:
            return
        said = done.stdout
    reasons = " / ".join(line.strip() for line in said.strip().splitlines()[-SAYS_WHY:])
    raise Failure(f"软件包安装失败，请检查网络或软件包镜像后重试：{reasons}")


def _uv() -> str | None:
    """The installer `uv`, which is faster than pip, where there is one that works."""
    found = shutil.which("uv")
    if found and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0:
        return found
    return None


def main(arguments: list[str]) -> None:
    folder = Path(os.environ.get("WANZHOU_VENV") or CHECKOUT / ".venv").absolute()
    locks = list(itertools.takewhile(lambda argument: argument.endswith(".txt"), arguments))
    try:
        python = [make(CHECKOUT / lock, folder) for lock in locks][-1]
    except Failure as reason:
        sys.exit(str(reason))
    except OSError as reason:
        full = "磁盘已满" if reason.errno == errno.ENOSPC else "没有写权限"
        sys.exit(f"不能建立运行环境 {folder}（{full}）；请检查该目录，或用 WANZHOU_VENV 指定另一个位置。")
    except KeyboardInterrupt:
        sys.exit(130)
    os.execv(python, [str(python), *arguments[len(locks) :]])


if __name__ == "__main__":
    main(sys.argv[1:])
