"""Photographs of a task's progress: made smaller, rid of where they were taken, attached to its update."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.evidence.actions import MOST_FILES, FilesRefused, Fit, clean_name, keep
from wanzhou.kernel.evidence.kinds import MOST_BYTES, Kind, in_words
from wanzhou.kernel.evidence.photographs import cleaned
from wanzhou.kernel.evidence.recognising import Unfit

from .models import StatusUpdate, UpdateDocument

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile as File

    UploadedFile = File[bytes]

PHOTOS: Final = (Kind.JPEG, Kind.PNG, Kind.WEBP)
ENDINGS: Final = ",".join(ending for kind in PHOTOS for ending in kind.endings)
ACCEPTED: Final = "可以上传手机照片：JPEG、PNG、WebP，每张不超过 20 MB。"


def attach_photos(
    update: StatusUpdate, files: Sequence[UploadedFile], *, public: bool, by: User
) -> list[UpdateDocument]:
    """Attach photographs to an update in hand; all or none. Raises FilesRefused, naming every file."""
    if not files:
        return []
    if len(files) > MOST_FILES:
        raise FilesRefused([f"一次最多上传 {MOST_FILES} 张照片，这次有 {len(files)} 张，请分几次。"])
    documents = keep(_clean(files), by=by)
    return [
        UpdateDocument.objects.create(update=update, document=document, public=public)
        for document in documents
    ]


def _clean(files: Sequence[UploadedFile]) -> list[Fit]:
    clean, problems = [], []
    for file in files:
        name = clean_name(file.name or "")
        try:
            if (file.size or 0) > MOST_BYTES:
                raise Unfit(f"文件太大（{in_words(file.size or 0)}）")
            photograph = cleaned(file.read())
        except Unfit as found:
            problems.append(f"照片“{name}”没有保存：{found}。{ACCEPTED}")
        else:
            clean.append(Fit(clean_name(name, photograph.kind), photograph.kind, photograph.content))
    if problems:
        raise FilesRefused(problems)
    return clean
