"""The public files of published rows, as pages and data twins tell them: without those withdrawn since.

A published row is never changed, so that what it names is looked at anew each time: a withdrawal works at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel

from wanzhou.kernel.pages.columns import told

from .models import Withdrawal

Told = Mapping[str, Any]


class FileOut(BaseModel):
    """一份公开的佐证材料。"""

    name: Annotated[str, told("文件名", "上传时的文件名。", "统计公报.pdf")]
    size: Annotated[int, told("大小", "文件有多少字节。", 51234)]
    sha256: Annotated[str, told("指纹", "文件内容的 SHA-256，可用来核对下载是否完整。", "0" * 64)]
    address: Annotated[str, told("地址", "文件在本站的地址。", f"/documents/{'0' * 64}.pdf")]


def still_told(groups: Iterable[Sequence[Told]]) -> list[list[Told]]:
    """What published rows name, row by row, without what was withdrawn; a query where any names a file, else none."""
    rows = [list(documents) for documents in groups]
    prints = {one["sha256"] for documents in rows for one in documents}
    if not prints:
        return rows
    gone = set(Withdrawal.objects.filter(sha256__in=prints).values_list("sha256", flat=True))
    return [[one for one in documents if one["sha256"] not in gone] for documents in rows]


def address_of(one: Told) -> str:
    """Where everybody may read it."""
    return f"/documents/{one['sha256']}.{one['kind']}"


def files_out(documents: Sequence[Told]) -> list[FileOut]:
    """The files of a row as JSON has them."""
    return [
        FileOut(name=one["name"], size=one["size"], sha256=one["sha256"], address=address_of(one))
        for one in documents
    ]


def files_named(documents: Sequence[Told]) -> str:
    """The same in one cell of a table: name, size, fingerprint and address of each."""
    return "；".join(
        f"{one['name']}（{one['size']} 字节，SHA-256 {one['sha256']}，{address_of(one)}）"
        for one in documents
    )
