"""Published files: what stands in a published row may be read by everybody, and nothing else.

The table of documents is not asked: a draft's file has no address here, and the public's database role needs no more.
"""

from __future__ import annotations

import datetime
import re

from django.http import HttpRequest, HttpResponse

from indicators.models import PublishedRow
from projects.models import PublishedTask
from wanzhou.kernel.evidence import serving
from wanzhou.kernel.evidence.kinds import Kind
from wanzhou.kernel.evidence.models import Withdrawal
from wanzhou.kernel.pages.asof import as_of
from wanzhou.kernel.pages.pages import READING, refused
from wanzhou.kernel.pages.refusals import BadQuestion
from wanzhou.site.dashboard.evidence import File

FINGERPRINT = re.compile(r"[0-9a-f]{64}")
NOT_PUBLISHED = "没有公开过这个文件"
GONE = 410


def document(request: HttpRequest, sha256: str, form: str) -> HttpResponse:
    """A file by its fingerprint and ending; 410 where it was withdrawn, 404 where it was never published."""
    if request.method not in READING:
        return refused(request, 405, "公开文件只供阅读，不接受提交")
    try:
        told = _told(sha256, form, as_of(request.GET.get("as_of", "")[:50]).moment)
    except BadQuestion as reason:
        return refused(request, 400, str(reason))
    if told is None:
        return refused(request, 404, NOT_PUBLISHED)
    withdrawal = Withdrawal.objects.filter(sha256=sha256).first()
    if withdrawal is not None:
        return refused(request, GONE, f"这个文件已于 {withdrawal.at:%Y-%m-%d} 撤回：{withdrawal.reason}")
    try:
        return serving.answer(request, sha256=sha256, kind=Kind(told.kind), name=told.name, everybody=True)
    except serving.FileMissing as missing:
        return refused(request, 404, str(missing))


def _told(sha256: str, form: str, moment: datetime.datetime) -> File | None:
    """What a row that the public may read at the moment says of the file."""
    if not FINGERPRINT.fullmatch(sha256) or form not in set(Kind):
        return None
    named = {"documents__contains": [{"sha256": sha256, "kind": form}]}
    for rows in (PublishedRow.objects, PublishedTask.objects):
        row = rows.visible(moment).filter(**named).order_by("-publication_id").first()
        if row is not None:
            return next(File.of(one) for one in row.documents if one["sha256"] == sha256)
    return None
