"""Zip files whose members all bear one date, so that equal contents are equal bytes."""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EARLIEST = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)  # of what a zip file can date


class DatedArchive(ZipFile):
    """A zip file in which every member bears the same date."""

    def __init__(self, target: io.BytesIO, moment: datetime.datetime) -> None:
        super().__init__(target, "w", ZIP_DEFLATED)
        self.date = max(moment, EARLIEST).astimezone(datetime.UTC).timetuple()[:6]

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        super().writestr(ZipInfo(str(zinfo_or_arcname), self.date), data, ZIP_DEFLATED)

    def write(self, filename: Any, arcname: Any = None, *args: Any, **kwargs: Any) -> None:
        self.writestr(arcname or filename, Path(filename).read_bytes())


def dated(archive: bytes, moment: datetime.datetime) -> bytes:
    """The same archive, in which every member bears the date."""
    target = io.BytesIO()
    with ZipFile(io.BytesIO(archive)) as found, DatedArchive(target, moment) as again:
        for name in found.namelist():
            again.writestr(name, found.read(name))
    return target.getvalue()
