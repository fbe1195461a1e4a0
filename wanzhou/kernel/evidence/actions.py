"""Taking files in, all or none, and withdrawing one from the public."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from wanzhou.kernel.accounts.models import User

from . import vault
from .kinds import ACCEPTED, MOST_BYTES, Kind, in_words
from .models import LONGEST_NAME, Attachment, Document, Withdrawal
from .photographs import cleaned
from .recognising import Unfit, recognise

MOST_FILES = 10
WITHDRAWS = "evidence.withdraw_document"
# Whoever sweeps waits for those who put files in, and they for him; they do not wait for each other.
_TURN = 0x65766964
Attached = TypeVar("Attached", bound=Attachment)
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')


class FilesRefused(Exception):
    """Nothing was kept; one Chinese sentence per file says what it was found to be and what would be accepted."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Fit:
    """A file that may be kept."""

    name: str
    kind: Kind
    content: bytes


@transaction.atomic
def take_in(
    files: Iterable[UploadedFile[Any]], *, by: User, kinds: Collection[Kind] = tuple(Kind)
) -> list[Document]:
    """Keep files of the given kinds, all or none, to be attached by the caller in the same transaction.

    Raises FilesRefused.
    """
    return keep(list(_examined(list(files), kinds)), by=by)


def keep(files: Iterable[Fit], *, by: User) -> list[Document]:
    """Keep what was examined, and for pictures drawn anew, by the caller.

    The file is on the disk before its row is written; a row that is rolled back leaves a file for the sweep.
    """
    hold_turn(exclusive=False)
    return [
        Document.objects.create(
            name=one.name, kind=one.kind, size=len(one.content), sha256=vault.put(one.content), uploaded_by=by
        )
        for one in files
    ]


def _examined(files: list[UploadedFile[Any]], kinds: Collection[Kind]) -> Iterator[Fit]:
    if not files:
        raise FilesRefused([f"没有选文件。可以上传：{ACCEPTED}。"])
    if len(files) > MOST_FILES:
        raise FilesRefused([f"一次最多上传 {MOST_FILES} 个文件，这次有 {len(files)} 个，请分几次上传。"])
    problems, fit = [], []
    for file in files:
        try:
            fit.append(_fit(file, kinds))
        except Unfit as found:
            problems.append(
                f"“{clean_name(file.name or '')}”没有保存：{found}。可以上传：{_accepted(kinds)}。"
            )
    if problems:
        raise FilesRefused(problems)
    yield from fit


def _accepted(kinds: Collection[Kind]) -> str:
    if set(kinds) == set(Kind):
        return ACCEPTED
    return "、".join(kind.label for kind in kinds) + "，每个不超过 20 MB"


def _fit(file: UploadedFile[Any], kinds: Collection[Kind]) -> Fit:
    if (file.size or 0) > MOST_BYTES:
        raise Unfit(f"文件太大（{in_words(file.size or 0)}）")
    content = file.read()
    kind = recognise(content)
    if kind not in kinds:
        raise Unfit(f"是 {kind.label}，这里不收")
    if kind.is_picture:
        content = cleaned(content, longest=None).content  # small print has to stay legible
    return Fit(clean_name(file.name or "", kind), kind, content)


def clean_name(name: str, kind: Kind | None = None) -> str:
    """A name without folders and signs that deceive; it ends as the content is, whatever it ended in before."""
    last = re.split(r"[\\/]", name)[-1]
    shown = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    shown = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", shown)).strip().rstrip(".")
    if kind is None:
        return shown[:LONGEST_NAME] or "未命名"
    ending = next((one for one in kind.endings if shown.lower().endswith(one)), "")
    stem = shown[: len(shown) - len(ending)].strip(" .")[:LONGEST_NAME] or "未命名"
    return f"{stem}{ending or kind.endings[0]}"


def hold_turn(*, exclusive: bool) -> None:
    """Until the transaction ends, nobody sweeps while files come in."""
    lock = "pg_advisory_xact_lock" if exclusive else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s)", [_TURN])


@transaction.atomic
def mark_again(attachment: Attachment, *, public: bool) -> Attachment:
    """Attach the same document anew with the other mark; the database refuses it once the entry is out of hand."""
    about = {attachment.ABOUT: getattr(attachment, attachment.ABOUT)}
    document = attachment.document
    attachment.delete()
    again: Attachment = type(attachment)._default_manager.create(document=document, public=public, **about)
    return again


def withdraw(document: Document, *, by: User, reason: str) -> Withdrawal:
    """Take a file back from the public, at once and for good; what is withdrawn already stays as it was."""
    found, _ = Withdrawal.objects.get_or_create(
        sha256=document.sha256, defaults={"reason": reason.strip()[:200], "by": by}
    )
    return found


def tellable(attachments: QuerySet[Attached]) -> QuerySet[Attached]:
    """Those that are marked as public and were not withdrawn, in the order of their attaching."""
    withdrawn = Withdrawal.objects.filter(sha256=OuterRef("document__sha256"))
    rows = attachments.filter(~Exists(withdrawn), public=True)
    return rows.select_related("document").order_by("pk")
