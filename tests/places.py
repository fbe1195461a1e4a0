"""State directories for tests that run a private server of their own."""

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from wanzhou.kernel import localpg


@contextlib.contextmanager
def state_folder() -> Iterator[Path]:
    """A folder that the server's account can reach, however the tests' own folder is closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="wanzhou-", dir="/tmp"))
    folder.chmod(0o755 if os.geteuid() == 0 else 0o700)
    try:
        yield folder
    finally:
        await_stop(folder)
        shutil.rmtree(folder)


@contextlib.contextmanager
def joined(state: Path) -> Iterator[None]:
    localpg.join(state)
    try:
        yield
    finally:
        localpg.leave(state)


def await_stop(state: Path, seconds: float = 30) -> None:
    """Wait for the guardian to stop the server by itself: whoever leaks one fails."""
    deadline = time.monotonic() + seconds
    while [*state.glob("postgresql-*/postmaster.pid"), *state.glob("*/postgresql-*/postmaster.pid")]:
        assert time.monotonic() < deadline, "the server was leaked"
        time.sleep(0.1)
