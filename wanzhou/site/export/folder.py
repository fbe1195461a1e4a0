"""The folder that is written to: whole or not at all, and never somebody else's."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from wanzhou.kernel.localpg import why

MARK = ".export_site"
_MARK_SAYS = "此文件夹由 manage.py export_site 写成，下次导出时整个替换。\n"


class Refused(Exception):
    """The folder cannot be written to; the message says why, in Chinese."""


@contextlib.contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A new folder to write into, which takes the place of `folder` when all went well; raises Refused.

    Files that did not change keep their time, so that whoever copies or caches the folder sees what did.
    """
    place = folder.resolve()
    draft = place.with_name(f"{place.name}.tmp")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with _alone(place.parent):
            for mine in (place, draft):
                _refuse_another(mine)
            _remove(draft)
            draft.mkdir()
            (draft / MARK).write_text(_MARK_SAYS, encoding="utf-8")
            try:
                yield draft
                _keep_times(place, draft)
                _swap(place, draft)
            finally:
                _remove(draft)
    except OSError as reason:
        raise Refused(f"不能写入 {reason.filename or place}（{why(reason)}）；请检查目录和权限") from reason


def write(draft: Path, place: PurePosixPath, content: bytes) -> None:
    """Write one file into the draft; raises Refused where a file and a folder would share a name."""
    target = draft / place
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    except (FileExistsError, NotADirectoryError, IsADirectoryError) as reason:
        raise Refused(f"{place} 既是文件又是目录，不能写成静态文件") from reason


@contextlib.contextmanager
def _alone(parent: Path) -> Iterator[None]:
    """Nobody else exports into the same place meanwhile; the lock goes with the process."""
    held = os.open(parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as busy:
        raise Refused(f"另一次导出正在写入 {parent}；请等它结束") from busy
    finally:
        os.close(held)


def _refuse_another(place: Path) -> None:
    if not place.exists():
        return
    if not place.is_dir():
        raise Refused(f"{place} 是一个文件；请指定一个目录")
    if any(place.iterdir()) and not (place / MARK).exists():
        raise Refused(f"{place} 不是空目录，也不是以前导出的；请换一个目录，或先自行清空")


def _keep_times(old: Path, new: Path) -> None:
    for path in sorted(new.rglob("*")):
        before = old / path.relative_to(new)
        if path.is_file() and before.is_file() and before.read_bytes() == path.read_bytes():
            known = before.stat()
            os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))


def _swap(place: Path, draft: Path) -> None:
    """Two renames: what was there stays until the new folder is whole, and comes back if that fails."""
    old = place.with_name(f"{place.name}.old")
    _refuse_another(old)
    _remove(old)
    if place.exists():
        place.rename(old)
    try:
        draft.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise
    _remove(old)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
