"""Workbooks as clerks send them, and the way that one goes: uploaded, previewed, accepted."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from tests.entry.desk import address
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import ReportingPeriod


def sheet(*lines: Iterable[Any], name: str = "报表.xlsx", merged: Iterable[str] = ()) -> SimpleUploadedFile:
    """A workbook with one sheet of these lines, some of its cells merged."""
    book = Workbook()
    page = book.worksheets[0]
    for line in lines:
        page.append(list(line))
    for area in merged:
        page.merge_cells(area)
    return packed(book, name)


def packed(book: Workbook, name: str = "报表.xlsx") -> SimpleUploadedFile:
    written = io.BytesIO()
    book.save(written)
    return SimpleUploadedFile(name, written.getvalue())


def send(client: Client, place: str, *files: SimpleUploadedFile, **more: str) -> Any:
    answer = client.post(place, {"workbooks": list(files), **more})
    assert answer.status_code == 200
    return answer


def accepted(previewed: Any, reader: User, **more: str) -> dict[str, Any]:
    """What the preview's own form sends."""
    found = previewed.context["found"]
    sent: dict[str, Any] = {
        "reader": reader.pk, "do": "save", **previewed.context["carried"], **more,
        "take": [one.row.key for one in found.fillable if not one.is_result],
    }  # fmt: skip
    for one in found.fillable:
        sent |= {f"fill-{one.row.key}": one.cell.text, f"fillnote-{one.row.key}": one.cell.note}
    return sent


def accept(client: Client, period: ReportingPeriod, previewed: Any, reader: User, **more: str) -> str:
    """Press the preview's button; the page that answers."""
    return str(
        client.post(address(period), accepted(previewed, reader, **more), follow=True).content.decode()
    )


def unread(previewed: Any) -> dict[str, str]:
    """Why places of the files were not read, by place."""
    return {one.said: one.why for one in previewed.context["found"].unclear}
